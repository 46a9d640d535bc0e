"""All people of an event with their states: who has a seat, who waits, who gave up. As a table it
has the chosen name and the state, and nothing else of anybody.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.tables import Person
from locales.translator import Words
from school.phrases import Phrase, as_text, t
from school.seats import LEFT, OFFERED, SEATED, WAITING

PAGE = 8
_ORDER = {SEATED: 0, OFFERED: 1, WAITING: 2, LEFT: 3}
_STATES: Mapping[str, Phrase] = {
    SEATED: t("has a seat"),
    OFFERED: t("is asked whether to take a seat"),
    LEFT: t("gave the seat up"),
}
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's name, code and state; `place` is the place in line of whoever waits."""

    name: str | None
    code: str
    state: str
    place: int | None


def people(session: Session, event: Event) -> Sequence[Line]:
    """Everybody, those with a seat first, those who wait in their order."""
    order = case(_ORDER, value=Seat.state)
    rows = session.execute(
        select(Person.name, Seat.code, Seat.state)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id)
        .order_by(
            order,
            case((Seat.state == WAITING, Seat.line_at)),
            Person.name.is_(None),
            func.lower(Person.name),
            Seat.code,
        )
    )
    lines: list[Line] = []
    waiting = 0
    for name, code, state in rows:
        waiting += state == WAITING
        lines.append(Line(name, code, state, waiting if state == WAITING else None))
    return lines


def state(line: Line) -> Phrase:
    """A state in words."""
    if line.place is not None:
        return t("number %(number)s in line", number=line.place)
    return _STATES[line.state]


def table(lines: Sequence[Line], words: Words) -> bytes:
    """The table as CSV, as programs for tables open it by themselves: UTF-8 with a mark."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([as_text(t("Name"), words), as_text(t("State"), words)])
    writer.writerows([_plain(one.name or ""), as_text(state(one), words)] for one in lines)
    return file.getvalue().encode("utf-8-sig")


def _plain(name: str) -> str:
    """A name that a program for tables would take for a formula is none."""
    return f"'{name}" if name.startswith(_FORMULA) else name
