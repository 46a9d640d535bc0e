"""When those who came are asked, and how what they wrote is laid out on screens."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from school import feedback
from school.quiet import Quiet

ROME = ZoneInfo("Europe/Rome")
QUIET = Quiet(ROME)


def at(moment: str) -> dt.datetime:
    """A moment as clocks in Rome show it."""
    return dt.datetime.fromisoformat(moment).replace(tzinfo=ROME).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("end", "begins"),
    [
        ("2026-11-28T20:00", "2026-11-29T10:00"),
        # It ended in the small hours: the morning after is another day.
        ("2026-11-28T01:00", "2026-11-29T10:00"),
        # The clocks go back in the night between, and forward.
        ("2026-10-24T20:00", "2026-10-25T10:00"),
        ("2026-03-28T20:00", "2026-03-29T10:00"),
    ],
)
def test_people_are_asked_the_morning_after_the_last_meeting(end: str, begins: str) -> None:
    assert feedback.window(at(end), QUIET) == (at(begins), at(end) + dt.timedelta(days=3))


def test_a_city_that_sleeps_long_is_asked_when_it_wakes() -> None:
    late = Quiet(ROME, dt.time(20), dt.time(11))
    assert feedback.window(at("2026-11-28T20:00"), late)[0] == at("2026-11-29T11:00")


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ([], []),
        (["a"], [["a"]]),
        (["a" * 200, "b" * 200, "c"], [["a" * 200, "b" * 200], ["c"]]),
        (["a" * 400, "b" * 400], [["a" * 400], ["b" * 400]]),
    ],
)
def test_own_words_are_laid_out_in_pages(words: list[str], pages: list[list[str]]) -> None:
    assert feedback.pages(words) == pages


def test_the_present_question_is_the_first_that_nothing_was_said_to() -> None:
    asked = ["use", "next", "better"]
    said = [{}, {"use": "much"}, {"use": None, "next": "idea"}, dict.fromkeys(asked)]
    assert [feedback.present(asked, one) for one in said] == ["use", "next", "better", None]
