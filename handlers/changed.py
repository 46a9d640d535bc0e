"""What follows when an event has changed: tickets say so, the calendar file comes anew, all whom it
concerns are told, and those who have a seat are asked again whether they come: see coming.py.
"""

import datetime as dt
from collections.abc import Sequence

from db.events import Event, Meeting, Seat
from db.tables import Person
from handlers import change_shown, coming, events_shown, offers, tickets
from handlers.buttons import Keyboard, as_json, data
from handlers.turn import Turn
from school import changes, seats
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
            rows = coming.answers(event) if asks else []
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


def _write(turn: Turn, seat: Seat, text: Phrase, rows: Keyboard, at: dt.datetime) -> None:
    turn.send_beside(
        "sendMessage", {"text": text, "buttons": as_json(rows)}, coming.change(seat), at
    )


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
