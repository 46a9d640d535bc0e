"""Sheets that are with tutors, and tutors who said what they do, made directly: how a sheet gets
there is another story. It is Monday the 23rd of November 2026, 10:00 in Rome.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.dossiers import Dossier, Version
from db.tables import Answer, Deed, Person
from db.types import Json
from school import people, profiles
from school.dossiers import TAKEN, WAITING
from school.staff import COORDINATOR, TUTOR
from tests.desk import Desk
from tests.stories.test_staff import works
from tests.world import Phone, World

ROME = ZoneInfo("Europe/Rome")


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> dt.datetime:
    """A moment of November in Rome, or of another month."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=ROME).astimezone(dt.UTC)


MONDAY = at(23)


async def tutor(town: World, number: int = 1002, name: str = "Bruno", **said: Json) -> Phone:
    """A tutor, with what was said of the own work; English is spoken unless said otherwise."""
    phone = await works(town, TUTOR, number=number, name=name)

    def say(session: Session) -> None:
        person = _person(session, number)
        for key, value in said.items():
            profiles.say(session, person, key, value)

    await town.in_database(say)
    return phone


async def coordinator(town: World, number: int = 1003, name: str = "Carla") -> Phone:
    """Somebody who coordinates."""
    return await works(town, COORDINATOR, number=number, name=name)


def _person(session: Session, number: int) -> Person:
    found = people.find(session, number)
    assert found is not None
    return found


async def sheet(  # noqa: PLR0913 - what a sheet is
    town: World,
    number: int = 1001,
    *,
    name: str = "Ada",
    title: str = "Repair shop",
    language: str = "en",
    field: str | None = "environment",
    state: str = WAITING,
    whose: int | None = None,
    since: dt.datetime | None = None,
    **more: Any,
) -> tuple[Phone, int]:
    """Somebody's sheet, as it is with tutors, and its number; `whose` is the account of its
    tutor.
    """
    phone = await town.resident(number, name, language)
    begun = since or MONDAY

    def make(session: Session) -> int:
        idea = people.begin_idea(session, _person(session, number), begun)
        idea.title = title or None
        answers: dict[str, dict[str, Json]] = {
            "stage": {"choice": "project"},
            "sentence": {"text": "Neighbours mend lamps", "voices": []},
            **({"field": {"choice": field}} if field else {}),
        }
        for key, value in answers.items():
            row = Answer(idea_id=idea.id, question=key, status="answered", value=value)
            row.changed_at = begun
            session.add(row)
        dossier = Dossier(idea_id=idea.id, state=state, since=begun, round=1, handed_at=begun)
        if whose is not None:
            dossier.tutor_id, dossier.taken_at = _person(session, whose).id, begun
        for key, value in more.items():
            setattr(dossier, key, value)
        session.add(dossier)
        session.flush()
        given: Any = {key: {"status": "answered", "value": value} for key, value in answers.items()}
        for round_ in range(1, dossier.round + 1):
            content: dict[str, Json] = {"title": title, "answers": given}
            version = Version(dossier_id=dossier.id, number=round_, at=begun, content=content)
            session.add(version)
        return dossier.id

    return phone, await town.in_database(make)


async def taken(town: World, whose: int = 1002, **more: Any) -> tuple[Phone, int]:
    """A sheet that a tutor has."""
    return await sheet(town, state=TAKEN, whose=whose, **more)


async def dossier(town: World, number: int = 1) -> Dossier:
    """A row as it is now."""
    found = await town.rows(Dossier)
    return next(row for row in found if row.id == number)


async def tutor_of(town: World, number: int = 1) -> str | None:
    """The name of who has a sheet."""
    row = await dossier(town, number)
    found = await town.rows(Person)
    return next((person.name for person in found if person.id == row.tutor_id), None)


async def strikes(town: World, moment: dt.datetime, *phones: Phone) -> None:
    """The clock comes to a time, and what is due happens."""
    town.app.clock.set_to(moment)
    await town.app.sweep()
    await town.settle()
    for phone in phones:
        await phone.look()


async def in_group(desk: Desk) -> list[str]:
    """What the bot wrote to the tutors' supergroup."""
    await desk.look()
    return [
        message["text"]
        for message in desk.messages
        if message["from"]["is_bot"] and "text" in message
    ]


async def deeds(town: World) -> list[str]:
    """What was noted of those who work here, but for how they came."""
    return [row.what for row in await town.rows(Deed) if row.what not in ("joined", "invited")]
