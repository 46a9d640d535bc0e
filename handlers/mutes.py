"""What a person is written to about without having asked, and how that ends: from the message, or
on a screen of all kinds. What changes of one's own meetings is told in any case.
"""

from collections.abc import Mapping, Sequence

from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import interview
from school import mutes as rules
from school.digests import DIGEST
from school.feedback import FEEDBACK
from school.nudges import IDEA
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.reminders import DAY, HOURS, WEEK
from school.waits import SHEET

_TICK = "✓ "
# Each kind with its name, as a button and a line have it.
NAMES: Mapping[str, Phrase] = {
    WEEK: t("A week before"),
    DAY: t("The day before"),
    HOURS: t("Two hours before"),
    FEEDBACK: t("Questions afterwards"),
    IDEA: t("My unfinished idea"),
    SHEET: t("My sheet, with changes"),
    DIGEST: t("The daily list"),
}
_STAFFS = (DIGEST,)


def button(kind: str) -> Button:
    """The way out, under each message that nobody asked for."""
    out = t("Don't ask me") if kind == FEEDBACK else t("Don't remind me")
    return out, data("mute", kind)


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """All kinds, each to be switched on and off."""
    interview.pause(turn.person)
    without, names = rules.of(turn.session, turn.person), _names(turn)
    states = [_state(name, on=kind not in without) for kind, name in names.items()]
    text = paragraphs(
        bold(t("Reminders")),
        lines(t("I remind you of your meetings and your idea:"), *states),
        t("If a meeting of yours changes, I write to you in any case."),
    )
    rows: Keyboard = [[_switch(kind, name, on=kind not in without)] for kind, name in names.items()]
    new: Button = (t("New meetings"), data("wishes"))
    turn.show(Screen(text, [*rows, [new], [(t("Home"), data("home"))]]), notes)


def _names(turn: Turn) -> Mapping[str, Phrase]:
    """The kinds that somebody may get."""
    works = turn.may("queue")
    return {kind: name for kind, name in NAMES.items() if works or kind not in _STAFFS}


def _state(name: Phrase, *, on: bool) -> Phrase:
    return t("%(what)s: yes", what=name) if on else t("%(what)s: no", what=name)


def _switch(kind: str, name: Phrase, *, on: bool) -> Button:
    """The button says what it does, so that a double tap does it once."""
    if on:
        return joined("", _TICK, name), data("mute", kind)
    return name, data("remind", kind)


def mute(turn: Turn, kind: str) -> None:
    """The person does not want a kind of message."""
    if kind not in NAMES:
        start(turn)
        return
    rules.add(turn.session, turn.person, kind)
    note = t("All right, I don't write to you about this any more: %(what)s", what=NAMES[kind])
    start(turn, [] if turn.taps_screen else [note])


def remind(turn: Turn, kind: str) -> None:
    """The person wants it after all."""
    rules.take_back(turn.session, turn.person, kind)
    start(turn)
