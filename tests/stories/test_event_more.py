"""What an event may have besides what is asked, and its words in more languages."""

import pytest

from db.events import Event
from tests.stories.test_event import CARD, coordinator, makes
from tests.stories.test_staff import trail
from tests.stories.test_workshops import TITLE
from tests.world import World


async def test_more_is_said_of_an_event_if_one_likes(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    for label, said in (
        ("Text", "We draw a shop.\nBring a pencil."),
        ("With a wheelchair", "A ramp in the courtyard"),
    ):
        await carla.taps("More")
        await carla.taps(label)
        await carla.says(said)
    await carla.taps("More")
    await carla.taps("Which language")
    await carla.taps("Italiano")
    assert carla.sees == [
        *CARD[:3],
        "We draw a shop.\nBring a pencil.",
        "Language: Italian",
        "With a wheelchair: A ramp in the courtyard",
        *CARD[3:],
    ]
    await carla.taps("More")
    assert carla.sees == [
        f"{TITLE}\nText and language\nNothing of this must be said.",
        (
            "Text: We draw a shop. Bring a pencil.\nWith a wheelchair: A ramp in the courtyard\n"
            "Language: Italian\nIts title is written in: English"
        ),
    ]
    assert carla.rows == [
        ["Text"],
        ["With a wheelchair"],
        ["Which language"],
        ["In another language"],
        ["Picture"],
        ["Who can come", "Reminders"],
        ["Back"],
    ]
    await carla.taps("Text")
    await carla.taps("Back")
    assert carla.sees[0].splitlines()[1] == "Text and language"


async def test_its_words_can_be_in_several_languages(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("In another language")
    await carla.taps("Italiano")
    assert carla.sees[0].splitlines()[:2] == ["What is the event called?", "Write it in: Italian"]
    await carla.says("Una bottega tutta per sé")
    assert carla.sees[0].splitlines()[:2] == ["What happens there?", "Write it in: Italian"]
    await carla.says("Disegniamo un negozio.")
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    shown: dict[str, list[str]] = {}
    for number, language in ((1001, "it"), (1005, "en")):
        phone = await town.resident(number, "Ada", language)
        await phone.says(f"/start e-{event.code}")
        shown[language] = phone.sees
    assert shown["it"][0] == "Una bottega tutta per sé\nLaboratorio"
    assert shown["it"][3] == "Disegniamo un negozio."
    assert shown["en"][0] == "A shop of one's own\nLab"
    assert shown["en"][3] == "Disegniamo un negozio.\nThis text is in: Italian"


async def test_an_event_may_have_no_waiting_list(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla, seats="10")
    await carla.taps("More")
    await carla.taps("Who can come")
    assert carla.sees[1].splitlines()[-1] == "Who finds it full can wait."
    await carla.taps("No waiting list")
    assert carla.sees[1].splitlines()[-1] == "Who finds it full cannot wait."
    await carla.taps("With a waiting list")
    await carla.taps("No waiting list")
    await carla.taps("Back")
    await carla.taps("Seats")
    await carla.says("1")
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    ada, bob = await town.resident(1001), await town.resident(1002, "Bob")
    await ada.taps_data(f"take:{event.id}")
    await bob.says(f"/start e-{event.code}")
    assert (bob.sees[-1], bob.buttons) == ("All seats are taken.", ["Pass it on", "All meetings"])
    await bob.taps_data(f"take:{event.id}")
    assert bob.said[-1] == "All seats are taken, and there is no waiting list."


@pytest.mark.parametrize(
    ("asked", "said", "first"),
    [
        ("Text", "x" * 501, "Your text has 501 characters, and 500 fit here."),
        ("With a wheelchair", "x" * 201, "Your text has 201 characters, and 200 fit here."),
        ("Which language", "klingon", "I read “klingon”. Here I need one of the buttons below."),
    ],
)
async def test_what_does_not_fit_besides_is_said(
    town: World, asked: str, said: str, first: str
) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps(asked)
    await carla.says(said)
    assert carla.sees[0] == first


@pytest.mark.parametrize(
    "forged",
    [
        "evmore:99",
        "evpage:99:people",
        "evset:99:waiting_list:off",
        "evon:99:text:it",
        "evchange:99:text.it",
    ],
)
async def test_what_is_forged_besides_shows_where_to_begin(town: World, forged: str) -> None:
    carla = await coordinator(town)
    await carla.taps_data(forged)
    assert carla.sees == ["A new event"]


@pytest.mark.parametrize(
    "forged",
    [
        "evset:1:spoken:xx",
        "evset:1:pizza:it",
        "evon:1:spoken:it",
        "evchange:1:text.xx",
        "evchange:1:pizza",
        "evchange:1:waiting_list",
    ],
)
async def test_what_is_forged_changes_nothing(town: World, forged: str) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps_data(forged)
    assert carla.sees == CARD


async def test_what_an_announced_event_may_have_can_be_set_later_and_is_noted(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Announce it")
    await carla.says("/today")
    await carla.taps(TITLE)
    await carla.taps("Change the meeting")
    await carla.taps("More")
    await carla.taps("Text")
    await carla.says("We draw a shop.")
    assert carla.sees[0].splitlines()[1] == "Text and language"
    assert carla.sees[1].splitlines()[0] == "Text: We draw a shop."
    await carla.taps("Which language")
    await carla.taps("Italiano")
    assert carla.sees[1].splitlines()[1] == "Language: Italian"
    await carla.taps("Back")
    assert carla.buttons == [
        *("When", "Where", "Seats", "Title"),
        *("Announce it", "More", "Call it off", "Back"),
    ]
    (event,) = await town.rows(Event)
    assert (event.options["spoken"], event.state, event.sequence) == ("it", "published", 0)
    assert await trail(carla) == [
        f"Carla · changed an event, {TITLE}",
        f"Carla · changed an event, {TITLE}",
        f"Carla · announced an event, {TITLE}",
        "the operator · gave a role, Carla, coordination",
    ]


@pytest.mark.parametrize("what", ["kind", "seats", "when", "title"])
async def test_what_people_were_told_changes_in_no_silence(town: World, what: str) -> None:
    """An old button of the draft says nothing any more."""
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Announce it")
    await carla.taps_data(f"evchange:1:{what}")
    assert carla.sees[0] == "A new event"
