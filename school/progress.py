"""How far an announcement is: of the present pass how many lines ended how, how many are left, and
when the last one goes, at the rate that was seen.

What its screens said last is kept with it, so that they are drawn only when it changed, and once
more when it is over.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.tables import Handle, Outgoing, Person
from db.upsert import put
from school import announcements, staff
from school.announcements import BLOCKED, CORRECT, SEND, SENDING
from school.delivery import UNFINISHED
from school.outbox import FAILED, NOTICE, SCREEN, SENT, SKIPPED, UNCERTAIN
from school.quiet import Quiet
from school.reminders import is_quiet

_SOON = dt.timedelta(seconds=2)  # what was seen in less says nothing of the rate
_LONG = dt.timedelta(seconds=30)  # nor what was seen in more: it may have rested meanwhile
_WEIGHT = 0.3  # of what was seen just now, in the rate


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a pass is: how many lines ended how, how many are left; whether all lines are there,
    whether it rests at night; and when it ends, if that can be said.
    """

    state: str
    method: str
    sent: int
    left: int
    blocked: int
    failed: int
    uncertain: int
    skipped: int
    listed: bool
    over: bool
    night: bool = False
    end: dt.datetime | None = None

    @property
    def done(self) -> int:
        """How many are not left."""
        return self.sent + self.blocked + self.failed + self.uncertain + self.skipped

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        total = self.done + self.left
        return self.done / total if total else float(self.over)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was said last: when, how many were done then, and at which rate a second it goes."""

    at: dt.datetime
    done: int
    rate: float | None
    said: str


def progress(session: Session, one: Announcement, now: dt.datetime, quiet: Quiet) -> Progress:
    """Where it is."""
    seen = _seen(one)
    found = _counted(session, one, now, quiet)
    return _with_end(one, found, seen.rate if seen is not None else None, now, quiet)


def _counted(session: Session, one: Announcement, now: dt.datetime, quiet: Quiet) -> Progress:
    counts = announcements.counts(session, one, one.method)
    left = _left(counts)
    if one.method == CORRECT:
        # Whoever waits for it gets it as it is now.
        left += _left(announcements.counts(session, one, SEND))
    sleeps = not announcements.is_awake(one) and is_quiet(quiet, now)
    return Progress(
        *(one.state, one.method, counts.get(SENT, 0), left, counts[BLOCKED]),
        *(counts.get(FAILED, 0), counts.get(UNCERTAIN, 0)),
        skipped=counts.get(SKIPPED, 0) - counts[BLOCKED],
        listed=announcements.is_put(one),
        over=one.ended_at is not None,
        night=sleeps and one.state == SENDING and left > 0,
    )


def _with_end(
    one: Announcement, found: Progress, rate: float | None, now: dt.datetime, quiet: Quiet
) -> Progress:
    if not rate or not found.left or found.state != SENDING or not found.listed:
        return found
    return replace(found, end=announcements.expected_end(one, found.left, rate, now, quiet))


def _left(counts: Mapping[str, int]) -> int:
    return sum(counts.get(state, 0) for state in UNFINISHED)


def _seen(one: Announcement) -> Seen | None:
    if not one.shown:
        return None
    said = json.loads(one.shown)
    return Seen(dt.datetime.fromisoformat(said["at"]), said["done"], said["rate"], said["said"])


def to_show(session: Session) -> Sequence[int]:
    """The announcements of which screens do not say the end yet."""
    query = select(Announcement.id).where(Announcement.shown.is_not(None))
    return list(session.scalars(query.order_by(Announcement.id)))


def look(session: Session, one: Announcement, now: dt.datetime, quiet: Quiet) -> Progress | None:
    """Where it is, where its screens are to say something else than before; that is noted."""
    before, found = _seen(one), _counted(session, one, now, quiet)
    seen = _measured(before, found, now)
    one.shown = None if found.over else as_text(seen)
    if not found.over and before is not None and before.said == seen.said:
        return None
    return _with_end(one, found, seen.rate, now, quiet)


def _measured(before: Seen | None, found: Progress, now: dt.datetime) -> Seen:
    """With the rate since the time before, if it went on."""
    said = _digest(found)
    if before is None:
        return Seen(now, found.done, None, said)
    apart, more = now - before.at, found.done - before.done
    if found.state != SENDING or found.night or apart > _LONG or more < 0:
        return Seen(now, found.done, before.rate, said)
    if apart < _SOON:
        return Seen(before.at, before.done, before.rate, said)
    seen = more / apart.total_seconds()
    mixed = seen if before.rate is None else _WEIGHT * seen + (1 - _WEIGHT) * before.rate
    return Seen(now, found.done, mixed or None, said)


def _digest(found: Progress) -> str:
    """What a screen says, but for the time of the end: that changes with what is left."""
    return " ".join(
        str(value)
        for value in (
            *(found.state, found.method, found.sent, found.left, found.blocked, found.failed),
            *(found.uncertain, found.skipped, found.listed, found.night, found.over),
        )
    )


def as_text(seen: Seen) -> str:
    """What is kept of it."""
    told = {"at": seen.at.isoformat(), "done": seen.done, "rate": seen.rate, "said": seen.said}
    return json.dumps(told)


def is_coming(session: Session, one: Announcement) -> bool:
    """Whether a screen of it is still on its way: the next one waits."""
    slot = Outgoing.slot == announcements.slot(one)
    query = select(exists().where(Outgoing.state.in_(UNFINISHED), Outgoing.lane == NOTICE, slot))
    return bool(session.scalar(query))


def stands(session: Session, one: Announcement, chat: int, message: int) -> None:
    """A message that was the screen of a chat is where it stands how far it is; there is no screen
    any more.
    """
    put(
        session,
        Handle,
        ("chat_id", "slot"),
        chat_id=chat,
        slot=announcements.slot(one),
        message_id=message,
    )
    session.execute(delete(Handle).where(Handle.chat_id == chat, Handle.slot == SCREEN))


def watchers(session: Session, one: Announcement) -> Sequence[Person]:
    """Who sees how far it is: its writer, and whoever else who coordinates looked at it."""
    slot = announcements.slot(one)
    return [
        person
        for person in staff.coordinators(session)
        if person.id == one.person_id or session.get(Handle, (person.telegram_id, slot))
    ]
