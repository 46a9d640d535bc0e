"""Somebody works here no more, as a tutor or at all: their sheets wait for others from this moment
on, and they see them no more.
"""

from collections.abc import Sequence

from db.dossiers import Dossier
from db.tables import Person
from handlers import choosing, mediators, sight
from handlers import handing_on as handing
from handlers.buttons import as_json
from handlers.turn import Turn
from school import handing_on, staff
from school.handing_on import OPEN
from school.phrases import tn


def left(turn: Turn, person: Person) -> None:
    """A role ended: whoever is no tutor has no sheets, and who has no role sees none."""
    roles = staff.roles_of(turn.session, person)
    if staff.TUTOR not in roles:
        _free_all(turn, person)
    if not roles:
        sight.take_all(turn, person)
        sight.take_out(turn, person)


def gone(turn: Turn) -> None:
    """The person of the turn is about to be forgotten."""
    if turn.roles:
        _free_all(turn, turn.person)
        sight.take_out(turn, turn.person)


def _free_all(turn: Turn, person: Person) -> None:
    freed = handing_on.held(turn.session, person)
    for dossier in freed:
        handing_on.to_all(dossier, turn.now)
        if dossier.state in OPEN:
            handing.freed(turn, dossier)
            sight.take_cards(turn, person, dossier)
    lost = handing_on.mediated(turn.session, person)
    for dossier in lost:
        dossier.mediator_id = None
    turn.session.flush()
    _tell(turn, person, [one for one in freed if one.state in OPEN], lost)


def _tell(turn: Turn, person: Person, freed: Sequence[Dossier], lost: Sequence[Dossier]) -> None:
    """Who coordinates hears what is to be seen to."""
    count = len(freed)
    said = tn(
        "A tutor has left. %(count)s sheet waits for another one.",
        "A tutor has left. %(count)s sheets wait for another one.",
        count,
    )
    buttons = as_json(choosing.list_door())
    for one in staff.coordinators(turn.session):
        if one.id == person.id:
            continue
        if count:
            turn.of(one).send_beside("sendMessage", {"text": said, "buttons": buttons})
        for dossier in lost:
            if dossier.state in OPEN:
                mediators.is_missing(turn.of(one), dossier)
