"""Whom the bot could not take out of the tutors' group: somebody has to do it by hand."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.tables import Outgoing, Person
from school.outbox import FAILED, SKIPPED, UNCERTAIN

METHOD = "banChatMember"
_PREFIX = "put_out:"


def slot(person: Person) -> str:
    """What says of whom a call is: of one that fails nothing else is kept."""
    return f"{_PREFIX}{person.id}"


def failed(session: Session) -> Sequence[Person | None]:
    """Those for whom it failed, each once; None for somebody who is forgotten."""
    ended = (Outgoing.method == METHOD) & Outgoing.state.in_((FAILED, SKIPPED, UNCERTAIN))
    slots = session.scalars(select(Outgoing.slot).where(ended).limit(1)).all()
    if not slots:
        return []
    gone = session.scalars(delete(Outgoing).where(ended).returning(Outgoing.slot)).all()
    numbers = [int(one.removeprefix(_PREFIX)) for one in gone if one is not None]
    return [session.get(Person, number) for number in numbers]
