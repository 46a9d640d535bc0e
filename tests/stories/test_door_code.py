"""A code at the door: whoever writes it in the meeting's hours is there."""

import datetime as dt
from typing import Any

import pytest

from db.events import Event, Seat
from school import door_codes, events, seats, taking
from school.staff import COORDINATOR, TUTOR
from tests.stories.changing import WEEK, series
from tests.stories.steps import asked_in
from tests.stories.test_staff import works
from tests.stories.test_today import at_the_door, noted, seated
from tests.stories.test_workshops import FACTS, NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World

HALF = dt.timedelta(minutes=30)
ENDS = STARTS + dt.timedelta(hours=2)
FULL = "No seat is free for you, so I could not note you.\nPlease talk to somebody at the door."
WELCOME = "Welcome: it is noted that you are here."


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def code_at(town: World, event: Event) -> str:
    """The code of an event's first meeting."""

    def work(session: Any) -> str:
        found = session.get(Event, event.id)
        return door_codes.of(session, found, events.meetings(session, found)[0])

    return await town.in_database(work)


def card(phone: Phone) -> list[str]:
    """What is said above the ticket."""
    return [text for text in phone.said if text][-1].split("\n\n")


async def has_a_seat(town: World, event: Event, number: int = 1001) -> Phone:
    """Somebody who has one."""
    ada = await comes(town, event, number)
    await ada.taps("Take a seat")
    return ada


@pytest.mark.parametrize("role", [TUTOR, COORDINATOR])
async def test_staff_see_the_code_with_its_hours_until_the_meeting_is_over(
    town: World, role: str
) -> None:
    event = await announced(town)
    carla = await works(town, role)
    await carla.says("/today")
    await carla.taps(TITLE)
    code = await code_at(town, event)
    said = f"Code at the door: {code}\nWhoever writes it to me is here. It counts: 17:30–20:00"
    assert carla.sees[2] == said
    await carla.taps_data("day:1")
    assert carla.sees[2] == said
    town.app.clock.set_to(ENDS)
    await carla.taps_data("day:1")
    assert [line for line in carla.sees if code in line] == []


@pytest.mark.parametrize("typed", ["{}", " {} \n", "{0[0]}{0[1]} {0[2]}-{0[3]}{0[4]}"])
@pytest.mark.parametrize("when", [STARTS - HALF, ENDS - dt.timedelta(seconds=1)])
async def test_who_writes_it_in_the_meetings_hours_is_there(
    town: World, typed: str, when: dt.datetime
) -> None:
    event = await announced(town)
    ada, code = await has_a_seat(town, event), await code_at(town, event)
    town.app.clock.set_to(when)
    await ada.says(typed.format(code).lower())
    assert ada.sees[:3] == [WELCOME, f"{TITLE}\nLab", FACTS.splitlines()[0]]
    assert await noted(town) == [(1, "door")]
    (ticket,) = [message for message in ada.messages if "photo" in message]
    assert ticket["caption"].split("\n\n")[2].startswith("You were there.\n")
    await ada.says(code)
    assert ada.sees[0] == "You are noted already."


@pytest.mark.parametrize("when", [STARTS - HALF - dt.timedelta(seconds=1), ENDS])
async def test_outside_the_hours_it_is_a_text_like_any_other(
    town: World, when: dt.datetime
) -> None:
    event = await announced(town)
    ada, code = await has_a_seat(town, event), await code_at(town, event)
    town.app.clock.set_to(when)
    await ada.says(code)
    assert ada.sees[0].startswith(f"I read: “{code}”\n")
    await ada.says(f"/start d-{code}")
    assert ada.sees[0] == "This code counts at the door, in the hours of the meeting."
    assert await noted(town) == []


async def test_in_the_middle_of_an_interview_it_is_the_code_and_all_else_is_an_answer(
    town: World,
) -> None:
    event = await announced(town)
    code = await code_at(town, event)
    ada = await has_a_seat(town, event)
    town.app.clock.set_to(STARTS)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    other = "".join("B" if sign == "A" else "A" for sign in code)
    await ada.says(code)
    assert (ada.sees[0], await noted(town)) == (WELCOME, [(1, "door")])
    await ada.says("/idea")
    await ada.says(other)
    assert asked_in(ada) == "where"


async def test_who_has_no_seat_takes_a_free_one_and_what_was_offered_is_taken(
    town: World,
) -> None:
    event = await announced(town, seats=2)
    code = await code_at(town, event)
    ada, bob = await town.resident(1001, "Ada"), await town.resident(1002, "Bob")
    await seated(town, event, "Carlo", "Dario")
    await bob.says(f"/start e-{event.code}")
    await bob.taps("Wait for a seat")

    def leaves(session: Any) -> None:
        found, seat = session.get(Event, event.id), session.get(Seat, 1)
        seats.leave(session, found, seat, NOW, town.app.school.quiet)

    await town.in_database(leaves)
    town.app.clock.set_to(STARTS)
    await ada.says(code)
    assert ada.sees[:2] == [FULL, f"{TITLE}\nLab"]
    await bob.says(code)
    assert (card(bob)[0], await noted(town)) == (WELCOME, [(3, "door")])
    assert sorted(seat.state for seat in await town.rows(Seat)) == ["left", "seated", "seated"]


async def test_somebody_new_reads_the_notice_first_and_is_there_then(town: World) -> None:
    code = await code_at(town, await announced(town))
    town.app.clock.set_to(STARTS)
    ada = await town.person(1001, "Ada")
    await ada.says(code)
    assert ada.sees[0] == f"Sat 28 Nov 18:00 · {TITLE}"
    await ada.taps("I have read, go on")
    await ada.taps("I am 14 or older")
    assert (card(ada)[0], await noted(town)) == (WELCOME, [(1, "door")])


async def test_of_a_meeting_that_is_on_at_the_same_time_the_code_is_another(town: World) -> None:
    first, second = await announced(town), await announced(town, 2, "Bread")
    codes = [await code_at(town, first), await code_at(town, second)]
    assert codes[0] != codes[1]
    ada = await town.resident()
    town.app.clock.set_to(STARTS)
    await ada.says(codes[1])
    assert card(ada)[1] == "Bread\nLab"


async def test_where_staff_are_asked_for_a_ticket_it_is_none(town: World) -> None:
    event = await announced(town)
    code = await code_at(town, event)
    carla = await at_the_door(town)
    await carla.taps_data("list:1:0")
    await carla.says(code)
    assert carla.sees[0] == f"No ticket has the code {code}."
    await carla.taps("Back")
    await carla.says(code)
    assert (card(carla)[0], await noted(town)) == (WELCOME, [(1, "door")])


async def test_a_series_that_lets_nobody_in_later_lets_nobody_in_by_its_code(town: World) -> None:
    event = await series(town)

    def closes(session: Any) -> str:
        found = session.get(Event, event.id)
        found.options = {**found.options, taking.LATE: False}
        return door_codes.of(session, found, events.meetings(session, found)[1])

    code = await town.in_database(closes)
    ada, bob = await has_a_seat(town, event), await town.resident(1002, "Bob")
    town.app.clock.set_to(STARTS + WEEK)
    await bob.says(code)
    assert bob.sees[0] == FULL
    await ada.says(code)
    assert (ada.sees[0], await noted(town)) == (WELCOME, [(1, "door")])
