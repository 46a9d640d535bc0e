"""The states of the outbox's rows: which may go now, and what their ends mean.

*Sending* is committed before the first byte is written, so only rows that were *sending* can be
uncertain after a crash. A reply that was sent leaves nothing behind; what has a key stays, so that
it is said once.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias, cast

from sqlalchemy import Boolean, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from db.base import table_of
from db.dossiers import Desk
from db.session import erase
from db.tables import Handle, Outgoing, Person, Replica
from db.upsert import put
from school import people
from school.announcements import CORRECT, RECALL
from school.outbox import (
    BELOW,
    BULK,
    CALLS,
    FAILED,
    LATE,
    NOTICE,
    QUEUED,
    RECEIVED,
    REPLY,
    SCREEN,
    SENDING,
    SENT,
    SKIPPED,
    UNCERTAIN,
    UNREACHABLE,
    react,
)
from school.topics import TOPIC

UNFINISHED = (QUEUED, SENDING)
ENDED = (SENT, FAILED, SKIPPED, UNCERTAIN)
PATIENCE = dt.timedelta(minutes=1)
PAUSES_S = (0, 2, 8)  # before each further try of what is uncertain
DEATHS = 20  # tries in which processes may die before a row is suspected to be what they die of


class End(Enum):
    """How a call ended."""

    SENT = auto()
    AGAIN = auto()
    UNCERTAIN = auto()
    FAILED = auto()
    UNREACHABLE = auto()
    MOVED = auto()
    NO_TOPIC = auto()
    NEEDLESS = auto()  # of announcements alone: there was nothing to do


_TRIED = (End.SENT, End.FAILED, End.UNREACHABLE)  # it will not be tried again


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one row: the message that now stands there, or why there is none, and the chat
    that took its chat's place.
    """

    row: Outgoing
    end: End
    message_id: int | None = None
    why: str = ""
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row to be sent now, the message that stands in its slot, and the number of the topic that
    it names.
    """

    row: Outgoing
    standing: int | None
    topic: int | None = None


# What else is done about an end, before it is written down; True where that is all.
Mend: TypeAlias = Callable[[Session, Outcome, dt.datetime], bool]


def _nothing(_session: Session, _outcome: Outcome, _now: dt.datetime) -> bool:
    return False


_table = table_of(Outgoing)
_earlier = aliased(Outgoing)
_IN_LINE = exists().where(
    _earlier.chat_id == Outgoing.chat_id,
    _earlier.lane == Outgoing.lane,
    _earlier.id < Outgoing.id,
    _earlier.state.in_(UNFINISHED),
)
_mine = (Outgoing.lane == REPLY) & (Outgoing.owner == bindparam("me"))
_common = (Outgoing.lane != REPLY) | Outgoing.owner.is_(None)
_MAY_GO = (
    select(Outgoing, Handle.message_id)
    .outerjoin(Handle, (Handle.chat_id == Outgoing.chat_id) & (Handle.slot == Outgoing.slot))
    .where(
        Outgoing.state == QUEUED,
        Outgoing.lane <= bindparam("last"),
        _mine | (_common & bindparam("for_all", type_=Boolean)),
        Outgoing.not_before <= bindparam("now"),
        Outgoing.chat_id.not_in(bindparam("held", expanding=True)),
        ~_IN_LINE,
    )
    .order_by(Outgoing.lane, Outgoing.id)
    .limit(bindparam("most"))
)
_THESE = _table.c.id.in_(bindparam("ids", expanding=True))
# Two processes that both take themselves for the one that speaks for all: the first one has it.
_TAKE = (
    update(_table)
    .where(_THESE, _table.c.state == QUEUED)
    .values(state=SENDING, tries=_table.c.tries + 1, owner=bindparam("me"))
    .returning(_table.c.id)
)
_SKIP = (
    update(_table)
    .where(_THESE, _table.c.state == QUEUED)
    .values(state=SKIPPED, outcome=LATE, body={})
)
_DELETE = delete(_table).where(_THESE, _table.c.dedup_key.is_(None))
_KEEP = update(_table).where(_THESE).values(state=SENT, body={})


@dataclass(frozen=True, slots=True)
class Who:
    """The process that asks for rows: it sends its own turns' replies, and if it speaks for all,
    everything else.
    """

    me: int
    for_all: bool


def claim(
    session: Session,
    who: Who,
    now: dt.datetime,
    most: int,
    held: Sequence[int],
    may_go: Callable[[Outgoing], bool] = lambda _row: True,
    last: int = BULK,
) -> list[Claimed]:
    """Take rows that may go, in the lanes up to the last one named, and commit to sending them:
    never two of a chat and lane at once, none of a chat that is held back, or that `may_go` says no
    to. Lines of announcements are taken elsewhere: school/ledger.py.
    """
    asked = {"now": now, "most": most, "held": list(held), "me": who.me, "for_all": who.for_all}
    there = _in_time(session, {**asked, "last": last}, now)
    found = [claimed for claimed in there if may_go(claimed.row)]
    if not found:
        return []
    taking = {"ids": [claimed.row.id for claimed in found], "me": who.me}
    taken = set(session.scalars(_TAKE, taking))
    return [_in_topic(session, claimed) for claimed in found if claimed.row.id in taken]


def _in_topic(session: Session, claimed: Claimed) -> Claimed:
    topic = claimed.row.body.get(TOPIC)
    if topic is None:
        return claimed
    handle = session.get(Handle, (claimed.row.chat_id, topic))
    return replace(claimed, topic=handle.message_id if handle is not None else None)


def _in_time(session: Session, asked: Mapping[str, object], now: dt.datetime) -> list[Claimed]:
    """Rows that may go now; those whose deadline is over are skipped, and make room for others."""
    while True:
        found = [Claimed(row, standing) for row, standing in session.execute(_MAY_GO, asked)]
        late = [claimed.row.id for claimed in found if _is_late(claimed.row, now)]
        if not late:
            return found
        session.execute(_SKIP, {"ids": late})


def _is_late(row: Outgoing, now: dt.datetime) -> bool:
    return row.deadline is not None and row.deadline <= now


def record(
    session: Session, outcomes: Sequence[Outcome], now: dt.datetime, mend: Mend = _nothing
) -> None:
    """Write down how calls ended."""
    _sent(session, [outcome for outcome in outcomes if outcome.end is End.SENT], now)
    for outcome in outcomes:
        if outcome.end is not End.SENT and not mend(session, outcome, now):
            _RECORD[outcome.end](session, outcome, now)
        if outcome.row.method == "deleteMessage" and outcome.end in _TRIED:
            _empty(session, outcome.row)
        if outcome.row.body.get("farewell") and outcome.end is not End.AGAIN:
            _leave_nothing(session, outcome.row.chat_id)


def _leave_nothing(session: Session, chat: int) -> None:
    """The last word was said to somebody who was forgotten: no row names the chat any longer,
    unless the person has begun anew meanwhile.
    """
    anew = exists().where(Person.telegram_id == chat)
    for table in (Outgoing, Handle):
        session.execute(delete(table).where(table.chat_id == chat, ~anew))
    erase(session)


def drop_queued(session: Session, chat: int) -> None:
    """What still waits for a chat is not sent any more."""
    waits = (Outgoing.chat_id == chat) & (Outgoing.state == QUEUED)
    session.execute(delete(Outgoing).where(waits))


def forget_strays(session: Session) -> None:
    """What is left in chats of people who are gone: a last word that could not be said."""
    gone = ~exists().where(Person.telegram_id == Outgoing.chat_id)
    ended = Outgoing.state.in_(ENDED) & Outgoing.lane.in_(CALLS)
    session.execute(delete(Outgoing).where(ended, gone, Outgoing.chat_id > 0))
    nobodys = ~exists().where(Person.telegram_id == Handle.chat_id)
    session.execute(delete(Handle).where(Handle.slot.in_((SCREEN, BELOW)), nobodys))
    erase(session)


def _sent(session: Session, outcomes: list[Outcome], now: dt.datetime) -> None:
    """New messages stand in their slots; nothing else is left of what was sent, but its key."""
    if not outcomes:
        return
    for outcome in outcomes:
        chat, number = outcome.row.chat_id, outcome.message_id
        for slot in _slots(outcome.row) if number is not None else ():
            put(session, Handle, ("chat_id", "slot"), chat_id=chat, slot=slot, message_id=number)
        _receipt(session, outcome.row, now)
    session.execute(_DELETE, {"ids": [outcome.row.id for outcome in outcomes]})
    keyed = [outcome.row.id for outcome in outcomes if outcome.row.dedup_key is not None]
    if keyed:
        session.execute(_KEEP, {"ids": keyed})


def _slots(row: Outgoing) -> list[str]:
    """Where a message stands: in its slot, and below a person's screen where it came by itself."""
    came_by_itself = row.lane != REPLY and row.chat_id > 0 and row.slot != SCREEN
    return [*([row.slot] if row.slot else []), *([BELOW] if came_by_itself else [])]


def _receipt(session: Session, row: Outgoing, now: dt.datetime) -> None:
    """Whoever wrote what was passed on sees that it arrived; nothing depends on it."""
    source = row.body.get("receipt")
    if isinstance(source, list):
        chat, message = cast("list[int]", source)
        react(session, chat, message, RECEIVED, language=row.language, now=now)


def _empty(session: Session, row: Outgoing) -> None:
    """Where a message was to be deleted, nothing stands any more."""
    here = (Handle.chat_id == row.chat_id) & (Handle.slot == row.slot)
    session.execute(delete(Handle).where(here))


def _again(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    _set(session, outcome, QUEUED)


def _uncertain(session: Session, outcome: Outcome, now: dt.datetime) -> None:
    """Replies and notices are tried again, some times and after pauses; Telegram has no key to make
    that safe, so whoever is unlucky reads them twice.
    """
    before, lane = outcome.row.uncertain, outcome.row.lane
    if before < len(PAUSES_S) and lane <= NOTICE:
        later = now + dt.timedelta(seconds=PAUSES_S[before])
        _set(session, outcome, QUEUED, uncertain=before + 1, not_before=later)
    else:
        _set(session, outcome, UNCERTAIN, uncertain=before + 1)


def _failed(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    _set(session, outcome, FAILED)


def _unreachable(session: Session, outcome: Outcome, now: dt.datetime) -> None:
    """The person is set aside; what still waits for the person is dropped. What is patient goes
    again until it arrives.
    """
    _rests(session, outcome.row, now, outcome.why)
    set_aside(session, outcome.row.chat_id, now, outcome.why)


def set_aside(session: Session, chat: int, now: dt.datetime, why: str = UNREACHABLE) -> None:
    """Somebody cannot be written to: neither is what waits."""
    people.set_reachable(session, chat, now)
    queued = select(Outgoing).where(Outgoing.chat_id == chat, Outgoing.state == QUEUED)
    for row in session.scalars(queued):
        _rests(session, row, now, why)


def _rests(session: Session, row: Outgoing, now: dt.datetime, why: str) -> None:
    if row.body.get("patient"):
        _end(session, row, QUEUED, why, not_before=now + PATIENCE)
    else:
        _end(session, row, SKIPPED, why)


def _moved(session: Session, outcome: Outcome, _now: dt.datetime) -> None:
    """A group has become a supergroup, with another number: all that is for it goes there."""
    _set(session, outcome, QUEUED)
    old = outcome.row.chat_id
    for table in (_table, table_of(Handle), table_of(Desk)):
        session.execute(update(table).where(table.c.chat_id == old).values(chat_id=outcome.chat))


def _set(session: Session, outcome: Outcome, state: str, **values: object) -> None:
    """How a row ended."""
    _end(session, outcome.row, state, outcome.why, **values)


def _end(session: Session, row: Outgoing, state: str, why: str, **values: object) -> None:
    """How a row ended; only one that may go again keeps its words."""
    values |= {"state": state, "outcome": why or None}
    if state != QUEUED:
        values["body"] = {}
    session.execute(update(Outgoing).where(Outgoing.id == row.id).values(values))


_RECORD = {
    End.AGAIN: _again,
    End.UNCERTAIN: _uncertain,
    End.FAILED: _failed,
    End.UNREACHABLE: _unreachable,
    End.MOVED: _moved,
    End.NO_TOPIC: _failed,
}


def put_back(session: Session, me: int, sending: Collection[int]) -> None:
    """After a commit of which nobody heard: what we took without knowing it was not sent."""
    mine = (Outgoing.state == SENDING) & (Outgoing.owner == me) & Outgoing.id.not_in(list(sending))
    session.execute(update(Outgoing).where(mine).values(state=QUEUED))


def adopt(session: Session) -> int:
    """What nobody that lives has to send is free for all; what was *sending* then is uncertain.
    Returns how many rows that were.
    """
    orphans = Outgoing.owner.is_(None) | ~exists().where(Replica.id == Outgoing.owner)
    left = select(Outgoing).where(Outgoing.state == SENDING, orphans).with_for_update()
    rows = session.scalars(left).all()
    for row in rows:
        _died(session, Outcome(row, End.UNCERTAIN, why="the process stopped"))
    free = (Outgoing.state == QUEUED) & Outgoing.lane.in_(CALLS)
    session.execute(
        update(Outgoing)
        .where(free, Outgoing.owner.isnot(None), orphans)
        .values(owner=None)
        .execution_options(synchronize_session=False)
    )
    return len(rows)


def _died(session: Session, outcome: Outcome) -> None:
    """A process that ends says nothing about Telegram: it takes none of the tries that a row has,
    but for bulk, which is not repeated blindly, and for a row that they seem to die of.
    """
    row = outcome.row
    # What was corrected or deleted twice is so once.
    harmless = row.lane <= NOTICE or row.method in (CORRECT, RECALL)
    if harmless and row.tries < DEATHS:
        _set(session, outcome, QUEUED)
    else:
        _uncertain(session, outcome, row.not_before)


def waiting(session: Session, now: dt.datetime, last: int = BULK) -> int:
    """How many rows are due and not at their end, in the lanes up to the last one named."""
    lanes = [lane for lane in CALLS if lane <= last]
    due = Outgoing.state.in_(UNFINISHED) & (Outgoing.not_before <= now) & Outgoing.lane.in_(lanes)
    return session.scalar(select(func.count()).select_from(Outgoing).where(due)) or 0


def forget_ended(session: Session, before: dt.datetime, now: dt.datetime) -> None:
    """Delete rows that reached their end before a time; a key stays until its deadline is over, the
    ledger of an announcement as long as that.
    """
    old = Outgoing.state.in_(ENDED) & Outgoing.lane.in_(CALLS) & (Outgoing.not_before < before)
    over = Outgoing.deadline.is_(None) | (Outgoing.deadline <= now)
    session.execute(delete(Outgoing).where(old, over))
