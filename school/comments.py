"""What a tutor says of single answers: collected for the newest version, and sent to its people all
at once. What was sent is not changed any more.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Comment, Dossier
from db.tables import Idea, Person
from school.dossiers import BACK
from school.sheet import Sheet

MOST = 300  # characters of a comment


def write(session: Session, dossier: Dossier, question: str, words: str, by: Person) -> None:
    """Collect a comment on an answer of the newest version, in place of one that was there."""
    this = (Comment.dossier_id == dossier.id) & (Comment.number == dossier.round)
    query = select(Comment).where(this, Comment.question == question)
    found = session.scalars(query).first()
    if found is None:
        found = Comment(dossier_id=dossier.id, number=dossier.round, question=question)
        session.add(found)
    found.words, found.person_id, found.sent_at = words, by.id, None
    session.flush()


def remove(session: Session, dossier: Dossier, question: str | None = None) -> None:
    """Drop a comment that was not sent, or all of them."""
    mine = (Comment.dossier_id == dossier.id) & Comment.sent_at.is_(None)
    one = mine if question is None else mine & (Comment.question == question)
    session.execute(delete(table_of(Comment)).where(one))


def collected(session: Session, dossier: Dossier, sheet: Sheet) -> list[Comment]:
    """Those that wait to be sent, in the order of their questions."""
    mine = (Comment.dossier_id == dossier.id) & (Comment.number == dossier.round)
    found = session.scalars(select(Comment).where(mine, Comment.sent_at.is_(None)))
    return _in_order(list(found), sheet)


def sent(session: Session, dossier: Dossier, number: int, sheet: Sheet) -> list[Comment]:
    """Those on a version that its people have, in the order of their questions."""
    mine = (Comment.dossier_id == dossier.id) & (Comment.number == number)
    found = session.scalars(select(Comment).where(mine, Comment.sent_at.is_not(None)))
    return _in_order(list(found), sheet)


def _in_order(found: Sequence[Comment], sheet: Sheet) -> list[Comment]:
    keys = [question.key for question in sheet.asked()]
    known = (one for one in found if one.question in keys)
    return sorted(known, key=lambda one: keys.index(one.question))


def send(found: Sequence[Comment], now: dt.datetime) -> None:
    """They are its people's now."""
    for one in found:
        one.sent_at = now


def open_on(session: Session, idea: Idea | None, question: str) -> str | None:
    """What a tutor asks of an answer that its people are to change now."""
    if idea is None:
        return None
    query = (
        select(Comment.words)
        .join(Dossier, Dossier.id == Comment.dossier_id)
        .where(
            Dossier.idea_id == idea.id,
            Dossier.state == BACK,
            Comment.number == Dossier.round,
            Comment.question == question,
            Comment.sent_at.is_not(None),
        )
    )
    return session.scalar(query)
