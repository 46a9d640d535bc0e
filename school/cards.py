"""Where something of a sheet stands in the chats of those who work at the school, besides where it
is to be seen now: a card that was drawn for all tutors stays in their chats when one takes it.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Dossier
from db.tables import Handle, Outgoing, Person
from school import desk, staff
from school.desk import Place
from school.outbox import QUEUED


def viewer(session: Session, place: Place) -> Person | None:
    """Who works at the school and reads in a private chat; None for a place of several."""
    person = session.scalars(select(Person).where(Person.telegram_id == place.chat_id)).first()
    return person if person is not None and staff.roles_of(session, person) else None


def elsewhere(session: Session, dossier: Dossier, seen: Sequence[Place]) -> list[Place]:
    """The private chats where its card stands, but for those where it is to be seen. Whoever works
    here no longer is left out.
    """
    there = {place.chat_id for place in seen}
    slot = desk.slot(dossier, "card")
    query = (
        select(Person)
        .join(Handle, Handle.chat_id == Person.telegram_id)
        .where(Handle.slot == slot, Person.unreachable_at.is_(None))
    )
    return [
        Place(person.telegram_id, person.language)
        for person in session.scalars(query.order_by(Person.id))
        if person.telegram_id is not None
        and person.telegram_id not in there
        and staff.roles_of(session, person)
    ]


def all_of(session: Session, dossier: Dossier, what: str = "") -> Sequence[Handle]:
    """What of it stands in any chat: all, or what is known by a word."""
    inside = Handle.slot.startswith(desk.slot(dossier, what), autoescape=True)
    query = select(Handle).where(inside).order_by(Handle.chat_id, Handle.message_id)
    return list(session.scalars(query))


def language(session: Session, chat: int, known: Sequence[str]) -> str:
    """What is spoken in a chat: whoever's it is, else the school's first language."""
    said = session.scalar(select(Person.language).where(Person.telegram_id == chat))
    return said or known[0]


def topic(session: Session, dossier: Dossier) -> int | None:
    """The number of its topic."""
    return session.scalar(select(Handle.message_id).where(Handle.slot == desk.topic(dossier)))


def drop(session: Session, dossier: Dossier, whats: Sequence[str]) -> None:
    """What is known by these words stands nowhere any longer."""
    handles = table_of(Handle)
    for what in whats:
        stands = handles.c.slot.startswith(desk.slot(dossier, what), autoescape=True)
        session.execute(delete(handles).where(stands))


def forget(session: Session, dossier: Dossier) -> None:
    """Nothing of it stands anywhere any longer, and nothing is on its way: its number may come
    again, for another sheet.
    """
    prefix = desk.slot(dossier, "")
    handles, rows = table_of(Handle), table_of(Outgoing)
    stands = handles.c.slot.startswith(prefix, autoescape=True)
    topic = handles.c.slot == desk.topic(dossier)
    session.execute(delete(handles).where(stands | topic))
    waiting = rows.c.slot.startswith(prefix, autoescape=True) & (rows.c.state == QUEUED)
    session.execute(delete(rows).where(waiting))
