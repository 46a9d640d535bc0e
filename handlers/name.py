"""The name that a person chose: others see it, never the one of the account."""

from collections.abc import Sequence

from handlers import staff
from handlers.buttons import Keyboard, data
from handlers.turn import Screen, Turn
from school import interview, people
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, t

_MOST = 40


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the name."""
    turn.person.expects = people.NAME
    asked = lines(
        bold(t("Which name shall others see?")),
        t("I do not show the name of your Telegram account."),
        t("A few words, %(most)s characters at most.", most=_MOST),
    )
    turn.show(Screen(asked, _way_out()), notes)


def _way_out() -> Keyboard:
    return [[(t("Go on without a name"), data("nameless"))]]


def given(turn: Turn, bubble: Bubble) -> None:
    """A name was typed."""
    words = " ".join(bubble.words.split())
    if len(words) > _MOST:
        why = t(
            "Your text has %(length)s characters, and %(most)s fit here.",
            length=len(words),
            most=_MOST,
        )
        turn.show(Screen(lines(why, t("Write a shorter one.")), _way_out()))
        return
    turn.person.name = words
    interview.pause(turn.person)
    staff.home(turn, [t("Others see you as %(name)s now.", name=bold(words))])


def without(turn: Turn) -> None:
    """Rather not."""
    interview.pause(turn.person)
    staff.home(turn)
