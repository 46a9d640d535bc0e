"""A sheet whose people speak a language that no tutor speaks: who coordinates names somebody of the
staff who does, and answers beside the tutor. Its people are told that somebody is looked for.
"""

from collections.abc import Sequence
from functools import partial

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import choosing, desk, dossier_card, named, sheet_people, sheets
from handlers.buttons import Button, as_json, data, row_number
from handlers.describe import own_name
from handlers.turn import Screen, Turn
from school import dossiers, handing_on, mediating, outbox, staff, tutors, wording
from school.phrases import Phrase, bold, lines, paragraphs, t

_NONE = 0  # in the place of somebody's number


def seek(turn: Turn, dossier: Dossier) -> None:
    """Who coordinates is asked for a mediator, and the sheet's people hear of it."""
    once = [
        (person, mediating.once(dossier, person, turn.now))
        for person in staff.coordinators(turn.session)
    ]
    rows = [
        turn.of(person).once(_missing(turn.of(person), dossier), choosing.slot(dossier), known)
        for person, known in once
    ]
    outbox.put_each_once(turn.session, [row for row in rows if row is not None])
    sheet_people.tell(turn, dossier, _sought)


def _missing(turn: Turn, dossier: Dossier) -> dict[str, Json]:
    asked = tutors.wanted(turn.session, turn.school, dossier).languages
    spoken = wording.listed(sorted(map(own_name, asked)), turn.person.language)
    text = paragraphs(
        lines(t("No tutor speaks the language of this sheet:"), bold(sheets.name(turn, dossier))),
        t("Languages: %(languages)s", languages=spoken),
        t("Somebody who does can help as a mediator."),
    )
    return {"text": text, "buttons": as_json(sheets.mediator_door(dossier))}


def _sought(_turn: Turn) -> Phrase:
    return paragraphs(
        t("None of our tutors speaks your language yet. We look for a person who does."),
        t("I tell you as soon as there is one."),
    )


def is_missing(turn: Turn, dossier: Dossier) -> None:
    """Who mediated a sheet has left."""
    said = t("Who mediated this sheet has left:")
    text = lines(said, bold(sheets.name(turn, dossier)))
    turn.send_beside(
        "sendMessage", {"text": text, "buttons": as_json(sheets.mediator_door(dossier))}
    )


def ask(turn: Turn, number: str, page: str = "0") -> None:
    """Who shall mediate?"""
    dossier = _own(turn, number)
    if dossier is None:
        return
    asked = lines(bold(t("Who shall mediate?")), sheets.name(turn, dossier))
    at = min(row_number(page) or 0, 1000)
    choice = choosing.Choice("mediate", "mediatorpage", _now(dossier))
    rows = choosing.people(dossier, _choices(turn, dossier), at, choice)
    nobody: Button = (t("Without a mediator"), data("mediate", dossier.id, _NONE, _now(dossier)))
    rows += [[nobody]] if dossier.mediator_id is not None else []
    leave: Button = (t("Leave it as it is"), data("handno", dossier.id))
    choosing.show(turn, dossier, Screen(asked, [*rows, [leave]]))


def _own(turn: Turn, number: str) -> Dossier | None:
    """A sheet for which the person may name somebody; where not, that is said."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    if dossier is not None and handing_on.may_mediate(dossier, turn.roles):
        return dossier
    choosing.no(turn, dossier, t("Who coordinates names a mediator."))
    return None


def _choices(turn: Turn, dossier: Dossier) -> Sequence[Person]:
    asked = tutors.wanted(turn.session, turn.school, dossier).languages
    return mediating.choices(turn.session, turn.school, dossier, asked)


def _now(dossier: Dossier) -> int:
    return dossier.mediator_id or _NONE


def name(turn: Turn, number: str, person: str, had: str) -> None:
    """Somebody mediates from now on, or nobody, if it still is as it was."""
    dossier = _own(turn, number)
    if dossier is None:
        return
    found = [one for one in _choices(turn, dossier) if str(one.id) == person]
    if had != str(_now(dossier)):
        choosing.done(turn, dossier, _is_now(turn, dossier))
    elif row_number(person) == _NONE:
        _set(turn, dossier, None)
    elif found:
        _set(turn, dossier, found[0])
    else:
        ask(turn, number)


def _set(turn: Turn, dossier: Dossier, person: Person | None) -> None:
    dossier.mediator_id = person.id if person is not None else None
    turn.session.flush()
    staff.note(turn.session, turn.person, "mediator", turn.now, whom=person, sheet=dossier.id)
    said = _is_now(turn, dossier)
    if person is not None:
        sheet_people.tell(turn, dossier, partial(_helps, name=named.or_without(person)))
    if person is not None and person.id != turn.person.id:
        _tell(turn.of(person), dossier)
    dossier_card.draw(turn, dossier)
    desk.tell(turn, dossier, "sendMessage", {"text": said})
    choosing.done(turn, dossier, said)


def _is_now(turn: Turn, dossier: Dossier) -> Phrase:
    number = dossier.mediator_id
    person = turn.session.get(Person, number) if number is not None else None
    said = t("This sheet has no mediator.")
    if person is not None:
        said = t("The mediator of this sheet is now: %(name)s", name=named.or_without(person))
    return lines(said, bold(sheets.name(turn, dossier)))


def _helps(_turn: Turn, name: Phrase) -> Phrase:
    return paragraphs(
        t("Somebody who speaks your language helps with your sheet: %(name)s", name=name),
        t("This person can write to you like your tutor."),
    )


def _tell(turn: Turn, dossier: Dossier) -> None:
    """Who mediates hears of it."""
    said = lines(t("You mediate this sheet now:"), bold(sheets.name(turn, dossier)))
    how = t("You can answer its people like the tutor.")
    choosing.show(turn, dossier, Screen(paragraphs(said, how), sheets.open_(dossier)))
