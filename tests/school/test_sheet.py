"""The sheet: which questions apply, which comes next, where one is."""

from typing import Any

import pytest

from school.questionnaire import Clause
from school.sheet import Sheet
from tests.school.answers import SCHOOL, choices, sheet, text


def keys(of: Sheet) -> list[str]:
    return [question.key for question in of.asked()]


def test_before_the_stage_only_the_stage_is_asked() -> None:
    assert keys(sheet(None)) == ["stage"]


def test_a_stage_that_is_gone_is_asked_again() -> None:
    assert keys(sheet("gone")) == ["stage"]


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        (
            "intuition",
            "stage sentence where for_whom need exists income people help",
        ),
        ("none", "stage where need for_whom"),
    ],
)
def test_each_path_has_its_order(stage: str, asked: str) -> None:
    assert keys(sheet(stage)) == asked.split()


def test_a_project_has_eighteen_questions_when_all_apply() -> None:
    whole = sheet(different=choices("way"), income=choices("public", "gifts"))
    assert keys(whole) == list(SCHOOL.questionnaire.questions)
    assert len(keys(whole)) == 18


@pytest.mark.parametrize(
    ("income", "applies"),
    [
        (choices("public"), False),
        (choices("gifts", "users"), False),
        (choices("public", "gifts"), True),
        ("unknown", False),
    ],
)
def test_the_public_share_applies_beside_other_money(income: object, *, applies: bool) -> None:
    assert ("public_share" in keys(sheet(income=income))) is applies


@pytest.mark.parametrize(
    ("different", "applies"), [(choices("way"), True), ("unknown", False), ("choosing", False)]
)
def test_what_changes_applies_once_something_is_different(
    different: object, *, applies: bool
) -> None:
    assert ("why_new" in keys(sheet(different=different))) is applies


def test_the_next_open_question_is_the_first_without_an_answer() -> None:
    given = sheet("none", where={"places": ["1"]}, for_whom="skipped")
    question = given.next_open()
    assert question is not None
    assert question.key == "need"


def test_a_choice_that_is_not_finished_is_no_answer_yet() -> None:
    assert sheet("none", where="choosing").given("where") is None


def test_all_answered_leaves_nothing_open() -> None:
    given = sheet("none", where={"places": ["1"]}, need="unknown", for_whom="skipped")
    assert given.next_open() is None
    assert given.progress() == (4, 4)


def test_where_one_is_in_a_part() -> None:
    given = sheet("project")
    need = given.question("need")
    assert need is not None
    assert given.place(need) == (2, 4)
    before = given.before("need")
    assert before is not None
    assert before.key == "for_whom"
    assert given.before("stage") is None


def test_answers_of_other_paths_are_kept_and_not_asked() -> None:
    given = sheet("none", costs={"number": "5"})
    assert given.question("costs") is None
    assert given.answers["costs"].value == {"number": "5"}


@pytest.mark.parametrize(
    ("clause", "given", "holds"),
    [
        ({"is": "open"}, {}, True),
        ({"is": "unknown"}, {"need": "unknown"}, True),
        ({"is": "skipped"}, {"need": "skipped"}, True),
        ({"is": "answered"}, {"need": text("x")}, True),
        ({"is": "voice"}, {"need": text("x")}, False),
        ({"is": "voice"}, {"need": text("", 1)}, True),
        ({"is": "voice"}, {"need": text("x", 1)}, False),
        ({"is": "answered"}, {"need": text("", 1)}, True),
        ({"is": "open"}, {"need": "choosing"}, True),
    ],
)
def test_a_clause_on_how_a_question_was_answered(
    clause: dict[str, str], given: dict[str, Any], *, holds: bool
) -> None:
    tested = Clause.model_validate({"question": "need", **clause})
    assert sheet(**given).holds(tested) is holds


@pytest.mark.parametrize(
    ("clause", "holds"),
    [
        ({"question": "costs", "at_least": 500}, True),
        ({"question": "costs", "at_most": 499}, False),
        ({"question": "evidence", "at_least": 2}, True),
        ({"question": "evidence", "includes": "asked"}, True),
        ({"question": "evidence", "excludes": "tried"}, True),
        ({"question": "evidence", "includes": "tried"}, False),
        ({"question": "for_whom", "includes": "other"}, True),
        ({"question": "people", "at_least": 1}, False),
    ],
)
def test_a_clause_on_choices_and_numbers(clause: dict[str, object], *, holds: bool) -> None:
    given = sheet(
        costs={"number": "500"},
        evidence=choices("asked", "figures"),
        for_whom=choices(other="cats"),
        people="unknown",
    )
    assert given.holds(Clause.model_validate(clause)) is holds


def test_no_clause_holds_on_a_question_that_the_path_does_not_ask() -> None:
    clause = Clause.model_validate({"question": "costs", "at_least": 1})
    assert not sheet("none", costs={"number": "5"}).holds(clause)
