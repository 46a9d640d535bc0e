"""What somebody with a seat is reminded of, and when: by the school's clocks, never in quiet hours
unless the meeting is then, and not more on a day than people want.

A reminder has a window: from when it is due until the next one is, or the meeting begins. So no two
ever go at once, and one that is late goes only where it is still of use. Nothing is remembered but
the keys in the outbox; an event that changed has other keys, and reminds again.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from db.events import Event, Meeting, Mute, Seat
from db.tables import Outgoing, Person
from school.events import PUBLISHED
from school.outbox import LATE
from school.quiet import Quiet
from school.seats import SEATED
from school.settings import Events

WEEK, DAY, HOURS = "week", "day", "hours"
KINDS = (WEEK, DAY, HOURS)
_WEEK_AT, _DAY_AT = dt.time(10), dt.time(18)
_BEFORE = dt.timedelta(hours=2)
_AHEAD = dt.timedelta(days=8)
_NOTHING = dt.timedelta()


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
    def rank(self) -> tuple[dt.datetime, dt.datetime]:
        """What goes before what: the nearest event, and of that what is due first."""
        return self.meeting.starts_at, self.window.due


@dataclass(frozen=True, slots=True)
class Due:
    """Whom to remind now, and until when that is true."""

    plan: Plan
    people: Sequence[tuple[Seat, Person]]
    deadline: dt.datetime


def windows(start: dt.datetime, kinds: Collection[str], quiet: Quiet) -> list[Window]:
    """The reminders of a meeting, in their order, as clocks on the wall have it."""
    day = start.astimezone(quiet.zone).date()
    at = {
        WEEK: _wall(day - dt.timedelta(days=7), _WEEK_AT, quiet.zone),
        DAY: _wall(day - dt.timedelta(days=1), _DAY_AT, quiet.zone),
        HOURS: start - _BEFORE,
    }
    asleep = is_quiet(quiet, start)
    due = {
        kind: moment if kind == HOURS and asleep else quiet.after(moment, _NOTHING)
        for kind, moment in at.items()
        if kind in kinds
    }
    ends = [*list(due.values())[1:], start]
    found = [
        Window(kind, begins, end) for (kind, begins), end in zip(due.items(), ends, strict=True)
    ]
    return [window for window in found if window.due < window.until]


def _wall(day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)


def is_quiet(quiet: Quiet, moment: dt.datetime) -> bool:
    """Whether nobody is written to at a moment."""
    return quiet.after(moment, _NOTHING) > moment


def may_go(window: Window, start: dt.datetime, now: dt.datetime, quiet: Quiet) -> bool:
    """Whether a reminder can go now."""
    if not window.due <= now < window.until:
        return False
    return not is_quiet(quiet, now) or (window.kind == HOURS and is_quiet(quiet, start))


def deadline(window: Window, now: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Until when one that is sent now may arrive: later it is night, or "tomorrow" is not true."""
    if is_quiet(quiet, now):
        return window.until
    return min(window.until, _midnight(now, quiet.zone, days=1), quiet.begins_after(now))


def _midnight(now: dt.datetime, zone: ZoneInfo, days: int = 0) -> dt.datetime:
    return _wall(now.astimezone(zone).date() + dt.timedelta(days=days), dt.time(), zone)


def key(plan: Plan, seat: Seat) -> str:
    """What a reminder is known by in the outbox."""
    return f"{_prefix(plan)}{seat.id}:{plan.event.sequence}"


def _prefix(plan: Plan) -> str:
    return f"{plan.window.kind}:{plan.meeting.id}:"


def plans(session: Session, settings: Events, now: dt.datetime, quiet: Quiet) -> list[Plan]:
    """The reminders of each event's next meeting that are of use now or later today, the nearest
    event first.
    """
    night = _midnight(now, quiet.zone, days=1)
    found = [
        Plan(event, meeting, window, first)
        for event, meeting, first in _next_meetings(session, now)
        for window in windows(meeting.starts_at, _kinds(settings, event, first=first), quiet)
        if window.due < night and now < window.until
    ]
    return sorted(found, key=lambda plan: plan.rank)


def _kinds(settings: Events, event: Event, *, first: bool) -> Sequence[str]:
    """The reminders of an event; a series has the week's for its first meeting only."""
    kind = settings.kinds.get(event.kind or "")
    wanted = kind.reminders if kind is not None else KINDS
    return [one for one in KINDS if one in wanted and (first or one != WEEK)]


def _next_meetings(session: Session, now: dt.datetime) -> list[tuple[Event, Meeting, bool]]:
    """Each event's next meeting, and whether it is the event's first."""
    earlier = aliased(Meeting)
    before = exists().where(
        earlier.event_id == Meeting.event_id,
        earlier.starts_at < Meeting.starts_at,
        earlier.cancelled_at.is_(None),
    )
    query = (
        select(Event, Meeting, ~before)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.state == PUBLISHED, Meeting.cancelled_at.is_(None))
        .where(Meeting.starts_at > now, Meeting.starts_at <= now + _AHEAD)
        .order_by(Meeting.starts_at.desc())
    )
    nearest = {
        event.id: (event, meeting, first) for event, meeting, first in session.execute(query)
    }
    return list(nearest.values())


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet, most: int
) -> Due | None:
    """Some people who are to be reminded of one meeting now; None where nobody is."""
    today = plans(session, settings, now, quiet)
    for plan in today:
        if not may_go(plan.window, plan.meeting.starts_at, now, quiet):
            continue
        nearer = [other for other in today if other.rank < plan.rank and other.window.due > now]
        query = _concerned(plan, nearer, settings.unasked_a_day, now, quiet)
        found = [(seat, person) for seat, person in session.execute(query.limit(most))]
        if found:
            return Due(plan, found, deadline(plan.window, now, quiet))
    return None


def _concerned(
    plan: Plan, nearer: Sequence[Plan], a_day: int, now: dt.datetime, quiet: Quiet
) -> Select[Seat, Person]:
    """Who has a seat, did not get this reminder yet, and may be written to today. Who took the seat
    after the reminder was due knows.
    """
    so_far = heard(nearer, now, quiet)
    return (
        select(Seat, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == plan.event.id, Seat.state == SEATED)
        .where(Seat.line_at <= plan.window.due, Person.unreachable_at.is_(None))
        .where(~muted(plan.window.kind), ~_was_put(plan, Seat), so_far < a_day)
        .order_by(Seat.id)
    )


def heard(others: Sequence[Plan], now: dt.datetime, quiet: Quiet) -> ColumnElement[int]:
    """How many messages that nobody asked for a person got today, or has to get of these plans."""
    waiting = [_waits_for(other) for other in others]
    return sum(waiting, start=said_since(_midnight(now, quiet.zone)))


def _waits_for(other: Plan) -> ColumnElement[int]:
    """1 where the person hears of a nearer event later today."""
    seat = aliased(Seat)
    hears = exists().where(
        seat.event_id == other.event.id,
        seat.person_id == Person.id,
        seat.state == SEATED,
        seat.line_at <= other.window.due,
        ~muted(other.window.kind),
        ~_was_put(other, seat),
    )
    return case((hears, 1), else_=0)


def muted(kind: str) -> ColumnElement[bool]:
    """Whether the person does not want a kind of message."""
    return exists().where(Mute.person_id == Person.id, Mute.kind == kind)


def _was_put(plan: Plan, seat: type[Seat]) -> ColumnElement[bool]:
    known = literal(_prefix(plan)) + cast(seat.id, String) + literal(f":{plan.event.sequence}")
    return exists().where(Outgoing.dedup_key == known, counts())


def said_since(since: dt.datetime) -> ColumnElement[int]:
    """How many messages that nobody asked for a person got."""
    keyed = and_(Outgoing.dedup_key.isnot(None), Outgoing.not_before >= since, counts())
    query = select(func.count(Outgoing.id)).where(Outgoing.chat_id == Person.telegram_id, keyed)
    return query.scalar_subquery()


def counts() -> ColumnElement[bool]:
    """One that came too late to be sent is none."""
    return or_(Outgoing.outcome.is_(None), Outgoing.outcome != LATE)


def comes(session: Session, event: Event, seat: Seat) -> None:
    """Remember that somebody says to come to the event as it is now."""
    seat.coming = event.sequence
    session.flush()
