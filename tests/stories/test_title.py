"""The idea's title: offered, never asked; kept, changed and closed like an answer."""

from db.tables import Idea
from tests.stories.steps import asked_in, at_question, at_the_end
from tests.world import World

ASKED = ["What is your idea called?\nA few words, 60 characters at most."]


async def title(town: World) -> str | None:
    (idea,) = await town.rows(Idea)
    return idea.title


async def test_the_idea_can_have_a_title(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    assert ada.sees == ASKED
    await ada.says("The lamp club")
    assert ada.sees[:2] == ["This is the title now.", "The lamp club"]
    assert await title(town) == "The lamp club"


async def test_a_title_that_is_not_wanted_takes_no_text(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    await ada.taps("Cancel")
    await ada.says("Good evening")
    assert ada.sees == ["I read: “Good evening”\nDoes it answer “Idea in short”?"]
    assert await title(town) is None


async def test_a_title_that_is_too_long_is_told_so_and_can_be_edited_shorter(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    message = await ada.says("The club of all lamps " * 3)
    assert ada.sees == ["Your text has 65 characters, and 60 fit here.\nWrite a shorter one."]
    await ada.edits(message, "The club of all lamps")
    assert ada.sees[0] == "This is the title now."
    assert await title(town) == "The club of all lamps"


async def test_editing_the_message_of_a_title_changes_the_title(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    message = await ada.says("The lamp club")
    await ada.edits(message, "The lamp society")
    assert ada.sees[0] == "This is the title now."
    assert await title(town) == "The lamp society"


async def test_editing_a_title_in_the_middle_of_a_question_asks_it_again(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    await ada.taps("My answers")
    await ada.taps("Give it a title")
    message = await ada.says("The lamp club")
    await ada.taps("Continue my idea")
    await ada.edits(message, "The lamp society")
    assert ada.sees[0] == "This is the title now."
    assert asked_in(ada) == "need"


async def test_a_sticker_or_help_leaves_the_title_open(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    await ada.sends(sticker=True)
    assert ada.sees[1:] == ASKED
    await ada.says("/help")
    assert ada.sees == ASKED
    await ada.says("The lamp club")
    assert await title(town) == "The lamp club"


async def test_start_closes_the_title_and_asks_what_is_open(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    await ada.taps("My answers")
    await ada.taps("Give it a title")
    await ada.says("/start")
    assert asked_in(ada) == "need"
