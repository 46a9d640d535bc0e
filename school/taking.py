"""Until when one can take a seat in an event: hours before a meeting, so that it moves with the
meeting, and in a series after the first one only where late joiners are welcome. Whoever waits is
offered what becomes free all the same, but nobody is let into a series that lets nobody in.
"""

import datetime as dt

from sqlalchemy.orm import Session

from db.events import Event, Meeting
from school import events
from school.settings import EventKind

CLOSES, LATE = "closes", "late_joiners"
HOURS = (0, 2, 24, 72, 168)


def joins_late(event: Event, kind: EventKind | None) -> bool:
    """Whether one can come to a series for the first time after its first meeting."""
    usual = kind.late_joiners if kind is not None else True
    return event.options.get(LATE, usual) is True


def settle(event: Event, kind: EventKind | None) -> None:
    """What its kind says of late joiners when it is announced holds for as long as it is there."""
    event.options = {**event.options, LATE: joins_late(event, kind)}


def until(session: Session, event: Event, now: dt.datetime) -> dt.datetime | None:
    """Until when a seat can be taken, in UTC: a time that is past where it is too late. None where
    there is no meeting.
    """
    meeting = _joined(session, event, now)
    if meeting is None:
        return None
    hours = before(event)
    return meeting.ends_at if hours is None else meeting.starts_at - dt.timedelta(hours=hours)


def _joined(session: Session, event: Event, now: dt.datetime) -> Meeting | None:
    """The meeting that a new person comes to first."""
    found = events.taking_place(session, event)
    ahead = [one for one in found if one.ends_at > now] if joins_late(event, None) else []
    return next(iter([*ahead, *found]), None)


def before(event: Event) -> int | None:
    """How many hours before the meeting is too late; None where one can come until it is over."""
    hours = event.options.get(CLOSES)
    return int(hours) if isinstance(hours, int | float) else None


def is_closed(session: Session, event: Event, now: dt.datetime) -> bool:
    """Whether nobody new can take a seat."""
    limit = until(session, event, now)
    return limit is not None and limit <= now


def has_begun(session: Session, event: Event, now: dt.datetime) -> bool:
    """Whether a series without late joiners is past its first meeting."""
    found = events.taking_place(session, event)
    return not joins_late(event, None) and len(found) > 1 and found[0].ends_at <= now
