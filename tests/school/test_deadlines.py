"""Until when an offer stands, in Rome's clocks: it is quiet from 21 to 8. The clocks go back on the
25th of October 2026 and forward on the 28th of March 2027.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.deadlines import deadline
from school.quiet import Quiet

ROME = ZoneInfo("Europe/Rome")
NIGHT = Quiet(ROME)
NEVER = Quiet(ROME, dt.time(0), dt.time(0))
NOON = Quiet(ROME, dt.time(13), dt.time(15))
LEAST, DAY = dt.timedelta(minutes=15), dt.timedelta(days=1)


def at(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=ROME).astimezone(dt.UTC)


SATURDAY = at(2026, 11, 28, 18)
OFFERS = {
    "a day that stands still in the night": (at(2026, 11, 23, 10), SATURDAY, at(2026, 11, 24, 21)),
    "offered in the night": (at(2026, 11, 22, 23, 30), SATURDAY, at(2026, 11, 24, 19)),
    "a third of 47 hours": (at(2026, 11, 25, 10), SATURDAY, at(2026, 11, 26, 12, 40)),
    "a third of the morning": (at(2026, 11, 27, 23), SATURDAY, at(2026, 11, 28, 11, 20)),
    "two hours before": (at(2026, 11, 28, 16), SATURDAY, at(2026, 11, 28, 16, 40)),
    "half an hour before": (at(2026, 11, 28, 17, 30), SATURDAY, at(2026, 11, 28, 17, 45)),
    "ten minutes before": (at(2026, 11, 28, 17, 50), SATURDAY, at(2026, 11, 28, 18, 5)),
    "it has begun": (at(2026, 11, 28, 18, 30), SATURDAY, at(2026, 11, 28, 18, 45)),
    "the event is in the night": (
        at(2026, 11, 28, 20, 51),
        at(2026, 11, 28, 22),
        at(2026, 11, 28, 21, 14),
    ),
    "the event is right after the night": (
        at(2026, 11, 27, 22, 10),
        at(2026, 11, 28, 8, 10),
        at(2026, 11, 28, 1, 30),
    ),
    "a year ahead": (at(2026, 1, 1, 8), at(2027, 1, 1, 8), at(2026, 1, 2, 19)),
    "the clocks go back": (at(2026, 10, 24, 20), at(2026, 11, 28, 18), at(2026, 10, 26, 18)),
    "the clocks go forward": (at(2027, 3, 27, 20), at(2027, 4, 28, 18), at(2027, 3, 29, 18)),
    "a third, the clocks go back": (
        at(2026, 10, 24, 20, 30),
        at(2026, 10, 25, 10),
        at(2026, 10, 25, 8, 20),
    ),
    "a third, the clocks go forward": (
        at(2027, 3, 27, 20, 30),
        at(2027, 3, 28, 10),
        at(2027, 3, 28, 8, 20),
    ),
}
DAYS = {
    "no quiet hours, the clocks go back": (NEVER, at(2026, 10, 24, 20), at(2026, 10, 25, 19)),
    "no quiet hours, the clocks go forward": (NEVER, at(2027, 3, 27, 20), at(2027, 3, 28, 21)),
    "quiet at noon": (NOON, at(2026, 11, 23, 10), at(2026, 11, 24, 12)),
    "begun in the quiet noon": (NOON, at(2026, 11, 23, 14), at(2026, 11, 24, 17)),
    "elsewhere": (
        Quiet(ZoneInfo("Asia/Shanghai")),
        dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 24, 13, tzinfo=dt.UTC),
    ),
}
CLOCKS = st.integers(0, 24 * 12 - 1).map(lambda n: dt.time(n // 12, n % 12 * 5))
MOMENTS = st.integers(0, 400 * 24 * 12).map(
    lambda n: dt.datetime(2026, 9, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=5 * n)
)
SPANS = st.integers(1, 72 * 60).map(lambda n: dt.timedelta(minutes=n))


@pytest.mark.parametrize("case", OFFERS)
def test_an_offer_stands_until(case: str) -> None:
    now, start, until = OFFERS[case]
    assert deadline(now, start, NIGHT) == until


@pytest.mark.parametrize("case", DAYS)
def test_a_day_without_its_quiet_hours_ends(case: str) -> None:
    quiet, now, until = DAYS[case]
    assert quiet.after(now, DAY) == until
    assert quiet.between(now, until) == DAY


def test_reversed_times_have_nothing_between_them() -> None:
    assert NIGHT.between(SATURDAY, SATURDAY - DAY) == dt.timedelta()


@given(MOMENTS, SPANS, CLOCKS, CLOCKS)
def test_time_that_is_added_is_the_time_between(
    now: dt.datetime, span: dt.timedelta, begins: dt.time, ends: dt.time
) -> None:
    quiet = Quiet(ROME, begins, ends)
    assert quiet.between(now, quiet.after(now, span)) == span


@given(MOMENTS, SPANS, CLOCKS, CLOCKS)
def test_an_offer_leaves_a_quarter_of_an_hour_and_ends_before_the_event(
    now: dt.datetime, ahead: dt.timedelta, begins: dt.time, ends: dt.time
) -> None:
    until = deadline(now, now + ahead, Quiet(ROME, begins, ends))
    assert now + LEAST <= until <= now + max(LEAST, ahead)
