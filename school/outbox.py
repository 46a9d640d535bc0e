"""`put`: the only way to speak. A row is one call to the Bot API, made after the commit.

A row that names a slot stands for "this is what the chat shows there": in place of the message
that stands there now, or as a new one whose buttons are then the only ones.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared, given
from db.tables import Outgoing
from db.types import Json
from db.upsert import insert_all

REPLY, NOTICE, BULK = 0, 1, 2
CALLS = (REPLY, NOTICE, BULK)
ANNOUNCE = 3  # lines of announcements' ledgers, which are many: school/fan_out.py puts them
QUEUED, SENDING, UNCERTAIN, FAILED, SKIPPED = "queued", "sending", "uncertain", "failed", "skipped"
SENT = "sent"  # only of what has a key: it stays, without words, so that it is not said again
LATE = "late"  # why a row was skipped: its deadline was over
UNREACHABLE = "unreachable"  # the same: its person cannot be written to
OWNER = "replica"  # where a session's info carries the number of this process
SCREEN = "screen"
RECEIVED = "👌"  # one of the signs that a bot can react with
BELOW = "below"  # the newest message that came after the screen, not with a reply

Row: TypeAlias = dict[str, Any]
_NAMES = (
    *("chat_id", "lane", "state", "method", "body", "language", "slot"),
    *("not_before", "tries", "uncertain", "owner"),
)
_table = table_of(Outgoing)
_PUT = Prepared(insert(_table).values(given(_table, _NAMES)))


@dataclass(frozen=True, slots=True)
class Once:
    """By what a call is known, so that it is made once, and when it is of no use any more. In the
    last lane it is one that nobody asked for, and counts as such: see school/unasked.py.
    """

    key: str
    deadline: dt.datetime
    lane: int = BULK


def put(
    session: Session,
    chat_id: int,
    method: str,
    body: Mapping[str, Json],
    *,
    language: str,
    now: dt.datetime,
    lane: int = REPLY,
    slot: str | None = None,
) -> None:
    """Queue a call. `body` holds parameters as they are, phrases under `text` and `caption`,
    rows of [phrase, data] under `buttons`, `in_place` where the slot's message may be edited,
    `standing` where the call is about that message, `document` as {name: what it is about} where it
    is made when it is sent (bot/documents.py), `receipt` as [chat, message] of a message to react
    on once this one is there, `loose` where nothing depends on it, so that its end says nothing of
    its chat, `farewell` where it is the last word to somebody who was forgotten,
    and `patient` where it waits for a chat that cannot be reached now.
    """
    call = {"chat_id": chat_id, "method": method, "language": language, "slot": slot}
    _PUT.run(session, **call, **_queued(session, body, now), lane=lane)


def react(
    session: Session, chat_id: int, message: int, sign: str, *, language: str, now: dt.datetime
) -> None:
    """Put a sign on somebody's message; an empty one takes it away."""
    signs: Json = [{"type": "emoji", "emoji": sign}] if sign else []
    body: dict[str, Json] = {"message_id": message, "reaction": signs, "loose": True}
    method = "setMessageReaction"
    put(session, chat_id, method, body, language=language, now=now, lane=NOTICE)


def _queued(session: Session, body: Mapping[str, Json], now: dt.datetime) -> dict[str, Any]:
    """What every call begins with."""
    return {
        "state": QUEUED,
        "body": dict(body),
        "not_before": now,
        "tries": 0,
        "uncertain": 0,
        "owner": session.info.get(OWNER),
    }


def call_once(
    session: Session,
    chat_id: int,
    method: str,
    body: Mapping[str, Json],
    *,
    language: str,
    now: dt.datetime,
    slot: str | None,
    once: Once,
) -> Row:
    """A call, to be queued unless one with the same key was. It is not made at its deadline or
    later. One that was late for an earlier deadline goes anew.
    """
    call = {"chat_id": chat_id, "method": method, "language": language, "slot": slot}
    known = {"lane": once.lane, "dedup_key": once.key, "deadline": once.deadline}
    return {**call, **_queued(session, body, now), **known}


def put_each_once(session: Session, rows: Sequence[Row]) -> None:
    """Queue such calls in two statements, however many they are."""
    if rows:
        keys = [row["dedup_key"] for row in rows]
        late = (_table.c.dedup_key.in_(keys)) & (_table.c.outcome == LATE)
        session.execute(delete(_table).where(late, _table.c.state == SKIPPED))
        insert_all(session, Outgoing, rows)


def is_said(session: Session, key: str) -> bool:
    """Whether a call with a key was queued, and may have been made."""
    return session.scalar(select(Outgoing.id).where(Outgoing.dedup_key == key)) is not None


def on_its_way(session: Session, chat_id: int, document: Mapping[str, Json]) -> bool:
    """Whether a document that is made when it is sent, as `put` takes it, waits in a chat."""
    query = select(Outgoing.body).where(
        Outgoing.chat_id == chat_id,
        Outgoing.lane == NOTICE,
        Outgoing.state.in_((QUEUED, SENDING)),
    )
    return any(body.get("document") == document for body in session.scalars(query))


def say_instead(
    session: Session, chat_id: int, document: Mapping[str, Json], said: Mapping[str, Json]
) -> None:
    """Say something else with a document that still waits in a chat."""
    query = select(Outgoing).where(
        Outgoing.chat_id == chat_id, Outgoing.lane == NOTICE, Outgoing.state == QUEUED
    )
    for row in session.scalars(query):
        if row.body.get("document") == document:
            row.body = {**row.body, **said}
