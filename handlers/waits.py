"""What is said of a sheet that waits too long: to tutors, to who coordinates, and honestly to its
people. When each is due: school/waits.py.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeAlias

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import desk, handoff, mutes, named, sheet_people, sheets
from handlers.buttons import Keyboard, as_json, data
from handlers.turn import Turn
from school import desk as places
from school import outbox, staff, tutors, waits
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.waits import COORDINATED, NUDGED, OFFERED

_FEW = 3  # tutors whom a sheet fits best
Says: TypeAlias = Callable[[Turn, Dossier], Phrase]


def step(turn: Turn, dossier: Dossier, number: int, before: int) -> None:
    """A step is due; at the first one its people hear that it takes longer."""
    if dossier.tutor_id is None:
        _unclaimed(turn, dossier, number)
    else:
        tutor = turn.session.get_one(Person, dossier.tutor_id)
        _silent(turn, dossier, tutor, number)
    if before == 0:
        sheet_people.tell(turn, dossier, partial(_takes_longer, dossier=dossier))


def _unclaimed(turn: Turn, dossier: Dossier, number: int) -> None:
    """No tutor has it: the desk rings, and those whom it fits; then who coordinates."""
    has_topic = places.bound(turn.session) is not None
    body: dict[str, Json] = {
        "text": _waits_for_a_tutor(turn, dossier),
        "buttons": as_json([] if has_topic else sheets.open_(dossier)),
    }
    desk.tell(turn, dossier, "sendMessage", body, rings=True)
    if has_topic:
        fits = tutors.fitting(turn.session, turn.school, dossier, turn.now)[:_FEW]
        _write(turn, dossier, fits, f"fits{number}", _waits_for_a_tutor, sheets.open_(dossier))
    if number > NUDGED:
        found = staff.coordinators(turn.session)
        rows = [*sheets.open_(dossier), *sheets.hand_on_door(dossier)]
        _write(turn, dossier, found, "coordinators", _nobody_took_it, rows)


def _silent(turn: Turn, dossier: Dossier, tutor: Person, number: int) -> None:
    """Its tutor is silent: a nudge, the offer that somebody else takes it, then who coordinates."""
    away: Keyboard = [[(t("Say when you are away"), data("away"))]]
    can = staff.may(staff.roles_of(turn.session, tutor), "tutor")
    rows = [*sheets.open_(dossier), *sheets.hand_on_door(dossier), *(away if can else [])]
    _write(turn, dossier, [tutor], f"tutor{number}", _TO_A_TUTOR[number], rows)
    if number == COORDINATED:
        found = [one for one in staff.coordinators(turn.session) if one.id != tutor.id]
        _write(turn, dossier, found, "coordinators", _no_answer, rows[:2])


def _write(
    turn: Turn,
    dossier: Dossier,
    people: Iterable[Person],
    what: str,
    says: Says,
    rows: Keyboard,
) -> None:
    """Some of the staff hear of it in their own chats, once in this wait."""
    quiet, found = turn.school.quiet, list[outbox.Row | None]()
    for person in people:
        if person.unreachable_at is None:
            other = turn.of(person)
            once = waits.to_staff(dossier, what, person, turn.now, quiet)
            body: dict[str, Json] = {"text": says(other, dossier), "buttons": as_json(rows)}
            found.append(other.once(body, places.slot(dossier, "waits"), once))
    outbox.put_each_once(turn.session, [row for row in found if row is not None])


def _about(turn: Turn, dossier: Dossier, said: Phrase, more: Phrase | None = None) -> Phrase:
    waits_for = t("It waits for %(time)s.", time=sheets.waited(turn, dossier.since))
    return lines(said, bold(sheets.name(turn, dossier)), waits_for, more)


def _waits_for_a_tutor(turn: Turn, dossier: Dossier) -> Phrase:
    return _about(turn, dossier, t("This sheet still waits for a tutor:"))


def _nobody_took_it(turn: Turn, dossier: Dossier) -> Phrase:
    more = t("I reminded the tutors twice. You can give it to one of them.")
    return _about(turn, dossier, t("No tutor has taken this sheet:"), more)


def _waits_for_you(turn: Turn, dossier: Dossier) -> Phrase:
    more = t("I told its people that it takes longer.")
    return _about(turn, dossier, t("This sheet waits for your answer:"), more)


def _shall_another(turn: Turn, dossier: Dossier) -> Phrase:
    more = t("Is there no time at present? Another tutor can take it: hand it on.")
    return _about(turn, dossier, t("This sheet still waits for your answer:"), more)


def _others_know(turn: Turn, dossier: Dossier) -> Phrase:
    more = t("I asked who coordinates to see to it.")
    return _about(turn, dossier, t("This sheet still waits for your answer:"), more)


def _no_answer(turn: Turn, dossier: Dossier) -> Phrase:
    number = dossier.tutor_id
    tutor = turn.session.get(Person, number) if number is not None else None
    more = t("Its tutor: %(name)s. You can give it to another one.", name=named.or_without(tutor))
    return _about(turn, dossier, t("This sheet gets no answer:"), more)


_TO_A_TUTOR: Mapping[int, Says] = {
    NUDGED: _waits_for_you,
    OFFERED: _shall_another,
    COORDINATED: _others_know,
}


def _takes_longer(turn: Turn, dossier: Dossier) -> Phrase:
    """What its people hear: nobody is blamed."""
    if dossier.tutor_id is None:
        return paragraphs(
            t("It takes longer than I said: no tutor has your sheet yet."),
            t("I reminded the tutors, and tell you as soon as somebody takes it."),
        )
    return paragraphs(
        t("It takes longer than I said. I reminded your tutor."), sheets.expected(turn, dossier)
    )


def left_alone(turn: Turn, dossier: Dossier) -> outbox.Row | None:
    """One of its people hears that a sheet waits for changes, unless that was said."""
    text = paragraphs(
        t("Your tutor has asked for some changes of your sheet. It waits for you."),
        t("Take the time you need."),
    )
    rows: Keyboard = [[handoff.where()], [mutes.button(waits.SHEET)]]
    once = waits.to_people(dossier, turn.person, turn.now, turn.school.quiet)
    return turn.once({"text": text, "buttons": as_json(rows)}, None, once)
