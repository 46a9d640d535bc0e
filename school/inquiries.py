"""Questions to a human: each has a code, which is all that whoever answers knows of the person.

The words pass through the outbox to whoever answers and are kept nowhere else. A reply there is
known by the code that the message replied to begins with.
"""

import datetime as dt
import re
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.tables import Handle, Inquiry, Person
from school import people, signs

_CODE = re.compile(rf"^#([{signs.SIGNS}]{{6}})\b")
PREFIX = "question:"  # of all slots in that chat
_PIECE = 3500  # a message has 4,096 characters at most, with what we add


def begin(session: Session, person: Person, now: dt.datetime) -> Inquiry:
    """A new question."""
    code = signs.draw(6)
    inquiry = Inquiry(person_id=person.id, code=code, at=now)
    session.add(inquiry)
    session.flush()
    return inquiry


def latest(session: Session, person: Person) -> Inquiry | None:
    """The person's newest question."""
    query = select(Inquiry).where(Inquiry.person_id == person.id).order_by(Inquiry.id.desc())
    return session.scalars(query.limit(1)).first()


def asked(session: Session, code: str) -> tuple[Inquiry, Person] | tuple[None, None]:
    """The question of a code and who asked it, locked for this transaction; None twice where either
    is gone.
    """
    number = session.scalar(select(Inquiry.person_id).where(Inquiry.code == code))
    person = people.locked(session, number) if number is not None else None
    if person is None:
        return None, None
    return session.scalars(select(Inquiry).where(Inquiry.code == code)).one(), person


def codes(session: Session, person: Person) -> list[str]:
    """The codes of all questions of a person."""
    query = select(Inquiry.code).where(Inquiry.person_id == person.id).order_by(Inquiry.id)
    return list(session.scalars(query))


def heading(code: str, language: str) -> str:
    """What a question's messages begin with; `language` is the name of the person's."""
    return f"#{code} · {language}"


def code_in(text: str) -> str | None:
    """The code that a message begins with."""
    found = _CODE.match(text)
    return found.group(1) if found else None


def slot(code: str, message_id: int) -> str:
    """Where a message of the person stands in the chat of whoever answers."""
    return f"{PREFIX}{code}:{message_id}"


def stands(session: Session, code: str, message_id: int) -> int | None:
    """The chat of whoever answers to which a message of the person was sent."""
    query = select(Handle.chat_id).where(Handle.slot == slot(code, message_id))
    return session.scalars(query.order_by(Handle.chat_id)).first()


def pieces(words: str) -> Sequence[str]:
    """Words in as many pieces as messages are needed; one, empty, where there are none."""
    return [words[start : start + _PIECE] for start in range(0, len(words), _PIECE)] or [""]


def forget_old(session: Session, before: dt.datetime) -> None:
    """Delete questions that were asked before a time."""
    old = select(Inquiry.code).where(Inquiry.at < before)
    for code in session.scalars(old).all():
        session.execute(delete(Handle).where(Handle.slot.like(f"{PREFIX}{code}:%")))
    session.execute(delete(Inquiry).where(Inquiry.at < before))
