"""What an event's card says to whoever has no seat: how many are free and how many people wait,
until when one can take one, or why one can't.
"""

from db.events import Event
from handlers import for_whom, parties
from handlers.buttons import Keyboard, data
from handlers.turn import Turn
from school import events, moments, seats, taking
from school.phrases import Phrase, lines, t, tn


def may_take(turn: Turn, event: Event) -> bool:
    """Whether somebody new can take a seat, or wait for one."""
    late = taking.is_closed(turn.session, event, turn.now)
    return not late and not for_whom.is_barred(turn, event)


def show(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    """What is said, and what can be done."""
    if taking.is_closed(turn.session, event, turn.now):
        return closed(turn, event), []
    if for_whom.is_barred(turn, event):
        return for_whom.barred(turn, event)
    said, rows = _free(turn, event)
    return lines(said, _until(turn, event)), rows


def closed(turn: Turn, event: Event) -> Phrase:
    """It is too late for a seat."""
    if taking.has_begun(turn.session, event, turn.now):
        return t("This series has begun. Nobody new can join it.")
    return t("Seats could be taken until %(when)s.", when=_limit(turn, event))


def _until(turn: Turn, event: Event) -> Phrase | None:
    """Only where it is not until the end."""
    if taking.before(event) is None:
        return None
    return t("You can take one until %(when)s.", when=_limit(turn, event))


def _limit(turn: Turn, event: Event) -> str:
    at = taking.until(turn.session, event, turn.now) or turn.now
    return moments.in_words(turn.person.language, turn.school.zone, at, turn.now)


def _free(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    free, count = seats.free(turn.session, event), seats.waiting(turn.session, event)
    if free and not count:
        said = tn(
            "%(count)s of %(total)s seats is free.",
            "%(count)s of %(total)s seats are free.",
            free,
            total=event.seats or 0,
        )
        take: Keyboard = [[(t("Take a seat"), data("take", event.id))]]
        return said, [*take, *parties.door(turn, event)]
    if event.options.get(events.LINE) is False:
        return t("All seats are taken."), []
    wait: Keyboard = [[(t("Wait for a seat"), data("take", event.id))]]
    return _full(count), [*wait, *parties.door(turn, event)]


def _full(count: int) -> Phrase:
    if not count:
        return t("All seats are taken.")
    return tn(
        "All seats are taken. %(count)s person waits.",
        "All seats are taken. %(count)s people wait.",
        count,
    )
