"""Seats for several people: somebody says how many come along, before there is a seat or after."""

from db.events import Event, Seat
from handlers import events_shown
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import parties
from school.phrases import Phrase, bold, lines, t, tn

_ROW = 5


def most(turn: Turn, event: Event) -> int:
    """How many seats the person can take."""
    return parties.most(event, turn.school.events.kinds.get(event.kind or ""))


def count(turn: Turn, event: Event, words: str) -> int | None:
    """A number of people that came back from a button; None where it can't be."""
    found = row_number(words)
    return found if found is not None and 1 <= found <= most(turn, event) else None


def door(turn: Turn, event: Event, label: Phrase | None = None) -> Keyboard:
    """The way to say how many come; none where each takes one seat."""
    if most(turn, event) == 1:
        return []
    return [[(label or t("For several people"), data("several", event.id))]]


def change(turn: Turn, event: Event) -> Keyboard:
    """The way to come with fewer or more."""
    return door(turn, event, t("Fewer or more people"))


def line(seat: Seat) -> Phrase | None:
    """For how many people a seat is, if they are several."""
    if seat.party == 1:
        return None
    return tn("It is for %(count)s person.", "It is for %(count)s people.", seat.party)


def ask(turn: Turn, event: Event, seat: Seat | None) -> None:
    """For how many people; those that hold now are not offered."""
    now = seat.party if seat is not None else 1
    counts = [number for number in range(1, most(turn, event) + 1) if number != now]
    buttons: list[Button] = [(str(one), data("party", event.id, one)) for one in counts]
    asked = lines(
        bold(t("For how many people, counting you?")),
        events_shown.line(turn, event),
        line(seat) if seat is not None else None,
    )
    rows = [buttons[:_ROW], *([buttons[_ROW:]] if buttons[_ROW:] else [])]
    turn.show(Screen(asked, [*rows, [(t("Back"), data("meeting", event.id))]]))


def offered(event: Event, seat: Seat) -> Phrase | None:
    """That fewer are offered than were asked for."""
    asked = parties.asked(event, seat)
    if asked <= seat.party:
        return None
    return tn("You asked for %(count)s seat.", "You asked for %(count)s seats.", asked)
