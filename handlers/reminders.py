"""Reminders of a meeting: the one of the day before asks whether the person comes, which coming.py
answers. Silence keeps the seat, but where others wait for it.
"""

from db.events import Event, Seat
from db.types import Json
from handlers import coming, events_shown, mutes, offers, tickets
from handlers.buttons import Keyboard, as_json, data
from handlers.turn import Turn
from school import events, moments, releases, reminders, seats
from school.outbox import Once, Row
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.reminded import Due
from school.reminders import DAY


def message(turn: Turn, due: Due, seat: Seat) -> Row | None:
    """What reminds somebody of a meeting, unless that was done."""
    plan = due.plan
    asks = plan.window.kind == DAY and plan.first and seat.coming != plan.event.sequence
    said = _question(turn, due) if asks else coming.code(seat)
    note = events.texts(plan.event, events.NOTE)
    keyboard = coming.answers(plan.event) if asks else [[coming.away(plan.event)]]
    body: dict[str, Json] = {
        "text": paragraphs(
            coming.heading(turn, plan.event, plan.meeting), turn.text(note) if note else None, said
        ),
        "buttons": as_json([*keyboard, [mutes.button(plan.window.kind)]]),
    }
    key = reminders.key(plan, seat)
    return turn.once(body, coming.reminder(plan.event), Once(key, due.deadline))


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
    turn.send_beside("sendMessage", body, coming.reminder(event))
