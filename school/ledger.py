"""The lines of announcements on their way: which may go now, and what their ends mean. They go in
groups, and cost references: the words of an announcement are read once.

*Sending* is committed before the first byte is written. What is uncertain is listed, and never sent
again by itself; a correction or a recall does no harm when it is done twice, and is.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.base import table_of
from db.prepared import Prepared, Row
from db.tables import Handle, Outgoing
from db.types import Json
from db.upsert import put_each
from school import delivery
from school.announcements import CORRECT, RECALL, SEND, SENDING, TOGETHER, URGENT
from school.delivery import PAUSES_S, UNFINISHED, End
from school.outbox import ANNOUNCE, BELOW, FAILED, QUEUED, SENT, SKIPPED, UNCERTAIN
from school.outbox import SENDING as GOING
from school.quiet import Quiet
from school.reminders import is_quiet

Version: TypeAlias = tuple[int, int, str | None]
Messages: TypeAlias = Mapping[str, Any]
_lines, _announcements = table_of(Outgoing), table_of(Announcement)
_next, _told = _lines.alias("next"), _lines.alias("told")
_AFTER = {RECALL: 0, CORRECT: 1}  # what was wrong is put right before anything else is sent
_MAY_GO = Prepared(
    select(
        *(_announcements.c.id, _announcements.c.method, _announcements.c.revision),
        *(_announcements.c.mark, _announcements.c.options, _announcements.c.until),
    )
    .where(_announcements.c.state == SENDING)
    .order_by(case(_AFTER, value=_announcements.c.method, else_=2), _announcements.c.id)
)
_ABOUT = (_announcements.c.subject, _announcements.c.options, _announcements.c.audience)
_this = _announcements.c.id == bindparam("number")
_CONTENT = Prepared(select(_announcements.c.content, *_ABOUT).where(_this))
_to_be = func.coalesce(_announcements.c.correction, _announcements.c.content)
_CORRECTED = Prepared(select(_to_be, *_ABOUT).where(_this))
_of_this = (
    select(_next.c.id)
    .where(
        _next.c.announcement_id == bindparam("announcement"),
        _next.c.method == bindparam("pass"),
        _next.c.state == QUEUED,
        _next.c.not_before <= bindparam("now", type_=_lines.c.not_before.type),
    )
    .order_by(_next.c.id)
    .limit(bindparam("most"))
    # Two processes that both take themselves for the one that speaks for all.
    .with_for_update(skip_locked=True)
)
_TAKE = Prepared(
    update(_lines)
    .where(_lines.c.id.in_(_of_this))
    .values(state=GOING, tries=_lines.c.tries + 1, owner=bindparam("me", type_=_lines.c.id.type))
    .returning(
        *(_lines.c.id, _lines.c.chat_id, _lines.c.language),
        *(_lines.c.messages, _lines.c.uncertain),
    )
)
_TOLD = (
    select(_next.c.id, _told.c.messages, _told.c.state)
    .join(
        _told,
        (_told.c.chat_id == _next.c.chat_id)
        & (_told.c.lane == ANNOUNCE)
        & (_told.c.announcement_id == _next.c.announcement_id)
        & (_told.c.method == SEND),
    )
    .where(_next.c.id.in_(bindparam("ids", expanding=True)))
)
_END = Prepared(
    update(_lines)
    .where(_lines.c.id == bindparam("number"), _lines.c.state == GOING)
    .values(
        state=bindparam("ends", type_=_lines.c.state.type),
        outcome=bindparam("why", type_=_lines.c.outcome.type),
        messages=bindparam("ids", type_=_lines.c.messages.type),
        not_before=func.coalesce(
            bindparam("later", type_=_lines.c.not_before.type), _lines.c.not_before
        ),
        uncertain=_lines.c.uncertain + bindparam("unsure", type_=_lines.c.uncertain.type),
    )
)


class News(NamedTuple):
    """An announcement of which lines may go now: of which passes, and which words it has."""

    number: int
    passes: Sequence[str]
    version: Version


class Line(NamedTuple):
    """A line that is being sent. `messages` is what of it was sent before, `told` what the
    messages are that are to be corrected or recalled; `too_soon` where these are on their way.
    """

    id: int
    chat_id: int
    language: str
    messages: Messages | None
    uncertain: int
    method: str
    version: Version
    told: Messages | None = None
    too_soon: bool = False


class Ended(NamedTuple):
    """How it ended: the numbers of the messages that are there now, how many calls made them where
    some are still to be made, and for how long to leave the chat alone, or everybody.
    """

    line: Line
    end: End
    why: str = ""
    ids: Sequence[int] = ()
    calls: int | None = None
    wait_s: float = 0.0
    everybody: bool = False


class Words(NamedTuple):
    """What an announcement says, and to whom."""

    content: dict[str, Json]
    subject: str | None
    options: dict[str, Json]
    audience: dict[str, Json]


def news(session: Session, now: dt.datetime, quiet: Quiet) -> list[News]:
    """The announcements that go now: nobody is woken, but where it is urgent; none goes when it is
    of no use any more. A message that changes, or goes, wakes nobody.
    """
    found: list[News] = []
    for number, method, revision, mark, options, until in _MAY_GO.rows(session):
        late = until is not None and until <= now
        sleeps = options.get(URGENT) is not True and is_quiet(quiet, now)
        passes = tuple(one for one in TOGETHER[method] if one != SEND or not (late or sleeps))
        if passes:
            found.append(News(number, passes, (number, revision, mark)))
    return found


def words(session: Session, number: int, *, corrected: bool = False) -> Words | None:
    """What an announcement says, or is to say once its correction is confirmed."""
    found = (_CORRECTED if corrected else _CONTENT).rows(session, number=number)
    return Words(*found[0]) if found else None


def take(session: Session, me: int, one: News, now: dt.datetime, most: int) -> list[Line]:
    """Take lines of an announcement, and commit to sending them."""
    taken: list[Line] = []
    for method in one.passes:
        asked = {"announcement": one.number, "pass": method, "now": now, "me": me}
        rows = _TAKE.rows(session, **asked, most=most - len(taken))
        rows.sort(key=_number)
        lines = [Line._make((*row, method, one.version, None, False)) for row in rows]
        taken += lines if method == SEND else _with_told(session, lines)
        if len(taken) >= most:
            break
    return taken


def _number(row: Row) -> int:
    return row[0]


def _with_told(session: Session, lines: Sequence[Line]) -> list[Line]:
    """With what was sent to the same chats."""
    if not lines:
        return []
    ids = {"ids": [line.id for line in lines]}
    told = {row.id: row for row in session.execute(_TOLD, ids)}
    return [_with(line, told.get(line.id)) for line in lines]


def _with(line: Line, told: Any) -> Line:
    if told is None:
        return line
    return line._replace(told=told.messages, too_soon=told.state in UNFINISHED)


def record(session: Session, ended: Sequence[Ended], now: dt.datetime) -> float:
    """Write down how lines ended. What came is below the screen of its chat. Returns in how many
    seconds the last of those that go again may.
    """
    waits = [_wait_s(one) for one in ended]
    rows = [_row(one, wait, now) for one, wait in zip(ended, waits, strict=True)]
    _END.each(session, rows)
    below = [
        {"chat_id": one.line.chat_id, "slot": BELOW, "message_id": one.ids[-1]}
        for one in ended
        if one.ids and one.line.method == SEND
    ]
    put_each(session, Handle, ("chat_id", "slot"), below)
    for one in ended:
        if one.end is End.UNREACHABLE:
            delivery.set_aside(session, one.line.chat_id, now)
    return max((wait for wait in waits if wait is not None), default=0.0)


def _wait_s(one: Ended) -> float | None:
    """In how many seconds it may go again, if it may."""
    if one.end is End.AGAIN:
        return one.wait_s
    harmless = one.end is End.UNCERTAIN and one.line.method != SEND
    if harmless and one.line.uncertain < len(PAUSES_S):
        return float(PAUSES_S[one.line.uncertain])
    return None


def _row(one: Ended, wait_s: float | None, now: dt.datetime) -> dict[str, Any]:
    return {
        "number": one.line.id,
        "ends": QUEUED if wait_s is not None else _STATES[one.end],
        "why": one.why or None,
        "ids": _messages(one, now),
        "later": None if wait_s is None else now + dt.timedelta(seconds=wait_s),
        "unsure": int(one.end is End.UNCERTAIN),
    }


def _messages(one: Ended, now: dt.datetime) -> Messages | None:
    if not one.ids:
        return one.line.messages
    at = one.line.messages["at"] if one.line.messages else now.isoformat()
    made = {} if one.calls is None else {"calls": one.calls}
    return {"ids": [*one.ids], "at": at, **made}


_STATES: Mapping[End, str] = {
    End.SENT: SENT,
    End.UNCERTAIN: UNCERTAIN,
    End.FAILED: FAILED,
    End.UNREACHABLE: SKIPPED,
    End.MOVED: FAILED,
    End.NEEDLESS: SKIPPED,
}
