"""An event may have a picture: above the card of whoever comes by a link, else behind a button."""

from typing import Any

from db.events import Event
from school import people, wishes
from tests.stories.test_event import CARD, coordinator, makes
from tests.stories.test_workshops import TITLE
from tests.world import Phone, World

SEE = "See the picture"


def pictures(phone: Phone) -> list[str]:
    """The captions of all pictures that somebody was sent."""
    there = [one for one in phone.messages if "photo" in one and one["from"]["is_bot"]]
    return [one.get("caption", "") for one in there]


async def pictured(town: World) -> Phone:
    """A coordinator whose draft has a picture."""
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("Picture")
    await carla.sends_file("photo", "shop.jpg")
    return carla


async def test_a_photo_becomes_the_picture_and_goes_again(town: World) -> None:
    carla = await pictured(town)
    assert carla.sees == ["It has a picture now.", *CARD]
    await carla.taps(SEE)
    assert (pictures(carla), carla.sees) == ([TITLE], CARD)
    await carla.taps("More")
    assert carla.sees[1].splitlines()[-1] == "It has a picture."
    await carla.taps("Picture")
    await carla.says("a picture")
    assert carla.sees[0] == "Here I need a photo."
    await carla.sends_file("document", "shop.pdf")
    assert carla.sees[0] == "Here I need a photo."
    await carla.taps("Without a picture")
    assert SEE not in carla.buttons
    (event,) = await town.rows(Event)
    assert event.options == {"picture": None}


async def test_who_comes_by_the_link_sees_it_first_and_others_by_a_button(town: World) -> None:
    carla = await pictured(town)
    bob = await town.resident(1002, "Bob")

    def wish(session: Any) -> None:
        person = people.find(session, 1002)
        assert person is not None
        wishes.add(session, person, wishes.ANY, town.app.clock.now())

    await town.in_database(wish)
    await carla.taps("Announce it")
    # Who wanted to hear of it.
    await bob.look()
    assert pictures(bob) == [""]
    (event,) = await town.rows(Event)
    ada = await town.resident(1001)
    await ada.says(f"/start e-{event.code}")
    assert (pictures(ada), ada.sees[0]) == ([TITLE], f"{TITLE}\nLab")
    assert SEE not in ada.buttons
    await ada.taps("All meetings")
    await ada.taps(TITLE)
    await ada.taps(SEE)
    assert (pictures(ada), ada.sees[0]) == ([TITLE, TITLE], f"{TITLE}\nLab")


async def test_it_follows_a_copy(town: World) -> None:
    carla = await pictured(town)
    await carla.taps("Announce it")
    await carla.says("/event")
    await carla.taps("Copy one")
    await carla.taps(TITLE)
    await carla.says("30/11 18:00")
    assert SEE in carla.buttons
