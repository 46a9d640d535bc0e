"""Links by which somebody takes over what is kept of them."""

from typing import Any

from sqlalchemy.orm import Session

from db.base import Base
from db.tables import Answer, Bubble, Person
from school import people
from school.staff import COORDINATOR
from tests.stories.helping import stops, writes_for
from tests.stories.test_staff import works
from tests.stories.test_workshops import NOW
from tests.world import Phone, World

USED = "This link is used or too old. Please ask the school for a new one."


MOVED = (
    "Everything of yours here was moved to another Telegram account.\n"
    "If that was not you, tell us at once:\n"
    "The school's help desk (sample), phone +39 02 0000 0000"
)


NEW = 2001


def link_in(phone: Phone) -> str:
    """What the link that was made last carries."""
    text = next(text for text in reversed(phone.said) if "start=c-" in text)
    return text.rpartition("start=")[2]


async def written_down(town: World) -> tuple[Phone, str]:
    """A coordinator wrote an idea down for Maria: the coordinator, and what her link carries."""
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop to repair things")
    await stops(carla)
    await carla.taps("Link to take it over")
    return carla, link_in(carla)


async def looked_for(town: World, words: str) -> Phone:
    """A coordinator looks for somebody whose account is lost."""
    carla = await works(town, COORDINATOR)
    await carla.says("/start")
    await carla.taps("Move a lost account")
    await carla.says(words)
    return carla


async def lost(town: World, words: str = "Ada", label: str = "1. Ada") -> tuple[Phone, str]:
    """As `looked_for`, and the link is made."""
    carla = await looked_for(town, words)
    await carla.taps(label)
    await carla.taps("I checked it: the link")
    return carla, link_in(carla)


async def named(town: World, number: int = 1001, name: str = "Ada") -> Phone:
    """Somebody with an account and a name."""
    phone = await town.resident(number, f"Account {number}")
    await phone.taps_data("cardname")
    await phone.says(name)
    return phone


async def takes(phone: Phone, link: str) -> None:
    """Somebody known opens the link, and takes it over."""
    await phone.says(f"/start {link}")
    await phone.taps("It is mine")
    await phone.taps("Yes, take it over")


async def of_account(town: World, number: int) -> Person | None:
    """The row of an account."""
    return next((one for one in await town.rows(Person) if one.telegram_id == number), None)


async def count(town: World, *tables: type[Base]) -> list[int]:
    return [len(await town.rows(table)) for table in tables]


async def answered(town: World, number: int, words: str) -> None:
    """Somebody has an idea of their own."""

    def make(session: Session) -> None:
        person = people.find(session, number)
        assert person is not None
        idea = people.begin_idea(session, person, NOW)
        value: dict[str, Any] = {"text": words, "voices": []}
        row = Answer(idea_id=idea.id, question="sentence", status="answered", value=value)
        row.changed_at = NOW
        session.add(row)
        session.add(
            Bubble(
                person_id=person.id,
                message_id=9,
                idea_id=idea.id,
                question="sentence",
                words=words,
                at=NOW,
            )
        )

    await town.in_database(make)
