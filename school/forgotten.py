"""Whoever was forgotten stays forgotten when an older copy of the database is put back.

What is kept of them is a mark: a keyed hash of the account, and when. Without the key, which is no
part of the database, it says nothing; with it one can only ask whether a known account is there.
"""

import datetime as dt
import hmac
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.tables import Forgotten, Person
from db.upsert import insert_new

KEY = "forgotten_key"  # where a session's info carries it
Marks = Mapping[str, dt.datetime]


def mark(key: bytes, telegram_id: int) -> str:
    """The mark of an account."""
    return hmac.digest(key, str(telegram_id).encode(), "sha256").hex()


def note(session: Session, telegram_id: int, now: dt.datetime) -> None:
    """Remember that an account was forgotten now; of one that came back, the last time counts."""
    remember(session, {mark(session.info[KEY], telegram_id): now})


def together(*several: Marks) -> dict[str, dt.datetime]:
    """Marks of several places; of two the later stays."""
    found: dict[str, dt.datetime] = {}
    for marks in several:
        found |= {mark: max(at, found.get(mark, at)) for mark, at in marks.items()}
    return found


def remember(session: Session, marks: Marks) -> None:
    """Add marks; of two the later stays."""
    for found, at in marks.items():
        if not insert_new(session, Forgotten, mark=found, at=at):
            row = session.get_one(Forgotten, found)
            row.at = max(row.at, at)


def all_of(session: Session) -> dict[str, dt.datetime]:
    """All marks that are kept."""
    return {row.mark: row.at for row in session.scalars(select(Forgotten).order_by(Forgotten.mark))}


def among(session: Session, key: bytes, people: Iterable[Person]) -> list[Person]:
    """Those whom a copy still holds: who came before they were forgotten."""
    marks = all_of(session)
    return [person for person in people if _was_forgotten(marks, key, person)]


def _was_forgotten(marks: Marks, key: bytes, person: Person) -> bool:
    if person.telegram_id is None:
        return False
    at = marks.get(mark(key, person.telegram_id))
    return at is not None and person.created_at <= at


def forget_old(session: Session, before: dt.datetime) -> None:
    """Delete the marks of before a time; an older copy can no longer be told whom to forget."""
    session.execute(delete(Forgotten).where(Forgotten.at < before))
