"""Seats of events: never oversold, in fair order, and none idle while somebody waits.

A seat that is offered counts as taken until it is accepted, let go or its time is over; then the
next in line is asked at once. Whatever changes seats locks the event's row first and looks at the
rows anew: what the caller read before may be old. A person has one row an event: it stays when the
seat is given up, and whoever comes back stands at the end of the line.

Some take seats for several people. In line they are one place; what is free is offered to the
first, as many seats as they asked for, or as are free: so no seat waits for others.

Those who can't be reached are not asked, but keep their place. What changed for others is returned,
so that they can be told. `fill` is for whoever changes the number of seats; what is due by the
clock is in offers.py.

    take(session, event, person, now, party) -> Seat            seated or waiting; may refuse
    accept(session, event, seat, now) -> Seat                   an offer; may refuse
    leave(session, event, seat, now, quiet) -> list[Seat]       whom a seat is offered now
    resize(session, event, seat, party, now, quiet) -> list[Seat]   the same; may refuse
    fill(session, event, now, quiet) -> list[Seat]              the same, of free seats
    lock, next_start, reachable                                 for what else changes seats
    room, give, take_away                                       what the staff do at the door
    of, mine, free, waiting, place_in_line                      what there is
"""

import datetime as dt

from sqlalchemy import Exists, Select, delete, exists, func, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from school import parties, signs, taking
from school.deadlines import deadline
from school.events import CANCELLED, CHANGE, DRAFT, PUBLISHED
from school.phrases import Phrase, t, tn
from school.quiet import Quiet
from school.refusal import Refusal

WAITING, OFFERED, SEATED, LEFT = "waiting", "offered", "seated", "left"
TAKEN = (OFFERED, SEATED)
_SIGNS = 5
_TICK = dt.timedelta(microseconds=1)
FRESH = {"populate_existing": True}


def take(session: Session, event: Event, person: Person, now: dt.datetime, party: int = 1) -> Seat:
    """Seat a person with those who come along, or put them in line; who has a seat, an offer or a
    place keeps it. Raises Refusal where there is neither.
    """
    lock(session, event)
    _check_open(session, event, now)
    seat = of(session, event, person)
    if seat is not None and seat.state != LEFT:
        return seat
    state = SEATED if _has_room(session, event, party) else WAITING
    if state == WAITING and event.options.get("waiting_list") is False:
        raise Refusal(_no_line(free(session, event)))
    at = _end_of_line(session, event, now)
    if seat is None:
        seat = Seat(event_id=event.id, person_id=person.id, code=_code(session))
    seat.state, seat.line_at, seat.party = state, at, party
    session.add(seat)
    session.flush()
    parties.forget(event, seat)
    session.flush()
    return seat


def _no_line(left: int) -> Phrase:
    if not left:
        return t("All seats are taken, and there is no waiting list.")
    return tn(
        "Only %(count)s seat is free, and there is no waiting list.",
        "Only %(count)s seats are free, and there is no waiting list.",
        left,
    )


def accept(session: Session, event: Event, seat: Seat, now: dt.datetime) -> Seat:
    """Seat a person to whom a seat was offered. It is not too late until the offer was taken back,
    nor while seats are free. Raises Refusal where it is.
    """
    lock(session, event)
    _check_open(session, event, now)
    found = _anew(session, seat)
    if found is not None and found.state == SEATED:
        return found
    if found is None or not (found.state == OFFERED or _has_room(session, event, found.party)):
        raise Refusal(t("This seat is not free any more. You can wait for the next one."))
    found.state, found.offered_until = SEATED, None
    parties.forget(event, found)
    session.flush()
    return found


def leave(session: Session, event: Event, seat: Seat, now: dt.datetime, quiet: Quiet) -> list[Seat]:
    """Give up a seat, an offer or a place in line; twice is once. Returns to whom a seat is offered
    now. Raises Refusal when the event is over: who had a seat, had it.
    """
    lock(session, event)
    if next_start(session, event, now) is None:
        raise Refusal(t("This meeting is over."))
    found = _anew(session, seat)
    if found is not None:
        found.state, found.offered_until = LEFT, None
        parties.forget(event, found)
    return fill(session, event, now, quiet)


def resize(
    session: Session, event: Event, seat: Seat, party: int, now: dt.datetime, quiet: Quiet
) -> list[Seat]:
    """Somebody who has a seat or a place in line comes with fewer people, which frees seats at
    once, or with more. Returns to whom a seat is offered now. Raises Refusal where not so many are
    free, or somebody waits for them.
    """
    lock(session, event)
    _check_open(session, event, now)
    found = _anew(session, seat)
    if found is None or found.state not in (SEATED, WAITING):
        return []
    more = party - found.party
    if found.state == SEATED and more > 0 and not _has_room(session, event, more):
        raise Refusal(t("Not so many seats are free for you. You keep what you have."))
    found.party = party
    session.flush()
    return fill(session, event, now, quiet)


def fill(session: Session, event: Event, now: dt.datetime, quiet: Quiet) -> list[Seat]:
    """Offer the free seats to the next ones in line, as often as one likes. With fewer seats than
    people nobody loses one, and nobody is asked. Returns to whom a seat is offered now.
    """
    lock(session, event)
    start = next_start(session, event, now)
    if event.state != PUBLISHED or start is None or taking.has_begun(session, event, now):
        return []
    room = free(session, event)
    line = _line(event).order_by(Seat.line_at).limit(room)
    found: list[Seat] = []
    for seat in list(session.scalars(line, execution_options=FRESH)):
        if room > 0:
            parties.offer(event, seat, min(seat.party, room))
            room -= seat.party
            seat.state, seat.offered_until = OFFERED, deadline(now, start, quiet)
            found.append(seat)
    session.flush()
    return found


def room(session: Session, event: Event, now: dt.datetime, party: int = 1) -> bool:
    """Whether the staff can seat so many more: who waits goes first, until the event is over.
    Nobody else takes the seats until this transaction ends.
    """
    lock(session, event)
    enough = _has_room(session, event, party)
    return enough or (next_start(session, event, now) is None and free(session, event) >= party)


def give(session: Session, event: Event, person: Person, now: dt.datetime) -> Seat:
    """Seat somebody whom the staff add, with as many as they wait for or were offered, also during
    the event and after it. Where there was no `room`, more people have a seat than there are, and
    all counts say so. Raises Refusal where the event does not take place.
    """
    lock(session, event)
    if event.state != PUBLISHED:
        raise Refusal(t("This meeting was cancelled."))
    seat = of(session, event, person)
    if seat is not None and seat.state == SEATED:
        return seat
    at = _end_of_line(session, event, now)
    if seat is None:
        seat = Seat(event_id=event.id, person_id=person.id, code=_code(session))
    elif seat.state == LEFT:
        seat.party = 1
    seat.state, seat.line_at, seat.offered_until = SEATED, at, None
    session.add(seat)
    session.flush()
    parties.forget(event, seat)
    session.flush()
    return seat


def take_away(
    session: Session, event: Event, seat: Seat, now: dt.datetime, quiet: Quiet
) -> list[Seat]:
    """Take off who was added by mistake, with all that was noted; whoever came stays known.
    Returns to whom a seat is offered now.
    """
    lock(session, event)
    parties.forget(event, seat)
    came = exists().where(Attendance.seat_id == seat.id)
    session.execute(delete(Seat).where(Seat.id == seat.id, ~came))
    found = _anew(session, seat)
    if found is not None:
        found.state, found.offered_until = LEFT, None
    session.flush()
    return fill(session, event, now, quiet)


def taken(session: Session, event: Event) -> int:
    """How many seats somebody has or is offered; more than there are, where the staff added
    people.
    """
    return _people(session, event, *TAKEN)


def of(session: Session, event: Event, person: Person) -> Seat | None:
    """A person's row; its state says what it is, and LEFT that it is nothing any more."""
    query = select(Seat).where(Seat.event_id == event.id, Seat.person_id == person.id)
    return session.scalars(query, execution_options=FRESH).first()


def mine(session: Session, person: Person, now: dt.datetime) -> list[Seat]:
    """A person's seats, offers and places in line for events that are not over, the next first."""
    query = (
        select(Seat)
        .join(Event, Event.id == Seat.event_id)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Seat.person_id == person.id, Seat.state != LEFT)
        .where(Event.state == PUBLISHED, Meeting.ends_at > now, Meeting.cancelled_at.is_(None))
        .group_by(Seat.id)
        .order_by(func.min(Meeting.starts_at), Seat.id)
    )
    return list(session.scalars(query))


def free(session: Session, event: Event) -> int:
    """How many seats nobody has and nobody is offered."""
    return max(0, (event.seats or 0) - _people(session, event, *TAKEN))


def waiting(session: Session, event: Event) -> int:
    """For how many people somebody stands in line."""
    return _people(session, event, WAITING)


def place_in_line(session: Session, event: Event, seat: Seat) -> int:
    """Where somebody who waits stands; the first is 1."""
    before = select(func.count()).where(
        Seat.event_id == event.id, Seat.state == WAITING, Seat.line_at < seat.line_at
    )
    return session.scalars(before).one() + 1


def lock(session: Session, event: Event) -> None:
    """Nobody else changes the event or its seats until this transaction ends; `event` is as it is
    now. SQLite has one writer anyway.
    """
    query = select(Event).where(Event.id == event.id).with_for_update()
    session.scalars(query, execution_options=FRESH).first()


def _check_open(session: Session, event: Event, now: dt.datetime) -> None:
    closed = {
        CANCELLED: t("This meeting was cancelled."),
        DRAFT: t("This meeting is not announced yet."),
        CHANGE: t("This meeting is not announced yet."),
    }
    if event.state in closed:
        raise Refusal(closed[event.state])
    if next_start(session, event, now) is None:
        raise Refusal(t("This meeting is over."))


def next_start(session: Session, event: Event, now: dt.datetime) -> dt.datetime | None:
    """When the next meeting starts, or started if it is not over; None after the last one."""
    there = (Meeting.event_id == event.id) & Meeting.cancelled_at.is_(None)
    query = select(func.min(Meeting.starts_at)).where(there, Meeting.ends_at > now)
    return session.scalar(query)


def _has_room(session: Session, event: Event, party: int) -> bool:
    """Whether so many seats are free and nobody waits for them who could be asked."""
    enough = free(session, event) >= party
    return enough and session.scalars(_line(event).limit(1)).first() is None


def reachable() -> Exists:
    """Whose seat or place it is can be asked."""
    return exists().where(Person.id == Seat.person_id, Person.unreachable_at.is_(None))


def _line(event: Event) -> Select[Seat]:
    query = select(Seat).where(Seat.event_id == event.id, Seat.state == WAITING)
    return query.where(reachable())


def _people(session: Session, event: Event, *states: str) -> int:
    party = func.coalesce(func.sum(Seat.party), 0)
    query = select(party).where(Seat.event_id == event.id, Seat.state.in_(states))
    return int(session.scalars(query).one())


def _end_of_line(session: Session, event: Event, now: dt.datetime) -> dt.datetime:
    """Later than all others, even where clocks differ or stand still."""
    last = session.scalar(select(func.max(Seat.line_at)).where(Seat.event_id == event.id))
    return now if last is None else max(now, last + _TICK)


def _anew(session: Session, seat: Seat) -> Seat | None:
    query = select(Seat).where(Seat.id == seat.id)
    return session.scalars(query, execution_options=FRESH).first()


def _code(session: Session) -> str:
    code = signs.draw(_SIGNS)
    while session.scalar(select(Seat.id).where(Seat.code == code)) is not None:
        code = signs.draw(_SIGNS)
    return code
