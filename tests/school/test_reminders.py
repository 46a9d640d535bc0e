"""When reminders are due, as clocks on the wall have it, and until when they are of use."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from school import reminders
from school.quiet import Quiet
from school.reminders import DAY, HOURS, KINDS, WEEK, Window

ROME = ZoneInfo("Europe/Rome")
QUIET = Quiet(ROME)


def at(day: str, clock: str) -> dt.datetime:
    """A moment as clocks in Rome show it."""
    return dt.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ROME).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # On an ordinary day.
        (at("2026-11-28", "18:00"), ["21T10:00", "27T18:00", "28T16:00"]),
        # The clocks go back in the night before, and in the week before.
        (at("2026-10-25", "18:00"), ["18T10:00", "24T18:00", "25T16:00"]),
        (at("2026-10-28", "18:00"), ["21T10:00", "27T18:00", "28T16:00"]),
        # They go forward.
        (at("2026-03-29", "18:00"), ["22T10:00", "28T18:00", "29T16:00"]),
        (at("2026-03-31", "18:00"), ["24T10:00", "30T18:00", "31T16:00"]),
        # Two hours before is night: it waits for the morning.
        (at("2026-11-28", "09:00"), ["21T10:00", "27T18:00", "28T08:00"]),
        (at("2026-03-29", "09:30"), ["22T10:00", "28T18:00", "29T08:00"]),
        # There is no morning before the meeting.
        (at("2026-11-28", "08:00"), ["21T10:00", "27T18:00"]),
        # The meeting itself is at night.
        (at("2026-11-28", "23:30"), ["21T10:00", "27T18:00", "28T21:30"]),
        (at("2026-11-28", "06:00"), ["21T10:00", "27T18:00", "28T04:00"]),
        # An hour that clocks do not show, or show twice, is no trouble two hours later.
        (at("2026-03-29", "03:30"), ["22T10:00", "28T18:00", "29T00:30"]),
        (at("2026-10-25", "03:30"), ["18T10:00", "24T18:00", "25T02:30"]),
    ],
)
def test_reminders_are_due_by_the_clocks_on_the_wall(start: dt.datetime, due: list[str]) -> None:
    found = reminders.windows(start, KINDS, QUIET)
    assert [f"{window.due.astimezone(ROME):%dT%H:%M}" for window in found] == due


def test_a_reminder_is_of_use_until_the_next_one_or_its_day_or_the_meeting() -> None:
    start = at("2026-11-28", "18:00")
    found = reminders.windows(start, KINDS, QUIET)
    assert [window.kind for window in found] == [WEEK, DAY, HOURS]
    assert [window.until for window in found] == [at("2026-11-27", "00:00"), found[2].due, start]


def test_a_kind_of_meeting_may_have_fewer() -> None:
    start = at("2026-11-28", "18:00")
    assert reminders.windows(start, [DAY], QUIET) == [Window(DAY, at("2026-11-27", "18:00"), start)]


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at("2026-11-27", "17:59"), False),
        (at("2026-11-27", "18:00"), True),
        (at("2026-11-27", "20:59"), True),
        (at("2026-11-27", "21:00"), False),
        (at("2026-11-28", "07:59"), False),
        (at("2026-11-28", "08:00"), True),
        (at("2026-11-28", "16:00"), False),
    ],
)
def test_none_goes_in_quiet_hours(now: dt.datetime, goes: bool) -> None:  # noqa: FBT001 - a table
    start = at("2026-11-28", "18:00")
    window = reminders.windows(start, KINDS, QUIET)[1]
    assert reminders.may_go(window, start, now, QUIET) is goes


def test_one_that_waits_must_arrive_before_the_night() -> None:
    window = reminders.windows(at("2026-11-28", "18:00"), KINDS, QUIET)[1]
    evening, morning = at("2026-11-27", "18:00"), at("2026-11-28", "08:00")
    assert reminders.deadline(window, evening, QUIET) == at("2026-11-27", "21:00")
    assert reminders.deadline(window, morning, QUIET) == at("2026-11-28", "16:00")
