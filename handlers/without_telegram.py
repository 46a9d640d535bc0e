"""Those of an event who have no Telegram: who they are, and how one goes who was noted by mistake
or asks to be forgotten. What changes they hear from who works here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from db.events import Event, Seat
from db.tables import Person
from handlers import events_shown, offers, today
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.by_name import At, ask, ask_at, note, where
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import attendance, by_name, moments, own_data, seats, staff
from school.phrases import Phrase, bold, lines, paragraphs, t, tn

_SHOWN = 20  # letters of a name in a text
_MOST_NAMES = 10
_BESIDE = 17  # letters of a name that has its code beside it


def listed(turn: Turn, event: str, meeting: str, page: str) -> None:
    """Those of an event who have no Telegram."""
    at = where(turn, event, meeting)
    if at is None:
        today.start(turn)
        return
    found = by_name.of_event(turn.session, at.event)
    pages = max(-(-len(found) // by_name.PAGE), 1)
    here = min(row_number(page) or 0, pages - 1)
    alike = Counter(cut(person.name or "") for _, person in found)
    rows: Keyboard = [
        [(_label(seat, person, alike), data("noted", *at.numbers, seat.id))]
        for seat, person in found[here * by_name.PAGE : (here + 1) * by_name.PAGE]
    ]
    said = tn("%(count)s person has a seat.", "%(count)s people have a seat.", len(found))
    text = lines(bold(t("Without Telegram")), cut(events_shown.title(turn, at.event)), said)
    turn.show(
        Screen(
            text, [*rows, *paging(here, "guests", *at.numbers, more=here + 1 < pages), [_to(at)]]
        )
    )


def _label(seat: Seat, person: Person, alike: Mapping[str, int]) -> str:
    """Whoever has another's name is known by the code beside it."""
    name = person.name or ""
    return f"{cut(name, _BESIDE)} {seat.code}" if alike[cut(name)] > 1 else cut(name)


def _to(at: At) -> Button:
    return t("Back"), data("guest", *at.numbers)


def _noted(turn: Turn, event: str, meeting: str, number: str) -> tuple[At, Seat, Person] | None:
    """A seat of somebody without Telegram, by numbers that came back from a button."""
    at = where(turn, event, meeting)
    if at is None:
        return None
    found = attendance.seat_of(turn.session, at.event, row_number(number) or 0)
    person = by_name.find(turn.session, found.person_id) if found is not None else None
    return (at, found, person) if found is not None and person is not None else None


def one(turn: Turn, event: str, meeting: str, number: str) -> None:
    """Somebody without Telegram: what can be done."""
    found = _noted(turn, event, meeting, number)
    if found is None:
        ask(turn, event, meeting)
        return
    at, seat, person = found
    since = moments.day(turn.person.language, turn.school.zone, person.created_at, turn.now)
    text = paragraphs(
        lines(bold(person.name or seat.code), cut(events_shown.title(turn, at.event))),
        lines(
            t("Noted by name: %(when)s", when=since),
            t("Without Telegram: you tell this person what changes."),
        ),
    )
    off: Keyboard = [[(t("Take off the list"), data("takeoff", *at.numbers, seat.id))]]
    erase_: Button = (t("Delete everywhere"), data("erasing", *at.numbers, seat.id))
    all_: Keyboard = [[erase_]] if turn.may("roll") else []
    turn.show(Screen(text, [*off, *all_, [_to(at)]]))


def take_off(turn: Turn, event: str, meeting: str, number: str) -> None:
    """It was a mistake, or the person does not come; of whom nothing else is known, the name goes
    too.
    """
    found = _noted(turn, event, meeting, number)
    if found is None:
        ask(turn, event, meeting)
        return
    at, seat, person = found
    name = person.name or seat.code
    if at.meeting is not None:
        attendance.take_back(turn.session, seat, at.meeting)
    offered = seats.take_away(turn.session, at.event, seat, turn.now, turn.school.quiet)
    note(turn, "taken_off", at.event, person)
    if not by_name.is_of_use(turn.session, person):
        own_data.forget(turn.session, turn.school.own_data, person, turn.now)
    offers.send(turn, at.event, offered)
    ask_at(turn, at, [t("%(who)s is off the list.", who=bold(name))])


def erasing(turn: Turn, event: str, meeting: str, number: str) -> None:
    """Ask before all that is known of somebody goes."""
    found = _noted(turn, event, meeting, number)
    if found is None:
        ask(turn, event, meeting)
        return
    at, seat, person = found
    asked = lines(
        bold(t("Delete %(name)s everywhere?", name=cut(person.name or seat.code, _SHOWN))),
        t("All that is noted of this person goes: name, idea, seats, hours."),
        t("It cannot be taken back."),
    )
    yes: Button = (t("Delete it"), data("erase", *at.numbers, seat.id))
    no: Button = (t("Leave it as it is"), data("noted", *at.numbers, seat.id))
    turn.show(Screen(asked, [[yes], [no]]))


def erase(turn: Turn, event: str, meeting: str, number: str) -> None:
    """Somebody asked to be forgotten."""
    found = _noted(turn, event, meeting, number)
    if found is None:
        ask(turn, event, meeting)
        return
    at, _, person = found
    own_data.forget(turn.session, turn.school.own_data, person, turn.now)
    staff.note(turn.session, turn.person, "deleted", turn.now)
    offered = seats.fill(turn.session, at.event, turn.now, turn.school.quiet)
    offers.send(turn, at.event, offered)
    ask_at(turn, at, [t("All that was noted of this person is deleted.")])


def tell_yourself(turn: Turn, event: Event) -> Phrase | None:
    """Who hears nothing from the bot is told by who works here."""
    found = by_name.of_event(turn.session, event)
    return tell(turn, [person.name or seat.code for seat, person in found])


def tell(turn: Turn, names: Sequence[str]) -> Phrase | None:
    """Who is to be told by who works here; the first ones, where they are many."""
    if not names:
        return None
    more = len(names) - _MOST_NAMES
    rest = tn("and %(count)s more", "and %(count)s more", more) if more > 0 else None
    listed_ = events_shown.listed(turn, [cut(name, _SHOWN) for name in names[:_MOST_NAMES]])
    return lines(t("Without Telegram, tell them yourself: %(names)s", names=listed_), rest)
