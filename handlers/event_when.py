"""When an event is, as its coordinator wrote it: what is read is kept, a doubt is asked back with a
button for each meaning, and what is missing is named.
"""

import datetime as dt
from collections.abc import Mapping

from db.events import Event
from handlers.buttons import Keyboard, data
from handlers.describe import too_long
from handlers.turn import Screen, Turn
from school import dates, events, moments
from school.dates import Doubt, Missing, NoSuchDay, NoSuchHour, Past, Read, Reading
from school.events import WHEN
from school.phrases import Phrase, bold, lines, paragraphs, t

_MOST = 300
_SHOWN = 60
_AHEAD = dt.timedelta(days=21)
_LACKS: Mapping[str, Phrase] = {
    "day": t("The day is missing."),
    "hour": t("The hour is missing."),
    "count": t("How often is missing, or until when."),
}


def question(turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    """Ask for it."""
    asked = bold(t("When is it?"))
    how = t("For example: %(when)s. A series has one date a line.", when=example(turn))
    return lines(asked, how), []


def example(turn: Turn) -> str:
    """A date as people write it: in three weeks, at six."""
    day = turn.now.astimezone(turn.school.zone) + _AHEAD
    start = day.replace(hour=18, minute=0, second=0, microsecond=0)
    return moments.in_words(
        turn.person.language, turn.school.zone, start, turn.now, start.replace(hour=20)
    )


def is_date(turn: Turn, words: str) -> bool:
    """Whether a line speaks of a date, as far as that goes."""
    return not isinstance(reading_of(turn, words), dates.Unread)


def reading_of(turn: Turn, words: str) -> Reading:
    """What is read of it, in the school's languages and zone."""
    return dates.read(words, turn.now, turn.school.zone, turn.school.languages)


def take(turn: Turn, event: Event, words: str) -> Phrase | Screen | None:
    """Keep what was written; else what stands against it, or the meanings it may have."""
    if len(words) > _MOST:
        return too_long(len(words), _MOST)
    reading = reading_of(turn, words)
    if isinstance(reading, Read):
        kind = turn.school.events.kinds.get(event.kind or "")
        events.set_meetings(turn.session, event, reading.meetings, kind)
        event.options = {name: value for name, value in event.options.items() if name != WHEN}
        return None
    if isinstance(reading, Doubt):
        event.options = {**event.options, WHEN: words}
        return _which(turn, event, reading)
    return why_not(turn, reading)


def _which(turn: Turn, event: Event, doubt: Doubt) -> Screen:
    asked = lines(
        bold(t("Which one is it?")),
        t("“%(words)s” can mean more than one date.", words=doubt.piece[:_SHOWN]),
    )
    rows: Keyboard = [
        [(_label(turn, choice), data("evdate", event.id, number))]
        for number, choice in enumerate(doubt.choices)
    ]
    other: Keyboard = [[(t("Write it anew"), data("evchange", event.id, WHEN))]]
    return Screen(asked, [*rows, *other])


def _label(turn: Turn, choice: dates.Choice) -> str:
    first = choice.meetings[0]
    return moments.short(turn.person.language, turn.school.zone, first.start)


def chosen(turn: Turn, event: Event, choice: str) -> str | None:
    """The whole text in the meaning that was tapped."""
    words = event.options.get(WHEN)
    reading = reading_of(turn, str(words)) if words else None
    if not isinstance(reading, Doubt) or not choice.isdecimal():
        return None
    found = [one.text for number, one in enumerate(reading.choices) if str(number) == choice]
    return found[0] if found else None


def why_not(turn: Turn, reading: Reading) -> Phrase:
    """What stands against it, with what was read."""
    piece = getattr(reading, "piece", "")[:_SHOWN]
    read = t("I read “%(words)s”.", words=piece)
    if isinstance(reading, Missing):
        return lines(read, _LACKS[reading.what])
    if isinstance(reading, Past):
        at = moments.day(turn.person.language, turn.school.zone, reading.start, turn.now)
        return lines(read, t("That was on %(day)s: it is past.", day=at))
    if isinstance(reading, NoSuchDay):
        return lines(read, t("No calendar has this day."))
    if isinstance(reading, NoSuchHour):
        return lines(read, t("This hour does not exist: the clock is put forward then."))
    return paragraphs(read, t("I found no date in it."))
