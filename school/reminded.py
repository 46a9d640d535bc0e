"""Whom to remind of a meeting now, a few at a time: whoever reads it can stop after each, and go on
from that place in another transaction. A line of people is gone through once, however long it is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import String, and_, bindparam, cast, exists, func, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.events import Mute, Seat
from db.prepared import Prepared, Row, attached
from db.tables import Outgoing, Person
from school import unasked
from school.quiet import Quiet
from school.reminders import (
    Plan,
    Rank,
    deadline,
    key,
    may_go,
    midnight,
    passed,
    plans,
    prefix,
    suffix,
)
from school.seats import SEATED
from school.settings import Events

_A_FEW = 50  # people at once
_SEEN = 1000  # seats that are looked at for them, at most
_FIRST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_seats, _people, _outbox = table_of(Seat), table_of(Person), table_of(Outgoing)
_SEAT = len(_seats.c)
_LINE_AT, _PERSON_ID = (_seats.c.keys().index(name) for name in ("line_at", "person_id"))


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has gone: a reminder, and the place in the line of its seats."""

    rank: Rank
    line_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Whom to remind now, until when that is true, and where it goes on."""

    plan: Plan
    people: Sequence[tuple[Seat, Person]]
    deadline: dt.datetime
    place: Place


class _Row(NamedTuple):
    """Somebody who may be reminded: the rows of both tables, and how much they heard today."""

    seat: Row
    person: Row
    heard: int

    @property
    def line_at(self) -> dt.datetime:
        """The place in the line of seats."""
        return self.seat[_LINE_AT]

    @property
    def number(self) -> int:
        """Whose seat it is."""
        return self.seat[_PERSON_ID]


_PART = and_(
    _seats.c.event_id == bindparam("event"),
    _seats.c.state == bindparam("seated", SEATED),
    _seats.c.line_at > unasked.moment("line"),
    _seats.c.line_at <= unasked.moment("until"),
)
_FAR = Prepared(
    select(_seats.c.line_at).where(_PART).order_by(_seats.c.line_at).offset(_SEEN - 1).limit(1)
)
_KEY = (
    bindparam("prefix", type_=String)
    + cast(_seats.c.id, String)
    + bindparam("suffix", type_=String)
)
_IS_THERE = and_(
    _people.c.unreachable_at.is_(None),
    ~unasked.muted(bindparam("kind", type_=String)),
)
# Who has a seat, did not get this reminder yet, and can be written to.
_CONCERNED = Prepared(
    select(*_seats.c, *_people.c, unasked.heard_since(unasked.moment("today")))
    .join(_people, _people.c.id == _seats.c.person_id)
    .where(_PART, ~unasked.was_put(_KEY), _IS_THERE)
    .order_by(_seats.c.line_at)
    .limit(_A_FEW)
)
_MISSED = Prepared(
    select(func.count(_seats.c.id))
    .join(_people, _people.c.id == _seats.c.person_id)
    .where(_PART, ~exists().where(_outbox.c.dedup_key == _KEY), _IS_THERE)
)


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet, after: Place | None = None
) -> Iterator[Due]:
    """Whom to remind now. What was put before the next are asked for counts."""
    today = plans(session, settings, now, quiet)
    for plan in today:
        if after is not None and plan.rank < after.rank:
            continue
        if not may_go(plan.window, plan.meeting.starts_at, now, quiet):
            continue
        line = after.line_at if after is not None and plan.rank == after.rank else _FIRST
        nearer = [other for other in today if other.rank < plan.rank and other.window.due > now]
        until = deadline(plan.window, now, quiet)
        # Who took the seat after the reminder was due knows.
        while line < plan.window.due:
            found, line = _next(session, plan, line, midnight(now, quiet.zone))
            people = _without(session, found, nearer, settings.unasked_a_day)
            yield Due(plan, people, until, Place(plan.rank, line))


def _next(
    session: Session, plan: Plan, line: dt.datetime, today: dt.datetime
) -> tuple[Sequence[_Row], dt.datetime]:
    """The next few of an event's line who may be reminded, and how far that looked."""
    part = {"event": plan.event.id, "line": line}
    many = (plan.event.seats or 0) > _SEEN
    ends = _FAR.rows(session, **part, until=plan.window.due) if many else []
    until = ends[0][0] if ends else plan.window.due
    found = _CONCERNED.rows(
        session,
        **part,
        until=until,
        prefix=prefix(plan),
        suffix=suffix(plan),
        kind=plan.window.kind,
        today=today,
    )
    rows = [_Row(row[:_SEAT], row[_SEAT:-1], row[-1]) for row in found]
    return rows, rows[-1].line_at if len(rows) == _A_FEW else until


def missed(
    session: Session, settings: Events, since: dt.datetime, now: dt.datetime, quiet: Quiet
) -> int:
    """How many reminders nobody put until their time was over, which was after a moment. One that
    was put too late to be sent is known elsewhere: it has a row.
    """
    found = 0
    for plan in passed(session, settings, since, now, quiet):
        ((count,),) = _MISSED.rows(
            session,
            event=plan.event.id,
            line=_FIRST,
            until=plan.window.due,
            prefix=prefix(plan),
            suffix=suffix(plan),
            kind=plan.window.kind,
        )
        found += count
    return found


def _without(
    session: Session, found: Sequence[_Row], nearer: Sequence[Plan], a_day: int
) -> Sequence[tuple[Seat, Person]]:
    """Those of them who do not hear enough today, now or of a nearer event."""
    later = to_hear(session, nearer, [row.number for row in found])
    return [
        (attached(session, Seat, row.seat), attached(session, Person, row.person))
        for row in found
        if row.heard + later[row.number] < a_day
    ]


def to_hear(session: Session, plans: Sequence[Plan], people: Sequence[int]) -> Counter[int]:
    """How many reminders of some plans each of some people has still to get."""
    if not plans or not people:
        return Counter()
    of_event: dict[int, list[Plan]] = {}
    for plan in plans:
        of_event.setdefault(plan.event.id, []).append(plan)
    query = select(Seat).where(Seat.person_id.in_(people), Seat.state == SEATED)
    waits = {
        key(plan, seat): (seat.person_id, plan.window.kind)
        for seat in session.scalars(query)
        for plan in of_event.get(seat.event_id, ())
        if seat.line_at <= plan.window.due
    }
    put = select(Outgoing.dedup_key).where(Outgoing.dedup_key.in_(waits), unasked.counts())
    got = {*session.scalars(put)}
    mutes = select(Mute.person_id, Mute.kind).where(Mute.person_id.in_(people))
    unwanted = {(person, kind) for person, kind in session.execute(mutes)}
    return Counter(
        whom[0] for name, whom in waits.items() if name not in got and whom not in unwanted
    )
