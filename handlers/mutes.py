"""What a person is written to about without having asked, and how that ends: from the message, or
on a screen of all kinds. What changes of one's own meetings is told in any case. What the school
announces is of a subject, and each subject is switched off alike.
"""

from collections.abc import Mapping, Sequence

from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import audiences, interview
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
    without, names, subjects = rules.of(turn.session, turn.person), _names(turn), _subjects(turn)
    wants = {key: audiences.muting(key) not in without for key in subjects}
    states = [_state(name, on=kind not in without) for kind, name in names.items()]
    about = [_state(name, on=wants[key]) for key, name in subjects.items()]
    text = paragraphs(
        bold(t("Reminders")),
        lines(t("I remind you of your meetings and your idea:"), *states),
        lines(t("The school writes to you about:"), *about),
        t("If a meeting of yours changes, I write to you in any case."),
    )
    rows: Keyboard = [[_switch(kind, name, on=kind not in without)] for kind, name in names.items()]
    rows += [[_switch_subject(key, name, on=wants[key])] for key, name in subjects.items()]
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


def _subjects(turn: Turn) -> Mapping[str, str]:
    """What the school announces, by key."""
    found = turn.school.settings.announcing.subjects
    return {one.key: turn.text(one.name) for one in found}


def _switch_subject(key: str, name: str, *, on: bool) -> Button:
    return (_TICK + name, data("nosubject", key)) if on else (name, data("subject", key))


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


def without_subject(turn: Turn, key: str) -> None:
    """The person wants nothing more of a subject: said with the way back, below an announcement."""
    name = _subjects(turn).get(key)
    if name is None:
        start(turn)
        return
    rules.add(turn.session, turn.person, audiences.muting(key))
    if turn.taps_screen:
        start(turn)
        return
    interview.pause(turn.person)
    note = t("All right, I don't write to you about this any more: %(what)s", what=name)
    back: Button = (t("Write to me after all"), data("subject", key))
    settings: Button = (t("What I get"), data("settings"))
    turn.show(Screen(note, [[back], [settings], [(t("Home"), data("home"))]]))


def with_subject(turn: Turn, key: str) -> None:
    """The person wants it after all."""
    rules.take_back(turn.session, turn.person, audiences.muting(key))
    start(turn)
