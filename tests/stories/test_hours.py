"""What one came to adds up to hours, by person and year; no number is asked of anybody."""

import datetime as dt
from typing import Any

import pytest

from db.events import Meeting, Seat
from school import attendance
from tests.stories.test_today import DAY, at_the_door
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def came(town: World, number: int) -> None:
    """The holder of a seat was at the meeting of the same number."""

    def work(session: Any) -> None:
        seat, meeting = session.get(Seat, number), session.get(Meeting, number)
        attendance.came(session, seat, meeting, attendance.LIST, meeting.starts_at)

    await town.in_database(work)


async def takes(town: World, title: str, starts: dt.datetime) -> Phone:
    """Ada takes a seat."""
    ada = await comes(town, await announced(town, 20, title, starts))
    await ada.taps("Take a seat")
    return ada


async def test_hours_are_counted_from_the_meetings_lengths_against_what_is_offered(
    town: World,
) -> None:
    await takes(town, TITLE, STARTS)
    ada = await takes(town, "Bread", STARTS + DAY)
    await came(town, 1)
    await came(town, 2)
    town.app.clock.set_to(STARTS + 2 * DAY)
    await ada.says("/percorso")
    assert ada.sees == [
        "My hours",
        "You have 4 hours of the 100 that the school offers this year.",
        f"Sun 29 Nov 18:00 · Bread · 2 hours\nSat 28 Nov 18:00 · {TITLE} · 2 hours",
    ]
    assert ada.buttons == ["Bread", TITLE, "Certificate of 2026", "My seats", "Home"]


async def test_my_seats_show_past_ones_with_their_hours(town: World) -> None:
    await takes(town, TITLE, STARTS)
    ada = await takes(town, "Bread", STARTS + 7 * DAY)
    await came(town, 1)
    town.app.clock.set_to(STARTS + DAY)
    await ada.says("/workshops")
    await ada.taps("My seats")
    past = f"You were there:\nSat 28 Nov 18:00 · {TITLE} · 2 hours"
    assert ada.sees == ["My seats", "Sat 5 Dec 18:00 · Bread · you have a seat", past]
    town.app.clock.set_to(STARTS + 8 * DAY)
    await ada.says("/workshops")
    assert ada.buttons == ["Write me when there is one", "My seats", "Home"]
    await ada.taps("My seats")
    assert ada.sees == ["My seats", "You have no seat at present.", past]
    await ada.taps("My hours")
    assert ada.sees[1] == "You have 2 hours of the 100 that the school offers this year."


async def test_a_year_ends_at_midnight_of_the_schools_zone(town: World) -> None:
    # In Rome it is the first of January already.
    eve = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    await takes(town, TITLE, STARTS)
    ada = await takes(town, "Bread", eve)
    await came(town, 1)
    await came(town, 2)
    town.app.clock.set_to(eve + DAY)
    await ada.says("/me")
    assert ada.sees[1] == (
        "You have 2 hours of the 100 that the school offers this year.\n2026: 2 hours"
    )


async def test_who_has_no_hours_yet_is_told_what_is_offered(town: World) -> None:
    ada = await town.resident()
    await ada.says("/me")
    assert ada.sees == [
        "My hours",
        "The school offers 100 hours this year. Yours are counted here.",
    ]


async def test_a_seat_alone_makes_no_hours_and_others_hours_are_not_mine(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Take a seat")
    await came(town, 1)
    town.app.clock.set_to(STARTS + DAY)
    await bob.says("/me")
    assert bob.sees[1] == "The school offers 100 hours this year. Yours are counted here."


async def test_what_is_taken_back_at_the_door_makes_no_hours(town: World) -> None:
    ada = await takes(town, TITLE, STARTS)
    await came(town, 1)
    carla = await at_the_door(town)
    await carla.taps_data("gone:1:1:0")
    await ada.says("/me")
    assert len(ada.sees) == 2
