"""When people are reminded of an event, and of what; and what silence means: a page of "More"."""

from collections.abc import Sequence

from db.events import Event
from db.types import Json
from handlers import mutes
from handlers.buttons import Keyboard
from handlers.event_options import Choice, Option, table
from handlers.event_words import in_short, takes, written
from handlers.turn import Turn
from school import releases, reminders
from school.events import NOTE, RELEASE, REMINDERS
from school.phrases import Phrase, bold, lines, t, tn

_MOST = 200
_HOURS = (3, 6, 12)


def _kinds(turn: Turn, event: Event) -> Json:
    return [*reminders.kinds(turn.school.events, event)]


def _when(_turn: Turn, _event: Event) -> Sequence[Choice]:
    return [Choice(kind, mutes.NAMES[kind], kind) for kind in reminders.KINDS]


def _says_when(turn: Turn, event: Event) -> Phrase:
    count = len(reminders.kinds(turn.school.events, event))
    if not count:
        return t("Nobody is reminded of it.")
    return tn("It has %(count)s reminder.", "It has %(count)s reminders.", count)


def _asks_when(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    asked = bold(t("When are people reminded?"))
    return lines(asked, t("A series has the one of a week before once, before its first date.")), []


def _note(turn: Turn, event: Event) -> Phrase | None:
    said = in_short(turn, event, NOTE)
    return t("In its reminders: %(words)s", words=said) if said else None


def _release(turn: Turn, event: Event) -> Phrase:
    count = releases.hours(turn.school.events, event)
    if not count:
        return t("Who does not answer keeps the seat.")
    return tn(
        "Who does not answer keeps the seat until %(count)s hour before, if somebody waits.",
        "Who does not answer keeps the seat until %(count)s hours before, if somebody waits.",
        count,
    )


def _asks_release(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    asked = bold(t("What if somebody does not answer?"))
    hint = t("The day before, people are asked whether they come. Until when do we wait for it?")
    return lines(asked, hint), []


def _until(_turn: Turn, _event: Event) -> Sequence[Choice]:
    before = [
        Choice(str(count), tn("%(count)s hour before", "%(count)s hours before", count), count)
        for count in _HOURS
    ]
    return [Choice("0", t("They keep the seat"), 0), *before]


def _usual(turn: Turn, event: Event) -> int:
    return releases.hours(turn.school.events, event)


OPTIONS = table(
    Option(
        REMINDERS,
        t("When"),
        _says_when,
        _asks_when,
        choices=_when,
        several=True,
        usual=_kinds,
    ),
    Option(
        NOTE,
        t("Words for reminders"),
        _note,
        written(
            t("What do reminders say besides?"),
            t("For example: Bring a notebook. %(most)s characters at most.", most=_MOST),
        ),
        takes(NOTE, _MOST),
    ),
    Option(RELEASE, t("Without an answer"), _release, _asks_release, choices=_until, usual=_usual),
)
