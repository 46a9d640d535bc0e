"""The notice has a version: a new one is shown once, before all else, and nothing is lost by it."""

from pathlib import Path

import pytest

from tests.stories.steps import asked_in, at_question, kept, waiting
from tests.stories.test_workshops import NOW, announced
from tests.world import Phone, World, example_school, world

NEW = [
    "What we tell you about your data has changed.",
    "New words.",
    "Then we go on where you were.",
]
BUTTONS = ["I have read, go on", "Read the whole notice", "Delete my data"]


async def with_new_notice(town: World, folder: Path, more: str = "") -> None:
    """The bot comes back with another notice."""
    notice = f'version = "2"\n{more}\n[short]\nen = "New words."'
    town.settings["school"] = example_school(folder / "city", notice=notice)
    await town.restart()


async def at_need(town: World, folder: Path) -> Phone:
    ada = await at_question(town, "need")
    await with_new_notice(town, folder)
    return ada


async def test_a_new_notice_is_shown_once_and_an_answer_is_not_lost(
    town: World, folder: Path
) -> None:
    ada = await at_need(town, folder)
    await ada.says("Lamps break")
    assert ada.sees == NEW
    assert ada.buttons == BUTTONS
    assert (await kept(town))["need"]["text"] == "Lamps break"
    await ada.taps("I have read, go on")
    assert asked_in(ada) == "evidence"
    await ada.says("/start")
    assert asked_in(ada) == "evidence"


async def test_it_stands_until_it_is_read(town: World, folder: Path) -> None:
    ada = await at_need(town, folder)
    for words in ("/start", "/idea", "/cancel", "/nonsense"):
        await ada.says(words)
        assert ada.sees[-3:] == NEW
    await ada.taps("Read the whole notice")
    assert ada.sees == NEW
    await ada.taps("I have read, go on")
    assert ada.sees[0] == "The School of Neighbourhoods"


async def test_what_a_link_is_about_comes_after_a_new_notice(town: World, folder: Path) -> None:
    ada = await at_need(town, folder)
    town.app.clock.set_to(NOW)
    event = await announced(town)
    await ada.says(f"/start e-{event.code}")
    assert ada.sees == NEW
    await ada.taps("I have read, go on")
    assert ada.sees[0] == "A shop of one's own\nLab"


async def test_a_text_that_is_nobodys_is_asked_about_after_it(town: World, folder: Path) -> None:
    ada = await at_question(town, "need")
    await ada.taps("Later")
    await with_new_notice(town, folder)
    await ada.says("Lamps break")
    assert ada.sees == NEW
    await ada.taps("I have read, go on")
    assert ada.sees[0] == "I read: “Lamps break”\nDoes it answer “The problem”?"
    assert await waiting(town) == ["Lamps break"]


async def test_an_old_button_leads_to_the_new_notice(town: World, folder: Path) -> None:
    ada = await at_question(town, "evidence")
    await with_new_notice(town, folder)
    await ada.taps("I asked people")
    assert ada.sees == NEW
    await ada.taps_data("read:1")
    assert ada.sees == NEW
    await ada.taps("I have read, go on")
    assert asked_in(ada) == "evidence"
    assert "✓ I asked people" in ada.buttons


async def test_who_disagrees_can_read_and_delete(town: World, folder: Path) -> None:
    ada = await at_need(town, folder)
    await ada.says("/privacy")
    assert ada.sees[0].splitlines()[0] == "What I keep of you"
    await ada.says("/mydata")
    assert ada.sees[0].splitlines()[0] == "Your data"
    await ada.says("/start")
    await ada.taps("Delete my data")
    await ada.taps("Delete my data")
    assert ada.sees[0] == "I have deleted your data."


@pytest.mark.parametrize(
    ("basis", "word"), [("public_task", "I have read, go on"), ("consent", "I agree")]
)
async def test_the_buttons_word_follows_what_the_law_allows_it_by(
    database_url: str, folder: Path, basis: str, word: str
) -> None:
    school = example_school(folder / "city", notice=f'basis = "{basis}"')
    async with world(database_url, school=school) as town:
        ada = await town.person(1001, "Ada")
        await ada.says("/start")
        assert ada.buttons[0] == word
        await ada.taps(word)
        assert ada.sees[0].splitlines()[0] == "How old are you?"
