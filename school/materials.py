"""What is handed on to those who take part in an event: texts, documents, pictures. They are kept
with the event, each under a number that stays its own, and go out as they came in.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from sqlalchemy.orm import Session

from db.events import Event
from db.tables import Person
from db.types import Json
from school import attendance, events, seats
from school.events import MATERIALS
from school.seats import SEATED

MOST, MOST_TEXT = 10, 1000
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """One of them: a text, or a file that Telegram keeps, with its words; `album` is that of the
    message that it came in.
    """

    number: int
    kind: str
    text: str = ""
    file_id: str = ""
    name: str | None = None
    album: str | None = None


def of(event: Event) -> Sequence[Item]:
    """All of an event, in their order."""
    rows = cast("list[dict[str, Any]]", event.options.get(MATERIALS) or [])
    return [Item(**row) for row in rows]


def find(event: Event, number: int) -> Item | None:
    """One by its number."""
    return next((item for item in of(event) if item.number == number), None)


def next_number(event: Event) -> int:
    """The number of the next one: none that is there."""
    return max((item.number for item in of(event)), default=0) + 1


def add(event: Event, item: Item) -> bool:
    """Add one; False where there are as many as there can be."""
    found = of(event)
    if len(found) >= MOST:
        return False
    _keep(event, [*found, item])
    return True


def remove(event: Event, number: int) -> None:
    """Take one away."""
    _keep(event, [item for item in of(event) if item.number != number])


def _keep(event: Event, items: Sequence[Item]) -> None:
    rows: list[Json] = [cast("dict[str, Json]", asdict(item)) for item in items]
    event.options = {**event.options, MATERIALS: rows}


def to_see(session: Session, event: Event, person: Person, now: dt.datetime) -> Sequence[Item]:
    """What a person can see: all of it from the first meeting on, with a seat, or having come."""
    first = events.taking_place(session, event)[:1]
    seat = seats.of(session, event, person)
    if seat is None or not first or now < first[0].starts_at:
        return []
    there = seat.state == SEATED or attendance.was_there(session, seat)
    return of(event) if there else []
