"""What somebody with a seat is reminded of, and when: by the school's clocks, never in quiet hours
unless the meeting is then, and not more on a day than people want.

A reminder has a window: from when it is due until the next one is, or the meeting begins; that of
a week before ends when the day of the next begins. So no two ever go at once, and one that is late
goes only where it is still of use. Nothing is remembered but the keys in the outbox; an event that
changed has other keys, and reminds again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from db.events import Event, Meeting, Seat
from school.events import PUBLISHED, REMINDERS
from school.quiet import Quiet
from school.settings import Events

WEEK, DAY, HOURS = "week", "day", "hours"
KINDS = (WEEK, DAY, HOURS)
_WEEK_AT, _DAY_AT = dt.time(10), dt.time(18)
_BEFORE = dt.timedelta(hours=2)
_DAYS = dt.timedelta(days=8)  # in which a reminder is due
Rank: TypeAlias = tuple[dt.datetime, dt.datetime, int]


@dataclass(frozen=True, slots=True)
class Window:
    """From when on a reminder may go, and until when it is of use."""

    kind: str
    due: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A reminder of an event's next meeting; the first of several is what seats are kept for."""

    event: Event
    meeting: Meeting
    window: Window
    first: bool

    @property
    def rank(self) -> Rank:
        """What goes before what: the nearest event, and of that what is due first."""
        return self.meeting.starts_at, self.window.due, self.meeting.id


def windows(start: dt.datetime, kinds: Sequence[str], quiet: Quiet) -> Sequence[Window]:
    """The reminders of a meeting, in their order, as clocks on the wall have it."""
    return _windows(start, tuple(kinds), quiet)


# Sweeps ask for the same meetings again and again.
@lru_cache(4096)
def _windows(start: dt.datetime, kinds: Sequence[str], quiet: Quiet) -> Sequence[Window]:
    day = start.astimezone(quiet.zone).date()
    at = {
        WEEK: _wall(day - dt.timedelta(days=7), _WEEK_AT, quiet.zone),
        DAY: _wall(day - dt.timedelta(days=1), _DAY_AT, quiet.zone),
        HOURS: start - _BEFORE,
    }
    asleep = is_quiet(quiet, start)
    due = {
        kind: moment if kind == HOURS and asleep else quiet.awake(moment)
        for kind, moment in at.items()
        if kind in kinds
    }
    ends = [*list(due.values())[1:], start]
    if WEEK in due:
        # Later it would stand in the way of the next one.
        ends[0] = midnight(ends[0], quiet.zone)
    found = [
        Window(kind, begins, end) for (kind, begins), end in zip(due.items(), ends, strict=True)
    ]
    return [window for window in found if window.due < window.until]


def _wall(day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)


def is_quiet(quiet: Quiet, moment: dt.datetime) -> bool:
    """Whether nobody is written to at a moment."""
    return quiet.awake(moment) > moment


def may_go(window: Window, start: dt.datetime, now: dt.datetime, quiet: Quiet) -> bool:
    """Whether a reminder can go now."""
    if not window.due <= now < window.until:
        return False
    return not is_quiet(quiet, now) or (window.kind == HOURS and is_quiet(quiet, start))


def deadline(window: Window, now: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Until when one that is sent now may arrive: later it is night, or "tomorrow" is not true."""
    if is_quiet(quiet, now):
        return window.until
    return min(window.until, midnight(now, quiet.zone, days=1), quiet.begins_after(now))


def midnight(now: dt.datetime, zone: ZoneInfo, days: int = 0) -> dt.datetime:
    """When the day began, or a later one begins."""
    return _wall(now.astimezone(zone).date() + dt.timedelta(days=days), dt.time(), zone)


def key(plan: Plan, seat: Seat) -> str:
    """What a reminder is known by in the outbox."""
    return f"{prefix(plan)}{seat.id}{suffix(plan)}"


def prefix(plan: Plan) -> str:
    """What comes before the seat's number in its keys."""
    return prefix_of(plan.window.kind, plan.meeting)


def prefix_of(kind: str, meeting: Meeting) -> str:
    """The same of a kind of reminder and a meeting."""
    return f"{kind}:{meeting.id}:"


def suffix(plan: Plan) -> str:
    """What comes after it."""
    return f":{plan.event.sequence}"


def plans(session: Session, settings: Events, now: dt.datetime, quiet: Quiet) -> list[Plan]:
    """The reminders of each event's next meeting that are of use now or later today, the nearest
    event first.
    """
    night = midnight(now, quiet.zone, days=1)
    found = [
        Plan(event, meeting, window, first)
        for event, meeting, first in next_meetings(session, now)
        for window in windows(meeting.starts_at, _of(settings, event, first=first), quiet)
        if window.due < night and now < window.until
    ]
    return sorted(found, key=lambda plan: plan.rank)


def passed(
    session: Session, settings: Events, since: dt.datetime, now: dt.datetime, quiet: Quiet
) -> list[Plan]:
    """The reminders whose time came to its end after a moment and is over now."""
    found = session.execute(_AHEAD, {"after": since, "until": now + _DAYS})
    return [
        Plan(event, meeting, window, first)
        for event, meeting, first in found
        for window in windows(meeting.starts_at, _of(settings, event, first=first), quiet)
        if since < window.until <= now
    ]


def kinds(settings: Events, event: Event) -> Sequence[str]:
    """The reminders of an event."""
    kind = settings.kinds.get(event.kind or "")
    usual = kind.reminders if kind is not None else KINDS
    wanted = event.options.get(REMINDERS)
    return [one for one in KINDS if one in (wanted if isinstance(wanted, list) else usual)]


def _of(settings: Events, event: Event, *, first: bool) -> Sequence[str]:
    """A series has the week's for its first meeting only."""
    return [one for one in kinds(settings, event) if first or one != WEEK]


_earlier = aliased(Meeting)
_before = exists().where(
    _earlier.event_id == Meeting.event_id,
    _earlier.starts_at < Meeting.starts_at,
    _earlier.cancelled_at.is_(None),
)
_AHEAD = (
    select(Event, Meeting, ~_before)
    .join(Meeting, Meeting.event_id == Event.id)
    .where(Event.state == PUBLISHED, Meeting.cancelled_at.is_(None))
    .where(Meeting.starts_at > bindparam("after"), Meeting.starts_at <= bindparam("until"))
    .order_by(Meeting.starts_at.desc())
)


def next_meetings(session: Session, now: dt.datetime) -> list[tuple[Event, Meeting, bool]]:
    """Each event's next meeting, and whether it is the event's first."""
    found = session.execute(_AHEAD, {"after": now, "until": now + _DAYS})
    nearest = {event.id: (event, meeting, first) for event, meeting, first in found}
    return list(nearest.values())


def comes(session: Session, event: Event, seat: Seat) -> None:
    """Remember that somebody says to come to the event as it is now."""
    seat.coming = event.sequence
    session.flush()
