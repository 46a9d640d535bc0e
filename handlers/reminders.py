"""Reminders of a meeting: the one of the day before asks whether the person comes, and a seat of
whoever can't is offered on at once. Silence keeps the seat.
"""

from db.events import Event, Meeting, Seat
from db.types import Json
from handlers import events_shown, mutes, offers, tickets, workshops
from handlers.buttons import Button, Keyboard, as_json, data, row_number
from handlers.turn import Turn
from school import events, moments, releases, reminders, seats
from school.outbox import Once, Row
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.reminded import Due
from school.reminders import DAY
from school.texts import capitalised


def slot(event: Event) -> str:
    """Where an event's newest reminder stands in a chat; only that one has buttons."""
    return f"reminder:{event.id}"


def message(turn: Turn, due: Due, seat: Seat) -> Row | None:
    """What reminds somebody of a meeting, unless that was done."""
    plan = due.plan
    asks = plan.window.kind == DAY and plan.first and seat.coming != plan.event.sequence
    said = _question(turn, due) if asks else _code(seat)
    note = events.texts(plan.event, events.NOTE)
    keyboard = _answers(plan.event) if asks else [[_away(plan.event)]]
    body: dict[str, Json] = {
        "text": paragraphs(
            _heading(turn, plan.event, plan.meeting), turn.text(note) if note else None, said
        ),
        "buttons": as_json([*keyboard, [mutes.button(plan.window.kind)]]),
    }
    key = reminders.key(plan, seat)
    return turn.once(body, slot(plan.event), Once(key, due.deadline))


def _heading(turn: Turn, event: Event, meeting: Meeting) -> Phrase:
    language, zone = turn.person.language, turn.school.zone
    when = moments.near(language, zone, meeting.starts_at, turn.now, meeting.ends_at)
    place = events.place(turn.session, event)
    where = [place.name, place.address] if place is not None else []
    return lines(
        bold(events_shown.title(turn, event)),
        capitalised(when),
        joined(", ", *(part for part in where if part)),
    )


def _question(turn: Turn, due: Due) -> Phrase:
    asked, quiet = bold(t("Are you coming?")), turn.school.quiet
    until = releases.until(turn.school.events, due.plan, turn.now, quiet)
    if until is None:
        return lines(asked, t("If not, somebody else can have your seat."))
    when = moments.in_words(turn.person.language, turn.school.zone, until, turn.now)
    no_answer = t("Without an answer by %(when)s, your seat goes to whoever waits.", when=when)
    return lines(asked, no_answer)


def release(turn: Turn, event: Event, seat: Seat) -> None:
    """The seat of somebody who did not answer goes to the next in line; that is said, and how to
    stand in line.
    """
    title = events_shown.title(turn, event)
    offered = seats.leave(turn.session, event, seat, turn.now, turn.school.quiet)
    tickets.strike(turn, event, seat, t("This seat went to somebody else: %(title)s", title=title))
    offers.send(turn, event, offered)
    text = paragraphs(
        bold(title),
        lines(
            t("I did not hear from you, so your seat went to somebody who waits."),
            t("If you still want to come, wait for a seat once more."),
        ),
    )
    again: Keyboard = [[(t("Wait for a seat"), data("take", event.id))]]
    body: dict[str, Json] = {"text": text, "buttons": as_json(again)}
    turn.send_beside("sendMessage", body, slot(event))


def _code(seat: Seat) -> Phrase:
    return t("You have a seat. Code: %(code)s", code=bold(seat.code))


def _answers(event: Event) -> Keyboard:
    """They name what the event was when it was asked: an old answer says nothing of another day."""
    yes: Button = (t("I'm coming"), data("coming", event.id, event.sequence))
    no: Button = (t("I can't come"), data("notcoming", event.id, event.sequence))
    return [[yes], [no]]


def _away(event: Event) -> Button:
    return t("I can't come"), data("leaving", event.id)


def coming(turn: Turn, number: str, sequence: str) -> None:
    """The person says to come: that is answered where it was asked."""
    found = _asked(turn, number, sequence)
    if found is None:
        workshops.show(turn, number)
        return
    event, seat, meeting = found
    reminders.comes(turn.session, event, seat)
    said = lines(t("All right, see you there."), _code(seat))
    text = paragraphs(_heading(turn, event, meeting), said)
    _in_its_place(turn, event, text, [[_away(event)]])


def not_coming(turn: Turn, number: str, sequence: str) -> None:
    """The person can't come: the seat is free at once."""
    found = _asked(turn, number, sequence)
    if found is None:
        workshops.show(turn, number)
        return
    event, _, _ = found
    workshops.leave(turn, number)
    title = events_shown.title(turn, event)
    _in_its_place(turn, event, t("You gave this seat up: %(title)s", title=title), [])


def _asked(turn: Turn, number: str, sequence: str) -> tuple[Event, Seat, Meeting] | None:
    """What the question was about, if it still is so: the person's seat, and when that is."""
    event = events.find(turn.session, row_number(number) or 0)
    if event is None or event.state != events.PUBLISHED or str(event.sequence) != sequence:
        return None
    seat = seats.of(turn.session, event, turn.person)
    meetings = events.taking_place(turn.session, event)
    ahead = [one for one in meetings if one.ends_at > turn.now]
    if seat is None or seat.state != seats.SEATED or not ahead:
        return None
    return event, seat, ahead[0]


def _in_its_place(turn: Turn, event: Event, text: Phrase, keyboard: Keyboard) -> None:
    message = turn.standing(slot(event))
    if message is not None:
        body: dict[str, Json] = {"text": text, "message_id": message}
        turn.do("editMessageText", {**body, "buttons": as_json(keyboard)})
