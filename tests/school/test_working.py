"""Working hours in Rome's clocks, Monday to Friday from 9 to 18; the 23rd of November 2026 is a
Monday. The clocks go back on the 25th of October 2026 and forward on the 28th of March 2027.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.working import Working, midnight

ROME = ZoneInfo("Europe/Rome")
OFFICE = Working(ROME)
NIGHTS = Working(ROME, frozenset(range(7)), dt.time(1), dt.time(5))
FEAST = Working(ROME, holidays=frozenset({dt.date(2026, 11, 24), dt.date(2026, 11, 25)}))
HOUR = dt.timedelta(hours=1)


def at(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=ROME).astimezone(dt.UTC)


AFTER = {
    "on the same day": (OFFICE, at(2026, 11, 23, 10), 3, at(2026, 11, 23, 13)),
    "until the last hour": (OFFICE, at(2026, 11, 23, 10), 8, at(2026, 11, 23, 18)),
    "two days": (OFFICE, at(2026, 11, 23, 10), 16, at(2026, 11, 24, 17)),
    "from the night on": (OFFICE, at(2026, 11, 23, 22), 1, at(2026, 11, 24, 10)),
    "before the first hour": (OFFICE, at(2026, 11, 23, 7), 1, at(2026, 11, 23, 10)),
    "over the weekend": (OFFICE, at(2026, 11, 27, 17), 2, at(2026, 11, 30, 10)),
    "begun on a Sunday": (OFFICE, at(2026, 11, 29, 12), 9, at(2026, 11, 30, 18)),
    "no time at all, in the night": (OFFICE, at(2026, 11, 28, 3), 0, at(2026, 11, 30, 9)),
    "no time at all, at work": (OFFICE, at(2026, 11, 23, 11), 0, at(2026, 11, 23, 11)),
    "over two holidays": (FEAST, at(2026, 11, 23, 17), 2, at(2026, 11, 26, 10)),
    "a night in which the clocks go back": (NIGHTS, at(2026, 10, 25, 0), 5, at(2026, 10, 25, 5)),
    "a night in which they go forward": (NIGHTS, at(2027, 3, 28, 0), 4, at(2027, 3, 29, 2)),
    "elsewhere": (
        Working(ZoneInfo("Asia/Shanghai")),
        dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC),
        9,
        dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC),
    ),
}
CLOCKS = st.integers(0, 24 * 12 - 1).map(lambda n: dt.time(n // 12, n % 12 * 5))
SPANS_OF_A_DAY = st.tuples(CLOCKS, CLOCKS).filter(lambda two: two[0] < two[1])
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
MOMENTS = st.integers(0, 400 * 24 * 12).map(
    lambda n: dt.datetime(2026, 9, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=5 * n)
)
HOLIDAYS = st.frozensets(
    st.integers(0, 500).map(lambda n: dt.date(2026, 9, 1) + dt.timedelta(days=n)), max_size=20
)
TIMES = st.integers(1, 40 * 60).map(lambda n: dt.timedelta(minutes=n))


@st.composite
def hours(draw: st.DrawFn) -> Working:
    """Working hours of any school."""
    return Working(ROME, draw(DAYS), *draw(SPANS_OF_A_DAY), draw(HOLIDAYS))


@pytest.mark.parametrize("case", AFTER)
def test_so_many_working_hours_end(case: str) -> None:
    working, start, hours, end = AFTER[case]
    assert working.after(start, hours * HOUR) == end
    assert working.between(start, end) == hours * HOUR


def test_reversed_times_have_nothing_between_them() -> None:
    assert OFFICE.between(at(2026, 11, 24, 12), at(2026, 11, 23, 12)) == dt.timedelta()


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (dt.date(2026, 11, 23), at(2026, 11, 24, 9)),
        (dt.date(2026, 11, 27), at(2026, 11, 30, 9)),
        (dt.date(2026, 11, 28), at(2026, 11, 30, 9)),
    ],
)
def test_a_day_is_over_when_work_begins_again(day: dt.date, begins: dt.datetime) -> None:
    assert OFFICE.when_over(day) == begins


def test_a_holiday_is_no_working_day() -> None:
    days = [dt.date(2026, 11, day) for day in range(23, 30)]
    assert [day.day for day in days if OFFICE.is_day(day)] == [23, 24, 25, 26, 27]
    assert [day.day for day in days if FEAST.is_day(day)] == [23, 26, 27]


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert midnight(dt.date(2026, 11, 23), ROME) == at(2026, 11, 23)


@given(MOMENTS, TIMES, hours())
def test_time_that_is_added_is_the_time_between(
    now: dt.datetime, span: dt.timedelta, working: Working
) -> None:
    assert working.between(now, working.after(now, span)) == span


@given(MOMENTS, TIMES, hours())
def test_it_ends_in_working_hours(now: dt.datetime, span: dt.timedelta, working: Working) -> None:
    end = working.after(now, span).astimezone(ROME)
    assert working.is_day(end.date())
    assert now < end


@given(MOMENTS, TIMES, TIMES)
def test_two_spans_are_as_long_as_their_sum(
    now: dt.datetime, first: dt.timedelta, second: dt.timedelta
) -> None:
    assert OFFICE.after(OFFICE.after(now, first), second) == OFFICE.after(now, first + second)
