"""By when a tutor answers: by the second of the usual evenings, within the school's working days.
The 23rd of November 2026 is a Monday.
"""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school import profiles
from school.loading import School, load
from school.profiles import Away, Profile
from school.settings import Tutoring
from school.tutors import answer_day

SCHOOL = load()
MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


def school(**said: object) -> School:
    """The school with other times for tutors."""
    tutoring = Tutoring.model_validate(said)
    return replace(SCHOOL, settings=SCHOOL.settings.model_copy(update={"tutoring": tutoring}))


def on(*evenings: int) -> Profile:
    return Profile(("it",), evenings=evenings)


def away(first: int, back: int) -> Away:
    """Away on days of November, from the first until before the other."""
    return Away(dt.date(2026, 11, first), dt.date(2026, 11, back))


HOLIDAY = [dt.date(2026, 11, 26)]
DAYS = {
    "without evenings, within seven working days": (SCHOOL, on(), None, (12, 2)),
    "within as many as are set": (school(answer_days=3), on(), None, (11, 26)),
    "by the second of two evenings": (SCHOOL, on(1, 3), None, (11, 26)),
    "the evening of the same day is too soon": (SCHOOL, on(0, 1, 2), None, (11, 25)),
    "one evening a week: the last within the working days": (SCHOOL, on(4), None, (11, 27)),
    "evenings on a weekend": (SCHOOL, on(5, 6), None, (11, 29)),
    "no evening within the working days": (school(answer_days=2), on(4), None, (11, 25)),
    "a holiday is no evening": (school(holidays=HOLIDAY), on(1, 3), None, (12, 1)),
    "a holiday is no working day": (
        school(holidays=HOLIDAY, answer_days=3),
        *(on(), None, (11, 27)),
    ),
    "days away are none": (SCHOOL, on(1, 3), away(24, 27), (12, 3)),
    "days away move the working days": (school(answer_days=3), on(), away(24, 28), (12, 2)),
    "away later is no matter": (SCHOOL, on(1, 3), away(28, 30), (11, 26)),
}


@pytest.mark.parametrize("case", DAYS)
def test_an_answer_is_expected_by(case: str) -> None:
    with_settings, said, free, day = DAYS[case]
    assert answer_day(with_settings, said, free, MONDAY) == dt.date(2026, *day)


EVENINGS = st.lists(st.integers(0, 6), unique=True).map(lambda days: on(*days))
BEGUN = st.integers(0, 400).map(lambda n: MONDAY + n * DAY)
LENGTHS = st.one_of(st.none(), st.tuples(st.integers(-20, 20), st.integers(1, 60)))


@given(EVENINGS, BEGUN, LENGTHS)
def test_it_is_later_and_never_on_a_day_away(
    said: Profile, begun: dt.date, days: tuple[int, int] | None
) -> None:
    free = None
    if days is not None:
        first = begun + days[0] * DAY
        free = Away(first, first + days[1] * DAY)
    found = answer_day(SCHOOL, said, free, begun)
    assert found > begun
    assert free is None or not free.has(found)
    assert not said.evenings or found.weekday() in {*said.evenings} or SCHOOL.working.is_day(found)


@given(EVENINGS, BEGUN)
def test_without_absence_it_is_within_the_working_days(said: Profile, begun: dt.date) -> None:
    found = answer_day(SCHOOL, said, None, begun)
    between = [begun + n * DAY for n in range(1, (found - begun).days + 1)]
    working = sum(SCHOOL.working.is_day(day) for day in between)
    assert working <= SCHOOL.settings.tutoring.answer_days


@pytest.mark.parametrize(("days", "last"), [(1, 24), (6, 29)])
def test_days_away_end_with_the_last_one(days: int, last: int) -> None:
    found = profiles.until(MONDAY, MONDAY + days * DAY)
    assert found is not None
    assert (found.last, found.has(found.last), found.has(found.back)) == (
        *(dt.date(2026, 11, last), True, False),
    )


@pytest.mark.parametrize("days", [-1, 366, 4000])
def test_nobody_is_away_backwards_or_for_more_than_a_year(days: int) -> None:
    assert profiles.until(MONDAY, MONDAY + days * DAY) is None
