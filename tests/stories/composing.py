"""A coordinator at an announcement that says something and is not confirmed yet."""

import datetime as dt
from functools import partial
from typing import Any

from db.announcements import Announcement
from db.types import Json
from school import confirming
from school.staff import COORDINATOR
from tests.stories.announced import EVERYBODY, at, it_is, make, saying, text
from tests.stories.test_staff import works
from tests.world import Phone, World

HELLO = saying(text("A meeting"))
HEAD = ["An announcement", "It says: A meeting\nLanguages: English"]
NAME = "A meeting"
# The buttons of what it says, which come before the others.
SAYS = ["Look at it", "The message", "Languages", "Buttons", "Delete it"]
MORNING = at(10)


async def drafted(town: World, **more: Any) -> tuple[Phone, int]:
    """Carla, who coordinates, and a draft of hers, for everybody about the school's news."""
    await it_is(town, MORNING)
    carla = await works(town, COORDINATOR)
    given: dict[str, Json] = {"audience": EVERYBODY, "subject": "school", **more}
    number = await town.in_database(partial(make, content=HELLO, **given))
    await carla.taps_data(f"ann:{number}")
    return carla, number


async def row(town: World, number: int = 1) -> Announcement:
    """It, as the database has it."""
    return await town.in_database(lambda session: session.get_one(Announcement, number))


async def change(town: World, number: int = 1, **values: Any) -> None:
    """Somebody else changes it meanwhile."""

    def work(session: Any) -> None:
        one = session.get_one(Announcement, number)
        for name, value in values.items():
            setattr(one, name, value)

    await town.in_database(work)


async def seen(town: World, number: int = 1) -> str:
    """What a button carries of somebody who looks at it now."""
    return confirming.mark(await row(town, number))


def carried(phone: Phone, label: str) -> str:
    """What a button of the newest screen carries."""
    keyboard = phone.messages[-1]["reply_markup"]["inline_keyboard"]
    return next(one["callback_data"] for row in keyboard for one in row if one["text"] == label)


def utc(moment: dt.datetime) -> dt.datetime:
    """The same time, as the database has it."""
    return moment.astimezone(dt.UTC)
