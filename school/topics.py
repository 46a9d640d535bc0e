"""Topics of the tutors' supergroup, as the outbox has them: a row may name one in its body, and the
sender finds its number in the handle of that name. A topic is made by a row like any other, whose
slot is the topic's name; what is for it stands in line behind.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.tables import Handle, Outgoing
from school.outbox import NOTICE, QUEUED

MAKE = "createForumTopic"
TOPIC = "topic"  # in a row's body: the name of its topic
OPENING = "opening"  # in a row's body: it belongs to what a topic begins with
MOST = 128  # letters of what a topic is called

_table = table_of(Outgoing)
_COPIED = [column.name for column in _table.c if not column.primary_key]


def dossier_of(topic: str) -> int | None:
    """The number of the dossier whose topic it is; None for another topic."""
    kind, _, number = topic.partition(":")
    return int(number) if kind == TOPIC and number.isdecimal() else None


def stands(session: Session, chat: int, topic: str) -> bool:
    """Whether a topic was made."""
    return session.get(Handle, (chat, topic)) is not None


def is_made(session: Session, chat: int, topic: str) -> bool:
    """Whether a topic is about to be made."""
    return any(row.method == MAKE and row.slot == topic for row in waiting(session, chat))


def waiting(session: Session, chat: int) -> list[Outgoing]:
    """What waits for a chat in the lane of topics, in its order."""
    here = (Outgoing.chat_id == chat) & (Outgoing.lane == NOTICE) & (Outgoing.state == QUEUED)
    return list(session.scalars(select(Outgoing).where(here).order_by(Outgoing.id)))


def of_topic(rows: Sequence[Outgoing], topic: str) -> list[Outgoing]:
    """Those that are for one topic."""
    return [row for row in rows if row.body.get(TOPIC) == topic]


def drop(session: Session, rows: Sequence[Outgoing]) -> None:
    """Take rows out of the line."""
    numbers = [row.id for row in rows]
    session.execute(delete(Outgoing).where(Outgoing.id.in_(numbers)))


def put_behind(session: Session, rows: Sequence[Outgoing], **changed: object) -> None:
    """Put rows that were taken out behind all others, in their order."""
    for row in rows:
        values = {name: getattr(row, name) for name in _COPIED}
        session.execute(insert(_table).values({**values, "state": QUEUED, **changed}))


def forget(session: Session, chat: int, topic: str) -> None:
    """A topic is gone, and all that stood in it."""
    number = dossier_of(topic)
    session.execute(delete(Handle).where(Handle.chat_id == chat, Handle.slot == topic))
    if number is not None:
        inside = Handle.slot.startswith(f"d:{number}:", autoescape=True)
        session.execute(delete(Handle).where(Handle.chat_id == chat, inside))


def unsaid(session: Session, chat: int, topic: str, rows: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Of rows for a topic, those that are not said by what it begins with: their slot is filled by
    that. One that may edit what stands there does so.
    """
    there = of_topic(waiting(session, chat), topic)
    filled = {row.slot for row in there if row.body.get(OPENING)} - {None}
    return [row for row in rows if row.slot not in filled or row.body.get("in_place")]


def drop_openings(session: Session, chat: int, standing: Collection[str] | None) -> None:
    """Of what a topic begins with, drop what stands in a chat already, or all where None is given.
    What may edit what stands there does so.
    """
    for row in waiting(session, chat):
        adds = row.body.get(OPENING) and not row.body.get("in_place")
        if adds and (standing is None or row.slot in standing):
            drop(session, [row])


def is_said(session: Session, chat: int, row: Outgoing) -> bool:
    """Whether a row of another chat would say in this one what stands there, or is about to."""
    if row.slot is None or row.body.get("in_place"):
        return False
    opening = (other.slot for other in waiting(session, chat) if other.body.get(OPENING))
    return row.slot in opening or bool(row.body.get(OPENING) and stands(session, chat, row.slot))
