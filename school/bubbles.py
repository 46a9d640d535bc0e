"""A person's messages as parts of answers: people write one answer in three bubbles, and edit them.

The value of a typed answer is always composed of its bubbles, in the order they were sent. Numbers
of messages are a chat's own: a bubble is known by its person and the message.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from db import tables
from db.base import table_of
from db.prepared import Prepared
from db.tables import Attachment, Idea, Person
from db.upsert import put
from school.reading import Value


@dataclass(slots=True)
class Bubble:
    """A message of a person, in hand; `save` keeps it as it is then. Without a question it waits to
    be part of an answer.
    """

    person_id: int | None
    message_id: int
    words: str
    at: dt.datetime
    idea_id: int | None = None
    question: str | None = None
    attachment_id: int | None = None


_NAMES = [field.name for field in fields(Bubble)]
_table, _attachments = table_of(tables.Bubble), table_of(Attachment)
_SELECT = select(*(_table.c[name] for name in _NAMES))
_THIS = (_table.c.person_id == bindparam("person"), _table.c.message_id == bindparam("message"))
_ANSWERS = (_table.c.idea_id == bindparam("idea"), _table.c.question == bindparam("key"))
_WAITS = (_table.c.person_id == bindparam("person"), _table.c.question.is_(None))
_BY_MESSAGE = Prepared(_SELECT.where(*_THIS))
_WAITING = Prepared(_SELECT.where(*_WAITS).order_by(_table.c.message_id.desc()))
# Of one person messages come in the order of their numbers, also where the clock stands still.
_OF_QUESTION = Prepared(
    _SELECT.where(*_ANSWERS).order_by(_table.c.at, _table.c.message_id, _table.c.person_id)
)
_NOT_THIS = or_(
    _table.c.person_id.is_(None),
    _table.c.person_id != bindparam("person"),
    _table.c.message_id != bindparam("message"),
)
_RELEASE = Prepared(delete(_table).where(*_ANSWERS, _NOT_THIS))
_FILES = Prepared(
    select(_attachments)
    .where(
        _attachments.c.idea_id == bindparam("idea"),
        ~exists().where(
            _table.c.idea_id == _attachments.c.idea_id,
            _table.c.attachment_id == _attachments.c.id,
        ),
    )
    .order_by(_attachments.c.id)
)
_DROP = Prepared(delete(_table).where(*_THIS))
_DROP_ALL = Prepared(
    delete(_table).where(
        _table.c.person_id == bindparam("person"),
        _table.c.question == bindparam("key"),
        _table.c.message_id != bindparam("staying"),
    )
)


def save(session: Session, bubble: Bubble) -> None:
    """Keep a bubble as it is; the same message again takes its place."""
    put(
        session,
        tables.Bubble,
        ("person_id", "message_id"),
        **{name: getattr(bubble, name) for name in _NAMES},
    )


def drop(session: Session, bubble: Bubble) -> None:
    """Keep a bubble no longer."""
    _DROP.run(session, person=bubble.person_id, message=bubble.message_id)


def drop_all(session: Session, person: Person, question: str, staying: int = 0) -> None:
    """Keep no bubble of a person for a question, but for the one of a message."""
    _DROP_ALL.run(session, person=person.id, key=question, staying=staying)


def find(session: Session, person: Person, message_id: int) -> Bubble | None:
    """The bubble of one of the person's messages."""
    rows = _BY_MESSAGE.rows(session, person=person.id, message=message_id)
    return Bubble(*rows[0]) if rows else None


def newest_waiting(session: Session, person: Person) -> Bubble | None:
    """The newest message of a person that is part of nothing yet."""
    rows = _WAITING.rows(session, person=person.id)
    return Bubble(*rows[0]) if rows else None


def of_question(session: Session, idea: Idea, key: str) -> list[Bubble]:
    """The bubbles of an answer, in the order they were sent."""
    return [Bubble(*row) for row in _OF_QUESTION.rows(session, idea=idea.id, key=key)]


def assign(session: Session, bubble: Bubble, idea: Idea, key: str) -> None:
    """Make a bubble the whole of an answer: those it had before go."""
    append(session, bubble, idea, key)
    release(session, idea, key, but=bubble)


def release(session: Session, idea: Idea, key: str, but: Bubble | None = None) -> None:
    """An answer is no longer made of its bubbles: another took its place."""
    person, message = (but.person_id, but.message_id) if but is not None else (0, 0)
    _RELEASE.run(session, idea=idea.id, key=key, person=person, message=message)


def in_order(bubbles: Iterable[Bubble]) -> list[Bubble]:
    """Bubbles in the order they were sent."""
    return sorted(bubbles, key=lambda one: (one.at, one.message_id, one.person_id or 0))


def append(session: Session, bubble: Bubble, idea: Idea, key: str) -> None:
    """Make a bubble a part of an answer."""
    bubble.idea_id, bubble.question = idea.id, key
    save(session, bubble)


def composed(bubbles: list[Bubble]) -> Value:
    """The value that bubbles make together: words one below the other, voices beside."""
    text = "\n".join(bubble.words for bubble in bubbles if bubble.words)
    return {
        "text": text,
        "voices": [bubble.attachment_id for bubble in bubbles if bubble.attachment_id],
    }


def attach(session: Session, idea: Idea, attachment: Attachment) -> Attachment:
    """Keep a file with an idea."""
    attachment.idea_id = idea.id
    session.add(attachment)
    session.flush()
    return attachment


def attachments(session: Session, idea: Idea) -> list[Attachment]:
    """The files beside the answers, in the order they came: a voice that is an answer is none."""
    return _FILES.all(session, Attachment, idea=idea.id)
