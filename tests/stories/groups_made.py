"""Groups with a sheet, and tutors who read it: people who came another day, as rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.groups import Group, Member
from db.tables import Answer, Idea, Person
from school import people, staff
from tests.stories.steps import VALUES
from tests.world import Phone, World

SOME = ("sentence", "where", "for_whom", "need")
NAMES = {1001: "Ada", 1002: "Bea", 1004: "Carlo", 1005: "Dora"}
TUTOR, OTHER, COORDINATOR = 2001, 2002, 2003


def person(session: Session, town: World, number: int, name: str | None, language: str) -> Person:
    """Somebody who has read the notice, said the age and chose a name."""
    now = town.app.clock.now()
    made = people.add(session, number, language, now)
    made.notice_read, made.old_enough_at, made.name = town.app.school.notice.version, now, name
    session.flush()
    return made


def given(session: Session, idea: Idea, answers: Mapping[str, Any], now: dt.datetime) -> None:
    """Answers of another day."""
    for key, value in {"stage": {"choice": "intuition"}, **answers}.items():
        row = Answer(idea_id=idea.id, question=key, status="answered", value=value)
        row.changed_at = now
        session.add(row)
    session.flush()


async def group(
    town: World,
    *numbers: int,
    keys: Sequence[str] = SOME,
    language: str = "en",
    name: str = "Repair café",
) -> list[Phone]:
    """People of one group, who gave these answers; the first one leads it."""
    now = town.app.clock.now()

    def make(session: Session) -> None:
        those = [person(session, town, one, NAMES[one], language) for one in numbers]
        made = Group(name=name, lead_id=those[0].id, created_at=now)
        session.add(made)
        session.flush()
        for one in those:
            session.add(Member(person_id=one.id, group_id=made.id, joined_at=now))
        idea = Idea(group_id=made.id, created_at=now, title="Lamps for all")
        session.add(idea)
        session.flush()
        given(session, idea, {key: VALUES[key] for key in keys}, now)

    await town.in_database(make)
    return [await phone(town, one, NAMES[one], language) for one in numbers]


async def alone(town: World, keys: Sequence[str] = SOME, language: str = "en") -> Phone:
    """Somebody with an idea of the own."""
    now = town.app.clock.now()

    def make(session: Session) -> None:
        made = person(session, town, 1001, "Ada", language)
        idea = people.begin_idea(session, made, now)
        given(session, idea, {key: VALUES[key] for key in keys}, now)

    await town.in_database(make)
    return await phone(town, 1001, "Ada", language)


async def joins(town: World, number: int) -> Phone:
    """Somebody more in the group."""
    now = town.app.clock.now()

    def make(session: Session) -> None:
        made, found = person(session, town, number, NAMES[number], "en"), session.get(Group, 1)
        assert found is not None
        session.add(Member(person_id=made.id, group_id=found.id, joined_at=now))

    await town.in_database(make)
    return await phone(town, number, NAMES[number], "en")


async def without_telegram(town: World, name: str) -> int:
    """Somebody more in the group, without Telegram; the number of the row."""
    now = town.app.clock.now()

    def make(session: Session) -> int:
        made = Person(language="en", created_at=now, expects=people.NOBODY, name=name)
        session.add(made)
        session.flush()
        session.add(Member(person_id=made.id, group_id=1, joined_at=now))
        return made.id

    return await town.in_database(make)


async def phone(town: World, number: int, name: str, language: str) -> Phone:
    """The phone of somebody who is known."""
    found = await town.person(number, name, language)
    await found.says("/start")
    return found


async def tutor(
    town: World, number: int = TUTOR, name: str | None = "Bruno", role: str = staff.TUTOR
) -> Phone:
    """Somebody who works at the school."""
    now = town.app.clock.now()

    def make(session: Session) -> None:
        staff.give(session, person(session, town, number, name, "en"), role, now)

    await town.in_database(make)
    return await phone(town, number, name or "", "en")


async def handed_in(*phones: Phone) -> None:
    """All agreed, and the sheet is with the tutors."""
    await phones[0].taps_data("sendit")
    await phones[0].taps_data("askall")
    for other in phones[1:]:
        await other.look()
        await other.taps("I agree")
    for one in phones:
        await one.look()


async def dossier(town: World) -> Dossier:
    """The only one."""
    (found,) = await town.rows(Dossier)
    return found
