"""Announcements as a coordinator has confirmed them: made in the database."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.tables import Outgoing, Person
from db.types import Json
from school import announcements
from tests.world import World

EVERYBODY: dict[str, Json] = {"to": ["all"]}
_SHORT = 20  # of announcements here; all else that the bot says is longer
ROME = ZoneInfo("Europe/Rome")


def at(hour: int, day: int = 23) -> dt.datetime:
    """An hour in Rome, of Monday the 23rd of November 2026, or of a day near it."""
    return dt.datetime(2026, 11, day, hour, tzinfo=ROME)


async def it_is(town: World, moment: dt.datetime) -> None:
    """It is that time, and what is due is done."""
    town.app.clock.set_to(moment.astimezone(dt.UTC))
    await go_on(town)


async def go_on(town: World) -> None:
    """What can be done is done."""
    await town.app.sweep()
    await town.settle()
    await town.app.sweep()


def text(words: str) -> dict[str, Any]:
    """A part that is a text."""
    return {"method": "sendMessage", "params": {"text": words}}


def saying(*parts: dict[str, Any], **languages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What is said in English, and in other languages."""
    spoken = {"en": parts, **languages} if parts else languages
    return {language: {"messages": [*said]} for language, said in spoken.items()}


def make(session: Session, content: Mapping[str, Any], **more: Any) -> int:
    """An announcement that was not confirmed yet; its number."""
    by = session.scalars(select(Person).order_by(Person.id)).first()
    assert by is not None
    one = announcements.begin(session, by, by.created_at)
    one.content, one.audience = dict(content), EVERYBODY
    for name, value in more.items():
        setattr(one, name, value)
    session.flush()
    return one.id


async def announce(town: World, content: Mapping[str, Any], **more: Any) -> int:
    """It is confirmed, and goes as far as it can."""
    number = await town.in_database(partial(make, content=content, **more))
    if more.get("state") != announcements.PLANNED:
        await do(town, number, announcements.start, town.app.clock.now())
    await go_on(town)
    return number


async def do(town: World, number: int, act: Any, *arguments: Any) -> Any:
    """Do something with it; what came of it is seen once the bot is at rest."""

    def done(session: Session) -> Any:
        one = announcements.find(session, number)
        assert one is not None
        needs = act.__code__.co_varnames[0] == "session"
        return act(*([session] if needs else []), one, *arguments)

    result = await town.in_database(done)
    await go_on(town)
    return result


async def shown(town: World, chat: int) -> list[str]:
    """What a phone shows of announcements: all that came without having been asked for."""
    found = await town.sim(f"chats/{chat}")
    words = [one.get("text", "") for one in found["messages"] if one["from"]["is_bot"]]
    return [said for said in words if said and len(said) < _SHORT]


async def state(town: World, number: int) -> str:
    """The state of it."""
    found = await town.in_database(lambda session: session.get_one(Announcement, number))
    return found.state


async def ledger(
    town: World, number: int, method: str = announcements.SEND
) -> dict[int, tuple[str, str | None]]:
    """What became of it, by chat."""

    def found(session: Session) -> dict[int, tuple[str, str | None]]:
        rows = select(Outgoing).where(Outgoing.announcement_id == number, Outgoing.method == method)
        return {row.chat_id: (row.state, row.outcome) for row in session.scalars(rows)}

    return await town.in_database(found)


async def count(town: World, number: int, method: str = announcements.SEND) -> dict[str, int]:
    """The counts of a pass."""

    def counted(session: Session) -> dict[str, int]:
        return announcements.counts(session, session.get_one(Announcement, number), method)

    return await town.in_database(counted)
