"""What those who came say of an event afterwards: they are asked the day after its last meeting, of
a series once. Answers are kept by question; one that was passed over is None.

Who reads them sees no names, and nothing before some people answered: then nobody can be told by
what they said.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Feedback, Meeting, Seat
from db.tables import Person
from db.types import Json
from db.upsert import put
from school import attendance, reminded, reminders, unasked
from school.events import PUBLISHED
from school.quiet import Quiet
from school.settings import Asked, Events

FEEDBACK = "feedback"  # as a kind of message, and of a key
ENOUGH = 3  # people
_AT = dt.time(10)
_DAYS = dt.timedelta(days=3)
_A_FEW = 50  # people at once
_PAGE = 400  # characters


class Place(NamedTuple):
    """How far somebody has gone: an event by when it was over, and a seat of it."""

    over: tuple[dt.datetime, int]
    seat: int


@dataclass(frozen=True, slots=True)
class Due:
    """Whom to ask about an event now, until when that is of use, and where it goes on."""

    event: Event
    people: Sequence[tuple[Seat, Person]]
    deadline: dt.datetime
    place: Place


@dataclass(frozen=True, slots=True)
class Opinions:
    """What so many people said: how often each option, by question, and own words."""

    people: int
    counts: Mapping[str, Mapping[str, int]]
    words: Sequence[str]


def window(end: dt.datetime, quiet: Quiet) -> tuple[dt.datetime, dt.datetime]:
    """From when to when people can be asked about what ended at a time: from the next morning on,
    for some days after the end.
    """
    day = end.astimezone(quiet.zone).date() + dt.timedelta(days=1)
    morning = dt.datetime.combine(day, _AT, quiet.zone).astimezone(dt.UTC)
    return quiet.awake(morning), end + _DAYS


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet, after: Place | None = None
) -> Iterator[Due]:
    """Whom to ask now, a few at a time."""
    if reminders.is_quiet(quiet, now):
        return
    # Reminders of today go before.
    today = reminders.plans(session, settings, now, quiet)
    heard = unasked.heard_since(literal(reminders.midnight(now, quiet.zone)))
    for event, ended, until in _over(session, now, quiet):
        begun = after is not None and after.over == (ended, event.id)
        seat = after.seat if after is not None and begun else 0
        while after is None or (ended, event.id) >= after.over:
            rows = session.execute(_concerned(event, heard).where(Seat.id > seat)).all()
            seat = rows[-1][0].id if rows else seat
            later = reminded.to_hear(session, today, [person.id for _, person, _ in rows])
            found = [
                (seat, person)
                for seat, person, count in rows
                if count + later[person.id] < settings.unasked_a_day
            ]
            yield Due(
                event, found, min(until, quiet.begins_after(now)), Place((ended, event.id), seat)
            )
            if len(rows) < _A_FEW:
                break


def _over(
    session: Session, now: dt.datetime, quiet: Quiet
) -> list[tuple[Event, dt.datetime, dt.datetime]]:
    """Events about which people can be asked now, when they ended, and until when that is."""
    last = func.max(Meeting.ends_at)
    query = (
        select(Event, last)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.state == PUBLISHED, Meeting.cancelled_at.is_(None))
        .group_by(Event.id)
        .having(last > now - _DAYS, last <= now)
        .order_by(last, Event.id)
    )
    found = [(event, end, window(end, quiet)) for event, end in session.execute(query)]
    return [(event, end, until) for event, end, (begins, until) in found if begins <= now < until]


def _concerned(event: Event, heard: ColumnElement[int]) -> Select[Seat, Person, int]:
    """Some who came, were not asked yet, and can be; with how much they heard today."""
    return (
        select(Seat, Person, heard)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, Person.telegram_id.is_not(None))
        .where(Person.unreachable_at.is_(None), _to_ask(Seat))
        .order_by(Seat.id)
        .limit(_A_FEW)
    )


def _to_ask(seat: type[Seat]) -> ColumnElement[bool]:
    """Whether the holder of a seat came, wants to be asked, and was not asked yet."""
    known = literal(f"{FEEDBACK}:") + cast(seat.id, String)
    came = exists().where(Attendance.seat_id == seat.id)
    return and_(came, ~unasked.muted(literal(FEEDBACK)), ~unasked.was_put(known))


def key(seat: Seat) -> str:
    """What the question to the holder of a seat is known by in the outbox."""
    return f"{FEEDBACK}:{seat.id}"


def to_be_asked(
    session: Session, people: Collection[int], now: dt.datetime, quiet: Quiet
) -> Counter[int]:
    """Which of some people are to be asked about an event today."""
    over = [event.id for event, *_ in _over(session, now, quiet)]
    if not over or not people:
        return Counter()
    there = select(Person.id).join(Seat, Seat.person_id == Person.id)
    asked = there.where(Person.id.in_(people), Seat.event_id.in_(over), _to_ask(Seat))
    return Counter({*session.scalars(asked)})


def seat_of(session: Session, person: Person, number: int) -> Seat | None:
    """A person's own seat, where the person came."""
    seat = session.get(Seat, number)
    if seat is None or seat.person_id != person.id:
        return None
    return seat if attendance.was_there(session, seat) else None


def given(session: Session, seat: Seat) -> Mapping[str, Json]:
    """What was said with a seat, by question."""
    row = session.get(Feedback, seat.id, populate_existing=True)
    return row.answers if row is not None else {}


def present(asked: Iterable[str], answers: Mapping[str, Json]) -> str | None:
    """The first question that was neither answered nor passed over."""
    return next((key for key in asked if key not in answers), None)


def keep(session: Session, seat: Seat, question: str, answer: str | None, now: dt.datetime) -> None:
    """Write an answer."""
    answers = {**given(session, seat), question: answer}
    put(session, Feedback, ("seat_id",), seat_id=seat.id, answers=answers, at=now)


def opinions(session: Session, event: Event, asked: Mapping[str, Asked]) -> Opinions:
    """What people said of an event; only how many, as long as they are too few."""
    query = select(Feedback.answers).join(Seat, Seat.id == Feedback.seat_id)
    rows = session.scalars(query.where(Seat.event_id == event.id)).all()
    said = [row for row in rows if any(row.values())]
    if len(said) < ENOUGH:
        return Opinions(len(said), {}, [])
    tapped = {key: Counter(row.get(key) for row in said) for key in asked if asked[key].options}
    counts = {key: {option: tapped[key][option] for option in asked[key].options} for key in tapped}
    # In the order of the alphabet, which says nothing of when and with what they came.
    typed = [row.get(key) for key in asked if not asked[key].options for row in said]
    return Opinions(len(said), counts, sorted(str(words) for words in typed if words))


def pages(words: Sequence[str]) -> Sequence[Sequence[str]]:
    """Own words by page, as many as fit on a screen."""
    found: list[list[str]] = []
    for one in words:
        if found and sum(map(len, found[-1])) + len(one) <= _PAGE:
            found[-1].append(one)
        else:
            found.append([one])
    return found
