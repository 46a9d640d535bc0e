"""Several people at one sheet. An answer of somebody else changes only on a screen that shows it as
it is: each member's row says which question was shown last, and whether its answer was changed by
another one since.

All of it is asked while the sheet is locked: see school/people.py, `idea_of`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, null, or_, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.groups import Member
from db.prepared import Prepared
from db.tables import Answer, Bubble, Idea, Person
from school import people
from school.groups import MINE

NEAR = dt.timedelta(minutes=10)  # so long somebody is thought to be at a question

_members, _people = table_of(Member), table_of(Person)
_answers, _bubbles = table_of(Answer), table_of(Bubble)
_THIS = _members.c.person_id == bindparam("person")
_OF_GROUP = _members.c.group_id == bindparam("group")
_OTHERS = (_OF_GROUP, _members.c.person_id != bindparam("person"))
_AT_QUESTION = _members.c.question == bindparam("key")
_STANDS = Prepared(select(_members.c.question, _members.c.asked_at).where(_THIS))
_SHOWN = Prepared(
    update(_members)
    .where(_THIS)
    .values(
        question=bindparam("shown", type_=_members.c.question.type),
        asked_at=bindparam("at", type_=_members.c.asked_at.type),
    )
)
_CHANGED = Prepared(update(_members).where(*_OTHERS, _AT_QUESTION).values(asked_at=null()))
_NEAR = Prepared(
    select(_people.c.name)
    .join(_members, _members.c.person_id == _people.c.id)
    .where(
        *_OTHERS,
        _AT_QUESTION,
        _members.c.asked_at > bindparam("since", type_=_members.c.asked_at.type),
        or_(*(_people.c.expects == whose for whose in (people.INTERVIEW, people.REVIEW))),
    )
    .order_by(_members.c.asked_at)
)
_AUTHORS = Prepared(
    select(_answers.c.question, _answers.c.person_id, _people.c.name, _answers.c.changed_at)
    .outerjoin(_people, _people.c.id == _answers.c.person_id)
    .where(_answers.c.idea_id == bindparam("idea"))
)
_WAITING = Prepared(
    select(_bubbles.c.question)
    .where(
        _bubbles.c.person_id == bindparam("person"),
        _bubbles.c.idea_id == bindparam("idea"),
        _bubbles.c.question.startswith(MINE),
    )
    .order_by(_bubbles.c.at)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a member stands: at a question, and whether its answer is still what was shown."""

    question: str | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Author:
    """Who gave an answer last, and when; nobody's number is of somebody who is gone."""

    person_id: int | None
    name: str | None
    at: dt.datetime


def stand(session: Session, person: int) -> Stand:
    """Where a member stands."""
    rows = _STANDS.rows(session, person=person)
    return Stand(rows[0][0], rows[0][1] is not None) if rows else Stand(None, fresh=False)


def shown(session: Session, person: int, key: str, now: dt.datetime) -> Stand:
    """A member is shown a question with its answer as it is."""
    _SHOWN.run(session, person=person, shown=key, at=now)
    return Stand(key, fresh=True)


def changed(session: Session, idea: Idea, person: int, key: str) -> None:
    """An answer is another one now: whoever else was shown it has not seen this one."""
    _CHANGED.run(session, group=idea.group_id, person=person, key=key)


def near(
    session: Session, idea: Idea, person: int, key: str, now: dt.datetime
) -> Sequence[str | None]:
    """The names of other members who are at a question."""
    given = {"group": idea.group_id, "person": person, "key": key}
    return [name for (name,) in _NEAR.rows(session, **given, since=now - NEAR)]


def authors(session: Session, idea: Idea) -> dict[str, Author]:
    """Who gave each answer last, by question."""
    rows = _AUTHORS.rows(session, idea=idea.id)
    return {key: Author(person, name, at) for key, person, name, at in rows}


def undecided(session: Session, idea: Idea, person: int) -> str | None:
    """A question of which somebody's text waits beside the answer of another member."""
    rows = _WAITING.rows(session, person=person, idea=idea.id)
    return str(rows[0][0]).removeprefix(MINE) if rows else None


def beside(key: str) -> str:
    """Where a text waits that may take the place of another member's answer, or be added to it."""
    return f"{MINE}{key}"
