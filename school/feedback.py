"""What those who came say of an event afterwards: they are asked the day after its last meeting, of
a series once. Answers are kept by question; one that was passed over is None.

Who reads them sees no names, and nothing before some people answered: then nobody can be told by
what they said.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from db.events import Attendance, Event, Feedback, Meeting, Seat
from db.tables import Outgoing, Person
from db.types import Json
from db.upsert import put
from school import attendance, reminders
from school.events import PUBLISHED
from school.quiet import Quiet
from school.settings import Asked, Events

FEEDBACK = "feedback"  # as a kind of message, and of a key
ENOUGH = 3  # people
_AT = dt.time(10)
_DAYS = dt.timedelta(days=3)
_PAGE = 400  # characters


@dataclass(frozen=True, slots=True)
class Due:
    """Whom to ask about an event now, and until when that is of use."""

    event: Event
    people: Sequence[tuple[Seat, Person]]
    deadline: dt.datetime


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
    return quiet.after(morning, dt.timedelta()), end + _DAYS


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet, most: int
) -> Due | None:
    """Some people who are to be asked about one event now; None where nobody is."""
    if reminders.is_quiet(quiet, now):
        return None
    for event, until in _over(session, now, quiet):
        # Reminders of today go before.
        today = reminders.plans(session, settings, now, quiet)
        may_hear = reminders.heard(today, now, quiet) < settings.unasked_a_day
        query = _concerned(event).where(may_hear).limit(most)
        found = [(seat, person) for seat, person in session.execute(query)]
        if found:
            return Due(event, found, min(until, quiet.begins_after(now)))
    return None


def _over(session: Session, now: dt.datetime, quiet: Quiet) -> list[tuple[Event, dt.datetime]]:
    """Events about which people can be asked now, and until when."""
    last = func.max(Meeting.ends_at)
    query = (
        select(Event, last)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.state == PUBLISHED, Meeting.cancelled_at.is_(None))
        .group_by(Event.id)
        .having(last > now - _DAYS, last <= now)
        .order_by(last, Event.id)
    )
    found = [(event, window(end, quiet)) for event, end in session.execute(query)]
    return [(event, until) for event, (begins, until) in found if begins <= now < until]


def _concerned(event: Event) -> Select[Seat, Person]:
    """Who came, was not asked yet, and can be."""
    return (
        select(Seat, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, Person.telegram_id.is_not(None))
        .where(Person.unreachable_at.is_(None), _to_ask(Seat))
        .order_by(Seat.id)
    )


def _to_ask(seat: type[Seat]) -> ColumnElement[bool]:
    """Whether the holder of a seat came, wants to be asked, and was not asked yet."""
    known = literal(f"{FEEDBACK}:") + cast(seat.id, String)
    asked = exists().where(Outgoing.dedup_key == known, reminders.counts())
    came = exists().where(Attendance.seat_id == seat.id)
    return and_(came, ~reminders.muted(FEEDBACK), ~asked)


def key(seat: Seat) -> str:
    """What the question to the holder of a seat is known by in the outbox."""
    return f"{FEEDBACK}:{seat.id}"


def waits(session: Session, now: dt.datetime, quiet: Quiet) -> ColumnElement[int]:
    """1 where the person is to be asked about an event today."""
    seat = aliased(Seat)
    over = [event.id for event, _ in _over(session, now, quiet)]
    asked = exists().where(seat.event_id.in_(over), seat.person_id == Person.id, _to_ask(seat))
    return case((asked, 1), else_=0)


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
