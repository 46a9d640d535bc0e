"""What is confirmed is exactly what was seen; and it goes once, whoever taps at the same time."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.session import Database
from db.tables import Deed, Outgoing, Role
from handlers import announce_approval as approval
from handlers.turn import Turn
from school import announcements, confirming, people, staff
from school.announcements import ASKED, DRAFT, SENDING
from school.confirming import END, SUBJECT, WHOM
from school.loading import load
from school.quiet import Quiet
from tests.school.room import NOW
from tests.school.test_groups_at_once import at_once, turn_of

SCHOOL = load()
QUIET: Quiet = SCHOOL.quiet
HOUR = dt.timedelta(hours=1)


def one(**values: Any) -> Announcement:
    """An announcement of which only what is confirmed is set."""
    given: dict[str, Any] = {
        "state": DRAFT,
        "content": {"en": {"messages": [{"method": "sendMessage", "params": {"text": "A"}}]}},
        "audience": {"to": ["all"], "not": []},
        "options": {},
        "subject": "school",
    }
    return Announcement(**(given | values))


def test_a_mark_is_of_all_that_is_confirmed() -> None:
    others = [
        one(content={}),
        one(audience={"to": ["tutors"], "not": []}),
        one(audience={"to": ["all"], "not": ["tutors"]}),
        one(subject=None),
        one(options={"urgent": True}),
        one(starts_at=NOW),
        one(until=NOW),
        one(),
    ]
    assert len({confirming.mark(other) for other in others}) == len(others)
    assert confirming.mark(one()) == confirming.mark(one(state=ASKED, approver_id=5, shown="x"))
    there = dt.timezone(HOUR)
    same = one(starts_at=NOW.astimezone(there))
    assert confirming.mark(same) == confirming.mark(one(starts_at=NOW))


OWN: dict[tuple[str, ...], bool] = {
    (): False,
    ("all",): False,
    ("event:5",): True,
    ("event:5:seated", "groups:waiting"): True,
    ("groups:none",): False,
    ("event:5", "tutors"): False,
}


def test_what_is_about_the_own_seat_or_sheet() -> None:
    found = {to: confirming.is_own(one(audience={"to": [*to], "not": []})) for to in OWN}
    assert found == OWN


def test_what_it_may_lack() -> None:
    assert confirming.lacks(one(), NOW, QUIET) is None
    assert confirming.lacks(one(audience={}), NOW, QUIET) == WHOM
    assert confirming.lacks(one(subject=None), NOW, QUIET) == SUBJECT
    assert confirming.lacks(one(until=NOW), NOW, QUIET) == END
    assert confirming.lacks(one(until=NOW + HOUR), NOW, QUIET) is None
    later = one(until=NOW + HOUR, starts_at=NOW + HOUR)
    assert confirming.lacks(later, NOW, QUIET) == END
    night = NOW.replace(hour=22)
    ends = one(until=night + HOUR)
    assert confirming.lacks(ends, night, QUIET) == END
    ends.options = {"urgent": True}
    assert confirming.lacks(ends, night, QUIET) is None


async def ready(database: Database, count: int, state: str) -> tuple[int, str, list[int]]:
    """An announcement to so many people, who coordinate; its number, its mark, and who they are."""

    def make(session: Session) -> tuple[int, str, list[int]]:
        crowd = [people.add(session, 100 + n, "en", NOW) for n in range(count)]
        for person in crowd:
            turn_of(session, person)
            session.add(Role(person_id=person.id, role=staff.COORDINATOR, at=NOW))
        asker = people.add(session, 99, "en", NOW)
        made = announcements.begin(session, asker, NOW)
        given = one()
        for name in ("content", "audience", "subject", "options"):
            setattr(made, name, getattr(given, name))
        made.state = state
        session.flush()
        return made.id, confirming.mark(made), [person.id for person in crowd]

    return await database.run(make)


@pytest.mark.parametrize(
    ("state", "tap", "deed"),
    [(DRAFT, approval.send, "announced"), (ASKED, approval.approve, "approved_ann")],
)
async def test_whoever_taps_at_the_same_moment_it_goes_once(
    database: Database, state: str, tap: Callable[[Turn, str, str], None], deed: str
) -> None:
    number, seen, crowd = await ready(database, 6, state)
    done = await at_once(database, crowd, lambda turn: tap(turn, str(number), seen))
    assert done == [None] * 6

    def look(session: Session) -> tuple[str, int, int]:
        query = select(func.count()).where(Deed.what == deed)
        went = "It went already."
        bodies = session.scalars(select(Outgoing.body))
        return (
            session.get_one(Announcement, number).state,
            session.scalar(query) or 0,
            sum(went in str(body) for body in bodies),
        )

    assert await database.run(look) == (SENDING, 1, 5)
