"""/help says what one can do and where a human is, /cancel closes; both lead back."""

import pytest

from tests.stories.steps import asked_in, at_question, at_the_end, kept
from tests.world import World

HELP = (
    "I am a program. I ask questions one by one and keep your answers.\n\n"
    "Write, tap the buttons, or send a voice message in your own language.\n\n"
    "To change an answer, edit the message you sent.\n\n"
    "To talk to a person:\n"
    "The school's help desk (sample), phone +39 02 0000 0000\n"
    "Neighbourhood library, via Esempio 1\n"
    "Monday to Friday, 10:00 to 18:00"
)


async def test_help_says_what_one_can_do_and_where_a_human_is(town: World) -> None:
    ada = await town.resident()
    await ada.says("/help")
    assert ada.said[-2] == HELP
    assert ada.buttons == ["Tell my idea", "Language", "Help and privacy", "Privacy and my data"]


async def test_help_ends_with_the_open_question(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("/help")
    assert ada.said[-2] == HELP
    assert asked_in(ada) == "need"
    await ada.says("Lamps break")
    assert asked_in(ada) == "evidence"


async def test_help_in_the_middle_of_a_change_leads_back_to_the_change(town: World) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps("Read my answers")
    await ada.taps("Change: The topic")
    await ada.says("/help")
    assert asked_in(ada) == "field"
    assert ada.buttons[-2:] == ["Back to my answers", "Privacy and my data"]


async def test_a_newcomer_is_helped_before_the_notice(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/help")
    assert ada.said[-2] == HELP
    assert ada.buttons[0] == "I have read, go on"


async def test_help_is_one_tap_away_at_home(town: World) -> None:
    ada = await town.resident()
    await ada.taps("Help and privacy")
    assert ada.said[-2] == HELP


async def test_cancel_closes_the_question_and_keeps_the_answers(town: World) -> None:
    ada = await at_question(town, "need")
    answers = await kept(town)
    await ada.says("/cancel")
    assert ada.sees == [
        "Closed. I keep all your answers.",
        "The School of Neighbourhoods",
        "You can go on from: Useful · 2 of 4.",
    ]
    assert await kept(town) == answers
    await ada.taps("Continue my idea")
    assert asked_in(ada) == "need"


async def test_cancel_where_nothing_is_open_says_so_and_is_at_home(town: World) -> None:
    ada = await town.resident()
    await ada.says("/cancel")
    assert ada.sees[:2] == ["There is nothing to cancel.", "The School of Neighbourhoods"]
    assert ada.buttons == ["Tell my idea", "Language", "Help and privacy"]


async def test_a_command_that_we_lack_is_said_so_and_the_question_asked_again(
    town: World,
) -> None:
    ada = await at_question(town, "need")
    await ada.says("/weather")
    assert ada.sees[0] == "I do not know this command. The menu beside the text field shows all."
    assert asked_in(ada) == "need"


@pytest.mark.parametrize("command", ["/idea", "/IDEA", "/idea@quartieri_bot", "/idea please"])
async def test_a_command_may_be_written_in_several_ways(town: World, command: str) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    await ada.says(command)
    assert asked_in(ada) == "need"


async def test_a_slash_inside_a_text_is_no_command(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("Lamps and/or radios, see /help")
    assert (await kept(town))["need"]["text"] == "Lamps and/or radios, see /help"
