"""The calendar file of an event: an entry a meeting, in UTC, each with a UID of its own, so that a
meeting moves or is cancelled alone. Sent again with the same UIDs and a higher `revision`, the file
replaces what a phone has. It has no rule of repetition: every phone reads those in its own way.

There is no alarm in it: the school reminds. The organizer is a CONTACT: an ORGANIZER needs an
address for mail, and makes an entry of one's own an invitation that cannot be changed.
"""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from locales.translator import Words
from school.phrases import as_text, t

if TYPE_CHECKING:  # the library takes a third of a second to import: only who makes a file waits
    from icalendar import Event as Entry

_MAKER = "-//Quartieri//Quartieri//EN"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is; `at` is latitude and longitude in degrees."""

    name: str
    address: str = ""
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of an event; `key` tells it from the others and never changes. One that is
    cancelled is still said, so that it goes from where it already stands.
    """

    key: str
    title: str
    starts: dt.datetime
    ends: dt.datetime
    place: Place
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its meetings; `key` never changes, `revision` grows with every change.
    `link` opens it in the chat; `domain` makes the keys the school's own: the bot's name.
    """

    key: str
    domain: str
    revision: int
    description: str
    link: str
    organizer: str
    meetings: Sequence[Meeting]
    cancelled: bool = False


def ics(event: Event, words: Words, now: dt.datetime) -> bytes:
    """The file, in the words of a language. Raises ValueError at a time without a zone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.version = "2.0"
    calendar.prodid = _MAKER
    calendar.method = "CANCEL" if event.cancelled else "PUBLISH"
    for meeting in event.meetings:
        calendar.add_component(_entry(event, meeting, words, now))
    return calendar.to_ical()


def _entry(event: Event, meeting: Meeting, words: Words, now: dt.datetime) -> "Entry":
    from icalendar import STATUS, TRANSP, vGeo
    from icalendar import Event as Entry

    cancelled = event.cancelled or meeting.cancelled
    entry = Entry.new(
        uid=f"{event.key}-{meeting.key}@{event.domain}",
        sequence=event.revision,
        stamp=_utc(now),
        start=_utc(meeting.starts),
        end=_utc(meeting.ends),
        summary=_title(meeting, words, cancelled=cancelled),
        description="\n\n".join(filter(None, [_text(event.description), event.link])),
        location=", ".join(filter(None, map(_line, _where(meeting.place)))),
        url=event.link,
        contacts=[_line(event.organizer)],
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if cancelled else TRANSP.OPAQUE,
    )
    if meeting.place.at is not None:
        entry["GEO"] = vGeo(meeting.place.at)
    return entry


def _title(meeting: Meeting, words: Words, *, cancelled: bool) -> str:
    """A phone that adds what was cancelled, instead of taking it away, says so at least."""
    title = _line(meeting.title)
    return as_text(t("Cancelled: %(title)s", title=title), words) if cancelled else title


def _where(place: Place) -> tuple[str, str]:
    return place.name, place.address


def _utc(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at}")
    return at.astimezone(dt.UTC)


def _line(text: str) -> str:
    """One line: whatever ends a line anywhere would end it for some reader."""
    return _shown(" ".join(text.split()))


def _text(text: str) -> str:
    return "\n".join(map(_shown, text.strip().splitlines()))


def _shown(line: str) -> str:
    return "".join(sign for sign in line if unicodedata.category(sign) != "Cc")
