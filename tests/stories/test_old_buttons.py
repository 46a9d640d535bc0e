"""Double taps, updates that come again, buttons of old screens: one effect, and no error."""

import pytest

from tests.stories.steps import (
    PATHS,
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

SORRY = "Something went wrong on our side. Your earlier answers are safe. Please try again."


@pytest.mark.parametrize(
    ("key", "button"),
    [
        ("field", "pick:field:sport"),
        ("need", "unknown:need"),
        ("why_you", "skip:why_you"),
        ("exists", "ready:exists:nothing"),
        ("public_share", "num:public_share:50"),
        ("where", "on:where:79"),
        ("for_whom", "on:for_whom:older"),
        ("need", "back:need"),
        ("need", "later:need"),
        ("need", "example:need"),
    ],
)
async def test_a_double_tap_has_one_effect(town: World, key: str, button: str) -> None:
    ada = await at_question(town, key)
    await ada.taps_data(button)
    screen, answers = ada.screen, await kept(town)
    await ada.taps_data(button)
    assert ada.screen == screen
    assert await kept(town) == answers


async def test_a_double_tap_on_a_change_from_the_review_stays_on_the_review(town: World) -> None:
    ada = await has_answered(town, {key: VALUES[key] for key in PATHS["project"][:4]})
    await ada.taps_data("change:field")
    await ada.taps("Sport")
    review = ada.screen
    await ada.taps_data("pick:field:sport")
    assert ada.screen == review
    assert (await kept(town))["field"] == {"choice": "sport"}


async def test_go_on_tapped_twice_skips_no_question(town: World) -> None:
    ada = await at_question(town, "for_whom")
    await ada.taps("Children")
    await ada.taps_data("go:for_whom")
    await ada.taps_data("go:for_whom")
    assert asked_in(ada) == "need"


async def test_an_update_that_comes_again_has_no_effect(town: World) -> None:
    ada = await at_question(town, "take_part")
    sent = await town.sim("send", {"user": 1001, "text": "They decide"})
    await town.settle()
    await ada.look()
    said, answers = ada.said, await kept(town)
    await town.sim("again", {"update_id": sent["update_id"]})
    await town.settle()
    await ada.look()
    assert ada.said == said
    assert await kept(town) == answers


async def test_an_old_button_changes_nothing_and_draws_the_present_question(town: World) -> None:
    ada = await at_question(town, "need")
    answers = await kept(town)
    for button in ("pick:stage:none", "pick:field:sport", "num:costs:5", "skip:help", "go:where"):
        await ada.taps_data(button)
        assert asked_in(ada) == "need"
    assert await kept(town) == answers


@pytest.mark.parametrize(
    "button",
    [
        "nonsense",
        "",
        ":::",
        "pick",
        "pick:need:x:y",
        "pick:gone:x",
        "change:gone",
        "change:public_share",
        "review:gone",
        "hear:gone",
        "open:99999999999999999999",
        "open:-1",
        "unfile:1e3",
        "cut:need:1",
        "join:1:need",
        "join:99:gone",
        "answers:1:need",
        "which:1",
        "neither:1",
        "language:xx",
        "town:where:77",
        "num:costs:NaN",
        "read:1",
        "age:no",
        "age:perhaps",
    ],
)
async def test_a_forged_button_is_never_an_error_and_loses_no_answer(
    town: World, button: str
) -> None:
    ada = await at_question(town, "need")
    answers = await kept(town)
    await ada.taps_data(button)
    assert ada.buttons != []
    assert SORRY not in ada.said
    assert await kept(town) == answers
    await ada.says("/start")
    assert asked_in(ada) == "need"


@pytest.mark.parametrize(
    "button",
    ["pick:field:gone", "on:field:sport", "num:field:1", "unknown:field", "ready:field:nothing"],
)
async def test_an_option_that_is_gone_asks_the_question_again(town: World, button: str) -> None:
    ada = await at_question(town, "field")
    screen, answers = ada.screen, await kept(town)
    await ada.taps_data(button)
    assert ada.screen == screen
    assert await kept(town) == answers


async def test_only_the_newest_screen_has_buttons(town: World) -> None:
    ada = await begins(town)
    await gives(ada, "sentence", "where", "field")
    await ada.says("/start")
    await ada.sends(sticker=True)
    assert len(ada.with_buttons) == 1


async def test_a_tap_edits_the_screen_while_it_is_the_newest_message(town: World) -> None:
    ada = await at_question(town, "for_whom")
    count = len(ada.said)
    await ada.taps("Children")
    await ada.taps("Go on")
    assert len(ada.said) == count
    assert asked_in(ada) == "need"


async def test_every_tap_is_answered_so_that_no_button_waits(town: World) -> None:
    ada = await at_question(town, "for_whom")
    await ada.taps("Children")
    await ada.taps_data("nonsense")
    answered = await town.calls("answerCallbackQuery")
    assert [call["status"] for call in answered] == [200, 200]


async def test_the_last_answer_tapped_twice_ends_the_path_once(town: World) -> None:
    ada = await at_question(town, "help", "intuition")
    await ada.taps("Skip")
    end = ada.screen
    await ada.taps_data("skip:help")
    assert ada.screen == end


async def test_answers_of_an_older_questionnaire_are_kept_and_asked_no_more(
    town: World,
) -> None:
    ada = await has_answered(town, {"sentence": VALUES["sentence"], "gone": {"choice": "x"}})
    assert asked_in(ada) == "where"
    await ada.taps_data("pick:gone:x")
    assert asked_in(ada) == "where"
    assert (await kept(town))["gone"] == {"choice": "x"}


async def test_the_end_of_the_path_after_start_is_the_same_screen(town: World) -> None:
    ada = await at_the_end(town, "project")
    end = ada.screen
    await ada.says("/start")
    assert ada.screen == end
