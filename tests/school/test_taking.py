"""Until when a seat can be taken: hours before a meeting, and in a series after the first one only
where late joiners are welcome.
"""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from db.events import Meeting
from db.session import Database
from school import seats, taking
from school.seats import OFFERED, SEATED, WAITING
from tests.school.room import DAY, HOUR, NOW, START, Room, Story, an_event
from tests.stories.machine import memory

WEEK = dt.timedelta(days=7)
_session = memory()


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


@pytest.mark.parametrize(
    ("options", "dates", "now", "expected"),
    [
        ({}, 1, NOW, START + 2 * HOUR),
        ({"closes": 0}, 1, NOW, START),
        ({"closes": 24}, 1, NOW, START - DAY),
        ({"closes": 168}, 1, NOW, START - WEEK),
        ({"late_joiners": False}, 3, NOW, START + 2 * HOUR),
        ({"late_joiners": False}, 3, START + DAY, START + 2 * HOUR),
        ({}, 3, START + HOUR, START + 2 * HOUR),
        ({}, 3, START + DAY, START + WEEK + 2 * HOUR),
        ({"closes": 24}, 3, START - HOUR, START - DAY),
        ({"closes": 24}, 3, START + DAY, START + WEEK - DAY),
        ({"closes": 24}, 3, START + 9 * WEEK, START - DAY),
    ],
)
def test_until_when(
    options: dict[str, Any], dates: int, now: dt.datetime, expected: dt.datetime
) -> None:
    event = an_event(_session, 1)
    for number in range(1, dates):
        start = START + number * WEEK
        _session.add(Meeting(event_id=event.id, starts_at=start, ends_at=start + 2 * HOUR))
    event.options = options
    try:
        assert taking.until(_session, event, now) == expected
        assert taking.is_closed(_session, event, now) is (expected <= now)
    finally:
        _session.rollback()


async def test_a_meeting_that_is_moved_or_called_off_takes_the_time_along(
    story: Story,
) -> None:
    def told(room: Room) -> None:
        room.event.options = {"closes": 24}
        (meeting,) = room.session.scalars(select(Meeting)).all()
        meeting.starts_at += DAY
        room.session.flush()
        assert taking.until(room.session, room.event, room.now) == START
        meeting.cancelled_at = NOW
        room.session.flush()
        assert taking.until(room.session, room.event, room.now) is None

    await story(told)


async def test_who_waits_is_not_let_into_a_series_without_late_joiners(story: Story) -> None:
    def told(room: Room) -> None:
        start = START + WEEK
        room.session.add(Meeting(event_id=room.event.id, starts_at=start, ends_at=start + 2 * HOUR))
        room.takes(1, 2)
        room.event.options = {"late_joiners": False}
        room.now = START + 2 * HOUR
        assert (room.leaves(1), room.sweeps()) == ([], ([], []))
        assert (room.states(2), seats.free(room.session, room.event)) == ([WAITING], 1)
        room.event.options = {"late_joiners": True}
        assert room.sweeps() == ([], [2])
        assert (room.states(2), room.accepts(2)) == ([OFFERED], SEATED)

    await story(told)
