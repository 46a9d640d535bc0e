"""A ticket is one message: a picture with a code, when and where it is, and what one may want then.

It stays in the chat. What changes is changed in its caption.
"""

import datetime as dt

from db.events import Event, Seat
from db.types import Json
from handlers import events_shown, parties
from handlers.buttons import Keyboard, as_json, data, row_number
from handlers.turn import Turn
from school import attendance, events, outbox, seats
from school.phrases import Phrase, bold, lines, paragraphs, t

CALENDAR = "calendar"
TICKET = "ticket"


def slot(seat: Seat) -> str:
    """Where a seat's ticket stands in its person's chat."""
    return f"{TICKET}:{seat.id}"


def send(turn: Turn, event: Event, seat: Seat) -> None:
    """Send the ticket; one that is on its way is enough, and who has no Telegram gets none."""
    if turn.person.telegram_id is None:
        return
    document: dict[str, Json] = {TICKET: seat.id}
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        body: dict[str, Json] = {"document": document}
        turn.send_beside("sendPhoto", body | _said(turn, event, seat), slot(seat))


def _said(turn: Turn, event: Event, seat: Seat) -> dict[str, Json]:
    rows = _buttons(turn, event) if event.state == events.PUBLISHED else []
    return {
        "caption": _caption(turn, event, seat),
        "buttons": as_json(rows),
    }


def _caption(turn: Turn, event: Event, seat: Seat) -> Phrase:
    off = event.state == events.CANCELLED
    return paragraphs(
        bold(events_shown.title(turn, event)),
        t("This meeting is called off.") if off else None,
        lines(*events_shown.facts(turn, event)),
        None if off else _at_the_door(turn, seat),
    )


def _at_the_door(turn: Turn, seat: Seat) -> Phrase:
    return lines(
        t("You were there.") if attendance.was_there(turn.session, seat) else None,
        parties.line(seat),
        t("Code %(code)s: say it at the door.", code=bold(seat.code)),
    )


def _buttons(turn: Turn, event: Event) -> Keyboard:
    place = events.place(turn.session, event)
    on_map: Keyboard = []
    if place is not None and place.latitude is not None:
        on_map = [[(t("On the map"), data("map", event.id))]]
    away: Keyboard = [[(t("I can't come"), data("leaving", event.id))]]
    return [*away, [(t("Into my calendar"), data(CALENDAR, event.id))], *on_map]


def refresh(turn: Turn, event: Event, seat: Seat) -> None:
    """The ticket says what is so now, also one that is on its way; who has no Telegram has none."""
    if turn.person.telegram_id is None:
        return
    said = _said(turn, event, seat)
    outbox.say_instead(turn.session, turn.chat_id, {TICKET: seat.id}, said)
    message = turn.standing(slot(seat))
    if message is not None:
        turn.do("editMessageCaption", {"message_id": message, **said})


def strike(turn: Turn, event: Event, seat: Seat, why: Phrase | None = None) -> None:
    """The ticket of a seat that was given up says so, or why it is none."""
    message = turn.standing(slot(seat))
    if message is not None:
        gone = t("You gave this seat up: %(title)s", title=events_shown.title(turn, event))
        turn.do("editMessageCaption", {"message_id": message, "caption": why or gone})


def send_calendar(turn: Turn, event: Event, at: dt.datetime) -> None:
    """The calendar file of an event that has changed."""
    new = t("Open it: it takes the place of what your calendar has.")
    if event.state == events.CANCELLED:
        new = t("Open it: it takes the meeting out of your calendar.")
    turn.send_beside("sendDocument", {"document": {CALENDAR: event.id}, "caption": new}, at=at)


def calendar(turn: Turn, number: str) -> None:
    """The calendar file of an event in which the person has a seat."""
    event = events.find(turn.session, row_number(number) or 0)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or seat is None or seat.state != seats.SEATED:
        return
    if event.state != events.PUBLISHED:
        return
    caption = t("Open it to put the meeting into your calendar.")
    turn.send_beside("sendDocument", {"document": {CALENDAR: event.id}, "caption": caption})
