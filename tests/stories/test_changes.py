"""Back, the review, edited messages, another stage: an answer changes, and no other is lost."""

import pytest

from tests.stories.steps import (
    ASKED,
    VALUES,
    asked_in,
    at_question,
    at_the_end,
    begins,
    gives,
    has_answered,
    kept,
)
from tests.world import World

INCOME = {"income": VALUES["income"], "public_share": VALUES["public_share"]}


async def test_back_shows_the_answer_before_and_keeps_it(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.taps("Back")
    assert ada.sees == [
        "To begin · 1 of 3\nWhat is your idea, in one sentence?",
        "Simple words are enough. You can write in your own language.",
        "Your answer: A workshop to repair things",
    ]
    await ada.taps("Keep my answer")
    assert asked_in(ada) == "where"
    assert (await kept(town))["sentence"] == VALUES["sentence"]


async def test_back_and_back_again_to_the_first_question(town: World) -> None:
    ada = await at_question(town, "field")
    for key in ("where", "sentence", "stage"):
        await ada.taps("Back")
        assert asked_in(ada) == key
    assert "Back" not in ada.buttons


async def test_an_answer_changed_after_back_leads_to_the_next_open_question(town: World) -> None:
    ada = await at_question(town, "field")
    await ada.taps("Back")
    await ada.taps("Back")
    await ada.says("A library of tools")
    assert (await kept(town))["sentence"] == {"text": "A library of tools", "voices": []}
    assert asked_in(ada) == "field"


async def test_start_after_back_asks_the_same_question_again(town: World) -> None:
    ada = await at_question(town, "field")
    await ada.taps("Back")
    before = ada.screen
    await ada.says("/start")
    assert ada.screen == before


async def test_each_answer_can_be_changed_from_the_review_and_leads_back_to_it(
    town: World,
) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps("Read my answers")
    await ada.taps("Change: Idea in short")
    assert ada.sees[-1] == "Your answer: A workshop to repair things"
    assert ada.buttons[-1] == "Back to my answers"
    await ada.says("A library of tools")
    assert ada.sees == [
        "To begin · page 1 of 5",
        (
            "How far you are: I have a ready project\n"
            "Idea in short: A library of tools\n"
            "Neighbourhood: Dergano\n"
            "The topic: Environment and reuse"
        ),
    ]


async def test_the_review_has_a_page_for_each_part(town: World) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps("Read my answers")
    heads: list[str] = []
    while True:
        heads.append(ada.sees[0])
        if "Next page" not in ada.buttons:
            break
        await ada.taps("Next page")
    assert heads == [
        "To begin · page 1 of 5",
        "Useful · page 2 of 5",
        "New · page 3 of 5",
        "Sustainable · page 4 of 5",
        "You and your group · page 5 of 5",
    ]


async def test_back_to_my_answers_changes_nothing(town: World) -> None:
    ada = await at_the_end(town)
    answers = await kept(town)
    await ada.taps("Read my answers")
    review = ada.screen
    await ada.taps("Change: Neighbourhood")
    await ada.taps("Back to my answers")
    assert ada.screen == review
    assert await kept(town) == answers


async def test_an_answer_that_closes_a_question_keeps_what_was_answered_there(
    town: World,
) -> None:
    ada = await has_answered(town, {**INCOME})
    await ada.taps_data("change:income")
    await ada.taps("✓ Our own work")
    await ada.taps("Go on")
    assert (await kept(town))["public_share"] == VALUES["public_share"]
    assert [line.partition(":")[0] for line in ada.sees[1].splitlines()] == [
        "The costs",
        "The resources",
        "After support",
    ]


async def test_an_answer_that_opens_the_question_again_finds_its_answer_there(
    town: World,
) -> None:
    closed = {"choices": ["public"], "other": ""}
    ada = await has_answered(town, {**INCOME, "income": closed})
    await ada.taps_data("change:income")
    await ada.taps("Our own work")
    await ada.taps("Go on")
    assert ada.sees[1].splitlines()[2] == "Public money: 50%"


async def test_another_stage_keeps_the_answers_and_says_how_many_there_are(town: World) -> None:
    ada = await at_the_end(town, "none")
    before = await kept(town)
    await ada.taps("Read my answers")
    await ada.taps("Change: How far you are")
    await ada.taps("I have a ready project")
    assert ada.sees[0] == "4 of 16 questions already have your answer."
    assert await kept(town) == {**before, "stage": {"choice": "project"}}
    await ada.says("/start")
    assert asked_in(ada) == "sentence"


async def test_a_stage_and_back_is_as_it_was(town: World) -> None:
    ada = await at_the_end(town, "project")
    before = await kept(town)
    for label in ("I don't have an idea yet", "I have a ready project"):
        await ada.taps("Read my answers")
        await ada.taps("Change: How far you are")
        await ada.taps(label)
        await ada.taps("My idea")
    assert await kept(town) == before
    assert ada.sees[1] == "18 of 18 questions have your answer."


async def test_editing_an_own_message_changes_that_answer_and_says_so(town: World) -> None:
    ada = await begins(town)
    sentence = await ada.says("A workshop")
    await gives(ada, "where")
    await ada.edits(sentence, "A workshop for lamps")
    assert ada.sees[0] == "I changed your answer: Idea in short"
    assert asked_in(ada) == "field"
    assert (await kept(town))["sentence"] == {"text": "A workshop for lamps", "voices": []}


@pytest.mark.parametrize(
    ("key", "first", "second", "value"),
    [
        ("costs", "3000", "3500", {"number": "3500"}),
        ("field", "sport", "Arts and culture", {"choice": "culture"}),
        ("for_whom", "children", "young people", {"choices": ["young"], "other": ""}),
        ("where", "Dergano", "Isola", {"places": ["11"]}),
    ],
)
async def test_editing_changes_answers_of_every_kind(
    town: World, key: str, first: str, second: str, value: object
) -> None:
    ada = await at_question(town, key)
    message = await ada.says(first)
    if "Go on" in ada.buttons:
        await ada.taps("Go on")
    await ada.edits(message, second)
    assert (await kept(town))[key] == value


async def test_an_edit_that_cannot_be_read_leaves_the_answer_and_says_why(town: World) -> None:
    ada = await at_question(town, "costs")
    message = await ada.says("3500")
    await ada.edits(message, "a lot")
    assert ada.sees[0] == "The costs stays as it was: I could not read it."
    assert (await kept(town))["costs"] == {"number": "3500"}
    assert asked_in(ada) == "income"


async def test_an_edit_that_is_too_long_leaves_the_answer_and_says_why(town: World) -> None:
    ada = await begins(town)
    message = await ada.says("A workshop")
    await ada.edits(message, "x" * 251)
    assert ada.sees[0] == "Idea in short stays as it was: it is too long."
    assert (await kept(town))["sentence"] == {"text": "A workshop", "voices": []}


async def test_editing_what_is_no_answer_changes_nothing_and_says_so(town: World) -> None:
    ada = await begins(town)
    replaced = await ada.says("A workshop")
    await ada.taps("Back")
    await ada.says("A library")
    await ada.edits(replaced, "A workshop for lamps")
    assert ada.sees[0] == "That message is not an answer, so nothing changed."
    assert asked_in(ada) == "where"
    assert (await kept(town))["sentence"] == {"text": "A library", "voices": []}


async def test_editing_from_the_review_shows_the_answers_again(town: World) -> None:
    ada = await at_question(town, "help", "intuition")
    message = await ada.says("A van")
    await ada.taps("Go on")
    await ada.edits(message, "A van and a driver")
    assert ada.sees[0] == "I changed your answer: Help you need"
    assert (await kept(town))["help"] == {"choices": [], "other": "A van and a driver"}


async def test_cancel_closes_a_change_and_leaves_the_answer(town: World) -> None:
    ada = await at_the_end(town)
    before = await kept(town)
    await ada.taps("Read my answers")
    await ada.taps("Change: Neighbourhood")
    await ada.says("/cancel")
    assert ada.sees == [
        "Closed. I keep all your answers.",
        "The School of Neighbourhoods",
        "All questions about your idea have an answer.",
    ]
    assert await kept(town) == before


def test_the_words_of_the_questions_are_all_different() -> None:
    assert len(set(ASKED.values())) == len(ASKED)
