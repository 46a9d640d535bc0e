"""What a typed text means to a question, by its kind, and how to take exactly that back."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school import answering
from school.answering import read, without
from school.reading import Doubt, Found, OutOfRange, Read, Reading, TooLong, Unread, as_digits
from tests.school.answers import SCHOOL, choices

QUESTIONS = SCHOOL.questionnaire.questions
PLACES = SCHOOL.neighbourhoods


def reads(key: str, typed: str, before: dict[str, Any] | None = None) -> Reading:
    return read(QUESTIONS[key], before or {}, typed, PLACES)


@pytest.mark.parametrize(
    ("key", "typed", "reading"),
    [
        ("need", "Lamps break", Read({"text": "Lamps break", "voices": []})),
        ("exists", "I found nothing!", Read({"ready": "nothing"})),
        ("stage", "Ho una prima idea", Read({"choice": "intuition"})),
        ("stage", "no idea at all", Unread()),
        ("field", "beekeeping", Read({"other": "beekeeping"})),
        ("evidence", "something else", Unread()),
        ("evidence", "I asked people; I found figures", Read(choices("asked", "figures"))),
        ("for_whom", "Children, cats", Read(choices("children", other="cats"))),
        ("where", "Dergano", Read({"places": ["79"]})),
        ("where", "The whole city", Read({"places": ["city"]})),
        ("where", "Timbuktu", Unread()),
        ("costs", "2.000", Doubt([Decimal(2000), Decimal(2)])),
        ("costs", "lots", Unread()),
        ("people", "2.5", Unread()),
        ("people", "0", OutOfRange(Decimal(0), 1, 1000)),
        ("public_share", "140 %", OutOfRange(Decimal(140), 0, 100)),
        ("public_share", "25 or 140", Read({"number": "25"})),
    ],
)
def test_a_text_is_read_by_the_kind_of_question(key: str, typed: str, reading: Reading) -> None:
    assert reads(key, typed) == reading


def test_places_that_are_not_certain_are_offered() -> None:
    reading = reads("where", "dergno")
    assert isinstance(reading, Found)
    assert [place.label for place in reading.places] == ["Dergano"]


@pytest.mark.parametrize(("key", "most"), [("sentence", 250), ("field", 100), ("for_whom", 100)])
def test_what_is_too_long_is_measured_and_not_cut(key: str, most: int) -> None:
    assert reads(key, "x" * (most + 1)) == TooLong(most + 1, most)
    assert isinstance(reads(key, "x" * most), Read)


def test_what_is_typed_adds_to_what_is_chosen() -> None:
    before = choices("children", other="cats")
    assert reads("for_whom", "dogs", before) == Read(choices("children", other="cats, dogs"))
    assert reads("for_whom", "young people", before) == Read(
        choices("children", "young", other="cats")
    )


def test_not_yet_stands_alone() -> None:
    assert reads("evidence", "I still have to find out", choices("asked")) == Read(
        choices("not_yet")
    )
    assert reads("evidence", "I asked people", choices("not_yet")) == Read(choices("asked"))


@pytest.mark.parametrize("key", [key for key, q in QUESTIONS.items() if q.options])
@pytest.mark.parametrize("language", ["it", "en", "es", "fr", "ar", "zh"])
def test_every_option_can_be_typed_in_every_language(key: str, language: str) -> None:
    question = QUESTIONS[key]
    for option, label in question.options.items():
        reading = reads(key, label[language].upper())
        assert isinstance(reading, Read)
        name = {"choice": "choice", "choices": "choices", "places": "places"}[question.kind]
        expected = option if name == "choice" else [option]
        assert reading.value[name] == expected


WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.sets(st.sampled_from(list(QUESTIONS["for_whom"].options))), WORDS, WORDS)
def test_what_was_typed_is_taken_back_exactly(chosen: set[str], own: str, typed: str) -> None:
    before = choices(*sorted(chosen), other="" if own == typed else own)
    question = QUESTIONS["for_whom"]
    after = read(question, before, typed, PLACES)
    assert isinstance(after, Read)
    assert without(question, after.value, typed, PLACES) == before


def test_a_place_that_was_typed_is_taken_back() -> None:
    question = QUESTIONS["where"]
    assert without(question, {"places": ["79", "11"]}, "Isola", PLACES) == {"places": ["79"]}


@given(st.text(max_size=300), st.sampled_from(list(QUESTIONS)))
def test_any_text_is_read_by_any_question_without_an_error(typed: str, key: str) -> None:
    assert isinstance(reads(key, typed), Reading)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**9))
def test_a_number_is_stored_as_plain_figures(number: Decimal) -> None:
    stored = as_digits(number)
    assert Decimal(stored) == number
    assert set(stored) <= set("0123456789.")


def test_taking_the_last_choice_away_leaves_nothing() -> None:
    question = QUESTIONS["for_whom"]
    left = answering.with_option(question, choices("older"), "older", on=False)
    assert answering.is_empty(left)
