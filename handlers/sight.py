"""What somebody who has a sheet no longer still sees of it: cards in the own chat say so, and have
no buttons; who does not work here any more is taken out of the tutors' group too.
"""

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import choosing, named
from handlers.desk import CARD
from handlers.turn import Turn
from school import desk, dossiers, handing_on, outbox, put_out
from school.phrases import t

_RELAYED = "r:"  # words of a sheet's people
_NOBODYS = 0  # a chat that is nobody's


def take_cards(turn: Turn, person: Person, dossier: Dossier) -> None:
    """What somebody was asked about a sheet says that it is with others, but for what is asked now;
    its card is drawn anew, see dossier_card.py.
    """
    if person.telegram_id is None:
        return
    for handle in handing_on.standing(turn.session, person.telegram_id, dossier):
        own = choosing.is_one(handle.slot) and person.id == turn.person.id
        if not own and handle.slot != desk.slot(dossier, CARD):
            _replace(turn.of(person), handle.slot, handle.message_id)


def take_all(turn: Turn, person: Person) -> None:
    """All that stands of others' sheets in somebody's chat goes, and is known no more."""
    if person.telegram_id is None:
        return
    for handle in handing_on.standing(turn.session, person.telegram_id):
        found = desk.of_slot(handle.slot)
        if found is not None and not dossiers.is_of(turn.session, found[0], person):
            _replace(turn.of(person), handle.slot, handle.message_id)
            turn.session.delete(handle)


def _replace(turn: Turn, slot: str, message: int) -> None:
    found = desk.of_slot(slot)
    if found is not None and found[1].startswith(_RELAYED):
        turn.do("deleteMessage", {"message_id": message})
    elif found is not None:
        said = t("This sheet is with others now.")
        turn.do("editMessageText", {"message_id": message, "text": said})


def take_out(turn: Turn, person: Person) -> None:
    """Take somebody out of the tutors' group, without a ban that lasts. Telegram may refuse: what
    else waits for the group must not suffer for it, so the calls wait in nobody's chat.
    """
    group = desk.known(turn.session)
    if group is None or person.telegram_id is None:
        return
    whom: dict[str, Json] = {"chat_id": group.chat_id, "user_id": person.telegram_id}
    for method, more in ((put_out.METHOD, {}), ("unbanChatMember", {"only_if_banned": True})):
        outbox.put(
            turn.session,
            _NOBODYS,
            method,
            {**whom, **more},
            language=turn.school.languages[0],
            now=turn.now,
            lane=outbox.NOTICE,
            slot=put_out.slot(person),
        )


def by_hand(turn: Turn, person: Person | None) -> None:
    """Telegram refused: who coordinates does it."""
    said = t(
        "I could not take this person out of the tutors' group: %(name)s. Please do it there.",
        name=named.or_without(person) if person is not None else t("somebody who left"),
    )
    turn.send_beside("sendMessage", {"text": said})
