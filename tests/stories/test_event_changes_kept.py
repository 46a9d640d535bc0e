"""What holds for every change of an event: nobody is woken, nobody is forgotten, it is noted, and
only coordinators make it, once.
"""

import datetime as dt

import pytest

from db.events import Event, Seat
from db.tables import Deed, Outgoing
from school.staff import COORDINATOR, TUTOR
from tests.stories.changing import (
    MOVED,
    calendars,
    calls_off,
    captions,
    moves,
    one_seated,
    opens,
    told,
)
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import NOW, TITLE, announced, comes
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def test_at_night_nobody_is_woken_but_for_a_meeting_in_the_morning(town: World) -> None:
    carla, ada, _ = await one_seated(town)
    town.app.clock.set_to(dt.datetime(2026, 11, 20, 22, 0, tzinfo=dt.UTC))
    await moves(carla)
    await ada.look()
    assert told(ada) == []
    assert captions(ada)[0].split("\n\n")[1].splitlines()[0] == MOVED
    town.app.clock.set_to(dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC))
    town.app.sender.wake()
    await town.settle()
    await ada.look()
    assert len(told(ada)) == 1
    town.app.clock.set_to(dt.datetime(2026, 11, 28, 22, 0, tzinfo=dt.UTC))
    await moves(carla, "30/11 18-20")
    await ada.look()
    assert len(told(ada)) == 1
    town.app.clock.set_to(dt.datetime(2026, 11, 29, 22, 0, tzinfo=dt.UTC))
    await moves(carla, "30/11 9-10")
    await ada.look()
    assert len([text for text in ada.said if "Do you still come?" in text]) == 3


async def test_twenty_people_with_a_seat_hear_of_it_and_who_blocked_the_bot_does_no_harm(
    town: World,
) -> None:
    event = await announced(town)
    phones = [await comes(town, event, number, f"P{number}") for number in range(2001, 2021)]
    for phone in phones:
        await phone.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await town.sim("block", {"user": 2001})
    await moves(carla)
    for phone in phones[1:]:
        await phone.look()
        assert (len(told(phone)), len(await calendars(town, phone))) == (1, 1)
        assert captions(phone)[0].split("\n\n")[1].splitlines()[0] == MOVED
    left = [row for row in await town.rows(Outgoing) if row.state in ("queued", "failed")]
    assert left == []


async def test_what_changes_is_said_in_the_readers_language(town: World) -> None:
    carla, _, event = await one_seated(town)
    eva = await town.resident(1004, "Eva", "it")
    await eva.says(f"/start e-{event.code}")
    await eva.taps_data(f"take:{event.id}")
    await moves(carla)
    await eva.look()
    [text] = [text for text in eva.said if "Vieni ancora?" in text]
    assert text.split("\n\n")[2].splitlines() == [
        "Finora: Sabato 28 novembre, ore 18-20",
        "D'ora in poi: Domenica 29 novembre, ore 10:30-12:30",
    ]


async def test_each_change_is_in_the_trail(town: World) -> None:
    carla, _, _ = await one_seated(town)
    await moves(carla)
    await calls_off(carla)
    assert (await trail(carla))[:2] == [
        f"Carla · called an event off, {TITLE}",
        f"Carla · changed an event, {TITLE}",
    ]


@pytest.mark.parametrize(
    "forged",
    [
        *("manage:99", "manage:x", "alter:1:kind", "alter:99:when", "move:99", "dates:99"),
        *("alterdate:99", "altered:1:X", "altered:99:X", "callingoff:1:99", "callingoff:99:0"),
        *("calloff:1:0:9", "calloff:1:x:0", "calloff:1:99:0", "publish:1", "undrafted:1"),
    ],
)
async def test_what_is_forged_changes_nothing(town: World, forged: str) -> None:
    carla, ada, event = await one_seated(town)
    await carla.taps_data(forged)
    await ada.look()
    assert told(ada) == []
    found = await town.rows(Event)
    assert [(one.id, one.state, one.sequence) for one in found] == [(event.id, "published", 0)]


@pytest.mark.parametrize(
    "forged",
    ["coming:1:0", "coming:99:0", "notcoming:1:0", "notcoming:x:0", "calloff:1:0:0", "manage:1"],
)
async def test_others_change_nothing(town: World, forged: str) -> None:
    await one_seated(town)
    tom = await works(town, TUTOR, number=1004, name="Tom")
    await tom.taps_data(forged)
    assert [one.state for one in await town.rows(Event)] == ["published"]
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", None)]
    assert [deed.what for deed in await town.rows(Deed)] == ["joined", "joined"]


async def test_a_change_that_is_open_can_be_neither_announced_nor_deleted(town: World) -> None:
    carla, _, event = await one_seated(town)
    await opens(carla)
    await carla.taps("Title")
    [change] = [one for one in await town.rows(Event) if one.state == "change"]
    await carla.taps_data(f"publish:{change.id}")
    await carla.taps_data(f"undrafted:{change.id}")
    await carla.taps_data(f"take:{change.id}")
    states = {one.id: one.state for one in await town.rows(Event)}
    assert states == {event.id: "published", change.id: "change"}
    assert [seat.event_id for seat in await town.rows(Seat)] == [event.id]


async def test_what_is_over_is_changed_no_more(town: World) -> None:
    carla, _, event = await one_seated(town)
    await opens(carla)
    await carla.taps("Title")
    await carla.says("Shops")
    await town.later(days=9)
    await carla.taps("Change it")
    assert carla.sees[0] == "This button was of another change. Nothing was changed by it."
    assert [one.title for one in await town.rows(Event) if one.id == event.id] == [{"en": TITLE}]
