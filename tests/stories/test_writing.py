"""A coordinator writes to an event's people: any one message, looked at and confirmed once."""

import datetime as dt
from typing import Any

import pytest

from db.events import Event
from db.tables import Outgoing
from school import attendance, events
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import trail, works
from tests.stories.test_today import DAY
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World

HEAD = f"{TITLE}\nSaturday 28 November, 18:00–20:00"


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def a_meeting(town: World) -> tuple[Phone, Phone, Phone]:
    """A coordinator, Ada who has a seat, and Bob who waits; Anna has no Telegram."""
    event = await announced(town, seats=2)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await carla.taps_data("guest:1:0")
    await carla.says("Anna")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    return carla, ada, bob


async def writes(carla: Phone, group: str, text: str = "Bring a pen.") -> None:
    """She chooses to whom, and writes."""
    await carla.taps_data("day:1")
    await carla.taps("Write to the people")
    await carla.taps(group)
    await carla.says(text)


async def got(phone: Phone, text: str = "Bring a pen.") -> int:
    """How often somebody got it."""
    await phone.look()
    return phone.said.count(text)


async def test_it_is_seen_with_how_many_get_it_and_goes_when_it_is_confirmed(town: World) -> None:
    carla, ada, bob = await a_meeting(town)
    await carla.taps_data("day:1")
    await carla.taps("Write to the people")
    assert carla.sees == [f"To whom do you write?\n{HEAD}"]
    assert carla.buttons == ["With a seat: 1", "In line: 1", "Back"]
    await carla.taps("With a seat: 1")
    what = "A text, a picture or a document. You see it once more before it goes."
    assert carla.sees == [f"Send me the message now.\n{HEAD}\nTo 1 person.\n{what}"]
    await carla.says("Bring a pen.")
    assert carla.sees == [
        f"Send it?\n{HEAD}",
        "To 1 person.\nWithout Telegram, tell them yourself: Anna",
    ]
    assert carla.said[-2] == "Bring a pen."
    assert carla.buttons == ["Send it", "Another message", "Back"]
    assert await got(ada) == 0
    await carla.taps("Send it")
    rest = "Without Telegram, tell them yourself: Anna"
    assert carla.sees[:2] == [f"It goes to 1 person.\n{rest}", HEAD]
    assert (await got(ada), await got(bob)) == (1, 0)
    assert ada.buttons == ["See the meeting"]
    await ada.taps("See the meeting")
    assert ada.sees[0] == f"{TITLE}\nLab"
    assert (await trail(carla))[0] == f"Carla · wrote to an event's people, {TITLE}"


async def test_a_second_tap_sends_nothing_and_says_so(town: World) -> None:
    carla, ada, _ = await a_meeting(town)
    await writes(carla, "With a seat: 1")
    data = carla.messages[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await carla.taps_data(data)
    assert carla.sees[0] == "This message was sent already, or another took its place."
    await carla.taps_data("writeto:1:held")
    await carla.taps_data(data)
    assert carla.sees[0] == "This message was sent already, or another took its place."
    assert await got(ada) == 1


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_picture_or_a_document_goes_too_and_nothing_of_it_is_kept(
    town: World, kind: str
) -> None:
    carla, ada, bob = await a_meeting(town)
    await carla.taps_data("writeto:1:line")
    await carla.sends_file(kind, "plan.jpg", caption="Where we meet")
    await carla.taps("Send it")
    await bob.look()
    assert [one["caption"] for one in bob.messages if kind in one] == ["Where we meet"]
    assert [one for one in ada.messages if kind in one and "Where" in str(one)] == []
    (kept,) = await town.rows(Outgoing)
    assert (kept.state, kept.body) == ("sent", {})


async def test_who_came_and_who_did_not_can_be_written_to_afterwards(town: World) -> None:
    carla, ada, _ = await a_meeting(town)

    def came(session: Any) -> None:
        event = session.get(Event, 1)
        meeting = events.meetings(session, event)[0]
        seat = attendance.seat_of(session, event, 2)
        assert seat is not None
        attendance.came(session, seat, meeting, attendance.LIST, STARTS)

    await town.in_database(came)
    town.app.clock.set_to(STARTS + DAY)
    await carla.taps_data("writing:1")
    assert carla.buttons == ["With a seat: 1", "In line: 1", "Came: 0", "Did not come: 1", "Back"]
    await carla.taps("Came: 0")
    await carla.says("Thank you")
    assert (carla.sees[1], carla.buttons) == (
        "To 0 people.\nWithout Telegram, tell them yourself: Anna",
        ["Another message", "Back"],
    )
    await writes(carla, "Did not come: 1", "We missed you")
    await carla.taps("Send it")
    assert await got(ada, "We missed you") == 1


async def test_at_night_it_waits_for_the_morning(town: World) -> None:
    carla, ada, _ = await a_meeting(town)
    town.app.clock.set_to(dt.datetime(2026, 11, 24, 22, tzinfo=dt.UTC))
    await writes(carla, "With a seat: 1")
    assert carla.sees[1].splitlines()[2] == ("It is night: people get it later, tomorrow, 08:00.")
    await carla.taps("Send it")
    assert await got(ada) == 0
    town.app.clock.set_to(dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC))
    town.app.sender.wake()
    await town.settle()
    assert await got(ada) == 1


async def test_it_takes_nobodys_reminder_of_the_day(town: World) -> None:
    carla, ada, _ = await a_meeting(town)
    evening = STARTS - DAY
    town.app.clock.set_to(evening - dt.timedelta(hours=1))
    await writes(carla, "With a seat: 1")
    await carla.taps("Send it")
    town.app.clock.set_to(evening)
    await town.app.sweep()
    await town.settle()
    await ada.look()
    assert len([text for text in ada.said if "Are you coming?" in text]) == 1


@pytest.mark.parametrize("roles", [[], [TUTOR]])
async def test_only_coordinators_write(town: World, roles: list[str]) -> None:
    _, ada, _ = await a_meeting(town)
    dario = await works(town, *roles, number=1004, name="Dario")
    await dario.says("/start")
    home = dario.sees
    for data in ("writing:1", "writeto:1:held", "write:1:held:1"):
        await dario.taps_data(data)
        assert dario.sees == home
    assert await got(ada) == 0


async def test_what_is_forged_sends_nothing(town: World) -> None:
    carla, ada, _ = await a_meeting(town)
    for data in (
        "write:1:held:3",
        "write:1:x:3",
        "write:9:held:3",
        "writeto:1:came",
    ):
        await carla.taps_data(data)
        assert carla.sees[0] != "Send it?"
    assert await got(ada) == 0
