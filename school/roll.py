"""All people of an event with their states: who has a seat, who waits, who gave up. As a table it
has the chosen name and the state, and nothing else of anybody.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.tables import Person
from locales.translator import Words
from school import absences, events
from school.absences import Presence
from school.phrases import Phrase, as_text, joined, t, tn
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
    """Somebody's name, code and state; `place` is the place in line of whoever waits, `party` for
    how many people it is, `by_name` where it is somebody without Telegram; at which meetings they
    were, of a `series` or of one.
    """

    name: str | None
    code: str
    state: str
    place: int | None
    party: int
    by_name: bool
    presence: Presence
    series: bool


def people(session: Session, event: Event, now: dt.datetime) -> Sequence[Line]:
    """Everybody, those with a seat first, those who wait in their order."""
    order = case(_ORDER, value=Seat.state)
    rows = session.execute(
        select(Person.name, Seat, Person.telegram_id)
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
    were = absences.of_event(session, event, now)
    series = len(events.taking_place(session, event)) > 1
    for name, seat, account in rows:
        waiting += seat.state == WAITING
        place = waiting if seat.state == WAITING else None
        presence = were.get(seat.id, absences.NOTHING)
        by_name = account is None
        lines.append(
            Line(name, seat.code, seat.state, place, seat.party, by_name, presence, series)
        )
    return lines


def state(line: Line) -> Phrase:
    """A state in words."""
    if line.place is not None:
        return t("number %(number)s in line", number=line.place)
    came, of = line.presence.came, line.presence.of
    if line.series and of and (came or line.state == SEATED):
        were = t("was at %(came)s of %(of)s", came=came, of=of)
        return joined(", ", _STATES[line.state], were)
    if came:
        return t("was there")
    return t("did not come") if of and line.state == SEATED else _STATES[line.state]


def with_party(line: Line) -> Phrase:
    """A state in words, with how many people it is for, if they are several."""
    if line.party == 1:
        return state(line)
    people = tn("%(count)s person", "%(count)s people", line.party)
    return joined(", ", state(line), people)


def table(lines: Sequence[Line], words: Words) -> bytes:
    """The table as CSV, as programs for tables open it by themselves: UTF-8 with a mark."""
    file = io.StringIO()
    writer = csv.writer(file)
    titles = t("Name"), t("State"), t("People")
    writer.writerow([as_text(title, words) for title in titles])
    writer.writerows(
        [plain(one.name or ""), as_text(state(one), words), one.party] for one in lines
    )
    return file.getvalue().encode("utf-8-sig")


def plain(name: str) -> str:
    """A name that a program for tables would take for a formula is none."""
    return f"'{name}" if name.startswith(_FORMULA) else name
