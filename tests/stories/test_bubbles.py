"""Whose is a free text? One answer in several bubbles, and texts that nobody asked for."""

from tests.stories.steps import (
    VALUES,
    asked_in,
    at_question,
    at_the_end,
    begins,
    gives,
    kept,
    waiting,
)
from tests.world import World

JOIN = "It belongs to the answer before"


async def test_the_second_bubble_can_join_the_answer_before(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("Lamps break")
    assert JOIN not in ada.buttons
    await ada.says("and nobody mends them")
    assert ada.sees[0] == ("I read “and nobody mends them”. Here I need one of the buttons below.")
    await ada.taps(JOIN)
    assert ada.sees[0] == "Added to: The problem"
    assert asked_in(ada) == "evidence"
    assert (await kept(town))["need"] == {
        "text": "Lamps break\nand nobody mends them",
        "voices": [],
    }


async def test_three_bubbles_in_one_go_make_one_answer(town: World) -> None:
    ada = await at_question(town, "need")
    for words in ("Lamps break", "and nobody mends them", "so they are thrown away"):
        await ada.says(words)
    await ada.taps(JOIN)
    await ada.taps(JOIN)
    assert JOIN not in ada.buttons
    assert asked_in(ada) == "evidence"
    assert (await kept(town))["need"]["text"] == (
        "Lamps break\nand nobody mends them\nso they are thrown away"
    )


async def test_a_bubble_that_answered_the_next_text_question_is_taken_back(town: World) -> None:
    ada = await at_question(town, "take_part")
    await ada.says("They decide")
    await ada.says("and they teach")
    assert (await kept(town))["exists"] == {"text": "and they teach", "voices": []}
    await ada.taps(JOIN)
    assert asked_in(ada) == "exists"
    answers = await kept(town)
    assert answers["take_part"] == {"text": "They decide\nand they teach", "voices": []}
    assert "exists" not in answers


async def test_three_bubbles_over_two_text_questions_make_one_answer(town: World) -> None:
    ada = await at_question(town, "take_part")
    for words in ("They decide", "and they teach", "every week"):
        await ada.says(words)
    for _ in range(3):
        await ada.taps(JOIN)
    answers = await kept(town)
    assert answers["take_part"]["text"] == "They decide\nand they teach\nevery week"
    assert "exists" not in answers
    assert asked_in(ada) == "exists"
    assert JOIN not in ada.buttons


async def test_a_bubble_read_as_an_option_leaves_it_when_it_joins(town: World) -> None:
    ada = await at_question(town, "sentence")
    await ada.says("A garden")
    await ada.says("Isola")
    assert (await kept(town))["where"] == {"places": ["11"]}
    await ada.taps(JOIN)
    answers = await kept(town)
    assert answers["sentence"]["text"] == "A garden\nIsola"
    assert answers["where"] == {"places": []}
    assert asked_in(ada) == "where"


async def test_a_double_tap_joins_once(town: World) -> None:
    ada = await at_question(town, "take_part")
    await ada.says("They decide")
    bubble = await ada.says("and they teach")
    await ada.taps(JOIN)
    before = await kept(town)
    await ada.taps_data(f"join:{bubble}:exists")
    assert await kept(town) == before


async def test_a_bubble_that_joins_leaves_the_answer_that_was_there(town: World) -> None:
    ada = await at_question(town, "help")
    await ada.taps("Back")
    await ada.says("and a neighbour helps")
    await ada.taps(JOIN)
    answers = await kept(town)
    assert answers["people"] == {"number": "3"}
    assert answers["why_you"]["text"] == f"{VALUES['why_you']['text']}\nand a neighbour helps"


async def test_together_too_long_stays_apart_and_nothing_is_lost(town: World) -> None:
    ada = await begins(town)
    await ada.says("a" * 240)
    await ada.says("Isola, where I live")
    await ada.taps(JOIN)
    assert ada.sees[0] == "Together they are too long, so I left both as they were."
    assert (await kept(town))["sentence"] == {"text": "a" * 240, "voices": []}


async def test_editing_one_bubble_changes_its_part_of_the_answer(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("Lamps break")
    second = await ada.says("and nobody mends them")
    await ada.taps(JOIN)
    await ada.edits(second, "and go to the bin")
    assert (await kept(town))["need"]["text"] == "Lamps break\nand go to the bin"


async def test_a_text_that_nobody_asked_for_is_kept_and_asked_about(town: World) -> None:
    ada = await at_the_end(town, "intuition")
    await ada.says("I also have a van")
    assert ada.sees == ["I read: “I also have a van”\nDoes it answer “Idea in short”?"]
    assert ada.buttons == ["Yes, it answers that", "Add it to an answer", "Neither"]
    assert await waiting(town) == ["I also have a van"]


async def test_it_can_be_added_to_an_answer_of_choice(town: World) -> None:
    ada = await at_the_end(town, "intuition")
    await ada.says("and cables")
    await ada.taps("Add it to an answer")
    assert ada.sees == ["I read: “and cables”\nWhich answer does it belong to?"]
    assert ada.buttons == ["Idea in short", "The problem", "What exists", "Neither"]
    await ada.taps("The problem")
    assert ada.sees[0] == "Added to: The problem"
    assert (await kept(town))["need"]["text"] == f"{VALUES['need']['text']}\nand cables"


async def test_it_can_answer_the_question_that_is_open(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    await ada.says("Lamps break")
    assert ada.sees[0] == "I read: “Lamps break”\nDoes it answer “The problem”?"
    await ada.taps("Yes, it answers that")
    assert (await kept(town))["need"] == {"text": "Lamps break", "voices": []}
    assert asked_in(ada) == "evidence"


async def test_what_belongs_nowhere_is_not_kept(town: World) -> None:
    ada = await at_the_end(town)
    await ada.says("Good evening")
    await ada.taps("Neither")
    assert ada.sees[0] == "All right. I do not keep it."
    assert await waiting(town) == []


async def test_who_writes_before_an_idea_is_asked_whether_it_is_the_idea(town: World) -> None:
    ada = await town.resident()
    await ada.says("A garden on the roof")
    assert ada.sees == ["I read: “A garden on the roof”\nDoes it answer “Idea in short”?"]
    await ada.taps("Yes, it answers that")
    assert (await kept(town))["sentence"] == {"text": "A garden on the roof", "voices": []}
    assert asked_in(ada) == "stage"


async def test_an_edit_of_a_text_that_waits_is_asked_about_with_its_new_words(
    town: World,
) -> None:
    ada = await at_the_end(town)
    message = await ada.says("Good evning")
    await ada.edits(message, "Good evening")
    assert ada.sees == ["I read: “Good evening”\nDoes it answer “Idea in short”?"]


async def test_a_bubble_in_the_middle_of_several_choices_adds_own_words(town: World) -> None:
    ada = await at_question(town, "for_whom")
    await ada.taps("Children")
    await ada.says("cats")
    await ada.says("dogs")
    await ada.taps("Go on")
    assert (await kept(town))["for_whom"] == {"choices": ["children"], "other": "cats, dogs"}
    await gives(ada, "need")
    assert asked_in(ada) == "evidence"
