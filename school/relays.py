"""Words that pass between a sheet's people and its tutor. A row says where a message came from;
where it went is known by handles: in each chat that got it, its slot names the row. The words pass
through the outbox, and are kept nowhere.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Relay
from db.tables import Handle, Idea, Outgoing, Person
from school import dossiers, groups, staff
from school.delivery import UNFINISHED
from school.outbox import QUEUED

TUTOR, GROUP = "tutor", "group"  # to whom
DELETABLE = dt.timedelta(hours=48)  # for so long Telegram takes a message back
_WHAT = re.compile(r"^r:(\d+)(?:\.\d+)?$")
_CAPTION, _PIECE = 900, 3500  # Telegram's most are 1,024 and 4,096, with what we add


@dataclass(frozen=True, slots=True)
class Source:
    """Where a message was written; `album` where it is one of several pictures."""

    chat: int
    message: int
    album: str | None = None


def keep(
    session: Session, dossier: Dossier, person: Person, source: Source, to: str, now: dt.datetime
) -> Relay:
    """Remember that a message is passed on."""
    relay = Relay(dossier_id=dossier.id, person_id=person.id, to=to, at=now)
    relay.chat_id, relay.message_id, relay.album = source.chat, source.message, source.album
    session.add(relay)
    session.flush()
    return relay


def of_source(session: Session, chat: int, message: int) -> Relay | None:
    """What a message was passed on as."""
    query = select(Relay).where(Relay.chat_id == chat, Relay.message_id == message)
    return session.scalars(query).first()


def find(session: Session, number: int) -> Relay | None:
    """A message that was passed on, by its number, locked for this transaction."""
    return session.scalars(select(Relay).where(Relay.id == number).with_for_update()).first()


def together(session: Session, relay: Relay) -> Sequence[Relay]:
    """Those of one album, as far as they are here; a message without one is alone."""
    if relay.album is None:
        return [relay]
    album = (Relay.chat_id == relay.chat_id) & (Relay.album == relay.album)
    return list(session.scalars(select(Relay).where(album).order_by(Relay.id)))


def of_dossier(session: Session, dossier: Dossier) -> Sequence[tuple[Relay, Person]]:
    """All that passed about a sheet, as it came, and who wrote it."""
    query = select(Relay, Person).join(Person, Person.id == Relay.person_id)
    query = query.where(Relay.dossier_id == dossier.id).order_by(Relay.id)
    return [(relay, person) for relay, person in session.execute(query)]


def of_person(session: Session, person: Person) -> Sequence[Relay]:
    """All that somebody wrote."""
    query = select(Relay).where(Relay.person_id == person.id).order_by(Relay.id)
    return list(session.scalars(query))


def drop(session: Session, relay: Relay) -> None:
    """Forget that it was passed on, and what of it waits to be sent."""
    here = Outgoing.slot.is_not(None) & _in_slots(Outgoing, relay) & (Outgoing.state == QUEUED)
    session.execute(delete(Outgoing).where(here))
    session.delete(relay)
    session.flush()


def what(relay: Relay, part: int = 0) -> str:
    """As what a part of it stands in a chat."""
    return f"r:{relay.id}" + (f".{part}" if part else "")


def number_in(what: str) -> int | None:
    """The number of the row that something in a chat is of."""
    found = _WHAT.match(what)
    return int(found.group(1)) if found else None


def _in_slots(table: type[Handle | Outgoing], relay: Relay) -> ColumnElement[bool]:
    first = f"d:{relay.dossier_id}:{what(relay)}"
    return (table.slot == first) | table.slot.like(f"{first}.%")


def copies(session: Session, relay: Relay) -> Sequence[tuple[int, str]]:
    """Where its parts stand, or will: chats and slots."""
    coming = select(Outgoing.chat_id, Outgoing.slot).where(
        _in_slots(Outgoing, relay), Outgoing.state.in_(UNFINISHED)
    )
    stand = select(Handle.chat_id, Handle.slot).where(_in_slots(Handle, relay))
    # In this order: what is not coming any more stands.
    found = {(chat, slot) for query in (coming, stand) for chat, slot in session.execute(query)}
    return sorted((chat, slot) for chat, slot in found if slot)


def standing(session: Session, relay: Relay) -> Sequence[tuple[int, int]]:
    """The messages in which it can be read in one of the chats that got it: chat and message."""
    query = select(Handle.chat_id, Handle.message_id).where(
        _in_slots(Handle, relay), Handle.chat_id > 0
    )
    found = session.execute(query.order_by(Handle.chat_id, Handle.message_id)).all()
    return [(chat, message) for chat, message in found if chat == found[0][0]]


def message_in(session: Session, relay: Relay, chat: int) -> int | None:
    """The message in a chat that it is there: its source or a copy."""
    if relay.chat_id == chat:
        return relay.message_id
    handle = session.get(Handle, (chat, f"d:{relay.dossier_id}:{what(relay)}"))
    return handle.message_id if handle is not None else None


def about(session: Session, number: int) -> tuple[Dossier, Sequence[Person]] | None:
    """A dossier by its number, and its people."""
    dossier = session.get(Dossier, number)
    if dossier is None:
        return None
    return dossier, groups.people_of(session, session.get_one(Idea, dossier.idea_id))


def opened(session: Session, number: int) -> tuple[Dossier, Sequence[Person]] | None:
    """As `about`, locked for this transaction: people come first, as always."""
    query = select(Idea).join(Dossier, Dossier.idea_id == Idea.id).where(Dossier.id == number)
    idea = session.scalars(query).first()
    if idea is None:
        return None
    found = [person.id for person in groups.people_of(session, idea)]
    locking = select(Person).where(Person.id.in_(found)).order_by(Person.id).with_for_update()
    session.scalars(locking.execution_options(populate_existing=True)).all()
    return about(session, number) if dossiers.find(session, number) is not None else None


def open_to(session: Session, idea: Idea | None) -> Dossier | None:
    """The dossier whose tutor reads what its people write; None where tutors do not have it."""
    if idea is None:
        return None
    here = (Dossier.idea_id == idea.id) & Dossier.state.in_(dossiers.WITH_TUTORS)
    return session.scalars(select(Dossier).where(here)).first()


def may_answer(session: Session, dossier: Dossier, person: Person) -> bool:
    """Whether somebody may write to a sheet's people: whoever has it, who helps with its language,
    and who coordinates, as long as they work here.
    """
    roles = staff.roles_of(session, person)
    has_it = person.id in (dossier.tutor_id, dossier.mediator_id)
    return staff.COORDINATOR in roles or (has_it and staff.may(roles, "desk"))


def may_take_back(session: Session, relay: Relay, person: Person) -> bool:
    """Whether somebody may take a tutor's message back: whoever wrote it, and who coordinates."""
    roles = staff.roles_of(session, person)
    own = relay.person_id == person.id and staff.may(roles, "desk")
    return relay.to == GROUP and (own or staff.COORDINATOR in roles)


def in_caption(words: str) -> bool:
    """Whether words fit below a file."""
    return len(words.encode("utf-16-le")) // 2 <= _CAPTION


def pieces(words: str) -> Sequence[str]:
    """Words in as many pieces as messages are needed; none where there are none."""
    return [words[start : start + _PIECE] for start in range(0, len(words), _PIECE)]
