"""A coordinator who writes for somebody without Telegram."""

from typing import Any

from db.tables import Answer, Idea, Person
from school.staff import COORDINATOR
from tests.stories.test_staff import works
from tests.world import Phone, World

FOR = "You write for: Maria"


LIST = [
    "Write for somebody\nFor people without Telegram: you write their idea down, and they decide."
]


NOTICE = [
    "First give the notice to Maria.",
    (
        "On paper, or read it aloud: version 1.\nThe law sets a minimum age: 14.\n"
        "The person decides, and can have all deleted at any time."
    ),
]


PAGE = "Notice given: Friday 20 November, version 1\nBy: Carla"


async def writes_for(town: World, name: str = "Maria") -> Phone:
    """A coordinator who has begun to write for somebody."""
    carla = await works(town, COORDINATOR)
    await carla.taps("Write for somebody")
    await carla.taps("Somebody new")
    await carla.says(name)
    await carla.taps("I gave the notice")
    return carla


async def stops(carla: Phone, name: str = "Maria") -> None:
    """Write for nobody any more: the person's page stands on the screen."""
    await carla.taps_data("overview")
    await carla.taps(f"Stop for {name}")


async def acting(town: World) -> list[int | None]:
    """For whom people write, of those who have an account."""
    people = sorted(await town.rows(Person), key=lambda one: one.id)
    return [one.acting_for for one in people if one.telegram_id is not None]


async def sentences(town: World) -> list[tuple[int | None, Any]]:
    """The idea in a sentence of each person."""
    ideas = {one.id: one.person_id for one in await town.rows(Idea)}
    answers = [one for one in await town.rows(Answer) if one.question == "sentence"]
    return sorted((ideas[one.idea_id], one.value["text"]) for one in answers)
