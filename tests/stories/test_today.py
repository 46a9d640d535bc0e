"""The day of a meeting: who works here sees what is on, and notes who came by the list."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from db.events import Attendance, Event
from school import events, people, seats
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced
from tests.world import Phone, World

DOOR = STARTS - dt.timedelta(minutes=20)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def seated(town: World, event: Event, *names: str | None) -> list[str]:
    """People who have a seat, under a chosen name or none: their codes."""

    def work(session: Any) -> list[str]:
        found = events.find(session, event.id)
        assert found is not None
        made: list[str] = []
        for number, name in enumerate(names, start=5001):
            person = people.find(session, number) or people.add(session, number, "en", NOW)
            person.name = name
            made.append(seats.take(session, found, person, NOW).code)
        return made

    return await town.in_database(work)


async def at_the_door(town: World, *roles: str, when: dt.datetime = DOOR) -> Phone:
    """Somebody who works here, shortly before the meeting."""
    carla = await works(town, *(roles or (COORDINATOR,)))
    town.app.clock.set_to(when)
    return carla


async def opens(phone: Phone, title: str = TITLE) -> None:
    """Open the list of a meeting."""
    await phone.says("/today")
    await phone.taps(title)
    await phone.taps("Who is here?")


async def noted(town: World) -> list[tuple[int, str]]:
    """Whose presence is noted, and how it is known."""
    return sorted((row.seat_id, row.how) for row in await town.rows(Attendance))


HEAD = f"Who is here?\n{TITLE}\nSaturday 28 November, 18:00–20:00"


def how(seats_: int, came: int) -> str:
    return (
        f"Seats: {seats_}. Here: {came}.\n"
        "Tap who comes; tap again to take it back.\n"
        "Or write the code of a ticket."
    )


@pytest.mark.parametrize("role", [TUTOR, COORDINATOR])
async def test_today_shows_the_next_events_todays_first_with_their_people(
    town: World, role: str
) -> None:
    later = await announced(town, 2, "Bread", STARTS + 7 * DAY)
    event = await announced(town, seats=1)
    await seated(town, event, "Ada", "Bob")
    carla = await at_the_door(town, role)
    await carla.says("/oggi")
    assert carla.sees == [
        "Today and next",
        f"Today, 18:00 · {TITLE}\nWith a seat: 1 · waiting: 1 · came: 0",
        "Sat 5 Dec 18:00 · Bread\nWith a seat: 0 · waiting: 0 · came: 0",
    ]
    assert carla.buttons == [TITLE, "Bread", "Back"]
    await carla.taps("Bread")
    assert [carla.sees[0], carla.sees[1], carla.sees[3]] == [
        "Bread\nSaturday 5 December, 18:00–20:00",
        "With a seat: 0 · waiting: 0 · came: 0",
        f"Its link: https://t.me/quartieri_bot?start=e-{later.code}",
    ]
    assert "Who is here?" not in carla.buttons


async def test_it_is_a_door_of_the_staffs_home(town: World) -> None:
    carla = await at_the_door(town)
    await carla.says("/start")
    await carla.taps("Today and next")
    assert carla.sees == ["Today and next", "No meeting is announced."]


async def test_many_events_have_pages(town: World) -> None:
    for number in range(7):
        await announced(town, 2, f"Bread {number}", STARTS + number * DAY)
    carla = await at_the_door(town)
    await carla.says("/today")
    assert carla.buttons == [*(f"Bread {number}" for number in range(5)), "Next page", "Back"]
    await carla.taps("Next page")
    assert carla.buttons == ["Bread 5", "Bread 6", "Page before", "Back"]


async def test_what_is_over_today_can_still_be_opened_and_tomorrow_it_is_gone(
    town: World,
) -> None:
    await announced(town)
    carla = await at_the_door(town, when=STARTS + dt.timedelta(hours=3))
    await opens(carla)
    assert carla.sees[0] == HEAD
    town.app.clock.set_to(STARTS + dt.timedelta(hours=7))
    await carla.says("/today")
    assert carla.sees == ["Today and next", "No meeting is announced."]
    assert carla.buttons == ["Past meetings", "Back"]


async def test_a_tap_on_the_list_notes_who_came_and_a_tap_again_takes_it_back(
    town: World,
) -> None:
    (_, code) = await seated(town, await announced(town), "Ada", None)
    carla = await at_the_door(town)
    await opens(carla)
    assert carla.sees == [HEAD, how(2, 0)]
    assert carla.buttons == ["Ada", code, "Add a person", "Back"]
    await carla.taps("Ada")
    assert carla.sees == [HEAD, how(2, 1)]
    assert carla.buttons == ["✓ Ada", code, "Add a person", "Back"]
    await carla.taps(code)
    assert await noted(town) == [(1, "list"), (2, "list")]
    await carla.taps("✓ Ada")
    assert carla.buttons == ["Ada", f"✓ {code}", "Add a person", "Back"]
    assert await noted(town) == [(2, "list")]
    assert (await trail(carla))[:3] == [
        f"Carla · took back who came, Ada, {TITLE}",
        f"Carla · noted who came, without a name, {TITLE}",
        f"Carla · noted who came, Ada, {TITLE}",
    ]


async def test_double_taps_are_harmless(town: World) -> None:
    await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town)
    for _ in range(2):
        await carla.taps_data("here:1:1:0")
    assert await noted(town) == [(1, "list")]
    for _ in range(2):
        await carla.taps_data("gone:1:1:0")
    assert await noted(town) == []
    assert [line for line in await trail(carla) if "who came" in line] == [
        f"Carla · took back who came, Ada, {TITLE}",
        f"Carla · noted who came, Ada, {TITLE}",
    ]


async def test_two_coordinators_at_once_note_it_once(town: World) -> None:
    await seated(town, await announced(town), *(f"Guest {number}" for number in range(8)))
    carla = await at_the_door(town)
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    taps = [
        town.sim("press", {"user": phone.id, "data": f"here:1:{seat}:0"})
        for seat in range(1, 9)
        for phone in (carla, dario)
    ]
    await asyncio.gather(*taps)
    await town.settle()
    assert await noted(town) == [(seat, "list") for seat in range(1, 9)]
    await carla.says("/start")
    await carla.taps("What was done")
    assert sum("noted who came" in line for line in carla.sees[1].splitlines()) == 8


async def test_the_list_has_pages_of_eight_by_name_and_stays_where_it_is(town: World) -> None:
    names = [f"Guest {number}" for number in range(1, 10)]
    (*_, code) = await seated(town, await announced(town), *reversed(names), None)
    carla = await at_the_door(town)
    await opens(carla)
    assert carla.buttons == [*names[:8], "Next page", "Add a person", "Back"]
    await carla.taps("Next page")
    assert carla.buttons == ["Guest 9", code, "Page before", "Add a person", "Back"]
    await carla.taps("Guest 9")
    assert carla.buttons == ["✓ Guest 9", code, "Page before", "Add a person", "Back"]


async def test_two_of_the_same_name_are_told_apart_by_their_codes(town: World) -> None:
    first, second, _ = await seated(town, await announced(town), "Ada", "Ada", "Bob")
    carla = await at_the_door(town)
    await opens(carla)
    assert carla.buttons == [
        *sorted((f"Ada {first}", f"Ada {second}")),
        "Bob",
        "Add a person",
        "Back",
    ]


# What is tapped on the day, what it shows first, and who may.
TAPS = (
    ("today:0", "Today and next", [TUTOR, COORDINATOR]),
    ("day:1", TITLE, [TUTOR, COORDINATOR]),
    ("list:1:0", "Who is here?", [TUTOR, COORDINATOR]),
    ("past:0", "Past meetings", [TUTOR, COORDINATOR]),
    ("here:1:1:0", "Who is here?", [TUTOR, COORDINATOR]),
    ("gone:1:1:0", "Who is here?", [TUTOR, COORDINATOR]),
)


@pytest.mark.parametrize("roles", [[], [TUTOR], [COORDINATOR]])
async def test_every_action_of_the_day_asks_for_the_role(town: World, roles: list[str]) -> None:
    await seated(town, await announced(town), "Ada")
    phone = await works(town, *roles)
    town.app.clock.set_to(DOOR)
    await phone.says("/start")
    home = phone.sees
    for data, first, allowed in TAPS:
        await phone.says("/start")
        await phone.taps_data(data)
        if {*allowed} & {*roles}:
            assert phone.screen.startswith(first), data
        else:
            assert phone.sees == home, data
            assert await noted(town) == []


@pytest.mark.parametrize(
    "forged",
    ["day:99", "day:x", "list:99:0", "here:99:1:0", "gone:99:1:0", "today:x", "today:99999999999"],
)
async def test_what_is_forged_shows_the_day(town: World, forged: str) -> None:
    carla = await at_the_door(town)
    await carla.taps_data(forged)
    assert carla.sees == ["Today and next", "No meeting is announced."]


@pytest.mark.parametrize("forged", ["here:1:99:0", "here:1:x:0", "gone:1:99:0", "list:1:99"])
async def test_who_is_forged_is_not_noted(town: World, forged: str) -> None:
    await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town)
    await carla.taps_data(forged)
    assert carla.sees == [HEAD, how(1, 0)]
    assert await noted(town) == []


async def test_nobody_is_noted_before_the_day(town: World) -> None:
    await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town, when=STARTS - DAY)
    await carla.taps_data("here:1:1:0")
    assert carla.sees[0] == "Today and next"
    assert await noted(town) == []
