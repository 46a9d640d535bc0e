"""Where tutors meet a sheet: in a topic of the supergroup that is bound, else in private chats with
those whom it concerns. A place is asked for anew each time: nothing remembers where it was.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Desk, Dossier
from db.prepared import Prepared
from db.tables import Handle, Person, Role
from school import staff

QUESTIONS = "topic:questions"  # the topic of questions to a person


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, the topic in it if it has topics, and the language that is spoken there; `opening`
    while what a topic begins with is put there.
    """

    chat_id: int
    language: str
    topic: str | None = None
    opening: bool = False


_desks = table_of(Desk)
_BOUND = Prepared(select(_desks).where(_desks.c.lost_at.is_(None)))


def bound(session: Session) -> Desk | None:
    """The supergroup where tutors work, if the bot can speak there."""
    return _BOUND.one(session, Desk)


def known(session: Session) -> Desk | None:
    """The supergroup that is bound, whether or not the bot can speak there."""
    return session.scalars(select(Desk)).first()


def of_chat(session: Session, chat: int) -> Desk | None:
    """The supergroup by its number, if it is bound, locked for this transaction."""
    return session.scalars(select(Desk).where(Desk.chat_id == chat).with_for_update()).first()


def bind(session: Session, chat: int, title: str, by: Person, now: dt.datetime) -> Desk | None:
    """Work in a supergroup from now on; the one where it was before, if it was another."""
    # Two who bind at once: the second waits for the first.
    session.execute(update(Role).where(Role.role == staff.COORDINATOR).values(role=Role.role))
    before = known(session)
    session.execute(delete(Desk))
    session.add(Desk(chat_id=chat, title=title, person_id=by.id, at=now))
    session.flush()
    return before if before is not None and before.chat_id != chat else None


def unbind(session: Session, found: Desk) -> None:
    """Work in no supergroup from now on."""
    session.execute(delete(Desk).where(Desk.chat_id == found.chat_id))


def answering(session: Session, operator_chat: int | None, language: str) -> Sequence[Place]:
    """Where a human answers questions: they come to the first of these, a topic of the supergroup,
    else the operator's chat, where older ones may stand.
    """
    found = bound(session)
    here = [Place(found.chat_id, language, QUESTIONS)] if found is not None else []
    return [*here, Place(operator_chat, language)] if operator_chat is not None else here


def topic(dossier: Dossier) -> str:
    """The topic of a dossier, by the slot in which its number stands."""
    return f"topic:{dossier.id}"


def slot(dossier: Dossier, what: str) -> str:
    """Where something of a dossier stands in a chat: "card", or what a relay is known by."""
    return f"d:{dossier.id}:{what}"


def of_slot(name: str) -> tuple[int, str] | None:
    """The number of the dossier, and what stands there; None for a slot of something else."""
    first, _, rest = name.partition(":")
    number, _, what = rest.partition(":")
    return (int(number), what) if first == "d" and number.isdecimal() and what else None


def standing(session: Session, chat: int, dossier: Dossier) -> Collection[str]:
    """The slots in which something of a dossier stands in a chat."""
    inside = Handle.slot.startswith(slot(dossier, ""), autoescape=True)
    return set(session.scalars(select(Handle.slot).where(Handle.chat_id == chat, inside)))


def stands(session: Session, chat: int, message: int) -> tuple[int, str] | None:
    """What a message in a chat is of: the number of a dossier, and what of it stands there."""
    query = select(Handle.slot).where(Handle.chat_id == chat, Handle.message_id == message)
    found = (of_slot(name) for name in session.scalars(query))
    return next((one for one in found if one is not None), None)


def places(session: Session, dossier: Dossier, language: str) -> Sequence[Place]:
    """Where a dossier is to be seen: in its topic, else with its tutor, else with all tutors.
    `language` is the one spoken in the supergroup.
    """
    found = bound(session)
    if found is not None:
        return [Place(found.chat_id, language, topic(dossier))]
    return [
        Place(person.telegram_id, person.language)
        for person in _readers(session, dossier)
        if person.telegram_id is not None and person.unreachable_at is None
    ]


def _readers(session: Session, dossier: Dossier) -> Sequence[Person]:
    if dossier.tutor_id is not None:
        return [session.get_one(Person, dossier.tutor_id)]
    query = select(Person).join(Role, Role.person_id == Person.id)
    return list(session.scalars(query.where(Role.role == staff.TUTOR).order_by(Role.at, Person.id)))
