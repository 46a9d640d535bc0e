"""The three paths, whole: what is asked, in which order, and what is kept."""

import pytest

from db.tables import Wish
from school.interview import self_check
from tests.school.answers import sheet
from tests.stories.steps import (
    ASKED,
    GIVEN,
    PATHS,
    VALUES,
    asked_in,
    at_question,
    at_the_end,
    begins,
    gives,
    kept,
)
from tests.world import World

NO_IDEA_ASKED = {
    "where": "Which neighbourhood do you want to talk about?",
    "need": "What is missing there?",
    "for_whom": "Who needs it most?",
}


@pytest.mark.parametrize("stage", ["project", "intuition"])
async def test_a_path_asks_its_questions_in_order_and_keeps_each_answer(
    town: World, stage: str
) -> None:
    ada = await begins(town, stage)
    for key in PATHS[stage]:
        assert asked_in(ada) == key
        await gives(ada, key)
        assert (await kept(town))[key] == VALUES[key]
    own = {key: VALUES[key] for key in PATHS[stage]}
    assert await kept(town) == {"stage": {"choice": stage}, **own}
    count = len(own) + 1
    assert ada.sees[1] == f"{count} of {count} questions have your answer."


async def test_who_has_no_idea_yet_is_asked_three_things_in_other_words(town: World) -> None:
    ada = await begins(town, "none")
    for key in PATHS["none"]:
        assert NO_IDEA_ASKED[key] in ada.screen.splitlines()
        await gives(ada, key)
    assert await kept(town) == {
        "stage": {"choice": "none"},
        **{key: VALUES[key] for key in PATHS["none"]},
    }


async def test_a_question_says_where_one_is_and_offers_each_way_to_answer(town: World) -> None:
    ada = await at_question(town, "need")
    assert ada.sees == [
        "Useful · 2 of 4\nWhat problem do these people have?",
        (
            "Two or three sentences, by voice if you like, in your own language.\n"
            "Please leave out other people's names and health."
        ),
    ]
    assert ada.rows == [["See an example", "I don't know yet"], ["Back", "Later"]]


async def test_start_comes_back_to_the_same_question(town: World) -> None:
    ada = await at_question(town, "need")
    before = ada.screen
    await ada.says("/start")
    assert ada.screen == before
    await ada.says("/idea")
    assert ada.screen == before


async def test_a_restart_comes_back_to_the_same_question(town: World) -> None:
    ada = await at_question(town, "need")
    before, answers = ada.screen, await kept(town)
    await town.restart()
    await ada.says("/start")
    assert ada.screen == before
    assert await kept(town) == answers
    await ada.says("After the restart")
    assert asked_in(ada) == "evidence"


async def test_later_closes_and_the_idea_waits_where_it_was(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    assert ada.sees == [
        "All right, another time. I keep all your answers.",
        "The School of Neighbourhoods",
        "You can go on from: Useful · 2 of 4.",
    ]
    assert ada.rows == [["Continue my idea"], ["My answers"], ["Language"], ["Help and privacy"]]
    await ada.taps("Continue my idea")
    assert asked_in(ada) == "need"


@pytest.mark.parametrize("key", ["sentence", "for_whom", "need", "costs", "public_share", "people"])
async def test_i_do_not_know_yet_is_an_answer(town: World, key: str) -> None:
    ada = await at_question(town, key)
    await ada.taps("I don't know yet")
    assert (await kept(town))[key] == "unknown"
    assert asked_in(ada) == following(key)


@pytest.mark.parametrize("key", ["field", "why_you"])
async def test_an_optional_question_can_be_skipped(town: World, key: str) -> None:
    ada = await at_question(town, key)
    await ada.taps("Skip")
    assert (await kept(town))[key] == "skipped"
    assert asked_in(ada) == following(key)


def following(key: str) -> str:
    keys = list(GIVEN)
    return keys[keys.index(key) + 1]


async def test_a_question_that_must_be_answered_is_not_skipped_by_a_forged_button(
    town: World,
) -> None:
    ada = await at_question(town, "where")
    before = ada.screen
    await ada.taps_data("skip:where")
    await ada.taps_data("unknown:where")
    assert ada.screen == before
    assert list(await kept(town)) == ["stage", "sentence"]


async def test_an_example_shows_a_good_and_a_weak_answer_and_leads_back(town: World) -> None:
    ada = await at_question(town, "costs")
    await ada.says("/start")
    question = ada.screen
    await ada.taps("See an example")
    assert ada.sees == [
        (
            "A good example\n"
            "I made a list: rent, materials, insurance, hours of work. Then I added it all up."
        ),
        (
            "A weak example\n"
            "“Almost nothing, we do it all ourselves.” "
            "A borrowed room and hours of work have a cost too."
        ),
        "Now write your own answer, or go back to the question.",
    ]
    await ada.taps("Back to the question")
    assert ada.screen == question


async def test_an_answer_can_be_typed_under_the_example(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps("See an example")
    await ada.says("Nobody repairs anything")
    assert (await kept(town))["need"] == {"text": "Nobody repairs anything", "voices": []}


@pytest.mark.parametrize(
    ("income", "share"),
    [
        (["Public money"], False),
        (["Our own work"], False),
        (["People who use it", "People who donate"], False),
        (["Public money", "People who donate"], True),
    ],
)
async def test_the_public_share_is_asked_where_money_is_public_and_other_too(
    town: World, income: list[str], *, share: bool
) -> None:
    ada = await at_question(town, "income")
    for label in income:
        await ada.taps(label)
    await ada.taps("Go on")
    assert asked_in(ada) == ("public_share" if share else "after_grant")


async def test_what_changes_is_asked_where_something_is_different(town: World) -> None:
    ada = await at_question(town, "different")
    await ada.taps("I don't know yet")
    assert asked_in(ada) == "costs"


async def test_the_self_check_stands_above_the_next_question_after_each_criterion(
    town: World,
) -> None:
    ada = await at_question(town, "take_part")
    await ada.taps("I don't know yet")
    given = {key: VALUES[key] for key in ("for_whom", "need", "evidence")}
    said = self_check(sheet(**given, take_part="unknown"), town.app.school.selfcheck, "useful")
    labels = ["Strong", "Missing", "A tutor may ask", "For example"]
    assert ada.sees[0].splitlines() == [
        f"{label}: {words['en']}" for label, (_, words) in zip(labels, said, strict=True)
    ]
    assert ada.sees[1] == f"New · 1 of 2\n{ASKED['exists']}"


@pytest.mark.parametrize("stage", ["project", "intuition", "none"])
async def test_each_path_ends_with_a_next_step(town: World, stage: str) -> None:
    ada = await at_the_end(town, stage)
    assert ada.sees[-1] == town.app.school.settings.next_step["en"]
    await ada.taps("Write me when there is one")
    assert ada.sees[-1] == "I will write to you when there is a meeting."
    assert ada.buttons[0] == "Read my answers"
    assert [wish.about for wish in await town.rows(Wish)] == ["meeting"]


async def test_an_answer_is_kept_though_the_next_question_cannot_be_sent(town: World) -> None:
    ada = await at_question(town, "need")
    refused = {"method": "sendMessage", "kind": "refuse", "status": 500, "times": 9}
    await town.sim("faults", [refused])
    await ada.says("Lamps break")
    assert (await kept(town))["need"] == {"text": "Lamps break", "voices": []}
    assert asked_in(ada) == "need"
    await town.sim("faults", [])
    await town.later(seconds=10)
    await town.app.sweep()
    await town.settle()
    await ada.look()
    assert asked_in(ada) == "evidence"
