"""Whether somebody comes: that is asked the day before, and when an event has changed. The answer
stands where it was asked, and a seat of whoever can't come is free at once.
"""

from db.events import Event, Meeting, Seat
from db.types import Json
from handlers import events_shown, offers, tickets, workshops
from handlers.buttons import Button, Keyboard, as_json, data, row_number
from handlers.turn import Turn
from school import changes, events, moments, reminders, seats
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.texts import capitalised


def reminder(event: Event) -> str:
    """Where an event's newest reminder stands in a chat; only that one has buttons."""
    return f"reminder:{event.id}"


def change(seat: Seat) -> str:
    """Where the newest change of its event stands in the chat of whoever has a seat."""
    return f"changed:{seat.id}"


def answers(event: Event) -> Keyboard:
    """They name what the event was when it was asked: an old answer says nothing of another day."""
    yes: Button = (t("I'm coming"), data("coming", event.id, event.sequence))
    no: Button = (t("I can't come"), data("notcoming", event.id, event.sequence))
    return [[yes], [no]]


def away(event: Event) -> Button:
    """The way to give a seat up at any time."""
    return t("I can't come"), data("leaving", event.id)


def heading(turn: Turn, event: Event, meeting: Meeting) -> Phrase:
    """What it is, when and where."""
    language, zone = turn.person.language, turn.school.zone
    when = moments.near(language, zone, meeting.starts_at, turn.now, meeting.ends_at)
    place = events.place(turn.session, event)
    where = [place.name, place.address] if place is not None else []
    return lines(
        bold(events_shown.title(turn, event)),
        capitalised(when),
        joined(", ", *(part for part in where if part)),
    )


def code(seat: Seat) -> Phrase:
    """By what a seat is known at the door."""
    return t("You have a seat. Code: %(code)s", code=bold(seat.code))


def yes(turn: Turn, number: str, sequence: str) -> None:
    """Somebody comes to the event as it is now."""
    found = _asked(turn, number, sequence)
    if found is None:
        workshops.show(turn, number)
        return
    event, seat, _ = found
    reminders.comes(turn.session, event, seat)
    said = t("All right, see you there.")
    _answer(turn, found, said, lines(said, code(seat)), away(event))


def no(turn: Turn, number: str, sequence: str) -> None:
    """Somebody can't come to the event as it is now."""
    found = _asked(turn, number, sequence)
    if found is None:
        workshops.show(turn, number)
        return
    event, seat, _ = found
    offered = seats.leave(turn.session, event, seat, turn.now, turn.school.quiet)
    tickets.strike(turn, event, seat)
    offers.send(turn, event, offered)
    said = t("Your seat is free for somebody else.")
    see: Button = (t("See the meeting"), data("meeting", event.id))
    _answer(turn, found, said, said, see)


def _asked(turn: Turn, number: str, sequence: str) -> tuple[Event, Seat, Meeting] | None:
    """What the question was about, if it still is so: the person's seat, and when that is."""
    event = events.find(turn.session, row_number(number) or 0)
    if event is None or not changes.can_change(turn.session, event, turn.now):
        return None
    seat = seats.of(turn.session, event, turn.person)
    ahead = changes.ahead(turn.session, event, turn.now)
    is_so = str(event.sequence) == sequence and seat is not None and seat.state == seats.SEATED
    return (event, seat, ahead[0]) if is_so and seat is not None and ahead else None


def _answer(
    turn: Turn, about: tuple[Event, Seat, Meeting], note: Phrase, said: Phrase, then: Button
) -> None:
    """Answer in the place of the question; if that is not there, a note above the event's card."""
    event, seat, meeting = about
    asked = {turn.standing(reminder(event)), turn.standing(change(seat))}
    if turn.tapped is None or turn.tapped not in asked:
        workshops.show(turn, str(event.id), [note])
        return
    text = paragraphs(heading(turn, event, meeting), said)
    body: dict[str, Json] = {"message_id": turn.tapped, "text": text}
    turn.do("editMessageText", {**body, "buttons": as_json([[then]])})
