"""When the seat of somebody who did not answer goes on: never in quiet hours, and in time."""

import datetime as dt

import pytest

from school import releases
from tests.school.test_reminders import QUIET, at


@pytest.mark.parametrize(
    ("start", "hours", "moment"),
    [
        (at("2026-11-28", "18:00"), 6, at("2026-11-28", "12:00")),
        (at("2026-11-28", "18:00"), 0, None),
        # It would be night: in the morning.
        (at("2026-11-28", "10:00"), 6, at("2026-11-28", "08:00")),
        (at("2026-11-28", "09:00"), 3, at("2026-11-28", "08:00")),
        # The morning is too late for whoever would get it.
        (at("2026-11-28", "08:30"), 3, None),
        # The clocks go back in that night.
        (at("2026-10-25", "12:00"), 12, at("2026-10-25", "08:00")),
        (at("2026-11-28", "23:30"), 3, at("2026-11-28", "20:30")),
    ],
)
def test_it_is_some_hours_before_and_never_at_night(
    start: dt.datetime, hours: int, moment: dt.datetime | None
) -> None:
    assert releases.moment(start, hours, QUIET) == moment
