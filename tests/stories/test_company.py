"""Looking for company: a card that says nothing of whose it is, how long it is shown, and how it is
reported.
"""

import pytest

from db.groups import Card
from db.tables import Bubble
from school.staff import COORDINATOR
from tests.stories.cards import (
    CARD,
    NOON,
    WHO_READS,
    WORDS,
    asks,
    in_a_group,
    looks,
    profiles,
    reads,
    row,
)
from tests.stories.steps import at_the_end
from tests.stories.test_staff import trail, works
from tests.world import World


@pytest.fixture(autouse=True)
def _noon(town: World) -> None:
    town.app.clock.set_to(NOON)


async def test_a_card_is_a_neighbourhood_a_topic_and_a_sentence_and_is_looked_at_before_it_is_shown(
    town: World,
) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps_data("overview")
    await ada.taps("Look for company")
    assert ada.sees == [
        "Look for company",
        "An idea belongs to two people at least. Here you can find somebody.",
        (
            "You make a card: a neighbourhood, a topic, one sentence.\n"
            f"{WHO_READS}\nYou get to know each other only if both of you say yes."
        ),
    ]
    assert ada.buttons == ["Make my card", "Choose my name", "Home"]
    await ada.taps("Make my card")
    assert ada.sees == [
        (
            "In which neighbourhood do you look for company?\n"
            "Type its name, tap a button or send your position."
        )
    ]
    assert ada.buttons == ["Dergano", "The whole city", "Somewhere else", "Cancel"]
    await ada.taps("Dergano")
    await ada.taps("Environment and reuse")
    await ada.says(f"  {WORDS}\n")
    assert ada.sees == ["This is your card. Shall others see it?", CARD, WHO_READS]
    assert await town.rows(Card) == []
    await ada.taps("Show my card")
    assert ada.sees == [
        "Others see your card now. I write to you if somebody answers.",
        "Your card",
        CARD,
        "Others see it until Friday 22 January 2027.\nAt present nobody else has a card.",
    ]
    assert ada.buttons == ["Change my card", "Take it down", "Choose my name", "Home"]
    assert [(one.place, one.field, one.words) for one in await town.rows(Card)] == [
        ("79", "environment", WORDS)
    ]


async def test_without_a_sheet_the_neighbourhood_is_typed_or_found_by_the_position(
    town: World,
) -> None:
    ada = await town.resident()
    await ada.taps_data("card")
    assert ada.buttons == ["The whole city", "Somewhere else", "Cancel"]
    await ada.says("dergno")
    assert ada.sees[0] == "Is it one of these? If not, write the name in another way."
    assert "Dergano" in ada.buttons
    await ada.says("qqqq")
    assert ada.sees[0] == "I read “qqqq”. Here I need one of the buttons below."
    await ada.sends(location={"latitude": 45.505, "longitude": 9.18})
    assert ada.sees[0] == "These are the three nearest. I do not keep your position."
    assert len(ada.buttons) == 4
    await ada.says("Isola")
    assert ada.sees[0].startswith("What do you want to do together?")
    await ada.says("Sport")
    await ada.says(WORDS)
    assert ada.sees[1] == f"Isola\nSport\n{WORDS}"


async def test_a_card_can_have_another_topic_and_be_left(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("card")
    await ada.taps("The whole city")
    await ada.taps("Another topic")
    await ada.says(WORDS)
    assert ada.sees[1] == f"The whole city\nAnother topic\n{WORDS}"
    await ada.taps("Don't show it")
    assert "Make my card" in ada.buttons
    assert (await town.rows(Card), await town.rows(Bubble)) == ([], [])
    await ada.taps_data("cardshow")
    assert await town.rows(Card) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("x" * 201, "Your text has 201 characters, and 200 fit here."),
        (
            "Write to @ada_sews",
            "There is a number, a link or an account in it. That comes once you both say yes.",
        ),
        (
            "Call 333 123 45 67",
            "There is a number, a link or an account in it. That comes once you both say yes.",
        ),
        (
            "See https://evil.example",
            "There is a number, a link or an account in it. That comes once you both say yes.",
        ),
    ],
)
async def test_a_sentence_that_does_not_fit_is_mended_in_its_message(
    town: World, words: str, why: str
) -> None:
    ada = await town.resident()
    await ada.taps_data("card")
    await ada.says("Dergano")
    await ada.taps("Sport")
    message = await ada.says(words)
    assert ada.sees[0] == f"{why}\nEdit your message, or write it anew."
    await ada.edits(message, WORDS)
    assert ada.sees[1] == f"Dergano\nSport\n{WORDS}"


async def test_a_voice_message_is_no_sentence(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("card")
    await ada.says("Dergano")
    await ada.taps("Sport")
    await ada.sends_file("voice", "voice.ogg")
    assert ada.sees[0] == "Please write it: a card has no voice messages."
    await ada.says("/help")
    assert ada.sees[0].startswith("What shall others read?")


async def test_the_card_changes_with_its_message(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("card")
    await ada.says("Dergano")
    await ada.taps("Sport")
    message = await ada.says(WORDS)
    await ada.taps("Show my card")
    await ada.edits(message, "I run. <b>Who</b> runs with me?")
    assert ada.sees[0] == "I changed your card."
    assert ada.sees[2] == "Dergano\nSport\nI run. <b>Who</b> runs with me?"
    await ada.edits(message, "x" * 201)
    assert ada.sees[0].endswith("Your card stays as it was.")
    assert [one.words for one in await town.rows(Card)] == ["I run. <b>Who</b> runs with me?"]
    await ada.taps("Change my card")
    await ada.edits(message, "I swim.")
    assert ada.sees[0] == "I changed your card."
    assert ada.sees[1].startswith("In which neighbourhood")


async def test_a_card_is_taken_down_at_any_time(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await asks(bob)
    await ada.taps_data("company")
    await ada.taps("Take it down")
    assert ada.sees[0] == "Your card is down. Nobody sees it any more."
    assert [one.person_id for one in await town.rows(Card)] == [await row(town, 1002)]
    assert [one.person_id for one in await town.rows(Bubble)] == [await row(town, 1002)]
    assert await reads(bob) != []
    assert "Get to know" not in bob.buttons
    await ada.taps_data(f"meetyes:{await row(town, 1002)}")
    assert await profiles(ada) == []


async def test_only_people_with_a_card_read_the_others_without_name_and_account(
    town: World,
) -> None:
    await looks(town, 1001, "Ada")
    bob = await town.resident(1002, "Bob")
    assert (await reads(bob))[0] == "Look for company"
    await bob.taps_data(f"meet:{await row(town, 1001)}")
    assert bob.sees[0] == "Look for company"
    bob = await looks(town, 1003, "Bob")
    await bob.taps("Read others' cards")
    assert bob.sees == ["Card 1 of 1", CARD]
    assert bob.buttons == [
        "Get to know",
        "Never show this person",
        "Report this card",
        "My card",
    ]
    assert [text for text in bob.said if "Ada" in text or "Account 1001" in text] == []


async def test_the_nearest_comes_first_and_of_these_the_same_topic(town: World) -> None:
    ada = await looks(town, 1001, "Ada", "Mine")
    await looks(town, 1002, "B", "All the city", "The whole city")
    await looks(town, 1003, "C", "Far", "Baggio")
    await looks(town, 1004, "D", "Same place, other topic", field="Sport")
    await looks(town, 1005, "E", "Same place, same topic")
    await looks(town, 1006, "F", "Same district", "Bovisa")
    found = [(await reads(ada, page))[1].splitlines()[2] for page in range(5)]
    assert found == [
        "Same place, same topic",
        "Same place, other topic",
        "Same district",
        "Far",
        "All the city",
    ]
    assert ada.buttons[3:] == ["Page before", "My card"]


async def test_a_card_goes_after_sixty_days_and_once_it_is_asked_whether_it_stays(
    town: World,
) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    await town.later(days=53)
    for _ in range(2):
        await town.app.sweep()
        await town.settle()
    for phone in (ada, bob):
        await phone.look()
        assert phone.sees == [
            "Do you still look for company?",
            CARD,
            "Others see your card until Friday 22 January. Then it goes by itself.",
        ]
        assert phone.buttons == ["Keep it", "Take it down"]
    await bob.taps("Keep it")
    assert bob.sees[0] == "All right: your card stays."
    before = len(ada.said)
    await town.later(days=7)
    await town.app.sweep()
    await ada.look()
    assert len(ada.said) == before
    assert [one.person_id for one in await town.rows(Card)] == [await row(town, 1002)]
    await ada.taps_old("Keep it")
    assert ada.sees[0] == "Look for company"


async def test_who_is_in_a_group_looks_no_more(town: World) -> None:
    ada, bob = await looks(town, 1001, "Ada"), await looks(town, 1002, "Bob")
    assert (await reads(bob))[0] == "Card 1 of 1"
    await asks(ada)
    await in_a_group(town, 1001)
    assert (await reads(bob))[0] == "Your card"
    await bob.taps_data(f"meetyes:{await row(town, 1001)}")
    assert await profiles(bob) == []
    await ada.taps_data("overview")
    assert "Look for company" not in ada.buttons
    for data in ("company", "card", "cards:0", "cardshow", "meet:2", "meetask:2"):
        await ada.taps_data(data)
        assert ada.sees == ["You are in a group now: you have company."], data
    await town.app.sweep()
    assert [one.person_id for one in await town.rows(Card)] == [await row(town, 1002)]


async def test_a_reported_card_comes_to_those_who_coordinate_who_can_take_it_down(
    town: World,
) -> None:
    carla = await works(town, COORDINATOR)
    ada, bob = await looks(town, 1001, "Ada", "Bad words"), await looks(town, 1002, "Bob")
    number = await row(town, 1001)
    await carla.taps_data(f"reported:{number}")
    assert carla.sees[0] == "This card is gone, or somebody has looked at it."
    await reads(bob)
    await bob.taps("Report this card")
    assert bob.sees[0] == "Report this card?"
    await bob.taps("Report this card")
    assert bob.sees[:2] == ["Thank you. Those who coordinate look at it.", "Your card"]
    await carla.look()
    bad = "Dergano\nEnvironment and reuse\nBad words"
    assert carla.sees == ["A card was reported.", bad]
    await carla.taps("Look at the card")
    assert (carla.sees, carla.buttons) == (
        ["A card was reported.", bad],
        ["Take it down", "Leave it as it is"],
    )
    await carla.taps("Take it down")
    assert carla.sees[0] == "The card is down."
    assert [one.person_id for one in await town.rows(Card)] == [await row(town, 1002)]
    await ada.look()
    assert ada.sees[0].startswith("The school has taken your card down")
    assert (await trail(carla))[0] == "Carla · took a card down"
    assert [text for text in carla.said if "Ada" in text or "Bob" in text] == []


async def test_a_card_that_was_reported_can_stay(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await looks(town, 1001, "Ada")
    bob, eve = await looks(town, 1002, "Bob"), await looks(town, 1004, "Eve")
    number = await row(town, 1001)
    await bob.taps_data(f"report:{number}")
    await carla.look()
    await carla.taps("Look at the card")
    await carla.taps("Leave it as it is")
    assert carla.sees[0] == "The card stays."
    await carla.taps_data(f"unlist:{number}")
    assert carla.sees[0] == "This card is gone, or somebody has looked at it."
    assert len(await town.rows(Card)) == 3
    assert (await reads(eve))[0] == "Card 1 of 2"
    assert (await reads(bob))[0] == "Card 1 of 1"
