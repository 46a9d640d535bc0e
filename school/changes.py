"""What changes of an event that is announced. A change is asked as a draft is: it is a row of its
own, that knows which event it is of and which one thing of it. It counts once it is confirmed, for
exactly what was looked at; then the row is gone, so a second tap changes nothing.

A new time or place and what is called off raise the event's `sequence`: calendars, reminders and
the question whether people come go by it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.events import Event, Meeting, Seat
from db.tables import Person
from school import events, signs
from school.events import CANCELLED, CHANGE, PUBLISHED, SEATS, TITLE, WHEN, WHERE
from school.quiet import Quiet
from school.seats import OFFERED, SEATED, WAITING
from school.texts import Text

WHATS = (WHEN, WHERE, SEATS, TITLE)
ASKS_AGAIN = (WHEN, WHERE)
_OF, _WHAT, _MEETING, _WAS = "of", "what", "meeting", "was"
_SIGNS = 6
_SOON = dt.timedelta(hours=2)

Times: TypeAlias = tuple[dt.datetime, dt.datetime]
Thing: TypeAlias = Times | Text | str | int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of an event, as it was and as it is now: start and end, a title by language, a
    place in words, or how many seats.
    """

    what: str
    before: Thing
    after: Thing


def begin(session: Session, event: Event, what: str, meeting: Meeting, now: dt.datetime) -> Event:
    """A change of one thing, in the place of one that was not confirmed; of when one meeting is, or
    of the whole event.
    """
    give_up(session, event)
    options = {_OF: event.id, _WHAT: what, _MEETING: meeting.id, _WAS: _place(session, event)}
    change = Event(
        code=signs.draw(_SIGNS),
        state=CHANGE,
        kind=event.kind,
        title=dict(event.title),
        place_id=event.place_id,
        seats=event.seats,
        options=dict(options),
        sequence=0,
        created_at=now,
    )
    session.add(change)
    session.flush()
    times = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    session.add(Meeting(event_id=change.id, **times))
    session.flush()
    return change


def give_up(session: Session, event: Event) -> None:
    """What was not confirmed is not going to be."""
    for change in session.scalars(select(Event).where(Event.state == CHANGE)).all():
        if change.options.get(_OF) == event.id:
            session.delete(change)
    session.flush()


def number_of(change: Event) -> int:
    """The number of the event that a change is of."""
    return int(str(change.options[_OF]))


def what_of(change: Event) -> str:
    """What a change is about."""
    return str(change.options[_WHAT])


def subject(session: Session, change: Event, now: dt.datetime) -> Event | None:
    """The event of a change; None where it cannot be changed any more. Nobody else changes it until
    this transaction ends.
    """
    event = locked(session, number_of(change))
    if event is None or not can_change(session, event, now) or _meeting(session, change) is None:
        return None
    return event


def locked(session: Session, number: int) -> Event | None:
    """An event as it is now, that nobody else changes until this transaction ends."""
    return session.get(Event, number, with_for_update=True, populate_existing=True)


def can_change(session: Session, event: Event, now: dt.datetime) -> bool:
    """Whether an event is announced and not over."""
    return event.state == PUBLISHED and not events.is_over(session, event, now)


def _meeting(session: Session, change: Event) -> Meeting | None:
    meeting = session.get(Meeting, change.options[_MEETING])
    return meeting if meeting is not None and meeting.cancelled_at is None else None


def ahead(session: Session, event: Event, now: dt.datetime) -> Sequence[Meeting]:
    """An event's dates that can still be moved or called off."""
    found = events.meetings(session, event)
    return [one for one in found if one.cancelled_at is None and one.ends_at > now]


def one_date(session: Session, change: Event) -> bool:
    """Whether a change has the one date that a meeting can have."""
    return len(events.meetings(session, change)) == 1


def difference(session: Session, change: Event, event: Event) -> Change | None:
    """What would be otherwise; None where nothing would."""
    what, meeting = what_of(change), _meeting(session, change)
    before: Thing
    after: Thing
    if meeting is None:
        return None
    if what == WHEN:
        before, after = _times(meeting), _times(_new(session, change))
    elif what == WHERE:
        before, after = str(change.options[_WAS]), _place(session, change)
    elif what == SEATS:
        before, after = event.seats or 0, change.seats or 0
    else:
        before, after = events.title(event), events.title(change)
    return Change(what, before, after) if before != after else None


def _new(session: Session, change: Event) -> Meeting:
    return events.meetings(session, change)[0]


def _times(meeting: Meeting) -> Times:
    return meeting.starts_at, meeting.ends_at


def _place(session: Session, event: Event) -> str:
    place = events.place(session, event)
    return ", ".join(filter(None, (place.name, place.address))) if place is not None else ""


def looked_at(change: Event) -> str:
    """What a button carries that confirms a change as it is shown now; older ones count no more."""
    change.sequence += 1
    return mark(change)


def mark(change: Event) -> str:
    """What the newest of these buttons carries."""
    return f"{change.code}{change.sequence}"


def apply(session: Session, change: Event, event: Event) -> Change | None:
    """Make an event what its change says; the change is gone then."""
    done = difference(session, change, event)
    meeting = _meeting(session, change)
    if done is not None and done.what == WHEN and meeting is not None:
        meeting.starts_at, meeting.ends_at = _times(_new(session, change))
    elif done is not None and done.what == WHERE:
        event.place_id = change.place_id
    elif done is not None and done.what == SEATS:
        event.seats = change.seats
    elif done is not None:
        event.title = dict(change.title)
    if done is not None and done.what in ASKS_AGAIN:
        event.sequence += 1
    session.execute(delete(Meeting).where(Meeting.event_id == change.id))
    session.delete(change)
    session.flush()
    return done


def call_off(session: Session, event: Event, meeting: Meeting | None, now: dt.datetime) -> None:
    """A meeting does not take place, or the whole event; with its last meeting the event goes."""
    if meeting is not None:
        meeting.cancelled_at = now
        session.flush()
    left = [one for one in events.meetings(session, event) if one.cancelled_at is None]
    if meeting is None or not left:
        event.state = CANCELLED
    event.sequence += 1
    give_up(session, event)


def concerned(session: Session, event: Event) -> Sequence[tuple[Seat, Person]]:
    """Who has a seat, an offer or a place in line, and can be reached."""
    query = (
        select(Seat, Person)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.event_id == event.id, Seat.state.in_((SEATED, OFFERED, WAITING)))
        .where(Person.unreachable_at.is_(None))
        .order_by(Seat.id)
    )
    return [(seat, person) for seat, person in session.execute(query)]


def when_to_tell(quiet: Quiet, now: dt.datetime, starts: Sequence[dt.datetime]) -> dt.datetime:
    """Nobody is woken, but for a meeting that was, or is now, before people have read of it in the
    morning.
    """
    morning = quiet.awake(now)
    return now if any(start < morning + _SOON for start in starts) else morning
