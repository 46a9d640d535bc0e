"""A coordinator's own words to an event's people. They are copied from the coordinator's chat, each
person gets them once, and nothing of them is kept.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from school.outbox import NOTICE, Once
from school.seats import OFFERED, SEATED, WAITING

HELD, LINE, CAME, MISSED = "held", "line", "came", "missed"
_OF_USE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Those who get it, those without Telegram, and how many others it cannot reach."""

    people: Sequence[tuple[Seat, Person]]
    by_name: Sequence[Person]
    away: int


def groups(meeting: Meeting, now: dt.datetime) -> Sequence[str]:
    """Who can be written to: who came, once it has begun; who did not, once it is over."""
    came = (CAME,) if meeting.starts_at <= now else ()
    return (HELD, LINE, *came, *((MISSED,) if meeting.ends_at <= now else ()))


def addressed(session: Session, event: Event, meeting: Meeting, group: str) -> Addressed:
    """The people of a group."""
    query = (
        select(Seat, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, _which(meeting)[group])
        .order_by(Seat.id)
    )
    found = [(seat, person) for seat, person in session.execute(query)]
    there = [(seat, one) for seat, one in found if one.unreachable_at is None]
    named = [one for _, one in found if one.telegram_id is None]
    return Addressed(there, named, len(found) - len(there) - len(named))


def _which(meeting: Meeting) -> Mapping[str, ColumnElement[bool]]:
    was_there = exists().where(Attendance.seat_id == Seat.id, Attendance.meeting_id == meeting.id)
    return {
        HELD: Seat.state == SEATED,
        LINE: Seat.state.in_((WAITING, OFFERED)),
        CAME: was_there,
        MISSED: (Seat.state == SEATED) & (Seat.line_at < meeting.ends_at) & ~was_there,
    }


def once(by: Person, message: int, seat: Seat, at: dt.datetime) -> Once:
    """By what a copy is known: one message, as its writer's chat has it, goes once to a seat."""
    return Once(f"wrote:{seat.event_id}:{by.id}:{message}:{seat.id}", at + _OF_USE, NOTICE)
