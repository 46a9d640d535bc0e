"""People without Telegram, noted by name: at the door they have come with it, on any other day they
have a seat. The name stands in the row of who writes it until it is known whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.events import Event, Meeting, Seat
from db.tables import Person
from handlers import attendance as door
from handlers import events_shown, tickets, today
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.describe import too_long
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import attendance, by_name, events, moments, people, seats, staff
from school.bubbles import Bubble
from school.by_name import Known
from school.phrases import Phrase, bold, lines, t
from school.seats import OFFERED, SEATED, WAITING

_SHORT = 11  # letters of a name on a button that says more
_SHOWN = 20  # letters of a name in a text
_MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class At:
    """What somebody is added to: an event, and the meeting at whose door they stand."""

    event: Event
    meeting: Meeting | None

    @property
    def numbers(self) -> tuple[int, int]:
        """As buttons carry it."""
        return self.event.id, self.meeting.id if self.meeting is not None else 0


def where(turn: Turn, event: str, meeting: str) -> At | None:
    """Where somebody can be added, by numbers that came back from a button."""
    if meeting != "0":
        found = door.meeting_of(turn, meeting)
        return At(*found) if found is not None and str(found[0].id) == event else None
    there = events.find(turn.session, row_number(event) or 0)
    if there is None or there.state != events.PUBLISHED or not turn.may("roll"):
        return None
    return At(there, None)


def _expected(turn: Turn) -> tuple[At | None, str]:
    """What the next text is about, and the name that was written."""
    _, event, meeting, name = [*turn.person.expects.split(":", 3), "", "", ""][:4]
    return where(turn, event, meeting), name


def ask(turn: Turn, event: str, meeting: str) -> None:
    """Ask for the name."""
    at = where(turn, event, meeting)
    if at is None:
        today.start(turn)
    else:
        ask_at(turn, at)


def ask_at(turn: Turn, at: At, notes: Sequence[Phrase] = (), more: Keyboard | None = None) -> None:
    """Ask for a name there, with more buttons above the others."""
    event, meeting = at.numbers
    turn.person.expects = f"{people.GUEST}:{event}:{meeting}:"
    asked = lines(
        bold(t("Who has no Telegram?")),
        cut(events_shown.title(turn, at.event)),
        t("Write the name. I keep it and nothing else, and write to nobody."),
    )
    there: Keyboard = []
    if by_name.of_event(turn.session, at.event):
        there = [[(t("Without Telegram"), data("guests", event, meeting, 0))]]
    turn.show(Screen(asked, [*(more or []), *there, [_back(at)]]), notes)


def _back(at: At) -> Button:
    if at.meeting is not None:
        return t("Back"), data("list", at.meeting.id, 0)
    return t("Back"), data("people", at.event.id, 0)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The name is asked for once more."""
    at, _ = _expected(turn)
    if at is None:
        today.start(turn, notes)
    else:
        ask_at(turn, at, notes)


def given(turn: Turn, bubble: Bubble) -> None:
    """A name was written; who is known by it is asked about."""
    at, _ = _expected(turn)
    name = " ".join(bubble.words.split())
    if at is None:
        today.start(turn)
    elif len(name) > by_name.MOST:
        ask_at(turn, at, [too_long(len(name), by_name.MOST)])
    else:
        event, meeting = at.numbers
        turn.person.expects = f"{people.GUEST}:{event}:{meeting}:{name}"
        known = by_name.alike(turn.session, at.event, name)
        if known:
            _whose(turn, at, known)
        else:
            _add(turn, at, name)


def _whose(turn: Turn, at: At, known: Sequence[Known]) -> None:
    rows: Keyboard = [
        [(_label(turn, one), data("same", *at.numbers, one.person.id))] for one in known
    ]
    other: Button = (t("Somebody else"), data("newguest", *at.numbers))
    asked = lines(bold(t("Is it the same person?")), *(_is_known(turn, one) for one in known))
    turn.show(Screen(asked, [*rows, [other], [_back(at)]]))


def _label(turn: Turn, known: Known) -> str:
    name = cut(known.person.name or "", _SHORT)
    if known.seat is not None:
        return f"{name} {known.seat.code}"
    if known.meeting is None:
        return name
    return cut(f"{name} {events_shown.short(turn, known.meeting)}")


def _is_known(turn: Turn, known: Known) -> Phrase:
    name = cut(known.person.name or "", _SHOWN)
    if known.seat is not None:
        return t("%(name)s is on this list. Code: %(code)s", name=name, code=known.seat.code)
    if known.event is None or known.meeting is None:
        return name
    language, zone = turn.person.language, turn.school.zone
    when = moments.day(language, zone, known.meeting.starts_at, turn.now)
    title = cut(events_shown.title(turn, known.event))
    if known.came:
        return t("%(name)s, who came on %(when)s: %(title)s", name=name, when=when, title=title)
    return t("%(name)s, who had a seat on %(when)s: %(title)s", name=name, when=when, title=title)


def same(turn: Turn, event: str, meeting: str, number: str) -> None:
    """It is somebody who is known."""
    at, name = _expected(turn)
    known = _one_of(turn, at, name, number)
    if at is None or at.numbers != (row_number(event), row_number(meeting)) or known is None:
        again(turn)
    else:
        _add(turn, at, name, known)


def _one_of(turn: Turn, at: At | None, name: str, number: str) -> Person | None:
    """One of those who were shown."""
    found = by_name.alike(turn.session, at.event, name) if at is not None and name else []
    return next((one.person for one in found if str(one.person.id) == number), None)


def somebody_else(turn: Turn, event: str, meeting: str) -> None:
    """It is another person of the same name."""
    at, name = _expected(turn)
    if at is None or at.numbers != (row_number(event), row_number(meeting)) or not name:
        again(turn)
    else:
        _add(turn, at, name)


def _add(turn: Turn, at: At, name: str, person: Person | None = None, seen: str = "") -> None:
    """Seat somebody, and at the door note that they are there. Where no seat is free, that is asked
    first, and again where meanwhile somebody else was added.
    """
    seat = seats.of(turn.session, at.event, person) if person is not None else None
    has = seat is not None and seat.state == SEATED
    asked = seat is not None and seat.state == OFFERED
    party = seat.party if seat is not None and seat.state == WAITING else 1
    room = has or asked or seats.room(turn.session, at.event, turn.now, party)
    if not room and str(seats.taken(turn.session, at.event)) != seen:
        _full(turn, at, name, person)
        return
    if person is None:
        person = by_name.add(turn.session, name, turn.school.languages[0], turn.now)
    by_name.touch(person, turn.now)
    seat = seats.give(turn.session, at.event, person, turn.now)
    if not has:
        note(turn, "added", at.event, person)
        tickets.send(turn.of(person), at.event, seat)
    _added(turn, at, seat, name)


def note(turn: Turn, what: str, event: Event, person: Person | None = None) -> None:
    """The trail has it."""
    title = events_shown.title(turn, event)
    staff.note(turn.session, turn.person, what, turn.now, whom=person, event=title)


def _added(turn: Turn, at: At, seat: Seat, name: str) -> None:
    said = t("%(who)s has a seat.", who=bold(name))
    if at.meeting is not None:
        said = door.note(turn, at.event, at.meeting, seat, attendance.LIST)
    off: Keyboard = []
    if attendance.holder(turn.session, seat).telegram_id is None:
        label = t("A mistake: %(name)s", name=cut(name, _SHORT))
        off = [[(label, data("noted", *at.numbers, seat.id))]]
    ask_at(turn, at, [lines(said, t("Who else? Write the next name."))], off)


def _full(turn: Turn, at: At, name: str, person: Person | None) -> None:
    """No seat is free: who coordinates can let somebody in all the same."""
    taken = seats.taken(turn.session, at.event)
    said = t(
        "Seats: %(total)s, taken: %(taken)s, in line: %(waiting)s",
        total=at.event.seats or 0,
        taken=taken,
        waiting=seats.waiting(turn.session, at.event),
    )
    if not turn.may("crowd"):
        who = t("Who coordinates can add %(name)s all the same.", name=cut(name, _SHOWN))
        turn.show(Screen(lines(bold(t("No seat is free.")), said, who), [[_back(at)]]))
        return
    number = person.id if person is not None else 0
    yes: Button = (t("Add anyway"), data("anyway", *at.numbers, number, taken))
    asked = t("No seat is free. Add %(name)s anyway?", name=cut(name, _SHOWN))
    turn.show(Screen(lines(bold(asked), said), [[yes], [_back(at)]]))


def anyway(turn: Turn, event: str, meeting: str, number: str, taken: str) -> None:
    """More people than seats: that is wanted."""
    at, name = _expected(turn)
    known = _one_of(turn, at, name, number)
    there = at is not None and at.numbers == (row_number(event), row_number(meeting))
    if at is None or not there or not name or (known is None and number != "0"):
        again(turn)
    else:
        _add(turn, at, name, known, taken)
