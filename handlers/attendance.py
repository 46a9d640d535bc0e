"""At the door: who has a seat is tapped when they come, or their ticket is scanned, or its code is
typed. A button says "here" or "gone", so that tapping it twice does it once.
"""

from collections.abc import Sequence

from db.events import Event, Meeting, Seat
from handlers import events_shown, tickets, today
from handlers.buttons import Button, data, paging, row_number
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import attendance, events, people, staff
from school.attendance import Guest
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.seats import LEFT, SEATED

_TICK = "✓ "
_NAME = 14  # letters of a name that has its code beside it
_SHORT = 18  # of one that has at most a number beside it
_MOST_CODE = 12


def show(turn: Turn, number: str, page: str) -> None:
    """The list of a meeting, a page of it."""
    found = meeting_of(turn, number)
    if found is None:
        today.start(turn)
    else:
        _list(turn, *found, row_number(page) or 0)


def meeting_of(turn: Turn, number: str) -> tuple[Event, Meeting] | None:
    """A meeting to which people can have come, by a number that came back from a button."""
    found = attendance.find(turn.session, row_number(number) or 0)
    if found is None or not attendance.has_its_day(found[1], turn.now, turn.school.zone):
        return None
    return found


def _list(
    turn: Turn, event: Event, meeting: Meeting, page: int = 0, notes: Sequence[Phrase] = ()
) -> None:
    pages = attendance.pages(turn.session, meeting)
    at = min(page, pages - 1)
    turn.person.expects = f"{people.CODE}:{meeting.id}"
    rows = [[_row(meeting, guest, at)] for guest in attendance.guests(turn.session, meeting, at)]
    by_name: Button = (t("Add a person"), data("guest", event.id, meeting.id))
    back: Button = (t("Back"), data("day", meeting.id))
    text = paragraphs(_head(turn, event, meeting), _how(turn, meeting))
    turn.show(
        Screen(
            text, [*rows, *paging(at, "list", meeting.id, more=at + 1 < pages), [by_name], [back]]
        ),
        notes,
    )


def _head(turn: Turn, event: Event, meeting: Meeting) -> Phrase:
    when = events_shown.when(turn, meeting)
    return lines(bold(today.who(turn, meeting)), cut(events_shown.title(turn, event)), when)


def _how(turn: Turn, meeting: Meeting) -> Phrase:
    there = attendance.counts(turn.session, meeting)
    if not there.seated and not there.came:
        return t("Nobody has a seat yet.")
    return lines(
        t("Seats: %(seats)s. Here: %(came)s.", seats=there.seated, came=there.came),
        t("Tap who comes; tap again to take it back."),
        t("Or write the code of a ticket."),
    )


def _row(meeting: Meeting, guest: Guest, page: int) -> Button:
    label, seat = _label(guest), guest.seat.id
    if guest.came:
        return cut(f"{_TICK}{label}"), data("gone", meeting.id, seat, page)
    return cut(label), data("here", meeting.id, seat, page)


def _label(guest: Guest) -> str:
    """Whoever has another's name is known by the code beside it; a group by how many come along."""
    more = f" +{guest.seat.party - 1}" if guest.seat.party > 1 else ""
    if guest.name is None or not guest.shared:
        return f"{cut(guest.name or guest.seat.code, _SHORT)}{more}"
    return f"{cut(guest.name)[:_NAME].rstrip()} {guest.seat.code}{more}"


def here(turn: Turn, number: str, seat_number: str, page: str) -> None:
    """Somebody was tapped who is there."""
    found = meeting_of(turn, number)
    seat = _seat(turn, found, seat_number)
    if found is None or seat is None:
        show(turn, number, page)
        return
    said = note(turn, *found, seat, attendance.LIST)
    _list(turn, *found, row_number(page) or 0, [] if seat.state == SEATED else [said])


def gone(turn: Turn, number: str, seat_number: str, page: str) -> None:
    """It was a mistake."""
    found = meeting_of(turn, number)
    seat = _seat(turn, found, seat_number)
    if found is not None and seat is not None:
        _take_back(turn, *found, seat)
    show(turn, number, page)


def _seat(turn: Turn, found: tuple[Event, Meeting] | None, number: str) -> Seat | None:
    if found is None:
        return None
    return attendance.seat_of(turn.session, found[0], row_number(number) or 0)


def _take_back(turn: Turn, event: Event, meeting: Meeting, seat: Seat) -> None:
    if attendance.take_back(turn.session, seat, meeting):
        _after(turn, "uncame", event, seat)


def note(turn: Turn, event: Event, meeting: Meeting, seat: Seat, how: str) -> Phrase:
    """Note that somebody is there, or say why not."""
    who = bold(attendance.holder(turn.session, seat).name or seat.code)
    if attendance.is_noted(turn.session, seat, meeting):
        return t("%(who)s was noted already.", who=who)
    if seat.state == LEFT:
        return t("%(who)s gave this seat up.", who=who)
    if seat.state != SEATED:
        return t("%(who)s has no seat yet, and is in the waiting list.", who=who)
    if not attendance.came(turn.session, seat, meeting, how, turn.now):
        return t("%(who)s was noted already.", who=who)
    _after(turn, "came", event, seat)
    return t("%(who)s is here: it is noted.", who=who)


def _after(turn: Turn, what: str, event: Event, seat: Seat) -> None:
    """The trail has it, and the ticket."""
    person = attendance.holder(turn.session, seat)
    title = events_shown.title(turn, event)
    staff.note(turn.session, turn.person, what, turn.now, whom=person, event=title)
    if seat.state == SEATED:
        tickets.refresh(turn.of(person), event, seat)


def scanned(turn: Turn, code: str) -> None:
    """Somebody of the staff opened a ticket's link."""
    seat = attendance.by_code(turn.session, code)
    event = events.find(turn.session, seat.event_id) if seat is not None else None
    if seat is None or event is None:
        today.start(turn, [_unknown(code)])
        return
    meeting = attendance.of_today(turn.session, event, turn.now, turn.school.zone)
    if meeting is None:
        today.start(turn, [_another_day(turn, event)])
    else:
        said = note(turn, event, meeting, seat, attendance.TICKET)
        _list(turn, event, meeting, notes=[said])


def _unknown(code: str) -> Phrase:
    return t("No ticket has the code %(code)s.", code=code[:_MOST_CODE])


def _another_day(turn: Turn, event: Event) -> Phrase:
    meeting = attendance.nearest(turn.session, event, turn.now, turn.school.zone)
    if meeting is None:
        return t("This meeting was cancelled.")
    return lines(
        t("This ticket is for another day:"),
        events_shown.title(turn, event),
        events_shown.when(turn, meeting),
    )


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The list that was open is drawn again."""
    found = meeting_of(turn, turn.person.expects.partition(":")[2])
    if found is None:
        today.start(turn, notes)
    else:
        _list(turn, *found, notes=notes)


def given(turn: Turn, bubble: Bubble) -> None:
    """The code of a ticket was typed."""
    found = meeting_of(turn, turn.person.expects.partition(":")[2])
    if found is None:
        today.start(turn)
        return
    seat = attendance.by_code(turn.session, bubble.words)
    if seat is None:
        said = _unknown(" ".join(bubble.words.split()))
    elif seat.event_id != found[0].id:
        said = t("This code is for another meeting.")
    else:
        said = note(turn, *found, seat, attendance.CODE)
    _list(turn, *found, notes=[said])
