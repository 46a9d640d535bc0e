"""A ticket at the door: a camera reads it, or its letters are typed; it says that one was there."""

import datetime as dt
from typing import Any

import pytest

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from school import dates, events, seats
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import works
from tests.stories.test_today import DAY, HEAD, at_the_door, how, noted, opens, seated
from tests.stories.test_workshops import FACTS, NOW, STARTS, TITLE, announced, code_of, comes
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def scans(phone: Phone, code: str) -> None:
    """The camera opens the ticket's link."""
    await phone.says(f"/start t-{code}")


@pytest.mark.parametrize("role", [TUTOR, COORDINATOR])
async def test_a_ticket_that_staff_scan_notes_its_holder_for_the_meeting_of_today(
    town: World, role: str
) -> None:
    (code,) = await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town, role)
    await scans(carla, code)
    assert carla.sees == ["Ada is here: it is noted.", HEAD, how(1, 1)]
    await scans(carla, code)
    assert carla.sees == ["Ada was noted already.", HEAD, how(1, 1)]
    assert await noted(town) == [(1, "ticket")]


async def test_a_ticket_for_another_day_is_said_kindly(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town, when=STARTS - DAY)
    await scans(carla, code)
    assert carla.sees[0] == (
        f"This ticket is for another day:\n{TITLE}\nSaturday 28 November, 18:00–20:00"
    )
    assert await noted(town) == []


async def test_a_ticket_that_was_given_up_is_said_kindly(town: World) -> None:
    event = await announced(town, seats=1)
    (code, waits) = await seated(town, event, "Ada", "Bob")

    def leave(session: Any) -> None:
        found = session.get(Seat, 1)
        seats.leave(session, session.get(Event, event.id), found, NOW, town.app.school.quiet)

    await town.in_database(leave)
    carla = await at_the_door(town)
    await scans(carla, code)
    assert carla.sees[0] == "Ada gave this seat up."
    await scans(carla, waits)
    assert carla.sees[0] == "Bob has no seat yet, and is in the waiting list."
    await carla.taps_data("here:1:1:0")
    assert carla.sees[0] == "Ada gave this seat up."
    assert await noted(town) == []


async def test_a_ticket_of_a_cancelled_meeting_is_said_kindly(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada")

    def cancel(session: Any) -> None:
        session.get(Meeting, 1).cancelled_at = NOW

    await town.in_database(cancel)
    carla = await at_the_door(town)
    await scans(carla, code)
    assert carla.sees == [
        "This meeting was cancelled.",
        "Today and next",
        "No meeting is announced.",
    ]


async def test_of_a_series_a_ticket_counts_for_the_meeting_that_is_on(town: World) -> None:
    event = await announced(town)

    def series(session: Any) -> None:
        days = [STARTS, STARTS + 7 * DAY, STARTS + 14 * DAY]
        found = [dates.Meeting(day, day + dt.timedelta(hours=2)) for day in days]
        events.set_meetings(session, session.get(Event, event.id), found, None)

    await town.in_database(series)
    (code,) = await seated(town, event, "Ada")
    carla = await at_the_door(town, when=STARTS + 7 * DAY + dt.timedelta(hours=1))
    await scans(carla, code)
    (_, second, _) = sorted(await town.rows(Meeting), key=lambda one: one.starts_at)
    assert [row.meeting_id for row in await town.rows(Attendance)] == [second.id]
    await carla.taps("Back")
    assert carla.rows == [
        ["Who is here?"],
        ["All people"],
        ["Write to the people"],
        ["Materials"],
        ["Change the meeting"],
        ["Sat 28 Nov 18:00", "Sat 12 Dec 18:00"],
        ["Back"],
    ]
    await carla.taps("Sat 28 Nov 18:00")
    await carla.taps("Who was here?")
    assert carla.buttons == ["Ada", "Add a person", "Back"]


async def test_to_anybody_else_a_ticket_shows_nothing_of_its_holder(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada Rossi")
    bob = await town.resident(1002, "Bob")
    said: list[list[str]] = []
    for one in (code, "XXXXX"):
        await scans(bob, one)
        said.append(bob.sees)
    assert said[0] == said[1]
    assert said[0][0] == "This is somebody's ticket: it is scanned at the door."
    assert "Tell my idea" in bob.buttons
    assert await noted(town) == []


async def test_a_newcomer_who_scans_a_ticket_is_welcome_all_the_same(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada Rossi")
    bob = await town.person(1002, "Bob")
    await scans(bob, code)
    await bob.taps("I have read, go on")
    await bob.taps("I am 14 or older")
    assert bob.sees[0] == "This is somebody's ticket: it is scanned at the door."
    assert "Ada Rossi" not in "\n".join(bob.said)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]} {0[1]} {0[2]}-{0[3]}{0[4]}"])
async def test_the_letters_of_a_ticket_are_typed_on_the_list(town: World, typed: str) -> None:
    (code,) = await seated(town, await announced(town), "Ada")
    carla = await at_the_door(town)
    await opens(carla)
    await carla.says(typed.format(code).lower())
    assert carla.sees == ["Ada is here: it is noted.", HEAD, how(1, 1)]
    assert await noted(town) == [(1, "code")]
    await carla.says(code)
    assert carla.sees[0] == "Ada was noted already."


async def test_letters_that_are_no_tickets_or_anothers_note_nobody(town: World) -> None:
    await seated(town, await announced(town), "Ada")
    (other,) = await seated(town, await announced(town, 2, "Bread"), "Bob")
    carla = await at_the_door(town)
    await opens(carla)
    await carla.says("hello there, you")
    assert carla.sees == ["No ticket has the code hello there,.", HEAD, how(1, 0)]
    await carla.says(other)
    assert carla.sees == ["This code is for another meeting.", HEAD, how(1, 0)]
    assert await noted(town) == []


async def test_with_the_role_the_list_takes_no_code_any_more(town: World) -> None:
    (code,) = await seated(town, await announced(town), "Ada")
    await works(town, COORDINATOR, number=1004, name="Dario")
    carla = await at_the_door(town, TUTOR)
    await opens(carla)
    dario = Phone(town, 1004)
    await dario.says("/start")
    await dario.taps("People and roles")
    await dario.taps("Carla")
    await dario.taps("End: tutor")
    await dario.taps("End the role")
    await carla.says(code)
    assert carla.sees[0].startswith(f"I read: “{code}”\n")
    assert await noted(town) == []


async def test_the_ticket_says_you_were_there_and_nobody_is_written_to(town: World) -> None:
    ada = await comes(town, await announced(town))
    await ada.taps("Take a seat")
    code = await code_of(town)
    before = len(ada.messages)
    carla = await at_the_door(town)
    await opens(carla)
    await carla.taps(code)
    assert await caption(ada) == [
        TITLE,
        FACTS,
        f"You were there.\nCode {code}: say it at the door.",
    ]
    await carla.taps(f"✓ {code}")
    assert await caption(ada) == [TITLE, FACTS, f"Code {code}: say it at the door."]
    assert len(ada.messages) == before


async def caption(phone: Phone) -> list[str]:
    """What the ticket in a chat says."""
    await phone.look()
    (ticket,) = [message for message in phone.messages if "photo" in message]
    return ticket["caption"].split("\n\n")


async def test_who_is_forgotten_was_nowhere(town: World) -> None:
    ada = await comes(town, await announced(town))
    await ada.taps("Take a seat")
    carla = await at_the_door(town)
    await scans(carla, await code_of(town))
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert await town.rows(Attendance) == []
    assert [person.telegram_id for person in await town.rows(Person)] == [carla.id]
