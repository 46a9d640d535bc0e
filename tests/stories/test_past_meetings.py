"""Meetings of other days: who was there and who was not, put right afterwards."""

import datetime as dt
from typing import Any

import pytest

from db.events import Event, Meeting, Seat
from school import attendance
from school.staff import COORDINATOR, TUTOR
from tests.stories.changing import series
from tests.stories.test_today import DAY, at_the_door, how, noted, seated
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced, comes
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def came(town: World, seat: int, *meetings: int) -> None:
    """The holder of a seat was at meetings, by their order."""

    def work(session: Any) -> None:
        found = session.get(Seat, seat)
        event = session.get(Event, found.event_id)
        all_ = attendance.meetings(session, event)
        for number in meetings:
            attendance.came(session, found, all_[number - 1], attendance.LIST, NOW)

    await town.in_database(work)


@pytest.mark.parametrize("role", [TUTOR, COORDINATOR])
async def test_from_today_there_is_a_way_back_to_past_meetings_the_last_one_first(
    town: World, role: str
) -> None:
    await seated(town, await announced(town, 1), "Ada", "Bob")
    for number in range(1, 6):
        await announced(town, 2, f"Bread {number}", STARTS - number * DAY)
    await came(town, 1, 1)
    carla = await at_the_door(town, role, when=STARTS + DAY)
    await carla.says("/today")
    await carla.taps("Past meetings")
    assert carla.sees[:2] == [
        "Past meetings",
        f"Sat 28 Nov 18:00 · {TITLE}\nWith a seat: 1 · came: 1 · did not come: 0",
    ]
    assert carla.buttons == [
        *("Sat 28 Nov 18:00 · A sh…", "Fri 27 Nov 18:00 · Brea…", "Thu 26 Nov 18:00 · Brea…"),
        *("Wed 25 Nov 18:00 · Brea…", "Tue 24 Nov 18:00 · Brea…", "Next page", "Back"),
    ]
    await carla.taps("Next page")
    assert carla.buttons == ["Mon 23 Nov 18:00 · Brea…", "Page before", "Back"]


async def test_who_came_is_put_right_afterwards_also_with_people_by_name(town: World) -> None:
    await seated(town, await announced(town), "Ada", "Bob")
    await came(town, 1, 1)
    carla = await at_the_door(town, when=STARTS + 3 * DAY)
    await carla.taps_data("past:0")
    await carla.taps("Sat 28 Nov 18:00 · A sh…")
    assert carla.sees[1] == "With a seat: 2 · came: 1 · did not come: 1"
    assert carla.buttons == [
        "Who was here?",
        "All people",
        "Write to the people",
        "Materials",
        "What people said",
        "Back",
    ]
    await carla.taps("Who was here?")
    head = f"Who was here?\n{TITLE}\nSaturday 28 November, 18:00–20:00"
    assert carla.sees == [head, how(2, 1)]
    await carla.taps("Bob")
    await carla.taps("✓ Ada")
    await carla.taps("Add a person")
    await carla.says("Anna")
    assert carla.sees[0] == "Anna is here: it is noted.\nWho else? Write the next name."
    assert await noted(town) == [(2, "list"), (3, "list")]
    await carla.taps_data("people:1:0")
    assert carla.sees[1].splitlines() == [
        "Ada: did not come",
        "Anna, without Telegram: was there",
        "Bob: was there",
    ]
    await carla.taps("Back")
    await carla.taps("Back")
    assert carla.sees[0] == "Past meetings"


async def test_of_a_series_the_list_and_the_file_say_at_how_many_meetings_people_were(
    town: World,
) -> None:
    event = await series(town)
    await seated(town, event, "Ada", "Bob", "Carlo")
    await came(town, 1, 1, 2)
    await came(town, 2, 1)
    carla = await at_the_door(town, when=STARTS + 8 * DAY)
    await carla.taps_data("people:1:0")
    assert carla.sees[1].splitlines() == [
        "Ada: has a seat, was at 2 of 2",
        "Bob: has a seat, was at 1 of 2",
        "Carlo: has a seat, was at 0 of 2",
    ]
    await carla.taps("As a file")
    (file,) = [message for message in carla.messages if "document" in message]
    async with town.http.get(f"{town.emulator.url}{file['document']['url']}") as answer:
        text = (await answer.read()).decode("utf-8-sig")
    assert text.splitlines()[1] == 'Ada,"has a seat, was at 2 of 2",1'


async def test_where_nobody_was_noted_nobody_was_away(town: World) -> None:
    ada = await comes(town, await announced(town))
    await ada.taps("Take a seat")
    carla = await at_the_door(town, when=STARTS + DAY)
    await carla.taps_data("past:0")
    assert carla.sees[1].splitlines()[1] == "With a seat: 1 · came: 0 · did not come: 0"
    await carla.taps_data("people:1:0")
    assert carla.sees[1].endswith(": has a seat")
    await ada.says("/me")
    assert len(ada.sees) == 2


async def test_a_resident_sees_the_own_ones_kindly(town: World) -> None:
    event = await series(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    await seated(town, event, "Bob")
    await came(town, 1, 1)
    await came(town, 2, 1, 2)
    town.app.clock.set_to(STARTS + 8 * DAY)
    await ada.says("/workshops")
    await ada.taps("My seats")
    line = f"Sat 12 Dec 18:00 · {TITLE} · you have a seat, you were at 1 of 2 so far"
    assert ada.sees[:2] == ["My seats", line]
    await ada.says("/me")
    assert ada.sees[3] == (
        f"You had a seat, and nobody noted you:\nSat 5 Dec 18:00 · {TITLE}\n"
        "If you were there, tell who runs the meeting: then it is put right."
    )
    town.app.clock.set_to(STARTS + dt.timedelta(days=100))
    await ada.says("/me")
    assert len(ada.sees) == 3


async def test_a_meeting_that_was_called_off_is_not_among_them(town: World) -> None:
    await announced(town)

    def cancel(session: Any) -> None:
        session.get(Meeting, 1).cancelled_at = NOW

    await town.in_database(cancel)
    carla = await at_the_door(town, when=STARTS + DAY)
    await carla.taps_data("past:0")
    assert carla.sees == ["Past meetings", "There is no past meeting."]
