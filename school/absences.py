"""Who was at which meetings of an event, and who was not. A meeting counts once it is over and
somebody was noted at it: where nobody notes who comes, nobody was away. Whoever took the seat later
was not away before.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from school.events import PUBLISHED
from school.seats import SEATED

_REMEMBERED = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Presence:
    """At how many meetings somebody was, of how many."""

    came: int
    of: int


NOTHING = Presence(0, 0)


def _counts(now: dt.datetime) -> ColumnElement[bool]:
    anybody = aliased(Attendance)
    noted = exists().where(anybody.meeting_id == Meeting.id)
    return (Meeting.ends_at <= now) & Meeting.cancelled_at.is_(None) & noted


def _was_there() -> ColumnElement[bool]:
    return exists().where(Attendance.meeting_id == Meeting.id, Attendance.seat_id == Seat.id)


def of_event(session: Session, event: Event, now: dt.datetime) -> dict[int, Presence]:
    """Of each seat's holder, by the number of the seat; nothing where no meeting counts."""
    here = (Attendance.meeting_id == Meeting.id) & (Attendance.seat_id == Seat.id)
    query = (
        select(Seat.id, func.count(Attendance.seat_id), func.count())
        .join(Meeting, Meeting.event_id == Seat.event_id)
        .outerjoin(Attendance, here)
        .where(Seat.event_id == event.id, _counts(now))
        .where((Seat.line_at < Meeting.ends_at) | Attendance.seat_id.is_not(None))
        .group_by(Seat.id)
    )
    return {seat: Presence(came, count) for seat, came, count in session.execute(query)}


def missed(session: Session, meeting: Meeting, now: dt.datetime) -> int:
    """How many people had a seat and did not come."""
    query = (
        select(func.sum(Seat.party))
        .select_from(Seat)
        .join(Meeting, Meeting.event_id == Seat.event_id)
        .where(Meeting.id == meeting.id, Seat.state == SEATED, _counts(now))
        .where(Seat.line_at < Meeting.ends_at, ~_was_there())
    )
    return int(session.scalar(query) or 0)  # PostgreSQL adds up to a decimal


def of_person(
    session: Session, person: Person, now: dt.datetime
) -> Sequence[tuple[Event, Meeting]]:
    """The meetings of the last weeks for which somebody had a seat, without being noted there; the
    last one first.
    """
    query = (
        select(Event, Meeting)
        .join(Meeting, Meeting.event_id == Event.id)
        .join(Seat, Seat.event_id == Event.id)
        .where(Seat.person_id == person.id, Seat.state == SEATED, Event.state == PUBLISHED)
        .where(_counts(now), Meeting.ends_at > now - _REMEMBERED)
        .where(Seat.line_at < Meeting.ends_at, ~_was_there())
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return [(event, meeting) for event, meeting in session.execute(query)]
