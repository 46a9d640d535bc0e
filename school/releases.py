"""Seats of those who did not answer whether they come: given to whoever waits, where the event says
so. Only who was asked, and told until when, in time: silence on anything else keeps the seat.

It happens so many hours before the meeting, never in quiet hours: then it is when they are over, if
that leaves time to come. Where nobody waits nothing is taken from anybody.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.tables import Outgoing, Person
from school import events, reminders
from school.outbox import SENT
from school.quiet import Quiet
from school.reminders import DAY, Plan
from school.seats import SEATED, WAITING
from school.settings import Events

_TO_COME = dt.timedelta(hours=1)  # for whoever gets the seat
_TO_ANSWER = dt.timedelta(hours=2)


def hours(settings: Events, event: Event) -> int:
    """How many hours before the meeting; 0 where silence keeps the seat."""
    kind = settings.kinds.get(event.kind or "")
    usual = kind.release_hours if kind is not None else 0
    found = event.options.get(events.RELEASE, usual)
    return found if isinstance(found, int) else 0


def moment(start: dt.datetime, hours: int, quiet: Quiet) -> dt.datetime | None:
    """When seats are given on; None where they are not."""
    at = quiet.awake(start - dt.timedelta(hours=hours))
    return at if hours and at <= start - _TO_COME else None


def until(settings: Events, plan: Plan, now: dt.datetime, quiet: Quiet) -> dt.datetime | None:
    """Until when somebody has to answer who is asked now; None where there is no hurry."""
    if plan.window.kind != DAY or not plan.first:
        return None
    at = moment(plan.meeting.starts_at, hours(settings, plan.event), quiet)
    return at if at is not None and now + _TO_ANSWER <= at else None


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet
) -> list[tuple[Event, Sequence[Seat]]]:
    """Events where somebody waits now, with the seats of those who are silent: who came last gives
    first.
    """
    found: list[tuple[Event, Sequence[Seat]]] = []
    for event, meeting, first in reminders.next_meetings(session, now):
        at = moment(meeting.starts_at, hours(settings, event), quiet)
        in_time = at is not None and at <= now <= meeting.starts_at - _TO_COME
        if at is None or not (first and in_time) or reminders.is_quiet(quiet, now):
            continue
        if somebody_waits(session, event):
            # Another process may be at it.
            session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
            prefix = reminders.prefix_of(DAY, meeting)
            found.append((event, _silent(session, event, prefix, at - _TO_ANSWER)))
    return [(event, silent) for event, silent in found if silent]


def somebody_waits(session: Session, event: Event) -> bool:
    """Whether a seat that is free now would be offered to somebody."""
    query = (
        select(func.count())
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, Seat.state == WAITING, Person.unreachable_at.is_(None))
    )
    return session.scalars(query).one() > 0


def _silent(session: Session, event: Event, prefix: str, asked: dt.datetime) -> Sequence[Seat]:
    """Who was asked at a time or before, and did not answer."""
    key = literal(prefix) + cast(Seat.id, String) + literal(f":{event.sequence}")
    known = exists().where(
        Outgoing.dedup_key == key, Outgoing.state == SENT, Outgoing.not_before <= asked
    )
    query = (
        select(Seat)
        .where(Seat.event_id == event.id, Seat.state == SEATED, known)
        .where(Seat.coming.is_(None) | (Seat.coming != event.sequence))
        .order_by(Seat.line_at.desc())
    )
    return list(session.scalars(query))
