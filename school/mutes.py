"""What people do not want to be written to about. Nothing is kept of who wants it."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.events import Mute
from db.tables import Person
from db.upsert import insert_new


def of(session: Session, person: Person) -> set[str]:
    """The kinds of messages that a person does not want."""
    return set(session.scalars(select(Mute.kind).where(Mute.person_id == person.id)))


def add(session: Session, person: Person, kind: str) -> None:
    """A person does not want a kind of message; saying so twice is once."""
    insert_new(session, Mute, person_id=person.id, kind=kind)


def take_back(session: Session, person: Person, kind: str) -> None:
    """A person wants it after all."""
    session.execute(delete(Mute).where(Mute.person_id == person.id, Mute.kind == kind))
