"""A person's messages as parts of answers: people write one answer in three bubbles, and edit them.

The value of a typed answer is always composed of its bubbles, in the order they were sent.
"""

import datetime as dt

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from db.tables import Attachment, Bubble, Idea, Person
from school.reading import Value

_table = Bubble.metadata.tables[Bubble.__tablename__]
_BY_MESSAGE = select(Bubble).where(
    Bubble.person_id == bindparam("person"), Bubble.message_id == bindparam("message")
)
_OF_QUESTION = (
    select(Bubble)
    .where(Bubble.idea_id == bindparam("idea"), Bubble.question == bindparam("key"))
    .order_by(Bubble.message_id)
)
_RELEASE = delete(_table).where(
    _table.c.idea_id == bindparam("idea"),
    _table.c.question == bindparam("key"),
    _table.c.message_id != bindparam("staying"),
)


def take(session: Session, person: Person, message_id: int, words: str, now: dt.datetime) -> Bubble:
    """Keep a message's words; the same message again has its new words."""
    bubble = find(session, person, message_id)
    if bubble is None:
        bubble = Bubble(person_id=person.id, message_id=message_id, words=words, at=now)
        session.add(bubble)
    bubble.words = words
    return bubble


def find(session: Session, person: Person, message_id: int) -> Bubble | None:
    """The bubble of one of the person's messages."""
    return session.scalars(_BY_MESSAGE, {"person": person.id, "message": message_id}).first()


def newest_waiting(session: Session, person: Person) -> Bubble | None:
    """The newest message of a person that is part of nothing yet."""
    query = select(Bubble).where(Bubble.person_id == person.id, Bubble.question.is_(None))
    return session.scalars(query.order_by(Bubble.message_id.desc()).limit(1)).first()


def of_question(session: Session, idea: Idea, key: str) -> list[Bubble]:
    """The bubbles of an answer, in the order they were sent."""
    return list(session.scalars(_OF_QUESTION, {"idea": idea.id, "key": key}))


def assign(session: Session, bubble: Bubble, idea: Idea, key: str) -> None:
    """Make a bubble the whole of an answer: those it had before go."""
    append(session, bubble, idea, key)
    release(session, idea, key, but=bubble)


def release(session: Session, idea: Idea, key: str, but: Bubble | None = None) -> None:
    """An answer is no longer made of its bubbles: another took its place."""
    staying = but.message_id if but is not None else 0
    session.execute(_RELEASE, {"idea": idea.id, "key": key, "staying": staying})


def append(session: Session, bubble: Bubble, idea: Idea, key: str) -> None:
    """Make a bubble a part of an answer."""
    bubble.idea_id, bubble.question = idea.id, key
    session.flush()


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


def voices_in_answers(session: Session, idea: Idea) -> set[int]:
    """The attachments that are answers, and so are no files beside them."""
    query = select(Bubble.attachment_id).where(Bubble.idea_id == idea.id)
    return {number for number in session.scalars(query) if number is not None}


def attachments(session: Session, idea: Idea) -> list[Attachment]:
    """The files beside the answers, in the order they came."""
    answers = voices_in_answers(session, idea)
    query = select(Attachment).where(Attachment.idea_id == idea.id).order_by(Attachment.id)
    return [attachment for attachment in session.scalars(query) if attachment.id not in answers]
