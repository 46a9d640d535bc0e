"""Somebody who wrote to a tutor, or as one, wants to be forgotten: the messages are deleted where
they were read, as far as Telegram lets them go, and those who read them are told.
"""

from collections.abc import Iterable

from db.dossiers import Dossier
from db.tables import Idea
from handlers import desk, relay_sent
from handlers.turn import Turn
from school import dossiers, groups, relays
from school.phrases import lines, t


def withdrawn(turn: Turn) -> None:
    """Take away all that the person wrote. Of a sheet that goes as a whole is told elsewhere: see
    handing_in.py.
    """
    found = relays.of_person(turn.session, turn.person)
    going = {dossier.id for dossier in dossiers.only_of(turn.session, turn.person)}
    for number in sorted({relay.dossier_id for relay in found} - going):
        dossier = turn.session.get_one(Dossier, number)
        _tell(turn, dossier, {relay.to for relay in found if relay.dossier_id == number})
    for relay in found:
        relay_sent.unsay(turn, relay)


def _tell(turn: Turn, dossier: Dossier, to: Iterable[str]) -> None:
    said = lines(
        t("Somebody who wrote here has deleted everything."),
        t("I delete those messages here. Please delete what is left of them."),
    )
    if relays.TUTOR in to:
        desk.tell(turn, dossier, "sendMessage", {"text": said})
    if relays.GROUP in to:
        idea = turn.session.get_one(Idea, dossier.idea_id)
        for person in groups.people_of(turn.session, idea):
            if person.id != turn.person.id and person.unreachable_at is None:
                turn.of(person).send_beside("sendMessage", {"text": said})
