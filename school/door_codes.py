"""A code for everybody in the room: shown or said at the door, another for each meeting, and of use
in the meeting's hours only. It is drawn, not derived: none says anything of another. There are 33
million, so whoever tries one after the other, as fast as the bot reads, finds none in an evening.
"""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import Event, Meeting
from school import signs
from school.attendance import plain_code
from school.events import DOOR, PUBLISHED

BEFORE = dt.timedelta(minutes=30)
_SIGNS, _MOST_TYPED = 5, 12


def of(session: Session, event: Event, meeting: Meeting) -> str:
    """The code of a meeting, drawn when it is first asked for."""
    code = _codes(event).get(str(meeting.id))
    if code is not None:
        return code
    # Two may ask at once: the second one finds what the first one drew.
    session.get_one(Event, event.id, with_for_update=True, populate_existing=True)
    codes = {str(meeting.id): signs.draw(_SIGNS), **_codes(event)}
    event.options = {**event.options, DOOR: dict(codes)}
    session.flush()
    return codes[str(meeting.id)]


def _codes(event: Event) -> Mapping[str, str]:
    found = event.options.get(DOOR)
    return {number: str(code) for number, code in found.items()} if isinstance(found, dict) else {}


def hours(meeting: Meeting) -> tuple[dt.datetime, dt.datetime]:
    """From when to when its code counts."""
    return meeting.starts_at - BEFORE, meeting.ends_at


def read(session: Session, words: str, now: dt.datetime) -> tuple[Event, Meeting] | None:
    """The meeting of which a text is the code, if it counts now. Most texts cannot be one, and cost
    nothing.
    """
    code = plain_code(words)
    if len(words.strip()) > _MOST_TYPED or len(code) != _SIGNS or not {*code} <= {*signs.SIGNS}:
        return None
    query = (
        select(Event, Meeting)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.state == PUBLISHED, Meeting.cancelled_at.is_(None))
        .where(Meeting.starts_at <= now + BEFORE, Meeting.ends_at > now)
    )
    found = session.execute(query.order_by(Meeting.starts_at, Meeting.id))
    return next(
        ((event, one) for event, one in found if _codes(event).get(str(one.id)) == code), None
    )
