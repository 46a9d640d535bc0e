"""The idea's title: offered, never asked; it is typed and edited like an answer."""

from collections.abc import Sequence

from handlers import interview as talk
from handlers import review, together
from handlers.buttons import Button, data
from handlers.describe import too_long
from handlers.turn import Screen, Turn
from school import bubbles, interview, people
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, t

_MOST = 60


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the title."""
    turn.the_idea()
    turn.person.expects = people.TITLE
    asked = lines(
        bold(t("What is your idea called?")),
        t("A few words, %(most)s characters at most.", most=_MOST),
    )
    turn.show(Screen(asked, [[_cancel()]]), notes)


def _cancel() -> Button:
    return t("Cancel"), data("overview")


def given(turn: Turn, bubble: Bubble) -> None:
    """A title was typed, or the message that it was typed in has other words now."""
    idea = turn.the_idea()
    bubbles.append(turn.session, bubble, idea, people.TITLE)
    words = " ".join(bubble.words.split())
    if len(words) > _MOST:
        _too_long(turn, len(words))
        return
    before, idea.title = idea.title, words
    if turn.shared and before != words:
        _tell(turn, before, words)
    show = talk.resume if interview.is_open(turn.person) else review.overview
    show(turn, [t("This is the title now.")])


def _tell(turn: Turn, before: str | None, words: str) -> None:
    """The others of a group hear of a title, and what it was before."""
    name = together.who(turn.person.name)
    said = t("%(name)s gave your sheet this title: %(title)s", name=name, title=words)
    old = t("Before: %(answer)s", answer=before) if before else None
    together.tell_others(turn, lines(said, old))


def _too_long(turn: Turn, length: int) -> None:
    why = too_long(length, _MOST)
    turn.show(Screen(lines(why, t("Write a shorter one.")), [[_cancel()]]))
