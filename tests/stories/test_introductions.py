"""Two people get to know each other once both said yes; nobody hears of a no."""

import datetime as dt

import pytest

from db.groups import Card
from db.tables import Outgoing
from tests.stories.cards import (
    CARD,
    MORNING,
    NIGHT,
    NOON,
    PROFILES,
    asks,
    kept,
    looks,
    profiles,
    reads,
    row,
    states,
)
from tests.stories.test_hostile import MARKUP
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _noon(town: World) -> None:
    town.app.clock.set_to(NOON)


async def test_two_are_introduced_only_after_both_said_yes(town: World) -> None:
    ada = await looks(town, 1001, "Ada", "I have a <shop> & time.")
    bob = await looks(town, 1002, "Bob")
    await reads(bob)
    await bob.taps("Get to know")
    assert bob.sees == [
        "Do you want to get to know this person?",
        "Dergano\nEnvironment and reuse\nI have a <shop> & time.",
        f"I show your card to this person and ask.\n{PROFILES}",
    ]
    await bob.taps("Yes, ask this person")
    assert bob.sees[0] == "All right, I ask. I write to you if this person says yes."
    assert bob.sees[-1] == "You asked this person. There is no answer yet."
    assert "Get to know" not in bob.buttons
    await ada.look()
    assert ada.sees == [
        "Somebody would like to get to know you. This is the card:",
        CARD,
        f"This person does not know who you are.\n{PROFILES}",
    ]
    assert ada.buttons == ["Yes, introduce us", "No, thank you", "Never show this person"]
    assert (await profiles(ada), await profiles(bob)) == ([], [])
    await ada.taps("Yes, introduce us")
    assert ada.sees == [
        "You both said yes.",
        CARD,
        "Tap to write: Bob",
        "Meet in a public place first, for example at a meeting of the school.",
    ]
    await bob.look()
    assert bob.sees == [
        "You both said yes.",
        "Dergano\nEnvironment and reuse\nI have a <shop> & time.",
        "Tap to write: Ada",
        "Meet in a public place first, for example at a meeting of the school.",
    ]
    assert (await profiles(ada), await profiles(bob)) == ([1002], [1001])
    assert (await reads(ada))[0] == "Your card"
    await ada.taps_data(f"meetyes:{await row(town, 1002)}")
    assert ada.sees[0] == "This is over: nobody waits for an answer."


async def test_who_asks_back_says_yes(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await asks(ada)
    assert ada.sees[0] == "You both said yes."
    assert (await profiles(ada), await profiles(bob)) == ([1002], [1001])


async def test_a_second_tap_asks_nobody_twice(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await ada.look()
    heard = ada.said
    await bob.taps_data(f"meetask:{await row(town, 1001)}")
    assert bob.sees[0] == "All right, I ask. I write to you if this person says yes."
    await ada.look()
    assert ada.said == heard


async def test_a_no_is_never_told_and_lapses_after_two_weeks(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await ada.look()
    before = bob.said
    await ada.taps("No, thank you")
    assert ada.sees == ["All right. I say nothing to this person. You can still change your mind."]
    await bob.look()
    assert bob.said == before
    assert (await reads(bob))[-1] == "You asked this person. There is no answer yet."
    await town.later(days=14)
    await town.app.sweep()
    assert (await reads(bob))[0] == "Your card"
    await bob.taps_data(f"meetask:{await row(town, 1001)}")
    assert [state for _, _, state in await states(town)] == ["lapsed"]
    assert (await reads(ada))[0] == "Card 1 of 1"


async def test_somebody_who_said_no_can_still_say_yes(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await ada.look()
    await ada.taps("No, thank you")
    await ada.taps("Yes, introduce us")
    assert (await profiles(ada), await profiles(bob)) == ([1002], [1001])


async def test_nobody_is_asked_in_the_night(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    town.app.clock.set_to(NIGHT)
    await asks(bob)
    await town.app.sweep()
    await town.settle()
    await ada.look()
    assert ada.sees[0] != "Somebody would like to get to know you. This is the card:"
    town.app.clock.set_to(MORNING)
    await town.app.sweep()
    await town.settle()
    await ada.look()
    assert ada.sees[0] == "Somebody would like to get to know you. This is the card:"
    town.app.clock.set_to(NIGHT + dt.timedelta(days=1))
    await ada.taps("Yes, introduce us")
    assert (await profiles(ada), await profiles(bob)) == ([1002], [])
    town.app.clock.set_to(MORNING + dt.timedelta(days=1))
    for _ in range(2):
        await town.app.sweep()
        await town.settle()
    assert await profiles(bob) == [1001]


async def test_a_card_that_was_taken_down_in_the_night_asks_nobody(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    town.app.clock.set_to(NIGHT)
    await asks(bob)
    await bob.taps_data("carddown")
    town.app.clock.set_to(MORNING)
    await town.app.sweep()
    await town.settle()
    await ada.look()
    assert ada.sees[0] == "Others see your card now. I write to you if somebody answers."


@pytest.mark.parametrize("from_the_question", [True, False])
async def test_who_does_not_want_to_see_somebody_never_does_and_is_not_seen(
    town: World, *, from_the_question: bool
) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    if from_the_question:
        await asks(bob)
        await ada.look()
    else:
        await reads(ada)
    await ada.taps("Never show this person")
    assert ada.sees == ["You do not see each other any more. I say nothing to this person."]
    assert (await reads(ada))[0] == "Your card"
    # Whoever waits sees what was there before.
    seen = "You asked this person. There is no answer yet." if from_the_question else "Your card"
    assert seen in await reads(bob)
    await ada.taps_data(f"meetyes:{await row(town, 1002)}")
    for phone, number in ((ada, 1002), (bob, 1001)):
        await phone.taps_data("carddown")
        await looks(town, phone.id, "New")
        await town.later(days=200)
        await town.app.sweep()
        await looks(town, phone.id, "New")
        assert (await reads(phone))[0] == "Your card"
        await phone.taps_data(f"meetask:{await row(town, number)}")
    assert (await profiles(ada), await profiles(bob)) == ([], [])


async def test_so_many_can_be_asked_at_once(town: World) -> None:
    ada = await looks(town, 1001, "Ada")
    for number in range(1002, 1008):
        await looks(town, number, "B")
    for number in range(1002, 1008):
        await ada.taps_data(f"meetask:{await row(town, number)}")
    assert ada.said[-1] == "You have asked 5 people. Please wait until one of them answers."
    assert len(await states(town)) == 5
    await ada.taps_data("company")
    assert "You asked 5 people. There is no answer yet." in ada.screen


FORGED = (
    *("cardplace:x", "cardplace:999", "cardfield:x", "cardshow", "cardaway", "cards:-1", "cards:x"),
    *("meet:x", "meet:999", "meetask:x", "meetask:999", "meetyes:x", "meetyes:999", "meetno:999"),
    *("never:x", "never:999", "reporting:999", "report:999", "report:x"),
)


@pytest.mark.parametrize("with_card", [True, False])
async def test_what_is_forged_shows_what_is_so(town: World, *, with_card: bool) -> None:
    eve = await looks(town, 1002, "Eve") if with_card else await town.resident(1002)
    before = await kept(town)
    for data in FORGED:
        await eve.taps_data(data)
        assert eve.buttons != [], data
        assert "Something went wrong" not in eve.screen, data
    assert await kept(town) == before


async def test_nobody_answers_for_another_or_without_being_asked(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    eve = await looks(town, 1004, "Eve")
    numbers = [await row(town, number) for number in (1001, 1002, 1004)]
    await bob.taps_data(f"meetask:{numbers[0]}")
    before = await kept(town)
    for data in ("meetyes", "meetno"):
        for number in numbers:
            await eve.taps_data(f"{data}:{number}")
    await bob.taps_data(f"meetyes:{numbers[0]}")
    for number in numbers:
        await eve.taps_data(f"unlist:{number}")
        await eve.taps_data(f"reported:{number}")
        await eve.taps_data(f"leavecard:{number}")
    assert await kept(town) == before
    for phone in (ada, bob, eve):
        assert await profiles(phone) == []
    await eve.taps_data(f"meetask:{numbers[2]}")
    assert await kept(town) == before


@pytest.mark.parametrize("words", [one for one in MARKUP if "//" not in one])
async def test_markup_in_a_sentence_is_shown_as_it_was_written(town: World, words: str) -> None:
    await looks(town, 1001, words[:40], words)
    bob = await looks(town, 1002, "Bob")
    assert (await reads(bob))[1] == f"Dergano\nEnvironment and reuse\n{words}"
    await bob.taps("Get to know")
    await bob.taps("Yes, ask this person")
    ada = Phone(town, 1001)
    await ada.look()
    await ada.taps("Yes, introduce us")
    await bob.look()
    assert bob.sees[2] == f"Tap to write: {words[:40].rstrip()}"
    assert [call["description"] for call in await town.calls() if call["status"] != 200] == []


async def test_who_is_forgotten_takes_the_card_and_all_questions_along(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await bob.taps_data("forgotten")
    assert len(await town.rows(Card)) == 1
    assert await states(town) == []
    await ada.taps_old("Yes, introduce us")
    assert ada.sees[0] == "This is over: nobody waits for an answer."


async def test_nothing_waits_to_be_said_of_whoever_cannot_be_reached(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await town.sim("block", {"user": 1001})
    await town.settle()
    assert (await reads(bob))[0] == "Your card"
    assert [one for one in await town.rows(Outgoing) if one.state == "queued"] == []
    assert ada.id == 1001
