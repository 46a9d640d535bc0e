"""People with cards, and what is kept of them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.groups import Card, Introduction
from db.tables import Person
from school import groups
from tests.world import Phone, World

ROME = ZoneInfo("Europe/Rome")


NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=ROME)


NIGHT = dt.datetime(2026, 11, 23, 23, 0, tzinfo=ROME)


MORNING = dt.datetime(2026, 11, 24, 8, 0, tzinfo=ROME)


WORDS = "I can sew, and look for people who repair clothes with me."


CARD = f"Dergano\nEnvironment and reuse\n{WORDS}"


PROFILES = (
    "If you both say yes, I show your Telegram profile to this person, and theirs to you.\n"
    "Each of you also sees the name that the other chose here."
)


WHO_READS = (
    "Only people who look for company too read it.\n"
    "Your name and your account are not on it.\n"
    "If somebody reports it, those who coordinate read it too."
)


async def looks(
    town: World,
    number: int,
    name: str,
    words: str = WORDS,
    place: str = "Dergano",
    field: str = "Environment and reuse",
) -> Phone:
    """Somebody who shows a card, and has a name."""
    phone = await town.resident(number, f"Account {number}")
    await phone.taps_data("cardname")
    await phone.says(name)
    await phone.taps_data("card")
    await phone.says(place)
    await phone.taps(field)
    await phone.says(words)
    await phone.taps("Show my card")
    return phone


async def reads(phone: Phone, page: int = 0) -> list[str]:
    """One of the others' cards."""
    await phone.taps_data(f"cards:{page}")
    return phone.sees


async def row(town: World, number: int) -> int:
    """The number of somebody's row."""
    (found,) = [one.id for one in await town.rows(Person) if one.telegram_id == number]
    return found


async def states(town: World) -> list[tuple[int, int, str]]:
    """Who asked whom, and what became of it."""
    rows = sorted(await town.rows(Introduction), key=lambda one: (one.person_id, one.other_id))
    return [(one.person_id, one.other_id, one.state) for one in rows]


async def asks(phone: Phone) -> None:
    """Somebody wants to get to know the person of the first card."""
    await reads(phone)
    await phone.taps("Get to know")
    await phone.taps("Yes, ask this person")


async def profiles(phone: Phone) -> list[int]:
    """Whose profiles somebody was shown."""
    await phone.look()
    entities = [entity for message in phone.messages for entity in message.get("entities", [])]
    return [one["user_id"] for one in entities if one["type"] == "text_mention"]


async def in_a_group(town: World, *numbers: int) -> None:
    """These people are in a group."""
    rows = [await row(town, number) for number in numbers]
    now = town.app.clock.now()

    def make(session: Session) -> None:
        lead, *others = (session.get_one(Person, one) for one in rows)
        group = groups.found(session, lead, "Sewing", now)
        assert group is not None
        assert all(groups.join(session, one, group, now) for one in others)

    await town.in_database(make)


async def kept(town: World) -> list[Any]:
    """All cards and questions."""
    cards = [
        (one.person_id, one.place, one.field, one.words, one.at) for one in await town.rows(Card)
    ]
    return [sorted(cards), await states(town)]
