"""The school's meetings as residents find them, in lists: those for the person, all of them, and
the own ones with what the person came to. Each leads to the card of one: see workshops.py.
"""

from collections.abc import Sequence

from db.events import Event, Seat
from handlers import events_shown, for_whom, hours, wishes
from handlers.buttons import Button, Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import events, interview, seats, taking
from school import wishes as rules
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.seats import OFFERED, SEATED, WAITING

_MOST = 8


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The next meetings for the person; where these are all there are, nothing is said of it."""
    found = for_whom.of_mine(turn)
    if len(found) == len(turn.coming):
        everything(turn, notes)
        return
    rest = len(turn.coming) - len(found)
    others = tn("%(count)s more under “All meetings”", "%(count)s more under “All meetings”", rest)
    _list(turn, t("Meetings for me"), found, [others, for_whom.hint(turn)], notes)


def everything(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """All the next meetings."""
    if turn.coming:
        _list(turn, t("The next meetings"), turn.coming, [for_whom.hint(turn)], notes)
    else:
        _none(turn, notes)


def _list(
    turn: Turn,
    heading: Phrase,
    found: Sequence[Event],
    about: Sequence[Phrase | None],
    notes: Sequence[Phrase],
) -> None:
    interview.pause(turn.person)
    shown = found[:_MOST]
    said = lines(*(events_shown.line(turn, event, _in_short(turn, event)) for event in shown))
    rows: Keyboard = [[_opening(turn, event)] for event in shown]
    text = paragraphs(bold(heading), said if shown else None, lines(*about) if any(about) else None)
    tell: Keyboard = [] if shown else [wishes.door(turn)]
    ways: Keyboard = [*rows, *tell, *for_whom.doors(turn, found), *_own(turn), [_home()]]
    turn.show(Screen(text, ways), notes)


def _own(turn: Turn) -> Keyboard:
    """The way to what the person has or had."""
    there = _mine(turn) or hours.door(turn)
    return [[(t("My seats"), data("mine"))]] if there else []


def _none(turn: Turn, notes: Sequence[Phrase]) -> None:
    """No meeting has a date: there can be a word when one has."""
    later: Phrase = turn.text(turn.school.settings.next_step)
    tell: list[Button] = [(t("Write me when there is one"), data("tellme"))]
    if rules.of(turn.session, turn.person):
        later, tell = t("I will write to you when there is a meeting."), wishes.door(turn)
    text = paragraphs(bold(t("The next meetings")), later)
    turn.show(Screen(text, [tell, *_own(turn), [_home()]]), notes)


def tell_me(turn: Turn) -> None:
    """Somebody wants to hear of the next meeting."""
    rules.add(turn.session, turn.person, rules.ANY, turn.now)
    start(turn)


def _home() -> Button:
    return t("Home"), data("home")


def _opening(turn: Turn, event: Event) -> Button:
    return cut(events_shown.title(turn, event)), data("meeting", event.id)


def mine(turn: Turn) -> None:
    """The person's own seats and places in line, and what the person came to."""
    interview.pause(turn.person)
    found = [(seat, events.find(turn.session, seat.event_id)) for seat in _mine(turn)]
    there = [(seat, event) for seat, event in found if event is not None][:_MOST]
    past = hours.past(turn)
    if not there and past is None:
        start(turn, [t("You have no seat yet.")])
        return
    said = [events_shown.line(turn, event, _own_state(turn, event, seat)) for seat, event in there]
    own = {event.id for _, event in there}
    rows: Keyboard = [[_opening(turn, event)] for _, event in there]
    now = lines(*said) if said else t("You have no seat at present.")
    text = paragraphs(bold(t("My seats")), now, past)
    doors: Keyboard = [
        *hours.openings(turn, own),
        *hours.door(turn),
        [(t("All meetings"), data("meetings"))],
        [(t("Reminders"), data("settings"))],
        [_home()],
    ]
    turn.show(Screen(text, [*rows, *doors]))


def _in_short(turn: Turn, event: Event) -> Phrase:
    """What a list says of an event's seats: the own one, else how many are free."""
    seat = seats.of(turn.session, event, turn.person)
    if seat is not None and seat.state in (SEATED, OFFERED, WAITING):
        return _own_state(turn, event, seat)
    if taking.is_closed(turn.session, event, turn.now):
        return t("closed")
    free = seats.free(turn.session, event)
    return tn("%(count)s seat", "%(count)s seats", free) if free else t("full")


def _own_state(turn: Turn, event: Event, seat: Seat) -> Phrase:
    if seat.state == SEATED and seat.party > 1:
        return tn("you have %(count)s seat", "you have %(count)s seats", seat.party)
    if seat.state == SEATED:
        return joined(", ", t("you have a seat"), hours.so_far(turn, event, seat))
    if seat.state == OFFERED:
        return t("a seat is free for you")
    return t("number %(number)s in line", number=seats.place_in_line(turn.session, event, seat))


def _mine(turn: Turn) -> Sequence[Seat]:
    return seats.mine(turn.session, turn.person, turn.now)
