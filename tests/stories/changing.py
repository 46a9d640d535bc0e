"""How a coordinator changes an announced event, and where people see what follows."""

import datetime as dt
from typing import Any

import icalendar

from db.events import Event, Seat
from school import dates, events
from school.staff import COORDINATOR
from tests.stories.test_staff import works
from tests.stories.test_workshops import STARTS, announced, comes
from tests.world import Phone, World

HOURS = dt.timedelta(hours=2)
WEEK = dt.timedelta(days=7)
MOVED = "Sunday 29 November, 10:30–12:30"


async def one_seated(town: World, seats: int = 20) -> tuple[Phone, Phone, Event]:
    """A coordinator, and Ada who has a seat."""
    event = await announced(town, seats)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    return await works(town, COORDINATOR), ada, event


async def opens(carla: Phone) -> None:
    """The coordinator opens the event from /event."""
    await carla.says("/event")
    await carla.taps("Change: A shop of on…")


async def moves(carla: Phone, when: str = "29/11 10:30-12:30") -> None:
    """The coordinator moves it."""
    await opens(carla)
    await carla.taps("When")
    await carla.says(when)
    await carla.taps("Change it")


async def calls_off(carla: Phone) -> None:
    """The coordinator calls it off."""
    await opens(carla)
    await carla.taps("Call it off")
    await carla.taps("Call it off")


async def series(town: World) -> Event:
    """An event with three dates, a week apart."""
    event = await announced(town)

    def work(session: Any) -> None:
        starts = [STARTS + WEEK * number for number in range(3)]
        found = [dates.Meeting(start, start + HOURS) for start in starts]
        events.set_meetings(session, session.get(Event, event.id), found, None)

    await town.in_database(work)
    return event


async def states(town: World) -> list[str]:
    """What became of each seat, the first one first."""
    return [seat.state for seat in sorted(await town.rows(Seat), key=lambda one: one.id)]


def captions(phone: Phone) -> list[str]:
    """What the tickets in a chat say."""
    return [message["caption"] for message in phone.messages if "photo" in message]


async def calendars(town: World, phone: Phone) -> list[Any]:
    """The calendar files in a chat, parsed."""
    found: list[Any] = []
    for message in phone.messages:
        if "document" in message:
            url = f"{town.emulator.url}{message['document']['url']}"
            async with town.http.get(url) as answer:
                found.append(icalendar.Calendar.from_ical(await answer.text()))
    return found


def told(phone: Phone) -> list[str]:
    """What a chat says of changes."""
    signs = ("has changed", "called off")
    return [text for text in phone.said if any(sign in text for sign in signs)]


async def cannot(ada: Phone) -> None:
    """Tap what the question offers, not the ticket's button."""
    [message] = [one for one in ada.messages if "Do you still come?" in one.get("text", "")]
    rows = message["reply_markup"]["inline_keyboard"]
    await ada.taps_data(rows[1][0]["callback_data"], message["message_id"])
