"""The states of the outbox's rows: which may go now, and what their ends mean.

*Sending* is committed before the first byte is written, so only rows that were *sending* can be
uncertain after a crash. A reply that was sent leaves nothing behind.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from db.tables import Handle, Outgoing
from db.types import Json
from school import people
from school.outbox import FAILED, QUEUED, REPLY, SENDING, SKIPPED, UNCERTAIN, put

UNFINISHED = (QUEUED, SENDING)


class End(Enum):
    """How a call ended."""

    SENT = auto()
    AGAIN = auto()
    UNCERTAIN = auto()
    FAILED = auto()
    UNREACHABLE = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one row: the message that now stands there, or why there is none."""

    row: Outgoing
    end: End
    message_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row to be sent now, and the message that stands in its slot."""

    row: Outgoing
    standing: int | None


def claim(session: Session, now: dt.datetime, most: int, held: Sequence[int]) -> list[Claimed]:
    """Take rows that may go, and commit to sending them: never two of a chat and lane at once,
    none of a chat that is held back.
    """
    earlier = aliased(Outgoing)
    in_line = exists().where(
        earlier.chat_id == Outgoing.chat_id,
        earlier.lane == Outgoing.lane,
        earlier.id < Outgoing.id,
        earlier.state.in_(UNFINISHED),
    )
    query = (
        select(Outgoing, Handle.message_id)
        .outerjoin(Handle, (Handle.chat_id == Outgoing.chat_id) & (Handle.slot == Outgoing.slot))
        .where(Outgoing.state == QUEUED, Outgoing.not_before <= now, ~in_line)
        .order_by(Outgoing.lane, Outgoing.id)
        .limit(most)
    )
    if held:
        query = query.where(Outgoing.chat_id.not_in(held))
    rows = [Claimed(row, standing) for row, standing in session.execute(query)]
    for claimed in rows:
        claimed.row.state = SENDING
        claimed.row.tries += 1
    session.flush()
    return rows


def record(session: Session, outcomes: Iterable[Outcome], now: dt.datetime) -> None:
    """Write down how calls ended."""
    for outcome in outcomes:
        _RECORD[outcome.end](session, outcome, now)


def _sent(session: Session, outcome: Outcome, now: dt.datetime) -> None:
    row = outcome.row
    if row.slot is not None and outcome.message_id is not None:
        _take_slot(session, row, outcome.message_id, now)
    session.execute(delete(Outgoing).where(Outgoing.id == row.id))


def _take_slot(session: Session, row: Outgoing, message_id: int, now: dt.datetime) -> None:
    """The message stands in its slot; the buttons of the one before it go."""
    handle = session.get(Handle, (row.chat_id, row.slot))
    if handle is None:
        session.add(Handle(chat_id=row.chat_id, slot=row.slot, message_id=message_id))
        return
    before, handle.message_id = handle.message_id, message_id
    if before != message_id:
        body: dict[str, Json] = {"message_id": before}
        put(
            session,
            row.chat_id,
            "editMessageReplyMarkup",
            body,
            language=row.language,
            now=now,
            lane=row.lane,
        )


def _again(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    _set(session, outcome, QUEUED)


def _uncertain(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    """Replies and notices are tried once more; Telegram has no key to make that safe."""
    once_more = outcome.row.uncertain == 0 and outcome.row.lane <= REPLY + 1
    _set(session, outcome, QUEUED if once_more else UNCERTAIN, outcome.row.uncertain + 1)


def _failed(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    _set(session, outcome, FAILED)


def _unreachable(session: Session, outcome: Outcome, now: dt.datetime) -> None:
    """The person is set aside; what still waits for the person is dropped."""
    chat = outcome.row.chat_id
    people.set_reachable(session, chat, now)
    _set(session, outcome, SKIPPED)
    session.execute(
        update(Outgoing)
        .where(Outgoing.chat_id == chat, Outgoing.state == QUEUED)
        .values(state=SKIPPED, outcome=outcome.why, body={})
    )


def _set(session: Session, outcome: Outcome, state: str, uncertain: int | None = None) -> None:
    """Only rows that may go again keep their words."""
    values: dict[str, object] = {"state": state, "outcome": outcome.why or None}
    if state != QUEUED:
        values["body"] = {}
    if uncertain is not None:
        values["uncertain"] = uncertain
    session.execute(update(Outgoing).where(Outgoing.id == outcome.row.id).values(values))


_RECORD = {
    End.SENT: _sent,
    End.AGAIN: _again,
    End.UNCERTAIN: _uncertain,
    End.FAILED: _failed,
    End.UNREACHABLE: _unreachable,
}


def recover(session: Session) -> int:
    """After a crash: what was *sending* is uncertain. Returns how many rows were."""
    rows = session.scalars(select(Outgoing).where(Outgoing.state == SENDING)).all()
    for row in rows:
        _uncertain(session, Outcome(row, End.UNCERTAIN, why="the process stopped"), row.not_before)
    return len(rows)


def waiting(session: Session, now: dt.datetime) -> int:
    """How many rows are due and not at their end."""
    due = Outgoing.state.in_(UNFINISHED) & (Outgoing.not_before <= now)
    return session.scalar(select(func.count()).select_from(Outgoing).where(due)) or 0


def forget_ended(session: Session, before: dt.datetime) -> None:
    """Delete rows that reached their end before a time."""
    ended = (FAILED, SKIPPED, UNCERTAIN)
    session.execute(delete(Outgoing).where(Outgoing.state.in_(ended), Outgoing.not_before < before))
