"""Announcements: what one writes to many. An announcement has one line of the outbox a recipient,
which is its ledger: it says what became of it, and stays.

It goes in passes: it is sent; what was sent may then be corrected, as often as need be, or
recalled. Each pass has its own lines; school/fan_out.py puts them, school/ledger.py hands them to
the sender. Whoever changes an announcement has locked it: `find`.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from db.announcements import Announcement
from db.tables import Handle, Outgoing, Person
from db.types import Json
from school import editing, outbox
from school.outbox import FAILED, QUEUED, SKIPPED, UNCERTAIN, UNREACHABLE
from school.outbox import SENDING as GOING
from school.quiet import Quiet

# DRAFT: being written. ASKED: somebody else is to approve exactly this. PLANNED: at its time.
# SENDING, PAUSED, STOPPED; DONE: nobody is left.
DRAFT, ASKED, PLANNED, SENDING, PAUSED, STOPPED, DONE = (
    *("draft", "asked", "planned", "sending"),
    *("paused", "stopped", "done"),
)
# What a line of the ledger does, in place of a method of the Bot API.
SEND, CORRECT, RECALL = "announce", "correct", "recall"
# Whose lines may go while a pass is the present one: who waits still gets what was corrected.
TOGETHER: Mapping[str, Collection[str]] = {
    SEND: (SEND,),
    CORRECT: (CORRECT, SEND),
    RECALL: (RECALL,),
}
PREVIEW = "preview"  # shows it to somebody before; no line of the ledger
BLOCKED = "blocked"
STOPPED_SHORT = "stopped"  # why a line was skipped: nobody else was to get it
DELETABLE = dt.timedelta(hours=48)  # so long after it was sent a bot can delete a message
TOO_OLD, GONE = "too old", "gone"  # why one was not deleted, or not corrected
URGENT = "urgent"  # an option: also at night
_SLOT = "announcement:"
_LINES = 500  # of a ledger that are deleted at once
_WAITING = (DRAFT, ASKED, PLANNED)
_BEGUN = (SENDING, PAUSED, STOPPED, DONE)


def begin(session: Session, by: Person, now: dt.datetime) -> Announcement:
    """A new draft."""
    made = Announcement(
        state=DRAFT, person_id=by.id, created_at=now, content={}, audience={}, options={}
    )
    session.add(made)
    session.flush()
    return made


def latest(session: Session, most: int = 8) -> Sequence[Announcement]:
    """The newest ones."""
    query = select(Announcement).order_by(Announcement.id.desc()).limit(most)
    return list(session.scalars(query))


def find(session: Session, number: int) -> Announcement | None:
    """An announcement by its number, locked for this transaction."""
    query = select(Announcement).where(Announcement.id == number)
    fresh = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(fresh).first()


def preview(
    session: Session,
    announcement: Announcement,
    chat: int,
    language: str,
    now: dt.datetime,
    *,
    corrected: bool = False,
) -> None:
    """Show it in a chat, as people with a language get it, in line with the chat's answers; or what
    it is to say after its correction.
    """
    shown: dict[str, Json] = {"announcement": announcement.id, "corrected": corrected}
    outbox.put(session, chat, PREVIEW, shown, language=language, now=now)


def slot(announcement: Announcement) -> str:
    """Where in a chat it stands how far it is."""
    return f"{_SLOT}{announcement.id}"


def plan(announcement: Announcement, at: dt.datetime) -> bool:
    """It goes by itself at a time; False where it went already."""
    if announcement.state not in _WAITING:
        return False
    announcement.state, announcement.starts_at = PLANNED, at
    return True


def start(session: Session, announcement: Announcement, now: dt.datetime) -> bool:
    """It goes now, to whoever is here now; False where it went already."""
    if announcement.state not in _WAITING:
        return False
    announcement.last = session.scalar(select(func.max(Person.id))) or 0
    announcement.state, announcement.starts_at, announcement.reached = SENDING, now, 0
    announcement.shown = ""
    session.flush()
    return True


def pause(announcement: Announcement) -> bool:
    """Its lines rest as they are; False where it does not go."""
    return _move(announcement, (SENDING,), PAUSED)


def go_on(announcement: Announcement) -> bool:
    """It goes on after a pause."""
    return _move(announcement, (PAUSED,), SENDING)


def stop(announcement: Announcement) -> bool:
    """Nobody else gets it, nor a line; False where it is over."""
    if not _move(announcement, (ASKED, PLANNED, SENDING, PAUSED), STOPPED):
        return False
    announcement.again, announcement.reached = None, announcement.last
    return True


def _move(announcement: Announcement, before: Collection[str], after: str) -> bool:
    if announcement.state not in before:
        return False
    announcement.state = after
    return True


def resend(session: Session, announcement: Announcement, states: Collection[str]) -> bool:
    """What failed, or is uncertain, is tried once more; False where that cannot be now."""
    states = [one for one in states if one in (FAILED, UNCERTAIN)]
    if not states or not _has_settled(session, announcement):
        return False
    announcement.again = {"states": [*states], "after": 0}
    _goes(announcement)
    return True


def correct(session: Session, announcement: Announcement, content: Mapping[str, Json]) -> bool:
    """From now on it says something else, also where it was sent; False where that cannot be now:
    its lines are still being put, or it was recalled. Raises ValueError where its messages would
    have to become others than they are.
    """
    if not may_be_corrected(announcement) or not _has_settled(session, announcement):
        return False
    announcement.content = editing.marked(announcement.content, content)
    announcement.correction = None
    announcement.revision += 1
    _next(announcement, CORRECT)
    return True


def may_be_corrected(announcement: Announcement) -> bool:
    """Whether whoever is to get it has a line, and it was not recalled."""
    return announcement.method == CORRECT or (announcement.method == SEND and is_put(announcement))


def recall(announcement: Announcement) -> bool:
    """It is deleted wherever it was sent; False where it did not go, or that was done."""
    if announcement.state not in _BEGUN or announcement.method == RECALL:
        return False
    if announcement.state == PAUSED:
        announcement.state = SENDING
    _next(announcement, RECALL)
    return True


def _next(announcement: Announcement, method: str) -> None:
    """The next pass begins, with whoever comes first."""
    announcement.method, announcement.reached, announcement.again = method, 0, None
    _goes(announcement)


def _goes(announcement: Announcement) -> None:
    announcement.ended_at, announcement.shown = None, ""
    if announcement.state != PAUSED:
        announcement.state = SENDING


def has_begun(announcement: Announcement) -> bool:
    """Whether it goes, or went, or was stopped."""
    return announcement.state in _BEGUN


def is_put(announcement: Announcement) -> bool:
    """Whether everybody whom the present pass concerns has a line."""
    return announcement.reached >= announcement.last


def is_left(session: Session, announcement: Announcement) -> bool:
    """Whether anybody waits for it."""
    lines = (Outgoing.announcement_id == announcement.id) & Outgoing.method.in_(TOGETHER)
    query = select(exists().where(lines, Outgoing.state.in_((QUEUED, GOING))))
    return bool(session.scalar(query))


def _has_settled(session: Session, announcement: Announcement) -> bool:
    """Whether it has begun; of one that was stopped, whether nobody waits any more."""
    if announcement.state == STOPPED:
        return not is_left(session, announcement)
    return announcement.state in _BEGUN


def counts(session: Session, announcement: Announcement, method: str = SEND) -> dict[str, int]:
    """How many lines of a pass are in each state; of those that were skipped, how many as the
    person blocked the bot.
    """
    lines = (Outgoing.announcement_id == announcement.id) & (Outgoing.method == method)
    states = select(Outgoing.state, func.count()).where(lines).group_by(Outgoing.state)
    found = {state: int(count) for state, count in session.execute(states)}
    away = (Outgoing.state == SKIPPED) & (Outgoing.outcome == UNREACHABLE)
    found[BLOCKED] = session.scalar(select(func.count()).where(lines, away)) or 0
    return found


def is_urgent(announcement: Announcement) -> bool:
    """Whether it goes at night, too."""
    return announcement.options.get(URGENT) is True


def is_awake(announcement: Announcement) -> bool:
    """Whether it goes on at night, too: what changes a message, or deletes it, wakes nobody."""
    return announcement.method != SEND or is_urgent(announcement)


def expected_end(
    announcement: Announcement, left: int, per_second: float, now: dt.datetime, quiet: Quiet
) -> dt.datetime:
    """When the last of those who are left gets it, at a rate."""
    span = dt.timedelta(seconds=left / per_second)
    return now + span if is_awake(announcement) else quiet.after(now, span)


def forget_old(session: Session, before: dt.datetime) -> bool:
    """Delete a part of what was over before a time, and the drafts that nobody confirmed until
    then: lines first, as they are many. Whether there may be more.
    """
    over = Announcement.state.in_((DRAFT, ASKED, STOPPED, DONE))
    since = func.coalesce(Announcement.ended_at, Announcement.created_at)
    number = session.scalar(select(Announcement.id).where(over, since < before).limit(1))
    if number is None:
        return False
    line = aliased(Outgoing)
    some = select(line.id).where(line.announcement_id == number).limit(_LINES)
    gone = session.connection().execute(delete(Outgoing).where(Outgoing.id.in_(some)))
    if not gone.rowcount:
        session.execute(delete(Handle).where(Handle.slot == f"{_SLOT}{number}"))
        session.execute(delete(Announcement).where(Announcement.id == number))
    return True
