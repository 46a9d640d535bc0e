"""The tutors' supergroup is out of reach: coordinators are told once, with the mend, and what
waited for it goes to private chats. When the bot can work there again, what is open is put there.
"""

from collections.abc import Callable, Mapping, Sequence

from db.dossiers import Desk
from db.tables import Outgoing
from db.types import Json
from handlers import desk, desk_topics
from handlers.turn import HelpDesk, Speaker, Turn
from school import delivery, dossiers, outbox, staff, topics
from school import desk as desks
from school.delivery import End, Outcome
from school.phrases import Phrase, lines, t

# Of a row's body, what only holds where it was to go first.
_ONLY_THERE = (topics.TOPIC, topics.OPENING, "reply_parameters", "patient")


def mend(turn: HelpDesk, outcome: Outcome) -> bool:
    """Whether the end of a call to the supergroup was taken care of here."""
    mended = _MENDS.get(outcome.end)
    return outcome.row.chat_id < 0 and mended is not None and mended(turn, outcome.row)


def _no_topic(turn: HelpDesk, row: Outgoing) -> bool:
    found = desks.of_chat(turn.session, row.chat_id)
    question = row.body.get(topics.TOPIC) == desks.QUESTIONS
    if found is not None and (found.lost_at is None or question):
        desk_topics.again(turn, row)
    else:
        elsewhere(turn, [row])
    return True


def _unreachable(turn: HelpDesk, row: Outgoing) -> bool:
    found = desks.of_chat(turn.session, row.chat_id)
    if found is None:
        return False
    if found.lost_at is None:
        lose(turn, found, [row])
    else:
        elsewhere(turn, [row])
    return True


def _failed(turn: HelpDesk, row: Outgoing) -> bool:
    """Where no topic can be made, nothing can be done."""
    return row.method == topics.MAKE and _unreachable(turn, row)


_MENDS: Mapping[End, Callable[[HelpDesk, Outgoing], bool]] = {
    End.NO_TOPIC: _no_topic,
    End.UNREACHABLE: _unreachable,
    End.FAILED: _failed,
}


def lose(turn: Speaker, found: Desk, refused: Sequence[Outgoing] = ()) -> None:
    """Nothing can be done in the supergroup from now on."""
    found.lost_at = turn.now
    turn.session.flush()
    desk_topics.open_all(turn)
    elsewhere(turn, [*refused, *topics.waiting(turn.session, found.chat_id)])
    away = t("I can no longer work in the group %(title)s.", title=found.title)
    _tell_coordinators(turn, lambda told: lines(away, mending(told)))


def mending(turn: Turn) -> Phrase:
    """How a coordinator makes that the bot can work in the supergroup again."""
    command = turn.text(turn.school.menu.commands["desk"].menu)
    return lines(
        t("To mend it, make me an administrator there with the right to manage topics."),
        t("If I stay silent then, write %(command)s there.", command=f"/{command}"),
        t("Meanwhile all comes to private chats."),
    )


def come_back(turn: Speaker, found: Desk) -> None:
    """The bot can work in the supergroup again."""
    found.lost_at = None
    turn.session.flush()
    desk_topics.open_all(turn)
    again = t("I can work in the group %(title)s again.", title=found.title)
    _tell_coordinators(turn, lambda _told: again)


def _tell_coordinators(turn: Speaker, said: Callable[[Turn], Phrase]) -> None:
    for person, roles in staff.people(turn.session):
        if staff.COORDINATOR in roles:
            told = turn.of(person)
            told.send_beside("sendMessage", {"text": said(told)})


def rights(turn: Speaker, chat: int, *, able: bool) -> None:
    """What the bot may do in a group has changed."""
    found = desks.of_chat(turn.session, chat)
    if found is not None and able and found.lost_at is not None:
        come_back(turn, found)
    elif found is not None and not able and found.lost_at is None:
        lose(turn, found)


def elsewhere(turn: Speaker, rows: Sequence[Outgoing]) -> None:
    """What waited for a chat goes to where it is to be seen now. A question that nobody could see
    waits on; of a sheet the rows remain, and its topic is filled from them.
    """
    stuck = [row for row in rows if not _moved(turn, row)]
    topics.drop(turn.session, rows)
    later = turn.now + delivery.PATIENCE
    topics.put_behind(turn.session, stuck, not_before=later)


def _moved(turn: Speaker, row: Outgoing) -> bool:
    """Put a row where it belongs now, if anywhere; False where it is to wait."""
    topic = str(row.body.get(topics.TOPIC, ""))
    if topic == desks.QUESTIONS:
        found = desks.answering(turn.session, turn.operator.chat, turn.school.languages[0])
        for place in found[:1]:
            _put(turn, row, place, patient=True)
        return bool(found)
    number = topics.dossier_of(topic)
    dossier = dossiers.find(turn.session, number) if number is not None else None
    if dossier is not None:
        for place in desk.places(turn, dossier):
            _put(turn, row, place)
    return True


def _put(turn: Speaker, row: Outgoing, place: desks.Place, **more: Json) -> None:
    if topics.is_said(turn.session, place.chat_id, row):
        return
    body = {name: value for name, value in row.body.items() if name not in _ONLY_THERE}
    topic: dict[str, Json] = {topics.TOPIC: place.topic} if place.topic is not None else {}
    outbox.put(
        turn.session,
        place.chat_id,
        row.method,
        {**body, **topic, **more},
        language=place.language,
        now=turn.now,
        lane=outbox.NOTICE,
        slot=row.slot,
    )
