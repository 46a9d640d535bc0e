"""An announcement's lines, put or set aside a few at a time: whoever calls can stop after each, and
go on in another transaction. What was done before is found in the rows, so that doing it again
does nothing.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, String, and_, delete, exists, literal, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from db.announcements import Announcement
from db.base import table_of
from db.tables import Outgoing, Person
from db.types import Document
from school import audiences, confirming, delivery
from school.announcements import (
    CORRECT,
    DONE,
    PAUSED,
    PLANNED,
    RECALL,
    SEND,
    SENDING,
    STOPPED,
    STOPPED_SHORT,
    TOGETHER,
    is_left,
    is_put,
    is_urgent,
    start,
)
from school.loading import School
from school.outbox import ANNOUNCE, LATE, QUEUED, SENT, SKIPPED
from school.outbox import SENDING as GOING
from school.quiet import Quiet
from school.reminders import is_quiet

_PEOPLE = 500  # people that are looked at, at once
_LINES = 500  # lines that are set aside, at once
_lines = table_of(Outgoing)
_some = _lines.alias("some")
_told = aliased(Outgoing)
_waits = aliased(Outgoing)
_NAMES = (
    *("chat_id", "language", "dedup_key", "lane", "state", "method", "body"),
    *("not_before", "deadline", "tries", "uncertain", "announcement_id"),
)


def due(session: Session, now: dt.datetime) -> Sequence[int]:
    """The announcements for which there may be something to do."""
    planned = (Announcement.state == PLANNED) & (Announcement.starts_at <= now)
    ends = Announcement.state.in_((SENDING, PAUSED, STOPPED)) & Announcement.ended_at.is_(None)
    query = select(Announcement.id).where(planned | ends).order_by(Announcement.id)
    return list(session.scalars(query))


def more(session: Session, school: School, announcement: Announcement, now: dt.datetime) -> bool:
    """Do a little of what there is to do for an announcement; whether there may be more."""
    work = _Work(session, school, announcement, now)
    return any(step(work) for step in _STEPS)


@dataclass(frozen=True, slots=True)
class _Work:
    """What a step needs. A step returns whether it found something to do."""

    session: Session
    school: School
    announcement: Announcement
    now: dt.datetime

    @property
    def goes(self) -> bool:
        """Whether lines are put, also while they rest."""
        return self.announcement.state in (SENDING, PAUSED)


def _begin(work: _Work) -> bool:
    """Only what was confirmed goes by itself."""
    one = work.announcement
    if one.state != PLANNED or not may_start(one, work.now, work.school.quiet):
        return False
    if not confirming.is_as_confirmed(one):
        confirming.changed(one)
        return False
    return start(work.session, one, work.now)


def may_start(announcement: Announcement, now: dt.datetime, quiet: Quiet) -> bool:
    """Whether one that was planned goes now: nobody is woken, but where it is urgent."""
    there = announcement.starts_at is not None and announcement.starts_at <= now
    return there and (is_urgent(announcement) or not is_quiet(quiet, now))


def _is_late(announcement: Announcement, now: dt.datetime) -> bool:
    return announcement.until is not None and announcement.until <= now


def _stop(work: _Work) -> bool:
    stopped = work.announcement.state == STOPPED and work.announcement.ended_at is None
    return stopped and _set_aside(work, tuple(TOGETHER), STOPPED_SHORT)


def _too_late(work: _Work) -> bool:
    late = work.goes and _is_late(work.announcement, work.now)
    return late and _set_aside(work, (SEND,), LATE)


def _withdraw(work: _Work) -> bool:
    """Who has not got what is recalled does not get it."""
    recalled = work.goes and work.announcement.method == RECALL
    return recalled and _set_aside(work, (SEND, CORRECT), STOPPED_SHORT)


def _set_aside(work: _Work, methods: Collection[str], why: str) -> bool:
    """Skip some of those who wait; whether there were any."""
    waiting = (
        select(_some.c.id)
        .where(
            _some.c.announcement_id == work.announcement.id,
            _some.c.method.in_(methods),
            _some.c.state == QUEUED,
        )
        .limit(_LINES)
    )
    skip = update(_lines).where(_lines.c.id.in_(waiting)).values(state=SKIPPED, outcome=why)
    return work.session.connection().execute(skip).rowcount > 0


def _again(work: _Work) -> bool:
    """Queue some of those who are to get it once more, by the numbers of their lines."""
    session, announcement = work.session, work.announcement
    if not work.goes or announcement.again is None:
        return False
    wanted = cast("dict[str, Any]", announcement.again)
    query = (
        select(_lines.c.id)
        .where(
            _lines.c.announcement_id == announcement.id,
            _lines.c.method.in_(TOGETHER[announcement.method]),
            _lines.c.state.in_(wanted["states"]),
            _lines.c.id > wanted["after"],
        )
        .order_by(_lines.c.id)
        .limit(_LINES)
    )
    found = list(session.scalars(query))
    announcement.again = {**wanted, "after": found[-1]} if found else None
    session.flush()
    session.execute(update(_lines).where(_lines.c.id.in_(found)).values(state=QUEUED, outcome=None))
    return True


def _replace(work: _Work) -> bool:
    """Of corrections only the last one counts: some lines of those before it go."""
    one = work.announcement
    if not work.goes or one.method != CORRECT or one.reached:
        return False
    ended = (
        select(_some.c.id)
        .where(
            _some.c.announcement_id == one.id,
            _some.c.method == CORRECT,
            _some.c.state.in_(delivery.ENDED),
        )
        .limit(_LINES)
    )
    gone = delete(_lines).where(_lines.c.id.in_(ended))
    return work.session.connection().execute(gone).rowcount > 0


def _put(work: _Work) -> bool:
    """Put the lines of the next people."""
    announcement = work.announcement
    if not work.goes or is_put(announcement):
        return False
    ahead = select(Person.id).where(Person.id > announcement.reached).order_by(Person.id)
    end = work.session.scalar(ahead.offset(_PEOPLE - 1).limit(1)) or announcement.last
    upto = min(end, announcement.last)
    _insert(work, and_(Person.id > announcement.reached, Person.id <= upto))
    announcement.reached = upto
    work.session.flush()
    return True


def _end(work: _Work) -> bool:
    """Nobody is left: it is over. There is nothing more to do for now in any case."""
    one = work.announcement
    if one.state in (SENDING, STOPPED) and not is_left(work.session, one):
        one.ended_at = work.now
        one.state = DONE if one.state == SENDING else STOPPED
        work.session.flush()
    return False


_STEPS = (_begin, _stop, _too_late, _withdraw, _replace, _again, _put, _end)


def prefix(announcement: Announcement, method: str) -> str:
    """What comes before a person's number in the keys of a pass."""
    name = f"{method}{announcement.revision}" if method == CORRECT else method
    return f"a:{announcement.id}:{name}:"


def _key(announcement: Announcement, method: str) -> ColumnElement[str]:
    return literal(prefix(announcement, method)) + sql_cast(Person.id, String)


def _insert(work: _Work, them: ColumnElement[bool]) -> None:
    """A line for each of some people whom the pass concerns."""
    one, rest = work.announcement, _rest(work.announcement, work.now)
    if one.method == SEND and not _is_late(one, work.now):
        whom = audiences.condition(work.school, one.audience, one.subject)
        people = select(Person.telegram_id, Person.language, *rest)
        _insert_new(work.session, people.where(them, whom).order_by(Person.id))
    elif one.method != SEND:
        # In the language in which they got it.
        got = (_told.dedup_key == _key(one, SEND)) & (_told.announcement_id == one.id)
        people = select(_told.chat_id, _told.language, *rest).join_from(Person, _told, got)
        _insert_new(work.session, people.where(them, _CONCERNED[one.method]).order_by(Person.id))


# Who gets a correction by a line that waits needs no other. Of what is just being sent one knows
# soon; such a line waits for it.
_CONCERNED = {
    CORRECT: _told.state.in_((SENT, GOING))
    & ~exists().where(
        _waits.chat_id == _told.chat_id,
        _waits.lane == ANNOUNCE,
        _waits.announcement_id == _told.announcement_id,
        _waits.method == CORRECT,
        _waits.state == QUEUED,
    ),
    RECALL: (_told.state == GOING) | _told.messages.is_not(None),
}


def _rest(announcement: Announcement, now: dt.datetime) -> Sequence[ColumnElement[Any]]:
    """What the lines of a pass have in common, after chat and language."""
    until = announcement.until if announcement.method == SEND else None
    return [
        _key(announcement, announcement.method),
        *(literal(ANNOUNCE), literal(QUEUED), literal(announcement.method)),
        literal({}, Document),
        literal(now, _lines.c.not_before.type),
        literal(until, _lines.c.deadline.type),
        *(literal(0), literal(0), literal(announcement.id)),
    ]


def _insert_new(session: Session, source: Any) -> None:
    """Insert what is selected, but for those who have a line already."""
    own = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(_lines) if own else postgresql.insert(_lines)
    session.connection().execute(insert.from_select(_NAMES, source).on_conflict_do_nothing())
