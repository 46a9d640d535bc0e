"""What passed between a tutor and a sheet's people, put where tutors meet the sheet anew: copies of
where it can still be read, with who wrote it and when. What is gone everywhere is left out.
"""

import datetime as dt
from collections.abc import Sequence

from db.dossiers import Dossier, Relay
from db.tables import Person
from db.types import Json
from handlers import desk, relay_sent, relay_shown
from handlers.buttons import as_json
from handlers.turn import Speaker
from school import desk as desks
from school import relays, wording
from school.desk import Place
from school.phrases import Phrase, bold, joined

_ONE_TALK = dt.timedelta(hours=1)  # what follows so soon needs no heading of its own


def history(turn: Speaker, dossier: Dossier, place: Place) -> None:
    """Put copies of all that passed about a dossier into a place, in order, but for what stands
    there; replies to them work.
    """
    standing = desks.standing(turn.session, place.chat_id, dossier)
    before: Relay | None = None
    for relay, person in relays.of_dossier(turn.session, dossier):
        if standing and (relay.chat_id == place.chat_id or _slot(dossier, relay) in standing):
            continue
        if before is None or not _goes_on(before, relay):
            body = _heading(turn, relay, person, place)
            desk.put(turn, dossier, place, "sendMessage", body, what=f"by:{relay.id}")
        before = relay
        for number, body in enumerate(_copies(turn, relay)):
            what = relays.what(relay, number)
            desk.put(turn, dossier, place, "copyMessage", body, what=what)


def _slot(dossier: Dossier, relay: Relay) -> str:
    return desks.slot(dossier, relays.what(relay))


def _goes_on(before: Relay, relay: Relay) -> bool:
    return before.person_id == relay.person_id and relay.at - before.at < _ONE_TALK


def _heading(turn: Speaker, relay: Relay, person: Person, place: Place) -> dict[str, Json]:
    when = wording.moment(relay.at.astimezone(turn.school.zone), place.language)
    who: Phrase = relay_shown.name(person)
    if relay.to == relays.GROUP:
        who = relay_shown.signed(turn, person)
    return {"text": joined(" · ", bold(who), when)}


def _copies(turn: Speaker, relay: Relay) -> Sequence[dict[str, Json]]:
    """What is copied: a member's own message, or what the group got of a tutor's, whose own message
    may be gone with the topic. A member sees the receipt, also of what was on its way.
    """
    own = [(relay.chat_id, relay.message_id)]
    found, more = own, dict[str, Json]()
    if relay.to == relays.GROUP:
        found = relays.standing(turn.session, relay) or own
    else:
        more["receipt"] = [relay.chat_id, relay.message_id]
    copies: list[dict[str, Json]] = [
        {"from_chat_id": chat, "message_id": message, "loose": True, **more}
        for chat, message in found
    ]
    if relay.to == relays.GROUP and turn.now - relay.at < relays.DELETABLE:
        copies[-1]["buttons"] = as_json([[relay_sent.back(relay)]])
    return copies
