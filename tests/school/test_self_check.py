"""The self-check: on what is there, never on words or lengths; kind to "I don't know yet"."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.interview import SORTS, self_check
from school.sheet import Sheet
from tests.school.answers import SCHOOL, choices, sheet, text

PARTS = [key for key, part in SCHOOL.questionnaire.parts.items() if part.criterion]
STAGES = list(SCHOOL.questionnaire.stages)


def said(of: Sheet, part: str) -> list[tuple[str, str]]:
    return [(sort, words["en"]) for sort, words in self_check(of, SCHOOL.selfcheck, part)]


def value_of(key: str) -> st.SearchStrategy[Any]:
    """Any answer that a question can have."""
    question = SCHOOL.questionnaire.questions[key]
    given_up = st.sampled_from(["unknown", "skipped"])
    options = list(question.options) or ["x"]
    values: dict[str, st.SearchStrategy[Any]] = {
        "text": st.builds(text, st.text(min_size=1), st.just(1)),
        "choice": st.sampled_from(options).map(lambda option: {"choice": option}),
        "choices": st.lists(st.sampled_from(options), unique=True, min_size=1).map(
            lambda chosen: choices(*chosen)
        ),
        "places": st.just({"places": ["79"]}),
    }
    number = st.integers(0, 100).map(lambda amount: {"number": str(amount)})
    return st.one_of(values.get(question.kind, number), given_up)


ANSWERS = st.fixed_dictionaries(
    {}, optional={key: value_of(key) for key in SCHOOL.questionnaire.questions if key != "stage"}
)


@given(ANSWERS, st.sampled_from(STAGES), st.sampled_from(PARTS))
def test_any_sheet_gets_one_line_of_each_sort_in_their_order(
    answers: dict[str, Any], stage: str, part: str
) -> None:
    lines = said(sheet(stage, **answers), part)
    assert [sort for sort, _ in lines] == list(SORTS)


@given(st.text(min_size=1), st.text(min_size=1))
def test_other_words_never_change_what_is_said(one: str, other: str) -> None:
    for part, stage in product(PARTS, STAGES):
        keys = [q.key for q in SCHOOL.questionnaire.questions.values() if q.kind == "text"]
        first = sheet(stage, **{key: text(one) for key in keys})
        second = sheet(stage, **{key: text(other) for key in keys})
        assert said(first, part) == said(second, part)


def test_a_voice_will_be_listened_to() -> None:
    spoken = sheet(for_whom=choices("older"), need=text("", 1))
    assert said(spoken, "useful")[0] == (
        "strong",
        "You told it by voice: your tutor will listen.",
    )


@pytest.mark.parametrize("part", PARTS)
def test_i_do_not_know_yet_is_answered_kindly(part: str) -> None:
    keys = [q.key for q in SCHOOL.questionnaire.questions.values() if q.part == part]
    lines = said(sheet(**dict.fromkeys(keys, "unknown")), part)
    words = " ".join(text for _, text in lines).lower()
    harsh = ("wrong", "fail", "must", "bad", "eligible", "score", "points")
    assert [word for word in harsh if word in words.split()] == []
    assert len(lines) == 4


def test_only_criteria_are_checked() -> None:
    assert said(sheet(), "basics") == []
    assert said(sheet(), "you") == []
