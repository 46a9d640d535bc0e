"""Who was at a meeting: noted by the staff at the door, and taken back when it was a mistake. It is
noted once, however many people note it at the same time.
"""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from db.upsert import insert_new
from school.events import PUBLISHED
from school.seats import OFFERED, SEATED, WAITING

# How it is known.
LIST, TICKET, CODE, DOOR = "list", "ticket", "code", "door"
PAGE = 8  # people on a screen
DAYS = 5  # events on a screen


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who may come; `shared` where another guest has the same name."""

    seat: Seat
    name: str | None
    came: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people have a seat, wait for one, and came."""

    seated: int
    waiting: int
    came: int


def came(session: Session, seat: Seat, meeting: Meeting, how: str, now: dt.datetime) -> bool:
    """Note that somebody is there; False where that is noted already."""
    return insert_new(session, Attendance, seat_id=seat.id, meeting_id=meeting.id, at=now, how=how)


def take_back(session: Session, seat: Seat, meeting: Meeting) -> bool:
    """It was a mistake; False where nothing was noted."""
    noted = delete(Attendance).where(
        Attendance.seat_id == seat.id, Attendance.meeting_id == meeting.id
    )
    return session.scalar(noted.returning(Attendance.seat_id)) is not None


def is_noted(session: Session, seat: Seat, meeting: Meeting) -> bool:
    """Whether somebody was at a meeting."""
    query = select(Attendance.seat_id).where(
        Attendance.seat_id == seat.id, Attendance.meeting_id == meeting.id
    )
    return session.scalar(query) is not None


def was_there(session: Session, seat: Seat) -> bool:
    """Whether the holder of a seat came to any of its meetings."""
    query = select(Attendance.seat_id).where(Attendance.seat_id == seat.id).limit(1)
    return session.scalar(query) is not None


def find(session: Session, number: int) -> tuple[Event, Meeting] | None:
    """A meeting that takes place, with its event."""
    query = select(Event, Meeting).join(Meeting, Meeting.event_id == Event.id)
    found = session.execute(query.where(Meeting.id == number, _takes_place())).first()
    return None if found is None else (found[0], found[1])


def _takes_place() -> ColumnElement[bool]:
    return (Event.state == PUBLISHED) & Meeting.cancelled_at.is_(None)


def next_ones(
    session: Session, now: dt.datetime, zone: ZoneInfo, page: int
) -> tuple[Sequence[tuple[Event, Meeting]], bool]:
    """A page, counted from 0, of the events of today and later, each with the meeting that comes
    next; and whether there are more.
    """
    query = (
        select(Event)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(_takes_place(), Meeting.ends_at > _midnight(now, zone))
        .group_by(Event.id)
        .order_by(func.min(Meeting.starts_at), Event.id)
        .offset(page * DAYS)
        .limit(DAYS + 1)
    )
    found = [(event, nearest(session, event, now, zone)) for event in session.scalars(query)]
    there = [(event, meeting) for event, meeting in found if meeting is not None]
    return there[:DAYS], len(there) > DAYS


def past_ones(
    session: Session, now: dt.datetime, zone: ZoneInfo, page: int
) -> tuple[Sequence[tuple[Event, Meeting]], bool]:
    """A page, counted from 0, of the meetings of other days, the last one first; and whether there
    are more.
    """
    query = (
        select(Event, Meeting)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(_takes_place(), Meeting.ends_at <= _midnight(now, zone))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .offset(page * DAYS)
        .limit(DAYS + 1)
    )
    found = [(event, meeting) for event, meeting in session.execute(query)]
    return found[:DAYS], len(found) > DAYS


def is_past(meeting: Meeting, now: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether a meeting was on another day."""
    return meeting.ends_at <= _midnight(now, zone)


def _midnight(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    day = now.astimezone(zone).date()
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def meetings(session: Session, event: Event) -> Sequence[Meeting]:
    """The meetings of an event that take place, the first one first."""
    query = select(Meeting).join(Event, Event.id == Meeting.event_id)
    here = query.where(Meeting.event_id == event.id, _takes_place())
    return list(session.scalars(here.order_by(Meeting.starts_at, Meeting.id)))


def of_today(session: Session, event: Event, now: dt.datetime, zone: ZoneInfo) -> Meeting | None:
    """The meeting that is on now; else the one of today that is nearest."""
    found = meetings(session, event)
    on = [one for one in found if one.starts_at <= now < one.ends_at]
    today = [one for one in found if _day(one, zone) == now.astimezone(zone).date()]
    return min(on or today, key=lambda one: abs(one.starts_at - now), default=None)


def _day(meeting: Meeting, zone: ZoneInfo) -> dt.date:
    return meeting.starts_at.astimezone(zone).date()


def nearest(session: Session, event: Event, now: dt.datetime, zone: ZoneInfo) -> Meeting | None:
    """The meeting of today, else the next one, else the last one."""
    found = meetings(session, event)
    coming = (one for one in found if one.ends_at > now)
    return of_today(session, event, now, zone) or next(coming, found[-1] if found else None)


def has_its_day(meeting: Meeting, now: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether people can be there: from the meeting's day on."""
    return _day(meeting, zone) <= now.astimezone(zone).date()


def by_code(session: Session, words: str) -> Seat | None:
    """The seat whose ticket has a code, however it is typed."""
    query = select(Seat).where(Seat.code == plain_code(words))
    return session.scalars(query, execution_options={"populate_existing": True}).first()


def plain_code(words: str) -> str:
    """A code as tickets have it: in capitals, without spaces and hyphens, in our figures."""
    signs = (sign for sign in unicodedata.normalize("NFKC", words).upper() if sign.isalnum())
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in signs)


def seat_of(session: Session, event: Event, number: int) -> Seat | None:
    """A seat of an event, as it is now."""
    query = select(Seat).where(Seat.id == number, Seat.event_id == event.id)
    return session.scalars(query, execution_options={"populate_existing": True}).first()


def holder(session: Session, seat: Seat) -> Person:
    """Whose seat it is."""
    return session.get_one(Person, seat.person_id)


def counts(session: Session, meeting: Meeting) -> Counts:
    """How many people there are."""
    states = select(Seat.state, func.sum(Seat.party)).where(Seat.event_id == meeting.event_id)
    found = {one: int(people) for one, people in session.execute(states.group_by(Seat.state))}
    here = (
        select(func.sum(Seat.party))
        .join(Attendance, Attendance.seat_id == Seat.id)
        .where(Attendance.meeting_id == meeting.id)
    )
    waiting = found.get(WAITING, 0) + found.get(OFFERED, 0)
    return Counts(found.get(SEATED, 0), waiting, int(session.scalar(here) or 0))


def pages(session: Session, meeting: Meeting) -> int:
    """How many pages the list of a meeting has."""
    query = select(func.count()).select_from(_expected(meeting).subquery())
    return max(-(-(session.scalar(query) or 0) // PAGE), 1)


def guests(session: Session, meeting: Meeting, page: int) -> Sequence[Guest]:
    """A page, counted from 0, of those who have a seat, or came before they gave it up: by name,
    those without one last. Whoever is noted stays where they are.
    """
    query = _expected(meeting).order_by(
        Person.name.is_(None), func.lower(Person.name), Person.name, Seat.code
    )
    rows = session.execute(query.offset(page * PAGE).limit(PAGE))
    return [
        Guest(seat, name, bool(where), name is not None and alike > 1)
        for seat, name, where, alike in rows
    ]


def _expected(meeting: Meeting) -> Select[Seat, str | None, int, int]:
    """Seats with their holder's name, where the holder was, and how many have that name."""
    here = (Attendance.seat_id == Seat.id) & (Attendance.meeting_id == meeting.id)
    alike = func.count().over(partition_by=Person.name)
    return (
        select(Seat, Person.name, Attendance.meeting_id, alike)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Attendance, here)
        .where(Seat.event_id == meeting.event_id)
        .where((Seat.state == SEATED) | Attendance.meeting_id.is_not(None))
    )
