"""A series has several dates: one of them is moved or called off alone."""

import pytest

from db.events import Event, Meeting, Seat
from school.staff import COORDINATOR
from tests.stories.changing import calendars, captions, one_seated, opens, series, told
from tests.stories.test_event import makes
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import NOW, TITLE, comes
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def test_one_date_of_a_series_is_moved_alone(town: World) -> None:
    event = await series(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await opens(carla)
    await carla.taps("Dates")
    assert carla.buttons == ["Sat 28 Nov 18:00", "Sat 5 Dec 18:00", "Sat 12 Dec 18:00", "Back"]
    await carla.taps("Sat 5 Dec 18:00")
    await carla.taps("Move this date")
    await carla.says("6/12 10:00-12:00")
    await carla.taps("Change it")
    await ada.look()
    assert captions(ada)[0].split("\n\n")[1].splitlines()[:3] == [
        "Saturday 28 November, 18:00–20:00",
        "Sunday 6 December, 10:00–12:00",
        "Saturday 12 December, 18:00–20:00",
    ]
    assert len({one.id for one in await town.rows(Meeting)}) == 3


async def test_a_date_is_moved_to_one_date_only(town: World) -> None:
    carla, _, _ = await one_seated(town)
    await opens(carla)
    await carla.taps("When")
    await carla.says("29/11 18-20\n30/11 18-20")
    assert carla.screen == (
        f"{TITLE}\nHere I need one date: each date of a series is moved by itself."
    )
    assert carla.buttons == ["Write it anew", "Back"]


async def test_one_date_of_a_series_is_called_off_alone_and_stays_in_sight(town: World) -> None:
    event = await series(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await opens(carla)
    await carla.taps("Dates")
    await carla.taps("Sat 28 Nov 18:00")
    await carla.taps("Call this date off")
    assert carla.sees[0].splitlines()[0] == "Call this date off?"
    await carla.taps("Call it off")
    await ada.look()
    assert told(ada) == [
        (
            f"{TITLE}\n\nOne date is called off.\n"
            "Called off: Saturday 28 November, 18:00–20:00\nThe other dates stay."
        )
    ]
    [file] = await calendars(town, ada)
    assert (file["METHOD"], [one["STATUS"] for one in file.events]) == (
        "PUBLISH",
        ["CANCELLED", "CONFIRMED", "CONFIRMED"],
    )
    await ada.says("/workshops")
    assert ada.sees[1].startswith("Sat 5 Dec 18:00")
    await ada.taps(TITLE)
    assert ada.sees[1].splitlines()[0] == "Called off: Saturday 28 November, 18:00–20:00"


async def test_when_all_dates_are_called_off_the_event_is(town: World) -> None:
    event = await series(town)
    carla = await works(town, COORDINATOR)
    for number, meeting in enumerate(await town.rows(Meeting)):
        await carla.taps_data(f"calloff:{event.id}:{meeting.id}:{number}")
    assert [one.state for one in await town.rows(Event)] == ["cancelled"]
    assert (await trail(carla))[:2] == [
        f"Carla · called an event off, {TITLE}",
        f"Carla · called one date off, {TITLE}",
    ]


async def test_a_date_that_is_called_off_is_not_there_for_seats(town: World) -> None:
    event = await series(town)
    carla = await works(town, COORDINATOR)
    meetings = sorted(await town.rows(Meeting), key=lambda one: one.id)
    for number in (1, 2):
        await carla.taps_data(f"calloff:{event.id}:{meetings[number].id}:{number - 1}")
    await town.later(days=9)
    ada = await comes(town, event)
    assert (ada.sees[-1], ada.buttons) == ("It is over.", ["All meetings"])
    await ada.taps_data(f"take:{event.id}")
    assert await town.rows(Seat) == []


async def test_a_series_may_have_seats_for_each_of_its_dates(town: World) -> None:
    """Then each date is an event of its own; whoever wanted to hear of one hears once."""
    carla, ada = await works(town, COORDINATOR), await town.resident()
    await ada.taps_data("want:meeting")
    await makes(carla, when="28/11 18-20\n5/12 18-20", seats="20")
    await carla.taps("More")
    await carla.taps("Who can come")
    assert "One seat is for all dates." in carla.sees[1].splitlines()
    await carla.taps("Seats for each date")
    assert carla.sees[1].splitlines()[-3:] == [
        "Each date has seats of its own.",
        "One person can take 1 seat.",
        "Who finds it full can wait.",
    ]
    await carla.taps("Back")
    await carla.taps("Announce it")
    assert carla.sees == [
        (
            f"1/2 · {TITLE}\n2 dates have their seats.\n"
            "The link of each is in its place under “Today and next”."
        )
    ]
    await carla.taps("Today and next")
    assert carla.buttons[:2] == ["1/2 · A shop of one's o…", "2/2 · A shop of one's o…"]
    await ada.look()
    assert sum(said.startswith("There is a meeting now.") for said in ada.said) == 1
    await ada.says("/workshops")
    await ada.taps_data("take:2")
    seats = [(seat.event_id, seat.state) for seat in await town.rows(Seat)]
    assert seats == [(2, "seated")]
    assert [(one.event_id, one.starts_at.day) for one in await town.rows(Meeting)] == [
        (1, 28),
        (2, 5),
    ]
    assert [trailed for trailed in await trail(carla) if "announced" in trailed] == [
        f"Carla · announced an event, 2/2 · {TITLE}",
        f"Carla · announced an event, 1/2 · {TITLE}",
    ]
