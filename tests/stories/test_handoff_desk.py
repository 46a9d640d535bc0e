"""A sheet in its topic of the tutors' supergroup: taken, commented on, sent again, and deleted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.dossiers import Comment
from db.tables import Handle, Outgoing
from school.dossiers import BACK, TAKEN
from school.staff import COORDINATOR as COORDINATES
from tests.desk import Desk, at_desk
from tests.stories.groups_made import COORDINATOR, OTHER, dossier, group, handed_in, tutor
from tests.world import Phone, World, example_school, world

TOPIC = "Lamps for all · Dergano"
PROMPT = "The problem\nBroken lamps are thrown away"


@pytest.fixture
async def town(database_url: str, folder: Path) -> AsyncIterator[World]:
    """A town where English is spoken first."""
    english = example_school(folder / "school", school='languages = ["en", "it"]')
    async with world(database_url, school=english) as made:
        yield made


async def at_work(town: World) -> tuple[Desk, Phone, Phone, Phone]:
    """A group's sheet is in its topic, where two tutors read it."""
    bruno, olga = await tutor(town), await tutor(town, OTHER, "Olga")
    desk = await at_desk(town, bruno, olga)
    ada, bea = await group(town, 1001, 1002)
    await ada.taps_data("files")
    await ada.sends_file("photo", "lamp.jpg")
    await handed_in(ada, bea)
    await desk.look()
    return desk, bruno, olga, ada


def card(desk: Desk) -> str:
    return desk.sees(TOPIC)[0]


async def comments(desk: Desk, bruno: Phone) -> None:
    """A tutor writes a comment and sends it."""
    await desk.taps(bruno, "Ask for changes")
    await desk.taps(bruno, "Useful")
    await desk.taps(bruno, "The problem")
    await desk.replies(bruno, desk.number(TOPIC, PROMPT), text="Whose lamps?")
    await desk.taps(bruno, "Send all")


async def test_a_topic_has_the_card_the_answers_and_the_files(town: World) -> None:
    desk, *_ = await at_work(town)
    assert list(desk.topics) == [TOPIC]
    assert [said.splitlines()[0] for said in desk.sees(TOPIC)] == [
        *("Lamps for all", "Lamps for all", "[photo]")
    ]
    assert desk.sees(TOPIC)[1] == "Lamps for all\nVersion 1"
    assert desk.buttons(TOPIC) == ["Take it", "More"]
    calls = await town.calls("sendMessage", "sendDocument", "sendPhoto")
    loud = [call for call in calls if call["params"]["chat_id"] == desk.id]
    assert [call["params"]["disable_notification"] for call in loud] == [True] * 3


async def test_two_tap_at_once_and_one_has_it(town: World) -> None:
    desk, bruno, olga, ada = await at_work(town)
    for who in (bruno, olga):
        await town.sim("press", {"user": who.id, "chat": desk.id, "data": "takeit:1"})
    await town.settle()
    await desk.look()
    row = await dossier(town)
    assert row.state == TAKEN
    name = next(name for name in ("Bruno", "Olga") if f"It is with {name}." in card(desk))
    assert sorted(desk.toasts) == sorted(["You have it now.", f"{name} has taken it."])
    await ada.look()
    assert ada.sees[0].splitlines()[0] == f"The sheet is with {name} now."


async def test_only_who_has_it_asks_for_changes(town: World) -> None:
    desk, bruno, olga, _ = await at_work(town)
    await desk.taps(bruno, "Take it")
    assert desk.buttons(TOPIC) == ["Ask for changes", "Ready to send", "More"]
    before = desk.sees(TOPIC)
    await desk.taps(olga, "Ask for changes")
    assert desk.toasts[-1] == "It is with Bruno."
    assert desk.sees(TOPIC) == before


async def test_a_round_of_changes_in_the_topic(town: World) -> None:
    desk, bruno, olga, ada = await at_work(town)
    await desk.taps(bruno, "Take it")
    await desk.taps(bruno, "Ask for changes")
    await desk.taps(bruno, "Useful")
    await desk.taps(bruno, "The problem")
    number = desk.number(TOPIC, PROMPT)
    await desk.replies(olga, number, text="Not mine")
    assert desk.sees(TOPIC)[-1] == (
        "Comments on this sheet can't be collected now, so I do not keep this one."
    )
    await desk.says(bruno, "I only talk to you, Olga", TOPIC)
    assert await town.rows(Comment) == []
    await desk.replies(bruno, number, text="Whose lamps?")
    assert desk.buttons(TOPIC) == ["Send all", "Another question", "Remove: The problem"]
    await desk.taps(bruno, "Send all")
    assert "Changes were asked for by Bruno." in card(desk)
    assert (await dossier(town)).state == BACK
    await ada.look()
    await ada.taps("Change: The problem")
    await ada.says("Those of my street")
    await ada.taps("Send it again")
    await desk.look()
    assert desk.sees(TOPIC)[-2:] == [
        "Lamps for all\nVersion 2",
        (
            "Version 2: what has changed\n\n"
            "The problem\n"
            "You asked: Whose lamps?\n"
            "Before: Broken lamps are thrown away\n"
            "Now: Those of my street"
        ),
    ]
    assert desk.buttons(TOPIC) == ["Ask for changes", "Ready to send", "More"]
    assert card(desk).split("\n\n")[-2].splitlines()[:2] == ["Version 2", "It is with Bruno."]
    await bruno.look()
    assert bruno.sees == ["Lamps for all\nVersion 2 is there, in the tutors' group."]


async def test_a_reply_to_the_wrong_message_hears_which_one_is_right(town: World) -> None:
    desk, bruno, olga, _ = await at_work(town)
    await desk.taps(bruno, "Take it")
    await desk.taps(bruno, "Ask for changes")
    chooses = desk.number(TOPIC, "What is your comment about?")
    await desk.replies(olga, chooses, text="Their lamps")
    assert desk.sees(TOPIC)[-1].startswith("What is your comment about?")
    await desk.replies(bruno, chooses, text="Whose lamps?")
    assert desk.sees(TOPIC)[-1] == (
        "Choose the question first. Then reply to the message that shows its answer."
    )
    assert await town.rows(Comment) == []


async def test_a_question_that_is_asked_again_stands_there_once(town: World) -> None:
    desk, bruno, *_ = await at_work(town)
    await desk.taps(bruno, "Take it")
    await desk.taps(bruno, "Ask for changes")
    await desk.taps(bruno, "Useful")
    await desk.taps(bruno, "The problem")
    await desk.taps(bruno, "The problem")
    assert [said.startswith(PROMPT) for said in desk.sees(TOPIC)].count(True) == 1
    await desk.replies(bruno, desk.number(TOPIC, PROMPT), text="Whose lamps?")
    assert [one.words for one in await town.rows(Comment)] == ["Whose lamps?"]


def keyboards(desk: Desk) -> list[list[str]]:
    """The buttons of each message that has some, oldest first."""
    found = [one.get("reply_markup", {}).get("inline_keyboard") for one in desk.posts(TOPIC)]
    return [[button["text"] for row in rows for button in row] for rows in found if rows]


async def test_what_is_tapped_below_what_has_changed_opens_below_it(town: World) -> None:
    desk, bruno, _, ada = await at_work(town)
    await desk.taps(bruno, "Take it")
    await comments(desk, bruno)
    await ada.taps_data("askall")
    await desk.look()
    main = ["Ask for changes", "Ready to send", "More"]
    assert keyboards(desk) == [main, main]
    await desk.taps(bruno, "More")
    assert keyboards(desk)[-1] == [
        *("Hand it on", "Ask for a mediator", "See all versions", "Close it", "Back")
    ]
    await desk.taps(bruno, "Back")
    assert keyboards(desk) == [main]
    await desk.taps(bruno, "Ready to send")
    assert desk.sees(TOPIC)[-1].endswith("Is it ready to send? Its people are told at once.")
    assert keyboards(desk) == [["Yes, ready to send", "Back"]]
    await desk.taps(bruno, "Back")
    await desk.taps(bruno, "Ask for changes")
    assert desk.sees(TOPIC)[-1] == "What is your comment about?\nLamps for all"


async def test_a_topic_that_is_made_again_has_card_and_answers(town: World) -> None:
    desk, bruno, _, ada = await at_work(town)
    await desk.taps(bruno, "Take it")
    await comments(desk, bruno)
    await desk.topic(TOPIC, "delete")
    await ada.taps_data("askall")
    await desk.look()
    said = [text.splitlines()[0] for text in desk.sees(TOPIC)]
    assert said[:3] == ["Lamps for all", "Lamps for all", "[photo]"]
    assert said[-1] == "Version 2: what has changed"
    assert "Version 2" in card(desk)


async def test_what_is_taken_back_goes_from_the_topic_and_comes_back(town: World) -> None:
    desk, _, _, ada = await at_work(town)
    await ada.taps_data("takeback")
    await desk.look()
    assert desk.sees(TOPIC) == ["Lamps for all\nIts people have taken this sheet back."]
    await handed_in(ada, Phone(town, 1002))
    await desk.look()
    assert [said.splitlines()[0] for said in desk.sees(TOPIC)] == [
        *("Lamps for all", "Lamps for all", "[photo]", "Version 2: what has changed")
    ]
    assert "Take it" in desk.buttons(TOPIC)


async def test_what_is_deleted_goes_from_the_topic(town: World) -> None:
    desk, bruno, _, ada = await at_work(town)
    await desk.taps(bruno, "Take it")
    bea = Phone(town, 1002)
    for phone in (bea, ada):
        await phone.says("/forget")
        await phone.taps("Delete my data")
    await desk.look()
    assert desk.sees(TOPIC) == ["Its people have deleted this sheet."]
    assert desk.closed == [TOPIC]
    slots = [handle.slot for handle in await town.rows(Handle)]
    assert [slot for slot in slots if slot.startswith(("d:", "topic:1"))] == []
    assert await town.rows(Outgoing) == []


@pytest.mark.parametrize("who", ["Bruno, tutor", "Carla, coordination"])
async def test_whoever_has_it_or_coordinates_closes_it_by_a_reply_with_the_reason(
    town: World, who: str
) -> None:
    desk, bruno, olga, ada = await at_work(town)
    carla = await tutor(town, COORDINATOR, "Carla", COORDINATES)
    await town.sim("members", {"chat": desk.id, "user": carla.id, "status": "member"})
    await desk.taps(bruno, "Take it")
    for label in ("More", "Close it", "Write the reason"):
        await desk.taps(bruno, label)
    prompt = desk.number(TOPIC, "Why do you close it?")
    await desk.replies(olga, prompt, text="I would not")
    assert desk.sees(TOPIC)[-1] == "This sheet can't be closed now, so nobody gets your reason."
    assert (await dossier(town)).state == TAKEN
    await desk.replies(carla if who.startswith("Carla") else bruno, prompt, text="No room.")
    await ada.look()
    assert ada.sees[0].splitlines()[:2] == ["The sheet is closed now.", f"{who}: No room."]
