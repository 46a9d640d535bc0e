"""The people of an event with their states, on the screen and as a file."""

from typing import Any

import pytest

from db.events import Event, Seat
from school import seats
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import trail, works
from tests.stories.test_today import at_the_door, seated
from tests.stories.test_workshops import NOW, TITLE, announced
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def a_full_event(town: World) -> str:
    """Ada gave her seat up, Bob is asked, two others wait: the code of one without a name."""
    event = await announced(town, seats=2)
    codes = await seated(town, event, "Ada", "Carlo", "Bob", "=Zoe", None)

    def leaves(session: Any) -> None:
        found, seat = session.get(Event, event.id), session.get(Seat, 1)
        seats.leave(session, found, seat, NOW, town.app.school.quiet)

    await town.in_database(leaves)
    return codes[-1]


async def test_a_coordinator_sees_everybody_with_their_state(town: World) -> None:
    code = await a_full_event(town)
    carla = await at_the_door(town, when=NOW)
    await carla.says("/today")
    await carla.taps(TITLE)
    await carla.taps("All people")
    assert carla.sees == [
        f"All people\n{TITLE}",
        (
            "Carlo: has a seat\n"
            "Bob: is asked whether to take a seat\n"
            "=Zoe: number 1 in line\n"
            f"{code}: number 2 in line\n"
            "Ada: gave the seat up"
        ),
    ]
    assert carla.buttons == ["Add a person", "As a file", "Back"]


async def test_the_list_has_pages(town: World) -> None:
    await seated(town, await announced(town), *(f"Guest {number}" for number in range(9)))
    carla = await at_the_door(town)
    await carla.taps_data("people:1:0")
    assert (len(carla.sees[1].splitlines()), carla.buttons[0]) == (8, "Next page")
    await carla.taps("Next page")
    assert carla.sees[1] == "Guest 8: has a seat"
    assert carla.buttons == ["Page before", "Add a person", "As a file", "Back"]


async def test_the_file_has_names_and_states_only_and_the_trail_has_it(town: World) -> None:
    code = await a_full_event(town)
    carla = await at_the_door(town, when=NOW)
    await carla.taps_data("people:1:0")
    await carla.taps("As a file")
    (file,) = [message for message in carla.messages if "document" in message]
    assert file["document"]["file_name"] == "people.csv"
    async with town.http.get(f"{town.emulator.url}{file['document']['url']}") as answer:
        text = (await answer.read()).decode("utf-8-sig")
    assert text.splitlines() == [
        "Name,State,People",
        "Carlo,has a seat,1",
        "Bob,is asked whether to take a seat,1",
        "'=Zoe,number 1 in line,1",
        ",number 2 in line,1",
        "Ada,gave the seat up,1",
    ]
    assert code not in text
    assert (await trail(carla))[0] == f"Carla · took a list of people, {TITLE}"


@pytest.mark.parametrize("roles", [[], [TUTOR], [COORDINATOR]])
@pytest.mark.parametrize("tapped", ["people:1:0", "peoplefile:1"])
async def test_only_coordinators_get_the_list(town: World, roles: list[str], tapped: str) -> None:
    await seated(town, await announced(town), "Ada")
    phone = await works(town, *roles)
    await phone.says("/start")
    home = phone.sees
    await phone.taps_data(tapped)
    files = [message for message in phone.messages if "document" in message]
    if COORDINATOR in roles:
        assert len(files) == (tapped == "peoplefile:1")
    else:
        assert (phone.sees, files) == (home, [])


@pytest.mark.parametrize("forged", ["people:99:0", "people:x:0", "peoplefile:99"])
async def test_what_is_forged_shows_the_day(town: World, forged: str) -> None:
    carla = await at_the_door(town)
    await carla.taps_data(forged)
    assert carla.sees == ["Today and next", "No meeting is announced."]
