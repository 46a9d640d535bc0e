"""A meeting of the school as a resident finds it: its card, a seat or a place in line.

What a link or a button names is looked up anew each time: an event that is over or gone leads to
the list.
"""

from collections.abc import Sequence

from db.events import Event, Seat
from handlers import (
    events_shown,
    free_seats,
    meetings,
    offers,
    parties,
    pictures,
    tickets,
)
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import certificates, events, interview, materials, seats
from school.phrases import Phrase, bold, lines, t
from school.seats import LEFT, OFFERED, SEATED, WAITING


def opened(turn: Turn, code: str) -> None:
    """Somebody came by an event's link."""
    event = events.by_code(turn.session, code)
    if event is None:
        meetings.start(turn, [t("This meeting is not there any more.")])
    else:
        _card(turn, event, pictured=pictures.send(turn, event))


def picture(turn: Turn, number: str) -> None:
    """An event's picture, with the card below it."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn)
    else:
        _card(turn, event, pictured=pictures.send(turn, event))


def show(turn: Turn, number: str, notes: Sequence[Phrase] = ()) -> None:
    """One event's card."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn, notes)
    else:
        _card(turn, event, notes)


def _event(turn: Turn, number: str) -> Event | None:
    """An event that is announced, by a number that came back from a button."""
    found = events.find(turn.session, row_number(number) or 0)
    return found if found is not None and found.state == events.PUBLISHED else None


def _card(
    turn: Turn, event: Event, notes: Sequence[Phrase] = (), *, pictured: bool = False
) -> None:
    interview.pause(turn.person)
    if events.is_over(turn.session, event, turn.now):
        card = events_shown.card(turn, event, t("It is over."))
        turn.show(
            Screen(card, [*handed_on(turn, event), *_certificate(turn, event), _back()]), notes
        )
        return
    seat = seats.of(turn.session, event, turn.person)
    said, rows = _seats(turn, event, seat)
    place = events.place(turn.session, event)
    on_map: Button = (t("On the map"), data("map", event.id))
    where: list[Button] = [on_map] if place is not None and place.latitude is not None else []
    more: list[Button] = [*where, (t("Pass it on"), data("share", event.id))]
    seen: Keyboard = [] if pictured else pictures.door(event, "picture")
    card = events_shown.card(turn, event, said)
    turn.show(Screen(card, [*rows, *handed_on(turn, event), *seen, more, _back()]), notes)


def handed_on(turn: Turn, event: Event) -> Keyboard:
    """The way to an event's materials, for whoever can see them."""
    if not materials.to_see(turn.session, event, turn.person, turn.now):
        return []
    return [[(t("Materials"), data("materials", event.id))]]


def _certificate(turn: Turn, event: Event) -> Keyboard:
    """For whoever was there."""
    seat = seats.of(turn.session, event, turn.person)
    if seat is None or certificates.earned(turn.session, seat, turn.now) is None:
        return []
    return [[(t("Get my certificate"), data("certificate", event.id))]]


def _back() -> list[Button]:
    return [(t("All meetings"), data("meetings"))]


def _seats(turn: Turn, event: Event, seat: Seat | None) -> tuple[Phrase, Keyboard]:
    """What a card says of seats, and what can be done."""
    if seat is not None and seat.state == SEATED:
        away: Button = (t("I can't come"), data("leaving", event.id))
        have = t("You have a seat. Code: %(code)s", code=bold(seat.code))
        rows: Keyboard = [[away], [(t("My ticket"), data("ticket", event.id))]]
        return lines(have, parties.line(seat)), [*rows, *parties.change(turn, event)]
    if seat is not None and seat.state == OFFERED:
        return offers.open_(turn, event, seat)
    if seat is not None and seat.state == WAITING:
        leave: Button = (t("Leave the waiting list"), data("leave", event.id))
        number = seats.place_in_line(turn.session, event, seat)
        line = t("You are number %(number)s in the waiting list.", number=number)
        soon = t("I write to you as soon as a seat is free for you.")
        return lines(line, parties.line(seat), soon), [[leave], *parties.change(turn, event)]
    return free_seats.show(turn, event)


def several(turn: Turn, number: str) -> None:
    """For how many people seats are taken, or are kept."""
    event = _event(turn, number)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or (seat is not None and seat.state == OFFERED):
        show(turn, number)
    else:
        parties.ask(turn, event, seat if seat is not None and seat.state != LEFT else None)


def party(turn: Turn, number: str, words: str) -> None:
    """Take seats for so many people, or come with fewer or more."""
    event = _event(turn, number)
    count = parties.count(turn, event, words) if event is not None else None
    if event is None or count is None:
        show(turn, number)
        return
    seat = seats.of(turn.session, event, turn.person)
    if seat is None or seat.state == LEFT:
        _take(turn, event, count)
    elif seat.state != OFFERED and (count < seat.party or free_seats.may_take(turn, event)):
        _resize(turn, event, seat, count)
    else:
        _card(turn, event)


def _resize(turn: Turn, event: Event, seat: Seat, count: int) -> None:
    quiet = turn.school.quiet
    offered = seats.resize(turn.session, event, seat, count, turn.now, quiet)
    offers.send(turn, event, offered)
    if seat.state == SEATED:
        tickets.refresh(turn, event, seat)
    _card(turn, event, [t("It is changed.")])


def take(turn: Turn, number: str) -> None:
    """Take a seat, or a place in line."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn)
    else:
        _take(turn, event, 1)


def _take(turn: Turn, event: Event, count: int) -> None:
    before = seats.of(turn.session, event, turn.person)
    over = events.is_over(turn.session, event, turn.now)
    new = before is None or before.state == LEFT
    if new and not over and not free_seats.may_take(turn, event):
        _card(turn, event)
        return
    had = before is not None and before.state == SEATED
    seat = seats.take(turn.session, event, turn.person, turn.now, count)
    if seat.state == SEATED and not had:
        _seated(turn, event, seat)
        return
    # Of a group that does not fit, some do: they are asked on the card that comes now.
    asked = seats.fill(turn.session, event, turn.now, turn.school.quiet)
    offers.send(turn, event, [one for one in asked if one.id != seat.id])
    _card(turn, event)


def accept(turn: Turn, number: str) -> None:
    """Take the seat that was offered."""
    event = _event(turn, number)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or seat is None or seat.state == SEATED:
        show(turn, number)
    else:
        _seated(turn, event, seats.accept(turn.session, event, seat, turn.now))


def _seated(turn: Turn, event: Event, seat: Seat) -> None:
    tickets.send(turn, event, seat)
    coming = t("You have a seat. Your ticket comes in a moment.")
    _card(turn, event, [coming, *_clashes(turn, event)])


def _clashes(turn: Turn, event: Event) -> list[Phrase]:
    """Other meetings of the person at the same time."""
    own = seats.mine(turn.session, turn.person, turn.now)
    found = events.at_the_same_time(turn.session, event, own)
    return [
        t("At the same time you also have: %(title)s", title=events_shown.title(turn, other))
        for other in found
    ]


def leaving(turn: Turn, number: str) -> None:
    """Ask once before a seat is given up."""
    event = _event(turn, number)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or seat is None or seat.state != SEATED:
        show(turn, number)
        return
    asked = lines(
        bold(t("Free your seat?")),
        events_shown.line(turn, event),
        t("Somebody else can come then."),
    )
    yes: Button = (t("Free the seat"), data("leave", event.id))
    turn.show(Screen(asked, [[yes], [(t("Keep it"), data("meeting", event.id))]]))


def leave(turn: Turn, number: str) -> None:
    """Give a seat up, or a place in line: the next one is asked at once."""
    event = _event(turn, number)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or seat is None or seat.state not in (SEATED, OFFERED, WAITING):
        show(turn, number)
        return
    had = seat.state == SEATED
    offered = seats.leave(turn.session, event, seat, turn.now, turn.school.quiet)
    if had:
        tickets.strike(turn, event, seat)
    offers.send(turn, event, offered)
    said = t("Your seat is free for somebody else.") if had else t("You do not wait any longer.")
    _card(turn, event, [said])


def ticket(turn: Turn, number: str) -> None:
    """The ticket once more."""
    event = _event(turn, number)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    if event is None or seat is None or seat.state != SEATED:
        show(turn, number)
        return
    tickets.send(turn, event, seat)
    _card(turn, event, [t("Your ticket comes in a moment.")])


def on_map(turn: Turn, number: str) -> None:
    """The place on a map."""
    event = _event(turn, number)
    place = events.place(turn.session, event) if event is not None else None
    if event is None or place is None or place.latitude is None:
        show(turn, number)
        return
    turn.send(
        "sendVenue",
        {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "title": place.name,
            "address": place.address or place.name,
        },
    )
    _card(turn, event)
