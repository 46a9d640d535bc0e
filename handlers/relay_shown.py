"""How a message that is passed on looks in the chats that get it: who it is from, then the words,
or the file with the words below. It is put as new, changed where it stands, or taken away.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from db.dossiers import Dossier, Relay
from db.tables import Person
from db.types import Json
from handlers import desk
from handlers.buttons import Keyboard, as_json, data
from handlers.files import sending
from handlers.incoming import Incoming
from handlers.staff import ROLES
from handlers.turn import Speaker, Turn
from school import outbox, relays, staff
from school.desk import Place, slot
from school.phrases import Phrase, bold, lines, t
from school.relays import Source

Call = tuple[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A chat that a message can be read in: whether it is written to whoever is there, whom it says
    it is from, with which buttons, and whether a phone makes a sound.
    """

    place: Place
    is_addressed: bool
    heading: Phrase
    keyboard: Keyboard = field(default_factory=Keyboard)
    rings: bool = False


def name(person: Person) -> Phrase:
    """The name that somebody chose."""
    return person.name or t("without a name")


def signed(turn: Speaker, person: Person) -> Phrase:
    """Somebody who works here, by name and role."""
    roles = staff.roles_of(turn.session, person)
    role = ROLES[staff.TUTOR if staff.TUTOR in roles else staff.COORDINATOR]
    return t("%(name)s, %(role)s", name=name(person), role=role)


def readers(
    turn: Turn, dossier: Dossier, people: Sequence[Person], author: Person, to: str
) -> list[Reader]:
    """All chats that a message may stand in, but for its author's."""
    reached = [one for one in people if one.id != author.id and one.unreachable_at is None]
    chats = [Place(one.telegram_id, one.language) for one in reached if one.telegram_id is not None]
    tutors = [place for place in desk.places(turn, dossier) if place.chat_id != author.telegram_id]
    if to == relays.GROUP:
        from_tutor = signed(turn, author)
        own = [Reader(place, True, from_tutor, answering(), rings=True) for place in chats]
        return [*own, *(Reader(place, False, from_tutor) for place in tutors)]
    rings = dossier.tutor_id is not None
    others = _to_tutor(author)
    there = [Reader(place, True, name(author), rings=rings) for place in tutors]
    return [*there, *(Reader(place, False, others) for place in chats)]


def _to_tutor(author: Person) -> Phrase:
    if author.name is None:
        return t("Somebody of your group to your tutor:")
    return t("%(name)s to your tutor:", name=author.name)


def answering() -> Keyboard:
    """The ways on from a tutor's message."""
    return [[(t("Write back"), data("tutor"))], [(t("Go on"), data("resume"))]]


def put(
    turn: Turn,
    dossier: Dossier,
    relay: Relay,
    reader: Reader,
    message: Incoming,
    *,
    receipt: Source | None = None,
    below: int | None = None,
) -> None:
    """Put it into a chat; `receipt` is a message that is reacted on once it is there, `below` one
    that it answers.
    """
    calls = _calls(reader, message)
    for number, (method, body) in enumerate(calls):
        more: dict[str, Json] = {}
        if receipt is not None and number == len(calls) - 1:
            more["receipt"] = [receipt.chat, receipt.message]
        if below is not None and number == 0:
            more["reply_parameters"] = answer_to(below)
        what, rings = relays.what(relay, number), reader.rings and number == 0
        desk.put(turn, dossier, reader.place, method, {**body, **more}, what=what, rings=rings)


def answer_to(message: int) -> Json:
    """A message stands below another one, if that is still there."""
    return {"message_id": message, "allow_sending_without_reply": True}


def change(
    turn: Turn,
    dossier: Dossier,
    relay: Relay,
    reader: Reader,
    message: Incoming,
    slots: Collection[str],
) -> None:
    """Change it where it stands in a chat, in these slots; parts that it has no more go."""
    calls = _calls(reader, message)
    for number, (method, body) in enumerate(calls):
        what = relays.what(relay, number)
        desk.put(turn, dossier, reader.place, method, {**body, "in_place": True}, what=what)
    kept = {slot(dossier, relays.what(relay, number)) for number in range(len(calls))}
    for name_of in sorted(set(slots) - kept):
        take_away(turn, reader.place.chat_id, name_of)


def take_away(turn: Turn, chat: int, name_of: str) -> None:
    """Delete what stands in a slot of a chat, or will when its turn is."""
    outbox.put(
        turn.session,
        chat,
        "deleteMessage",
        {"standing": True, "loose": True},
        language=turn.school.languages[0],
        now=turn.now,
        lane=outbox.NOTICE,
        slot=name_of,
    )


def fits(message: Incoming) -> bool:
    """Whether it is something that can be passed on."""
    return message.file is not None or bool(message.text.strip())


def _calls(reader: Reader, message: Incoming) -> list[Call]:
    """What is sent, part by part; the last one has the buttons."""
    calls: list[Call] = []
    heading, words = bold(reader.heading), message.text
    if message.file is not None:
        method, body = sending(message.file.kind, message.file.file_id)
        below = words if relays.in_caption(words) else ""
        words = "" if below else words
        calls.append((method, {**body, "caption": lines(heading, below or None)}))
    texts: list[Call] = [
        ("sendMessage", {"text": lines(heading, piece)}) for piece in relays.pieces(words)
    ]
    calls += texts
    if reader.keyboard:
        calls[-1][1]["buttons"] = as_json(reader.keyboard)
    return calls
