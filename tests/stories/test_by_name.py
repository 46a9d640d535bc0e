"""Walk-ins and people without Telegram: who works here notes them by name, and nothing is ever sent
to them.
"""

import datetime as dt
from typing import Any

import pytest

from db.events import Attendance, Event, Seat
from db.tables import Outgoing, Person
from school.events import CANCELLED
from school.staff import COORDINATOR, TUTOR
from tests.stories.changing import calls_off, moves
from tests.stories.test_staff import trail, works
from tests.stories.test_today import DOOR, HEAD, at_the_door, how, noted, opens, seated
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World

WRITE = "Write the name. I keep it and nothing else, and write to nobody."
ASKED = f"Who has no Telegram?\n{TITLE}\n{WRITE}"
NEXT = "Who else? Write the next name."


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def adds(phone: Phone, name: str) -> None:
    """Add somebody at the door."""
    await opens(phone)
    await phone.taps("Add a person")
    await phone.says(name)


async def by_name(town: World) -> list[tuple[str | None, bool]]:
    """Who has no Telegram, and whether nothing can be sent to them."""
    found = [one for one in await town.rows(Person) if one.telegram_id is None]
    return sorted((one.name, one.unreachable_at is not None) for one in found)


async def held(town: World) -> list[str]:
    """The state of each seat."""
    return [seat.state for seat in sorted(await town.rows(Seat), key=lambda one: one.id)]


@pytest.mark.parametrize("role", [TUTOR, COORDINATOR])
async def test_at_the_door_a_name_is_typed_and_has_a_seat_and_has_come(
    town: World, role: str
) -> None:
    await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town, role)
    await opens(carla)
    await carla.taps("Add a person")
    assert (carla.sees, carla.buttons) == ([ASKED], ["Back"])
    await carla.says("  Anna\nRossi ")
    assert carla.sees == [f"Anna Rossi is here: it is noted.\n{NEXT}", ASKED]
    await carla.says("Bruno")
    assert carla.buttons == ["A mistake: Bruno", "Without Telegram", "Back"]
    await carla.taps("Back")
    assert carla.sees == [HEAD, how(3, 2)]
    assert carla.buttons == ["Ada", "✓ Anna Rossi", "✓ Bruno", "Add a person", "Back"]
    assert await by_name(town) == [("Anna Rossi", True), ("Bruno", True)]
    assert await noted(town) == [(2, "list"), (3, "list")]


async def test_days_before_a_coordinator_adds_a_person_who_has_a_seat_then(town: World) -> None:
    await announced(town)
    carla = await at_the_door(town, when=NOW)
    await carla.says("/today")
    await carla.taps(TITLE)
    await carla.taps("All people")
    await carla.taps("Add a person")
    await carla.says("Anna")
    assert carla.sees[0] == f"Anna has a seat.\n{NEXT}"
    await carla.taps("Back")
    assert carla.sees[1] == "Anna, without Telegram: has a seat"
    assert await noted(town) == []
    assert (await trail(carla))[0] == f"Carla · added somebody by name, Anna, {TITLE}"
    await carla.taps_data("peoplefile:1")
    (file,) = [message for message in carla.messages if "document" in message]
    async with town.http.get(f"{town.emulator.url}{file['document']['url']}") as answer:
        text = (await answer.read()).decode("utf-8-sig")
    assert text.splitlines() == ["Name,State,People", "Anna,has a seat,1"]


async def test_when_all_seats_are_taken_it_is_asked_once_and_the_count_stays_honest(
    town: World,
) -> None:
    await seated(town, await announced(town, seats=1), "Ada", "Bob")
    carla = await at_the_door(town)
    await adds(carla, "Anna")
    assert carla.sees == ["No seat is free. Add Anna anyway?\nSeats: 1, taken: 1, in line: 1"]
    assert (carla.buttons, await held(town)) == (["Add anyway", "Back"], ["seated", "waiting"])
    await carla.taps("Add anyway")
    assert carla.sees[0] == f"Anna is here: it is noted.\n{NEXT}"
    assert await held(town) == ["seated", "waiting", "seated"]
    await carla.taps("Back")
    assert carla.sees == [HEAD, how(2, 1)]


async def test_of_two_who_add_at_once_the_second_is_asked_again(town: World) -> None:
    await seated(town, await announced(town, seats=1), "Ada")
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    carla = await at_the_door(town)
    await adds(carla, "Anna")
    await adds(dario, "Bruno")
    await dario.taps("Add anyway")
    await carla.taps("Add anyway")
    assert carla.sees == ["No seat is free. Add Anna anyway?\nSeats: 1, taken: 2, in line: 0"]
    assert await by_name(town) == [("Bruno", True)]


async def test_a_tutor_leaves_it_to_who_coordinates_to_let_more_people_in(town: World) -> None:
    await seated(town, await announced(town, seats=1), "Ada")
    tom = await at_the_door(town, TUTOR)
    await adds(tom, "Anna")
    who = "Who coordinates can add Anna all the same."
    assert tom.sees == [f"No seat is free.\nSeats: 1, taken: 1, in line: 0\n{who}"]
    await tom.taps_data("anyway:1:1:0:1")
    assert await held(town) == ["seated"]


async def test_the_same_name_again_is_asked_about(town: World) -> None:
    await announced(town)
    await announced(town, 2, "Bread", STARTS + dt.timedelta(days=7))
    carla = await at_the_door(town)
    await adds(carla, "Anna")
    town.app.clock.set_to(DOOR + dt.timedelta(days=7))
    await opens(carla, "Bread")
    await carla.taps("Add a person")
    await carla.says("anna")
    assert carla.sees == [
        f"Is it the same person?\nAnna, who came on Saturday 28 November: {TITLE}"
    ]
    assert carla.buttons == ["Anna Sat 28 Nov 18:00", "Somebody else", "Back"]
    await carla.taps("Anna Sat 28 Nov 18:00")
    assert (await by_name(town), await noted(town)) == (
        [("Anna", True)],
        [(1, "list"), (2, "list")],
    )
    await carla.says("Anna")
    code = (await town.rows(Seat))[1].code
    assert carla.sees == [f"Is it the same person?\nAnna is on this list. Code: {code}"]
    await carla.taps("Somebody else")
    assert await by_name(town) == [("Anna", True), ("Anna", True)]
    await carla.taps("Without Telegram")
    codes = sorted(seat.code for seat in await town.rows(Seat) if seat.event_id != 1)
    assert carla.buttons == [*(f"Anna {one}" for one in codes), "Back"]


async def test_who_is_on_the_list_with_telegram_is_found_by_name_too(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town)
    await adds(carla, "Ada")
    await carla.taps(f"Ada {code}")
    assert carla.sees[0] == f"Ada is here: it is noted.\n{NEXT}"
    assert (carla.buttons, await by_name(town)) == (["Back"], [])


async def test_a_mistake_is_taken_off_again_and_the_name_goes_with_it(town: World) -> None:
    await announced(town)
    carla = await at_the_door(town, TUTOR, COORDINATOR)
    await adds(carla, "Anna")
    await carla.taps("A mistake: Anna")
    assert carla.sees == [
        f"Anna\n{TITLE}",
        (
            "Noted by name: Saturday 28 November\n"
            "Without Telegram: you tell this person what changes."
        ),
    ]
    assert carla.buttons == ["Take off the list", "Delete everywhere", "Back"]
    await carla.taps("Take off the list")
    assert carla.sees == ["Anna is off the list.", ASKED]
    assert (await by_name(town), await held(town), await noted(town)) == ([], [], [])
    assert (await trail(carla))[:2] == [
        f"Carla · took somebody off the list, {TITLE}",
        f"Carla · noted who came, {TITLE}",
    ]


async def test_who_came_before_is_not_undone_when_taken_off_and_can_be_deleted(
    town: World,
) -> None:
    event = await announced(town, seats=1)
    carla = await at_the_door(town)
    await adds(carla, "Anna")
    await carla.taps_data("takeoff:1:0:1")
    assert (await held(town), await noted(town)) == (["left"], [(1, "list")])
    await seated(town, event, "Ada", "Bob")
    await carla.taps_data("noted:1:1:1")
    await carla.taps("Delete everywhere")
    await carla.taps("Delete it")
    assert carla.sees == ["All that was noted of this person is deleted.", ASKED]
    assert (await by_name(town), await town.rows(Attendance)) == ([], [])
    assert (await trail(carla))[0] == "Carla · deleted somebody without Telegram"


async def test_nothing_is_ever_sent_to_them_and_who_changes_an_event_reads_whom_to_tell(
    town: World,
) -> None:
    event = await announced(town)
    carla = await works(town, COORDINATOR)
    for name in ("Bruno", "Anna"):
        await carla.taps_data("guest:1:0")
        await carla.says(name)
    await moves(carla)
    rest = "Without Telegram, tell them yourself: Anna, Bruno"
    assert carla.sees[0] == f"It is changed.\n{rest}"
    town.app.clock.set_to(STARTS)
    await town.app.sweep()
    await calls_off(carla)
    assert carla.sees[0] == f"It is called off.\n0 people are told.\n{rest}"
    await town.app.sweep()
    chats = {call["params"].get("chat_id") for call in await town.calls()} - {None}
    assert (chats, await town.rows(Outgoing)) == ({carla.id}, [])
    assert (await town.rows(Event))[0].id == event.id


async def test_they_are_forgotten_after_the_days_that_people_are_told(town: World) -> None:
    await announced(town)
    carla = await at_the_door(town)
    await adds(carla, "Anna")
    await town.later(days=731)
    await carla.says("/start")
    await town.app.sweep()
    assert (await by_name(town), await held(town)) == ([], [])


async def test_a_seat_that_is_taken_off_is_offered_to_the_next_one(town: World) -> None:
    event = await announced(town, seats=1)
    carla = await works(town, COORDINATOR)
    await carla.taps_data("guest:1:0")
    await carla.says("Anna")
    ada = await comes(town, event)
    await ada.taps("Wait for a seat")
    await carla.taps("A mistake: Anna")
    await carla.taps("Take off the list")
    assert await held(town) == ["offered"]


# What is tapped to add people, with who may.
TAPS = (
    ("guest:1:1", [TUTOR, COORDINATOR]),
    ("guest:1:0", [COORDINATOR]),
    ("same:1:1:1", [TUTOR, COORDINATOR]),
    ("newguest:1:1", [TUTOR, COORDINATOR]),
    ("anyway:1:1:0:1", [COORDINATOR]),
    ("guests:1:1:0", [TUTOR, COORDINATOR]),
    ("noted:1:1:1", [TUTOR, COORDINATOR]),
    ("takeoff:1:1:1", [TUTOR, COORDINATOR]),
    ("erasing:1:1:1", [COORDINATOR]),
    ("erase:1:1:1", [COORDINATOR]),
)


@pytest.mark.parametrize("roles", [[], [TUTOR], [COORDINATOR]])
async def test_every_action_asks_for_the_role(town: World, roles: list[str]) -> None:
    await announced(town)
    phone = await works(town, *roles)
    town.app.clock.set_to(DOOR)
    await phone.says("/start")
    home = phone.sees
    for tapped, allowed in TAPS:
        await phone.says("/start")
        await phone.taps_data(tapped)
        # Who may add people at the door, and not on other days, sees what is on.
        may = bool({*allowed} & {*roles}) or (tapped == "guest:1:0" and bool(roles))
        assert (phone.sees != home) == may, tapped
    assert await by_name(town) == []


async def test_what_is_forged_takes_nobody_off_who_has_telegram(town: World) -> None:
    await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town)
    for forged in ("takeoff:1:1:1", "erase:1:1:1", "noted:1:1:x", "guest:1:99", "same:1:1:1"):
        await carla.taps_data(forged)
    assert (await held(town), len(await town.rows(Person))) == (["seated"], 2)


async def test_only_at_an_event_that_takes_place(town: World) -> None:
    event = await announced(town)
    carla = await at_the_door(town)
    await opens(carla)
    await carla.taps("Add a person")

    def off(session: Any) -> None:
        session.get(Event, event.id).state = CANCELLED

    await town.in_database(off)
    await carla.says("Anna")
    assert carla.sees[0] == "Today and next"
    assert await by_name(town) == []
