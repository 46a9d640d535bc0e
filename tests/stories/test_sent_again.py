"""A sheet is sent again after changes were asked for: the tutor sees what has changed, and each
version is kept.
"""

from db.dossiers import Version
from school.dossiers import TAKEN
from tests.stories.groups_made import alone, dossier, group
from tests.stories.test_changes_asked import card, printed, sends_all
from tests.world import World


async def test_the_tutor_sees_what_has_changed(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    bruno = await sends_all(town, ada, bea)
    await ada.taps("Change: The problem")
    await ada.says("Those of my street")
    await ada.taps_data("change:exists")
    await ada.taps("I found nothing")
    await bea.taps_data("askall")
    await bruno.look()
    assert bruno.sees == [
        "Version 2: what has changed",
        (
            "The problem\n"
            "You asked: Whose lamps?\n"
            "Before: Broken lamps are thrown away\n"
            "Now: Those of my street"
        ),
        "What exists\nBefore: no answer\nNow: I found nothing",
    ]
    assert "disable_notification" not in bruno.messages[-1]
    said = await printed(bruno)
    at = said.index("What has changed")
    for words in ("You asked Whose lamps?", "Before Broken lamps", "Now Those of my street"):
        at = said.index(words, at)
    shown = card(bruno)
    state = shown["text"].split("\n\n")[-2].splitlines()
    assert state[:2] == ["Version 2", "It is with Bruno."]
    assert ((await dossier(town)).state, (await dossier(town)).round) == (TAKEN, 2)


async def test_a_tutor_reads_much_of_a_long_answer_that_is_new(town: World) -> None:
    ada = await alone(town)
    bruno = await sends_all(town, ada)
    await ada.taps("Change: The problem")
    new = "Those of my street: ten a month, as I counted with the shop at the corner. " * 2
    await ada.says(new)
    await ada.taps_data("askall")
    await bruno.look()
    assert bruno.sees[1].splitlines()[-1] == f"Now: {new.strip()}"


async def test_a_sheet_may_go_back_as_it_is(town: World) -> None:
    ada = await alone(town)
    bruno = await sends_all(town, ada)
    await ada.taps("Send it again")
    await bruno.look()
    assert bruno.sees == ["Version 2: what has changed", "No answer has changed."]


async def test_every_version_is_kept_and_nothing_touches_what_was_sent(town: World) -> None:
    ada = await alone(town, keys=("sentence",))
    await ada.says("/idea")
    await ada.says("Dergano")
    await ada.taps("Go on")
    await ada.taps("Older people")
    await ada.taps("Go on")
    number = await ada.says("Old lamps are thrown away")
    bruno = await sends_all(town, ada)
    await ada.taps("Send it again")
    await ada.edits(number, "Old chairs are thrown away")
    versions = await town.rows(Version)
    assert [one.content["answers"]["need"]["value"]["text"] for one in versions] == [
        *("Old lamps are thrown away", "Old lamps are thrown away")
    ]
    await bruno.look()
    await bruno.taps_old("More")
    await bruno.taps_old("See all versions")
    shown = card(bruno)
    labels = [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]]
    assert labels == ["Version 2", "Version 1", "Back"]
    await bruno.taps_old("Version 1")
    said = await printed(bruno)
    assert "Version 1" in said
    assert "Old lamps are thrown away" in said
    assert bruno.messages[-1]["caption"] == "An idea without a title\nVersion 1"
