"""What follows when an event has changed: tickets say so, the calendar file comes anew, all whom it
concerns are told, and those who have a seat are asked again whether they come.
"""

import datetime as dt
from collections.abc import Sequence

from db.events import Event, Meeting, Seat
from db.tables import Person
from db.types import Json
from handlers import change_shown, events_shown, offers, tickets, workshops
from handlers.buttons import Keyboard, as_json, data, row_number
from handlers.turn import Turn
from school import changes, events, seats
from school.changes import ASKS_AGAIN, Change
from school.events import CANCELLED, WHEN
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.seats import OFFERED, SEATED


def tell(turn: Turn, event: Event, change: Change) -> None:
    """An event is otherwise now: all whom it concerns hear what was and what is."""
    asks = change.what in ASKS_AGAIN
    at = _at(turn, event, change)
    for seat, person in changes.concerned(turn.session, event):
        other = turn.of(person)
        said = [t("This meeting has changed."), change_shown.both(other, change)]
        if seat.state == SEATED:
            tickets.refresh(other, event, seat)
            question = t("Do you still come?") if asks else None
            rows = _answers(event) if asks else []
            _write(other, seat, _text(other, event, said, question), rows, at)
            if asks:
                tickets.send_calendar(other, event, at)
        else:
            _tell_waiting(other, event, seat, said, at)


def _at(turn: Turn, event: Event, change: Change) -> dt.datetime:
    """Now, or when the night is over."""
    starts = [one.starts_at for one in changes.ahead(turn.session, event, turn.now)]
    if change.what == WHEN and isinstance(change.before, tuple):
        starts.append(change.before[0])
    return changes.when_to_tell(turn.school.quiet, turn.now, starts)


def _tell_waiting(
    turn: Turn, event: Event, seat: Seat, said: Sequence[Phrase], at: dt.datetime
) -> None:
    """Who is asked to take a seat, or waits for one, is told; an offer keeps its buttons."""
    rows: Keyboard = []
    text = _text(turn, event, said)
    if seat.state == OFFERED:
        offer, rows = offers.open_(turn, event, seat)
        text = _text(turn, event, said, offer)
    _write(turn, seat, text, rows, at)


def _text(
    turn: Turn, event: Event, said: Sequence[Phrase], question: Phrase | None = None
) -> Phrase:
    return paragraphs(bold(events_shown.title(turn, event)), *said, question)


def _answers(event: Event) -> Keyboard:
    return [
        [(t("I'm coming"), data("still", event.id, event.sequence))],
        [(t("I can't come"), data("cannot", event.id, event.sequence))],
    ]


def _slot(seat: Seat) -> str:
    return f"changed:{seat.id}"


def _write(turn: Turn, seat: Seat, text: Phrase, rows: Keyboard, at: dt.datetime) -> None:
    turn.send_beside("sendMessage", {"text": text, "buttons": as_json(rows)}, _slot(seat), at)


def called_off(
    turn: Turn,
    event: Event,
    meeting: Meeting | None,
    concerned: Sequence[tuple[Seat, Person]],
    starts: Sequence[dt.datetime],
) -> None:
    """A date, or the whole event, does not take place: all are told, and calendars take it out."""
    at = changes.when_to_tell(turn.school.quiet, turn.now, starts)
    for seat, person in concerned:
        other = turn.of(person)
        said = [_gone(other, event, meeting)]
        if seat.state == SEATED:
            tickets.refresh(other, event, seat)
            tickets.send_calendar(other, event, at)
        _write(other, seat, _text(other, event, said), [_see(event)], at)


def _see(event: Event) -> list[tuple[Phrase, str]]:
    if event.state == CANCELLED:
        return [(t("All meetings"), data("meetings"))]
    return [(t("See the meeting"), data("meeting", event.id))]


def _gone(turn: Turn, event: Event, meeting: Meeting | None) -> Phrase:
    if event.state == CANCELLED or meeting is None:
        return lines(t("This meeting is called off."), *events_shown.facts(turn, event))
    rest = t("The other dates stay.")
    return lines(t("One date is called off."), events_shown.when(turn, meeting), rest)


def more_seats(turn: Turn, event: Event) -> None:
    """Free seats are offered to the next in line."""
    offers.send(turn, event, seats.fill(turn.session, event, turn.now, turn.school.quiet))


def still(turn: Turn, number: str, sequence: str) -> None:
    """Somebody comes to the event as it is now."""
    event, seat = _seat(turn, number)
    if event is None or seat is None or str(event.sequence) != sequence:
        workshops.show(turn, number)
        return
    seat.coming = event.sequence
    _answer(turn, event, seat, t("You are coming: thank you. See you there."))


def cannot(turn: Turn, number: str, sequence: str) -> None:
    """Somebody cannot come to the event as it is now: the seat is free at once."""
    event, seat = _seat(turn, number)
    if event is None or seat is None or str(event.sequence) != sequence:
        workshops.show(turn, number)
        return
    offered = seats.leave(turn.session, event, seat, turn.now, turn.school.quiet)
    tickets.strike(turn, event, seat)
    offers.send(turn, event, offered)
    _answer(turn, event, seat, t("Your seat is free for somebody else."))


def _seat(turn: Turn, number: str) -> tuple[Event | None, Seat | None]:
    """The person's seat in an event that takes place."""
    event = events.find(turn.session, row_number(number) or 0)
    if event is None or not changes.can_change(turn.session, event, turn.now):
        return None, None
    seat = seats.of(turn.session, event, turn.person)
    return event, seat if seat is not None and seat.state == SEATED else None


def _answer(turn: Turn, event: Event, seat: Seat, said: Phrase) -> None:
    """Answer in the place of the question, or with the event's card."""
    if turn.tapped is None or turn.tapped != turn.standing(_slot(seat)):
        workshops.show(turn, str(event.id))
        return
    facts = lines(*events_shown.facts(turn, event))
    text = paragraphs(bold(events_shown.title(turn, event)), facts, said)
    see: Json = [[[t("See the meeting"), data("meeting", event.id)]]]
    turn.do("editMessageText", {"message_id": turn.tapped, "text": text, "buttons": see})
