"""For whom an event is: what it says of people against what they answered."""

from typing import Any

import pytest

from db.events import Event
from school import fitting, loading
from school.sheet import ANSWERED, Given, Sheet

QUESTIONNAIRE = loading.load().questionnaire


def sheet(stage: str | None = None, *places: str) -> Sheet:
    """The answers that count here."""
    answers: dict[str, Given] = {}
    if stage is not None:
        answers["stage"] = Given(ANSWERED, {"choice": stage})
    if places:
        answers["where"] = Given(ANSWERED, {"places": [*places]})
    return Sheet(QUESTIONNAIRE, answers)


@pytest.mark.parametrize(
    ("options", "answers", "expected"),
    [
        ({}, sheet(), fitting.FITS),
        ({"for_stages": ["project"]}, sheet("project"), fitting.FITS),
        ({"for_stages": ["project", "none"]}, sheet("none"), fitting.FITS),
        ({"for_stages": ["project"]}, sheet("none"), fitting.OTHER),
        ({"for_stages": ["project"]}, sheet(), fitting.UNKNOWN),
        ({"for_places": ["79"]}, sheet("none", "1", "79"), fitting.FITS),
        ({"for_places": ["79"]}, sheet("none", "city"), fitting.FITS),
        ({"for_places": ["79"]}, sheet("none", "elsewhere"), fitting.OTHER),
        ({"for_places": ["79"]}, sheet("none"), fitting.UNKNOWN),
        ({"for_stages": ["project"], "for_places": ["79"]}, sheet("none"), fitting.OTHER),
        ({"for_stages": ["none"], "for_places": ["79"]}, sheet("none"), fitting.UNKNOWN),
    ],
)
def test_whom_an_event_suits(options: dict[str, Any], answers: Sheet, expected: str) -> None:
    assert fitting.suits(Event(options=options), answers) == expected


@pytest.mark.parametrize(
    ("options", "language", "expected"),
    [
        ({}, "ar", True),
        ({"spoken": "ar"}, "ar", True),
        ({"spoken": "it"}, "ar", False),
        ({"for_stages": ["project"]}, "ar", True),
    ],
)
def test_a_list_has_what_may_be_for_me(
    options: dict[str, Any], language: str, *, expected: bool
) -> None:
    assert fitting.is_for(Event(options=options), sheet(), language) is expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"bars": True}, False),
        ({"for_places": ["79"]}, False),
        ({"for_places": ["79"], "bars": False}, False),
        ({"for_places": ["79"], "bars": True}, True),
    ],
)
def test_only_what_is_for_somebody_can_bar(options: dict[str, Any], *, expected: bool) -> None:
    assert fitting.bars(Event(options=options)) is expected
