"""A person's messages as parts of answers: people write one answer in three bubbles, and edit them.

The value of a typed answer is always composed of its bubbles, in the order they were sent.
"""

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.tables import Attachment, Bubble, Idea, Person
from school.reading import Value


def take(session: Session, person: Person, message_id: int, words: str, now: dt.datetime) -> Bubble:
    """Keep a message's words; the same message again has its new words."""
    bubble = find(session, person, message_id)
    if bubble is None:
        bubble = Bubble(person_id=person.id, message_id=message_id, words=words, at=now)
        session.add(bubble)
    bubble.words = words
    session.flush()
    return bubble


def find(session: Session, person: Person, message_id: int) -> Bubble | None:
    """The bubble of one of the person's messages."""
    query = select(Bubble).where(Bubble.person_id == person.id, Bubble.message_id == message_id)
    return session.scalars(query).first()


def of_question(session: Session, idea: Idea, key: str) -> list[Bubble]:
    """The bubbles of an answer, in the order they were sent."""
    query = select(Bubble).where(Bubble.idea_id == idea.id, Bubble.question == key)
    return list(session.scalars(query.order_by(Bubble.message_id)))


def assign(session: Session, bubble: Bubble, idea: Idea, key: str) -> None:
    """Make a bubble the whole of an answer: those it had before go."""
    append(session, bubble, idea, key)
    release(session, idea, key, but=bubble)


def release(session: Session, idea: Idea, key: str, but: Bubble | None = None) -> None:
    """An answer is no longer made of its bubbles: another took its place."""
    going = delete(Bubble).where(Bubble.idea_id == idea.id, Bubble.question == key)
    session.execute(going if but is None else going.where(Bubble.id != but.id))


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
