"""Until when a seat can be taken, and who can join a series that has begun."""

import datetime as dt

import pytest

from db.events import Event, Seat
from tests.stories.changing import moves, series
from tests.stories.test_event import coordinator, makes
from tests.stories.test_event_for_whom import held
from tests.stories.test_workshops import NOW, STARTS, announced, comes, frees
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def test_a_coordinator_says_until_when_and_it_moves_with_the_meeting(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("Who can come")
    assert carla.sees[1].splitlines()[1] == "Until when one can take a seat: Until it is over"
    await carla.taps("Until when")
    assert carla.buttons == [
        *("Until it is over", "Until it begins", "2 hours before", "A day before"),
        *("3 days before", "A week before", "Back"),
    ]
    await carla.taps("A day before")
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    ada = await comes(town, event)
    assert ada.sees[-1] == (
        "20 of 20 seats are free.\nYou can take one until Friday 27 November, 18:00."
    )
    await moves(carla)
    await ada.says(f"/start e-{event.code}")
    assert ada.sees[-1].splitlines()[1] == "You can take one until Saturday 28 November, 10:30."


async def test_after_it_the_card_says_so_and_only_who_waits_is_offered_a_seat(
    town: World,
) -> None:
    event = await announced(town, seats=1)
    await held(town, event, closes=24)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    eva = await comes(town, event, 1003, "Eva")
    town.app.clock.set_to(STARTS - dt.timedelta(hours=24))
    await eva.taps("Wait for a seat")
    assert eva.sees[-1] == "Seats could be taken until Friday 27 November, 18:00."
    assert eva.buttons == ["Pass it on", "All meetings"]
    await eva.taps("All meetings")
    assert eva.sees[1].endswith(" · closed")
    town.app.clock.set_to(STARTS - dt.timedelta(hours=4))
    await frees(ada)
    assert ada.sees[-1] == "Seats could be taken until Friday 27 November, 18:00."
    await bob.look()
    assert bob.sees[-1].splitlines()[0] == "A seat is free for you until today, 15:20."
    await bob.taps("Take the seat")
    assert [seat.state for seat in await town.rows(Seat)] == ["left", "seated"]


async def test_whose_offer_ends_after_it_is_not_asked_to_wait_again(town: World) -> None:
    event = await announced(town, seats=1)
    await held(town, event, closes=24)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    town.app.clock.set_to(STARTS - dt.timedelta(hours=4))
    await frees(ada)
    await town.later(hours=2)
    await town.app.sweep()
    await town.settle()
    await bob.look()
    assert (bob.sees[-1].splitlines()[1:], bob.buttons) == (
        ["The time to take the seat is over, and the next one in line is asked."],
        [],
    )


async def test_a_series_that_has_begun_is_open_if_its_kind_or_its_coordinator_says_so(
    town: World,
) -> None:
    carla = await coordinator(town)
    await makes(carla, when="28/11 18-20\n5/12 18-20")
    await carla.taps("More")
    await carla.taps("Who can come")
    assert carla.sees[1].splitlines()[2:4] == [
        "One seat is for all dates.",
        "One cannot join after the first meeting.",
    ]
    await carla.taps("With late joiners")
    await carla.taps("No late joiners")
    await carla.taps("Back")
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    open_ = await series(town)
    ada = await comes(town, event)
    town.app.clock.set_to(STARTS + dt.timedelta(hours=2))
    await ada.taps("Take a seat")
    assert ada.sees[-1] == "This series has begun. Nobody new can join it."
    await ada.says(f"/start e-{open_.code}")
    await ada.taps("Take a seat")
    assert [seat.event_id for seat in await town.rows(Seat)] == [open_.id]
