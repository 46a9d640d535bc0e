"""Seats for several people who come together: one person takes them, and is who is written to.

How many somebody asked for is remembered only while fewer are offered: it is a note in the event's
row, which whoever changes seats has locked.
"""

from db.events import Event, Seat
from db.types import Json
from school.settings import EventKind

PARTY, ASKED = "party", "asked"
COUNTS = (1, 2, 3, 4, 5, 6, 8, 10)


def most(event: Event, kind: EventKind | None) -> int:
    """How many seats one person can take."""
    usual = kind.party if kind is not None else 1
    set_ = event.options.get(PARTY)
    wanted = set_ if isinstance(set_, int) else usual
    return max(1, min(wanted, event.seats or 1))


def asked(event: Event, seat: Seat) -> int:
    """For how many people seats were asked for, also where fewer are offered."""
    noted = _notes(event).get(str(seat.id))
    return noted if isinstance(noted, int) else seat.party


def offer(event: Event, seat: Seat, count: int) -> None:
    """So many are offered, and what was asked for is remembered where that is more."""
    if count < seat.party:
        event.options = {**event.options, ASKED: {**_notes(event), str(seat.id): seat.party}}
    seat.party = count


def forget(event: Event, seat: Seat) -> None:
    """What was offered is taken or gone: nothing more is asked for."""
    notes = {key: count for key, count in _notes(event).items() if key != str(seat.id)}
    if notes != _notes(event):
        event.options = {**event.options, ASKED: notes}


def _notes(event: Event) -> dict[str, Json]:
    found = event.options.get(ASKED)
    return found if isinstance(found, dict) else {}
