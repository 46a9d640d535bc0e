"""People without Telegram, whom those who work here note by name. They have a seat like anybody,
count like anybody, and are forgotten like anybody; but nothing is ever sent to them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.groups import Assistance
from db.tables import Person
from school.neighbourhoods import plain
from school.people import NOBODY
from school.seats import LEFT

MOST = 40  # letters of a name
PAGE = 8
_ALIKE = 4  # people of one name that are shown


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the same name: with a seat in this event, or with the last meeting they had one
    for, at which they may have been.
    """

    person: Person
    seat: Seat | None
    event: Event | None = None
    meeting: Meeting | None = None
    came: bool = False


def add(session: Session, name: str, language: str, now: dt.datetime) -> Person:
    """Note somebody."""
    person = Person(
        name=name, language=language, created_at=now, unreachable_at=now, expects=NOBODY
    )
    touch(person, now)
    session.add(person)
    session.flush()
    return person


def touch(person: Person, now: dt.datetime) -> None:
    """Somebody without Telegram is there today, and not to be deleted soon."""
    if person.telegram_id is None:
        person.seen_at = now.replace(hour=0, minute=0, second=0, microsecond=0)


def find(session: Session, number: int) -> Person | None:
    """Somebody without Telegram, locked for this transaction."""
    query = select(Person).where(Person.id == number, Person.telegram_id.is_(None))
    return session.scalars(query.with_for_update()).first()


def alike(session: Session, event: Event, name: str) -> list[Known]:
    """Who may be meant by a name: people of this event, and those without Telegram; of anybody else
    nothing is said.
    """
    here = exists().where(Seat.person_id == Person.id, Seat.event_id == event.id)
    query = select(Person).where(or_(Person.telegram_id.is_(None), here))
    wanted = plain(name)
    of_name = [
        person
        for person in session.scalars(query.order_by(Person.id.desc()))
        if person.name is not None and plain(person.name) == wanted
    ]
    return [_known(session, event, person) for person in of_name[:_ALIKE]]


def _known(session: Session, event: Event, person: Person) -> Known:
    query = select(Seat).where(Seat.person_id == person.id, Seat.event_id == event.id)
    seat = session.scalars(query).first()
    if seat is not None:
        return Known(person, seat)
    here = (Attendance.seat_id == Seat.id) & (Attendance.meeting_id == Meeting.id)
    last = (
        select(Event, Meeting, Attendance)
        .join(Meeting, Meeting.event_id == Event.id)
        .join(Seat, Seat.event_id == Event.id)
        .outerjoin(Attendance, here)
        .where(Seat.person_id == person.id)
        .order_by(Attendance.at.is_(None), Meeting.starts_at.desc())
        .limit(1)
    )
    last_event, meeting, came = next(iter(session.execute(last)), (None, None, None))
    return Known(person, None, last_event, meeting, came is not None)


def of_event(session: Session, event: Event) -> Sequence[tuple[Seat, Person]]:
    """Those without Telegram who have a seat in an event, by name."""
    query = (
        select(Seat, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, Seat.state != LEFT, Person.telegram_id.is_(None))
        .order_by(func.lower(Person.name), Person.name, Seat.code)
    )
    return [(seat, person) for seat, person in session.execute(query)]


def is_of_use(session: Session, person: Person) -> bool:
    """Whether anything else is known of somebody than the name: seats, or an idea written down."""
    seat = exists().where(Seat.person_id == person.id)
    helped = exists().where(Assistance.person_id == person.id)
    query = select(Person.id).where(Person.id == person.id, seat | helped)
    return session.scalar(query) is not None
