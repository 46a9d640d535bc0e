"""Seats on both databases, taken and given up by many people at the same time."""

import asyncio
from collections import Counter
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.session import Database
from db.tables import Person
from locales.translator import SOURCE
from school import offers, people, seats
from school.seats import OFFERED, SEATED, WAITING
from tests.school.room import NOW, QUIET, T, an_event


async def made(database: Database, count: int, people_count: int) -> tuple[int, list[int]]:
    """An event, and people, by the numbers of their rows."""

    def make(session: Session) -> tuple[int, list[int]]:
        event = an_event(session, count)
        those = [people.add(session, n, SOURCE, NOW) for n in range(1, people_count + 1)]
        return event.id, [person.id for person in those]

    return await database.run(make)


async def at_once(
    database: Database, numbers: list[int], act: Callable[[Session, Person], T]
) -> list[T]:
    """Many people do the same at the same time, each in a transaction, as in a turn."""

    def one(session: Session, number: int) -> T:
        person = people.locked(session, number)
        assert person is not None
        return act(session, person)

    runs = (database.run(lambda session, n=n: one(session, n)) for n in numbers)
    return await asyncio.gather(*runs)


async def test_200_people_tap_at_once_for_20_seats(database: Database) -> None:
    number, crowd = await made(database, 20, 200)

    def take(session: Session, person: Person) -> str:
        return seats.take(session, session.get_one(Event, number), person, NOW).state

    states = await at_once(database, crowd, take)
    assert (states.count(SEATED), states.count(WAITING)) == (20, 180)

    def line(session: Session) -> list[int]:
        event = session.get_one(Event, number)
        rows = session.scalars(select(Seat).where(Seat.state == WAITING))
        return sorted(seats.place_in_line(session, event, seat) for seat in rows)

    assert await database.run(line) == list(range(1, 181))


async def test_all_leave_at_once_while_offers_are_swept(database: Database) -> None:
    """Whoever had a seat goes; each is offered once, to the first in line."""
    number, crowd = await made(database, 20, 60)

    def take(session: Session, person: Person) -> str:
        return seats.take(session, session.get_one(Event, number), person, NOW).state

    def leave(session: Session, person: Person) -> list[int]:
        event = session.get_one(Event, number)
        seat = seats.of(session, event, person)
        assert seat is not None
        return [s.person_id for s in seats.leave(session, event, seat, NOW, QUIET)]

    def sweep(session: Session) -> list[int]:
        return [seat.person_id for seat in offers.sweep(session, NOW, QUIET).offered]

    for person in crowd:
        await at_once(database, [person], take)
    sweeps = asyncio.gather(*(database.run(sweep) for _ in range(10)))
    left, swept = await asyncio.gather(at_once(database, crowd[:20], leave), sweeps)
    asked = [*left, *swept]
    assert sorted(person for some in asked for person in some) == crowd[20:40]


async def test_200_groups_tap_at_once_for_20_seats(database: Database) -> None:
    """Six groups of three are seated, the first in line is offered the two seats that are left."""
    number, crowd = await made(database, 20, 200)

    def take(session: Session, person: Person) -> str:
        event = session.get_one(Event, number)
        seat = seats.take(session, event, person, NOW, 3)
        seats.fill(session, event, NOW, QUIET)
        return seat.state

    states = Counter(await at_once(database, crowd, take))
    assert states == {SEATED: 6, OFFERED: 1, WAITING: 193}

    def taken(session: Session) -> int:
        rows = session.scalars(select(Seat).where(Seat.state.in_((SEATED, OFFERED))))
        return sum(seat.party for seat in rows)

    assert await database.run(taken) == 20
