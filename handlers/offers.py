"""A seat became free: the next one in line is asked, with a time until which the answer counts."""

import datetime as dt
from collections.abc import Sequence

from db.events import Event, Seat
from db.tables import Person
from handlers import events_shown, parties
from handlers.buttons import Keyboard, as_json, data
from handlers.turn import Turn
from school import moments, taking
from school.phrases import Phrase, bold, lines, paragraphs, t, tn

_SLOT = "offer"  # the newest one has the buttons


def open_(turn: Turn, event: Event, seat: Seat) -> tuple[Phrase, Keyboard]:
    """What a card says to whom a seat is offered."""
    one = seat.party == 1
    take = (t("Take the seat") if one else t("Take the seats"), data("accept", event.id))
    let = (t("Let it go") if one else t("Let them go"), data("leave", event.id))
    return lines(_until(turn, seat), parties.offered(event, seat)), [[take], [let]]


def _until(turn: Turn, seat: Seat) -> Phrase:
    if seat.offered_until is None:
        return t("A seat is free for you.")
    language, zone = turn.person.language, turn.school.zone
    until = moments.near(language, zone, seat.offered_until, turn.now)
    if seat.party > 1:
        return tn(
            "%(count)s seat is free for you until %(when)s.",
            "%(count)s seats are free for you until %(when)s.",
            seat.party,
            when=until,
        )
    return t("A seat is free for you until %(when)s.", when=until)


def send(turn: Turn, event: Event, offered: Sequence[Seat]) -> None:
    """Ask those to whom a seat is offered now; who sleeps is asked in the morning, if there is time
    until then.
    """
    for seat in offered:
        person = turn.session.get(Person, seat.person_id)
        if person is not None:
            _ask(turn.of(person), event, seat)


def _ask(turn: Turn, event: Event, seat: Seat) -> None:
    said, keyboard = open_(turn, event, seat)
    text = paragraphs(
        bold(events_shown.title(turn, event)),
        lines(*events_shown.facts(turn, event)),
        lines(said, t("After that the next one in line is asked.")),
    )
    until = seat.offered_until or turn.now
    morning = turn.school.quiet.awake(turn.now)
    _write(turn, text, keyboard, morning if morning < until else turn.now)


def ended(turn: Turn, event: Event) -> None:
    """Tell somebody that the time of the offer is over."""
    late = taking.is_closed(turn.session, event, turn.now)
    text = lines(
        bold(events_shown.title(turn, event)),
        t("The time to take the seat is over, and the next one in line is asked."),
        None if late else t("If you still want to come, wait for a seat once more."),
    )
    again: Keyboard = [] if late else [[(t("Wait for a seat"), data("take", event.id))]]
    _write(turn, text, again, turn.school.quiet.awake(turn.now))


def _write(turn: Turn, text: Phrase, keyboard: Keyboard, at: dt.datetime) -> None:
    turn.send_beside("sendMessage", {"text": text, "buttons": as_json(keyboard)}, _SLOT, at)
