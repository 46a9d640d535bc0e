"""What became of an announcement: who got it, who did not and why, what was tapped; and as a table,
which has the chosen name, the state, why and when, and nothing else of anybody.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.announcements import Announcement, Tapped
from db.tables import Outgoing, Person
from locales.translator import Words
from school import roll
from school.announcements import DELETABLE, GONE, SEND, STOPPED_SHORT, TOGETHER, TOO_OLD
from school.outbox import FAILED, LATE, QUEUED, SENDING, SENT, SKIPPED, UNCERTAIN, UNREACHABLE
from school.phrases import Phrase, as_text, t

PAGE = 8
_AT_ONCE = 500  # lines of a table
_MISSED = (FAILED, UNCERTAIN, SKIPPED)
_STATES: Mapping[str, Phrase] = {
    SENT: t("got it"),
    QUEUED: t("is still to get it"),
    SENDING: t("is just getting it"),
    UNCERTAIN: t("uncertain"),
    FAILED: t("failed"),
    SKIPPED: t("left out"),
}
# Why: by the state, and what is noted beside it; else by the state alone.
_WHY: Mapping[tuple[str, str | None], Phrase] = {
    (UNCERTAIN, None): t("it may have arrived"),
    (FAILED, None): t("Telegram did not take it"),
    (FAILED, "fault"): t("a mistake of the program"),
    (FAILED, GONE): t("the message is not there any more"),
    (FAILED, TOO_OLD): t("older than 48 hours"),
    (SKIPPED, None): t("there was nothing to do"),
    (SKIPPED, UNREACHABLE): t("blocked the bot"),
    (SKIPPED, LATE): t("it would have come too late"),
    (SKIPPED, STOPPED_SHORT): t("it was stopped before"),
}


class Line(NamedTuple):
    """What became of it for somebody."""

    name: str | None
    state: str
    outcome: str | None
    at: dt.datetime | None = None


def why(state: str, outcome: str | None) -> Phrase | None:
    """Why somebody did not get it, in words."""
    return _WHY.get((state, outcome)) or _WHY.get((state, None))


def reasons(
    session: Session, one: Announcement, method: str = SEND
) -> Sequence[tuple[Phrase, int]]:
    """How many did not get it for which reason, the most frequent first."""
    query = (
        select(Outgoing.state, Outgoing.outcome, func.count())
        .where(_of(one, method), Outgoing.state.in_(_MISSED))
        .group_by(Outgoing.state, Outgoing.outcome)
        .order_by(func.count().desc(), Outgoing.state, Outgoing.outcome)
    )
    found: dict[str, tuple[Phrase, int]] = {}
    for state, outcome, count in session.execute(query):
        said = why(state, outcome)
        if said is not None:
            before = found.get(str(said), (said, 0))
            found[str(said)] = said, before[1] + count
    return list(found.values())


def _of(one: Announcement, method: str) -> ColumnElement[bool]:
    return (Outgoing.announcement_id == one.id) & (Outgoing.method == method)


def missed(session: Session, one: Announcement, page: int) -> tuple[Sequence[Line], bool]:
    """A page of those who did not get it, counted from 0; whether there are more."""
    query = (
        select(Person.name, Outgoing.state, Outgoing.outcome)
        .join(Person, Person.telegram_id == Outgoing.chat_id)
        .where(_of(one, SEND), Outgoing.state.in_(_MISSED))
        .order_by(Outgoing.id)
        .offset(page * PAGE)
        .limit(PAGE + 1)
    )
    found = [Line(name, state, outcome) for name, state, outcome in session.execute(query)]
    return found[:PAGE], len(found) > PAGE


def taps(session: Session, one: Announcement) -> Mapping[str, int]:
    """How often each button was tapped, by its key."""
    query = select(Tapped).where(Tapped.announcement_id == one.id)
    return {row.button: row.count for row in session.scalars(query)}


def to_repeat(session: Session, one: Announcement) -> Mapping[str, int]:
    """How many failed or are uncertain, and may get it once more: what is too old to be deleted
    stays so.
    """
    lines = (Outgoing.announcement_id == one.id) & Outgoing.method.in_(TOGETHER[one.method])
    ended = Outgoing.state.in_((FAILED, UNCERTAIN)) & Outgoing.outcome.is_distinct_from(TOO_OLD)
    query = select(Outgoing.state, func.count()).where(lines, ended).group_by(Outgoing.state)
    return {row.state: row[1] for row in session.execute(query)}


def held(session: Session, one: Announcement, now: dt.datetime) -> tuple[int, int]:
    """How many people have it, and how many of them for so long that it is not deleted there."""
    has = _of(one, SEND) & (Outgoing.state == SENT)
    count, since = select(func.count()).select_from(Outgoing), now - DELETABLE
    have = session.scalar(count.where(has)) or 0
    if one.starts_at is None or one.starts_at > since:
        return have, 0
    old = Outgoing.messages["at"].as_string() <= since.isoformat()
    return have, session.scalar(count.where(has, old)) or 0


def some(session: Session, number: int, after: int) -> tuple[Sequence[Line], int]:
    """Some lines of a ledger, after the one with a number, with the number of the last of them: all
    at once would hold everybody up.
    """
    ours = (Outgoing.announcement_id == number) & (Outgoing.method == SEND)
    query = (
        select(Outgoing.id, Person.name, Outgoing.state, Outgoing.outcome, Outgoing.messages)
        .outerjoin(Person, Person.telegram_id == Outgoing.chat_id)
        .where(ours, Outgoing.id > after)
        .order_by(Outgoing.id)
        .limit(_AT_ONCE)
    )
    found = session.execute(query).all()
    lines = [Line(row.name, row.state, row.outcome, _at(row.messages)) for row in found]
    return lines, found[-1].id if found else after


def _at(messages: Mapping[str, Any] | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(messages["at"]) if messages else None


def titles(words: Words) -> bytes:
    """The head of the table, as programs for tables open it by themselves: UTF-8 with a mark."""
    named = t("Name"), t("State"), t("Why"), t("When")
    return _rows([[as_text(title, words) for title in named]]).encode("utf-8-sig")


def rows(lines: Sequence[Line], words: Words, zone: ZoneInfo) -> bytes:
    """Rows of the table."""
    return _rows([_row(line, words, zone) for line in lines]).encode()


def _row(line: Line, words: Words, zone: ZoneInfo) -> Sequence[str]:
    said = why(line.state, line.outcome)
    return (
        roll.plain(line.name or ""),
        as_text(_STATES[line.state], words),
        as_text(said, words) if said is not None else "",
        f"{line.at.astimezone(zone):%Y-%m-%d %H:%M}" if line.at is not None else "",
    )


def _rows(values: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(values)
    return file.getvalue()
