"""A sheet is handed on to another tutor, or back to all: its people, both tutors and the desk are
told.
"""

from collections.abc import Sequence
from functools import partial

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import choosing, desk, dossier_card, named, sheet_people, sheets, sight
from handlers.buttons import Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import desk as places
from school import dossiers, handing_on, staff, tutors
from school.dossiers import BACK
from school.phrases import Phrase, bold, lines, paragraphs, t

_ALL = 0  # in the place of a tutor's number
_FREE = t("This sheet waits for another tutor now.")
_OTHERS = t("This sheet is with others now.")


def ask(turn: Turn, number: str, page: str = "0") -> None:
    """To whom shall it go?"""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    if dossier is None or not handing_on.may(dossier, turn.person, turn.roles):
        choosing.no(turn, dossier, _OTHERS)
        return
    asked = lines(bold(t("To whom shall this sheet go?")), sheets.name(turn, dossier))
    at = min(row_number(page) or 0, 1000)
    choice = choosing.Choice("handto", "handpage", dossier.tutor_id or _ALL)
    rows = choosing.people(dossier, _choices(turn, dossier), at, choice)
    to_all: Keyboard = [[(t("Back to all tutors"), data("handto", *_back(dossier)))]]
    leave: Keyboard = [[(t("Leave it as it is"), data("handno", dossier.id))]]
    rows += to_all if dossier.tutor_id is not None else []
    choosing.show(turn, dossier, Screen(asked, [*rows, *leave]))


def _back(dossier: Dossier) -> tuple[int, int, int]:
    return dossier.id, _ALL, dossier.tutor_id or _ALL


def _choices(turn: Turn, dossier: Dossier) -> Sequence[Person]:
    """The other tutors who are there, those whom it fits first; nobody gets an own sheet."""
    team = tutors.team(turn.session, turn.school, turn.now)
    asked = tutors.wanted(turn.session, turn.school, dossier)
    first = team.fitting(asked, mediated=dossier.mediator_id is not None)
    found = {person.id: person for person in (*first, *team.there(asked.own))}
    return [person for person in found.values() if person.id != dossier.tutor_id]


def leave(turn: Turn, number: str) -> None:
    """Nothing changes."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    choosing.no(turn, dossier, t("All right, it stays as it is."))


def to(turn: Turn, number: str, person: str, had: str) -> None:
    """It goes to somebody, or to all, if it still is with whom it was."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    if dossier is None or not _is_so(turn, dossier, had):
        choosing.no(turn, dossier, _OTHERS)
        return
    if row_number(person) == _ALL and dossier.tutor_id is not None:
        _to_all(turn, dossier)
        return
    found = [one for one in _choices(turn, dossier) if str(one.id) == person]
    if found:
        _give(turn, dossier, found[0])
    else:
        ask(turn, number)


def _is_so(turn: Turn, dossier: Dossier, had: str) -> bool:
    return had == str(dossier.tutor_id or _ALL) and handing_on.may(dossier, turn.person, turn.roles)


def _give(turn: Turn, dossier: Dossier, person: Person) -> None:
    before = _tutor(turn, dossier)
    handing_on.give(dossier, person, turn.now)
    _note(turn, dossier, person)
    name = named.or_without(person)
    sheet_people.tell(turn, dossier, partial(_another, dossier=dossier, name=name))
    _take_leave(turn, dossier, before)
    dossier_card.draw(turn, dossier)
    said = _about(turn, dossier, t("The tutor of this sheet is now: %(name)s", name=name))
    if places.bound(turn.session) is not None:
        desk.tell(turn, dossier, "sendMessage", {"text": said})
    if person.id != turn.person.id:
        _hand(turn.of(person), dossier)
    choosing.done(turn, dossier, said)


def _tutor(turn: Turn, dossier: Dossier) -> Person | None:
    number = dossier.tutor_id
    return turn.session.get(Person, number) if number is not None else None


def _note(turn: Turn, dossier: Dossier, whom: Person | None) -> None:
    staff.note(turn.session, turn.person, "passed_on", turn.now, whom=whom, sheet=dossier.id)


def _about(turn: Turn, dossier: Dossier, said: Phrase) -> Phrase:
    return lines(said, bold(sheets.name(turn, dossier)))


def _another(turn: Turn, dossier: Dossier, name: Phrase) -> Phrase:
    said = t("Another tutor has your sheet now: %(name)s", name=name)
    return paragraphs(said, sheets.expected(turn, dossier))


def _hand(turn: Turn, dossier: Dossier) -> None:
    """The new tutor hears of it."""
    said = _about(turn, dossier, t("This sheet is with you now."))
    waits = t("It waits for %(time)s.", time=sheets.waited(turn, dossier.since))
    choosing.show(turn, dossier, Screen(lines(said, waits), sheets.open_(dossier)))


def _to_all(turn: Turn, dossier: Dossier) -> None:
    before = _tutor(turn, dossier)
    _note(turn, dossier, None)
    handing_on.to_all(dossier, turn.now)
    freed(turn, dossier)
    _take_leave(turn, dossier, before)
    choosing.done(turn, dossier, _about(turn, dossier, _FREE))


def freed(turn: Turn, dossier: Dossier) -> None:
    """It is nobody's any more: its people and the desk hear of it."""
    sheet_people.tell(turn, dossier, partial(_nobody, dossier=dossier))
    dossier_card.draw(turn, dossier)
    body: dict[str, Json] = {"text": _about(turn, dossier, _FREE)}
    desk.tell(turn, dossier, "sendMessage", body, rings=True)


def _nobody(_turn: Turn, dossier: Dossier) -> Phrase:
    if dossier.state == BACK:
        return t("Your tutor cannot go on. Another one will read your changes.")
    return paragraphs(
        t("Your sheet goes to another tutor. Nothing of it is lost."),
        t("I tell you as soon as somebody takes it."),
    )


def _take_leave(turn: Turn, dossier: Dossier, before: Person | None) -> None:
    """Who had it is not asked about it any more, and is told unless it was the own tap."""
    if before is not None:
        sight.take_cards(turn, before, dossier)
    if before is not None and before.id != turn.person.id:
        said = _about(turn, dossier, _OTHERS)
        turn.of(before).send_beside("sendMessage", {"text": said})
