"""Offers of seats by the clock: one whose time is over ends, and a seat that is free is offered on,
whatever made it free. Seats change as seats.py says: the event's row is locked first.
"""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from db.events import Event, Meeting, Seat
from school import parties, seats
from school.deadlines import deadline
from school.events import PUBLISHED
from school.quiet import Quiet
from school.seats import LEFT, OFFERED, WAITING


@dataclass(slots=True)
class Changed:
    """Whose offer ended unanswered, and to whom a seat is offered now."""

    expired: list[Seat] = field(default_factory=list[Seat])
    offered: list[Seat] = field(default_factory=list[Seat])


def sweep(session: Session, now: dt.datetime, quiet: Quiet) -> Changed:
    """Take back the offers whose time is over, and offer on what is free: also the seats of people
    who were forgotten. Whose offer ended does not wait any longer.
    """
    changed = Changed()
    due = {*session.scalars(_ended(now)), *session.scalars(_idle(now))}
    for number in sorted(due):
        event = session.get_one(Event, number)
        changed.expired += _take_back(session, event, now)
        changed.offered += seats.fill(session, event, now, quiet)
    return changed


def shorten(session: Session, event: Event, now: dt.datetime, quiet: Quiet) -> None:
    """An event that starts earlier by now: no offer stands for longer than one that is made now."""
    start = seats.next_start(session, event, now)
    if start is None:
        return
    until = deadline(now, start, quiet)
    longer = (Seat.event_id == event.id) & (Seat.offered_until > until)
    for seat in session.scalars(select(Seat).where(longer), execution_options=seats.FRESH).all():
        seat.offered_until = until
    session.flush()


def _ended(now: dt.datetime) -> Select[int]:
    """Events with an offer that ends now, or that nobody can answer."""
    unanswerable = (Seat.offered_until > now) & ~seats.reachable()
    return select(Seat.event_id).where((Seat.offered_until <= now) | unanswerable)


def _idle(now: dt.datetime) -> Select[int]:
    """Events where somebody waits and a seat is free."""
    seat = aliased(Seat)
    # Rows are counted first, which an index does: each is for one person or more.
    mine = (seat.event_id == Event.id) & seat.state.in_(seats.TAKEN)
    rows = select(func.count()).where(mine).scalar_subquery()
    people = select(func.coalesce(func.sum(seat.party), 0)).where(mine).scalar_subquery()
    return select(Event.id).where(
        Event.state == PUBLISHED,
        exists().where(
            Meeting.event_id == Event.id, Meeting.ends_at > now, Meeting.cancelled_at.is_(None)
        ),
        exists().where(Seat.event_id == Event.id, Seat.state == WAITING, seats.reachable()),
        case((Event.seats > rows, Event.seats > people), else_=False),
    )


def _take_back(session: Session, event: Event, now: dt.datetime) -> list[Seat]:
    """End offers. Who could not be reached stands in line again; who is returned does not, and is
    told while there still is an event.
    """
    seats.lock(session, event)
    offers = select(Seat).where(Seat.event_id == event.id, Seat.state == OFFERED)
    for seat in session.scalars(
        offers.where(~seats.reachable()), execution_options=seats.FRESH
    ).all():
        seat.party = parties.asked(event, seat)
        seat.state, seat.offered_until = WAITING, None
        parties.forget(event, seat)
    over = offers.where(Seat.offered_until <= now).order_by(Seat.line_at)
    ended = list(session.scalars(over, execution_options=seats.FRESH))
    for seat in ended:
        seat.state, seat.offered_until = LEFT, None
        parties.forget(event, seat)
    session.flush()
    return ended if event.state == PUBLISHED and seats.next_start(session, event, now) else []
