"""Somebody hears of a new meeting once it is announced: of any, of a kind, or one nearby."""

import pytest

from db.events import Place
from db.tables import Wish
from tests.stories.test_event import NOW, coordinator, makes
from tests.stories.test_workshops import TITLE
from tests.world import Phone, World

HEARD = "There is a meeting now. You wanted to hear of it."
KINDS = ["Open meeting", "Lab", "Mentoring meeting", "Final event"]


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def lives(ada: Phone, *names: str) -> None:
    """Somebody says where the idea is."""
    await ada.says("/idea")
    await ada.taps("I don't have an idea yet")
    for name in names:
        await ada.says(name)
    await ada.taps("Go on")


async def heard(ada: Phone) -> int:
    """How often somebody was told of a meeting."""
    await ada.look()
    return sum(said.startswith(HEARD) for said in ada.said)


async def wished(town: World) -> list[str]:
    return sorted(row.about for row in await town.rows(Wish))


async def test_one_chooses_of_which_meetings_one_hears(town: World) -> None:
    ada = await town.resident()
    await lives(ada, "Dergano")
    await ada.says("/workshops")
    await ada.taps("Write me when there is one")
    await ada.taps("Choose which ones")
    assert ada.sees == [
        (
            "Of which new meetings shall I tell you?\n"
            "I write to you once, as soon as such a meeting is announced."
        )
    ]
    ends = ["All meetings", "Home"]
    assert ada.buttons == ["✓ Any meeting", *KINDS, "Near: Dergano", *ends]
    await ada.taps("Lab")
    await ada.taps("Near: Dergano")
    lab = [f"✓ {name}" if name == "Lab" else name for name in KINDS]
    assert ada.buttons == ["Any meeting", *lab, "✓ Near: Dergano", *ends]
    await ada.taps("✓ Lab")
    assert await wished(town) == ["near.79"]
    await ada.taps("Any meeting")
    assert await wished(town) == ["meeting"]


@pytest.mark.parametrize(("kind", "told"), [("Lab", 1), ("Open meeting", 0)])
async def test_of_a_kind_one_hears_of_no_other(town: World, kind: str, told: int) -> None:
    ada = await town.resident()
    await ada.says("/settings")
    await ada.taps("New meetings")
    await ada.taps(kind)
    await makes(carla := await coordinator(town))
    await carla.taps("Announce it")
    assert (await heard(ada), len(await town.rows(Wish))) == (told, 1 - told)


@pytest.mark.parametrize(("position", "told"), [((45.505, 9.177), 1), ((45.437, 9.20), 0)])
async def test_one_hears_of_a_meeting_near_ones_neighbourhood(
    town: World, position: tuple[float, float], told: int
) -> None:
    ada = await town.resident()
    await lives(ada, "Dergano")
    await ada.taps_data("want:near.79")
    await makes(carla := await coordinator(town))
    await carla.taps("Where")
    await carla.sends(location={"latitude": position[0], "longitude": position[1]})
    assert len(await town.rows(Place)) == 1
    await carla.taps("Announce it")
    assert await heard(ada) == told


async def test_a_meeting_that_fits_twice_is_told_once(town: World) -> None:
    ada = await town.resident()
    await lives(ada, "Dergano")
    await ada.taps_data("want:kind.lab")
    await ada.taps_data("want:near.79")
    await makes(carla := await coordinator(town))
    await carla.taps("Where")
    await carla.sends(location={"latitude": 45.505, "longitude": 9.177})
    await carla.taps("Announce it")
    assert (await heard(ada), await town.rows(Wish)) == (1, [])
    assert TITLE in ada.screen


async def test_what_nobody_can_wish_for_is_not_kept(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("want:near.79")
    await ada.taps_data("want:kind.party")
    assert await town.rows(Wish) == []
    assert ada.sees[0].splitlines()[1] == "At present I do not write to you about new meetings."
