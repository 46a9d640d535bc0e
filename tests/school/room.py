"""A room with seats, and people who come to it. Now is Monday the 23rd of November 2026, 10:00 in
Rome; the event is on Saturday at 18:00.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from db.events import Event, Meeting, Seat
from db.session import Database
from db.tables import Person
from locales.translator import SOURCE, words
from school import offers, people, seats
from school.events import PUBLISHED
from school.phrases import as_text
from school.quiet import Quiet
from school.refusal import Refusal

T = TypeVar("T")
ROME = ZoneInfo("Europe/Rome")
QUIET = Quiet(ROME)
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
START = dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
UNTIL = dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC)  # a day of hours that are not quiet


class Room:
    """One event, and people who are numbered from 1 on, in one transaction."""

    def __init__(self, session: Session, count: int = 1) -> None:
        self.session, self.now = session, NOW
        self.event = an_event(session, count)

    def person(self, number: int) -> Person:
        found = people.find(self.session, number)
        return found or people.add(self.session, number, SOURCE, NOW)

    def takes(self, *numbers: int, party: int = 1) -> list[str]:
        made = [
            seats.take(self.session, self.event, self.person(n), self.now, party) for n in numbers
        ]
        return [seat.state for seat in made]

    def resizes(self, number: int, party: int) -> list[int]:
        seat = self.seat(number)
        return self.numbers(seats.resize(self.session, self.event, seat, party, self.now, QUIET))

    def parties(self, *numbers: int) -> list[int]:
        return [self.seat(number).party for number in numbers]

    def seat(self, number: int) -> Seat:
        found = seats.of(self.session, self.event, self.person(number))
        assert found is not None
        return found

    def leaves(self, number: int) -> list[int]:
        seat = self.seat(number)
        return self.numbers(seats.leave(self.session, self.event, seat, self.now, QUIET))

    def accepts(self, number: int) -> str:
        return seats.accept(self.session, self.event, self.seat(number), self.now).state

    def fills(self) -> list[int]:
        return self.numbers(seats.fill(self.session, self.event, self.now, QUIET))

    def sweeps(self) -> tuple[list[int], list[int]]:
        changed = offers.sweep(self.session, self.now, QUIET)
        return self.numbers(changed.expired), self.numbers(changed.offered)

    def numbers(self, found: list[Seat]) -> list[int]:
        return [self.session.get_one(Person, seat.person_id).telegram_id or 0 for seat in found]

    def states(self, *numbers: int) -> list[str]:
        return [self.seat(number).state for number in numbers]

    def forgets(self, number: int) -> None:
        people.leave_no_trace(self.session, self.person(number))

    def set_reachable(self, number: int, since: dt.datetime | None) -> None:
        people.set_reachable(self.session, number, since)

    def refused(self, act: Callable[[], object]) -> str:
        with pytest.raises(Refusal) as caught:
            act()
        return as_text(caught.value.phrase, words(SOURCE))


def an_event(session: Session, count: int, start: dt.datetime = START, code: str = "abc") -> Event:
    event = Event(
        code=code, state=PUBLISHED, seats=count, created_at=NOW, sequence=0, title={}, options={}
    )
    session.add(event)
    session.flush()
    session.add(Meeting(event_id=event.id, starts_at=start, ends_at=start + 2 * HOUR))
    session.flush()
    return event


class Story:
    """Runs a story in one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def __call__(self, told: Callable[[Room], None], count: int = 1) -> None:
        await self.database.run(lambda session: told(Room(session, count)))
