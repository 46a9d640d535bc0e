"""The name that a person chose: others see it, never the one of the account."""

from collections.abc import Mapping, Sequence

from handlers import staff
from handlers.buttons import Keyboard, data, unpack
from handlers.describe import too_long
from handlers.turn import Screen, Turn
from school import interview, people
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, t

_MOST = 40
# Where one goes on with a name or without, by the button's verb.
_OPTIONAL = ("group", "gcome")
# Where "Cancel" leads, by what the name was for; else to the own seats.
_BACK: Mapping[str, str] = {"company": data("company")}


def ask(turn: Turn, notes: Sequence[Phrase] = (), then: str = "") -> None:
    """Ask for the name; `then` is the button that leads on, where somebody needs one."""
    turn.person.expects = f"{people.NAME}:{then}" if then else people.NAME
    asked = lines(
        bold(t("Which name shall others see?")),
        t("I do not show the name of your Telegram account."),
        t("A few words, %(most)s characters at most.", most=_MOST),
    )
    turn.show(Screen(asked, _way_out(turn)), notes)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask once more."""
    ask(turn, notes, _then(turn))


def _then(turn: Turn) -> str:
    return turn.person.expects.partition(":")[2]


def _way_out(turn: Turn) -> Keyboard:
    then = _then(turn)
    if then.partition(":")[0] in _OPTIONAL:
        return [[(t("Go on without a name"), then)]]
    if then:
        return [[(t("Cancel"), _BACK.get(unpack(then)[0], data("mine")))]]
    return [[(t("Go on without a name"), data("nameless"))]]


def given(turn: Turn, bubble: Bubble) -> None:
    """A name was typed."""
    words = " ".join(bubble.words.split())
    if len(words) > _MOST:
        why = too_long(len(words), _MOST)
        turn.show(Screen(lines(why, t("Write a shorter one.")), _way_out(turn)))
        return
    turn.person.name, then = words, _then(turn)
    interview.pause(turn.person)
    said = t("Others see you as %(name)s now.", name=bold(words))
    if then:
        turn.show(Screen(said, [[(t("Go on"), then)]]))
    else:
        staff.home(turn, [said])


def without(turn: Turn) -> None:
    """Rather not."""
    interview.pause(turn.person)
    staff.home(turn)
