"""Members and tutors who do something with the same sheet at the same time, on both databases."""

import asyncio
import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Version
from db.groups import Group, Member
from db.session import Database
from db.tables import Answer, Idea, Person
from locales.translator import SOURCE
from school import agreement, dossiers, groups, people, versions
from school.dossiers import ASKING, BACK, TAKEN, WAITING
from school.sheet import of_idea
from tests.school.answers import SCHOOL, text

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
Act = Callable[[Session, Person, Dossier], object]


async def begun(database: Database, count: int, *, agreed: bool = False) -> list[int]:
    """A sheet of some people who are asked, or that waits for a tutor; their rows' numbers."""

    def make(session: Session) -> list[int]:
        those = [people.add(session, number, SOURCE, NOW) for number in range(1, count + 1)]
        group = Group(name="Lamps", lead_id=those[0].id, created_at=NOW)
        session.add(group)
        session.flush()
        for one in those:
            session.add(Member(person_id=one.id, group_id=group.id, joined_at=NOW))
        idea = Idea(group_id=group.id, created_at=NOW)
        session.add(idea)
        session.flush()
        for key, value in {"stage": {"choice": "project"}, "sentence": text("Lamps")}.items():
            row = Answer(idea_id=idea.id, question=key, status="answered", value=value)
            row.changed_at = NOW
            session.add(row)
        dossier = dossiers.begin(session, idea, NOW)
        agreement.ask(session, dossier, those, those[0], NOW)
        for one in those if agreed else []:
            dossiers.agree(session, dossier, one, NOW)
        if agreed:
            versions.send(session, dossier, _sheet(session, dossier), those[0], NOW)
        return [one.id for one in those]

    return await database.run(make)


def _sheet(session: Session, dossier: Dossier) -> versions.Sheet:
    idea = session.get_one(Idea, dossier.idea_id)
    return of_idea(session, SCHOOL.questionnaire, idea)


async def at_once(database: Database, *acts: tuple[int, Act]) -> list[object]:
    """People do something at the same time, each in a transaction, as in a turn."""

    def one(session: Session, number: int, act: Act) -> object:
        person = people.locked(session, number)
        dossier = dossiers.find(session, 1)
        assert person is not None
        assert dossier is not None
        return act(session, person, dossier)

    runs = (database.run(lambda session, n=n, act=act: one(session, n, act)) for n, act in acts)
    return await asyncio.gather(*runs)


def agree(session: Session, person: Person, dossier: Dossier) -> object:
    """Whether it went with this."""
    if not agreement.is_open(dossier, _them(session, dossier)):
        return None
    dossiers.agree(session, dossier, person, NOW)
    version = versions.send(session, dossier, _sheet(session, dossier), person, NOW)
    return version.number if version is not None else None


def _them(session: Session, dossier: Dossier) -> agreement.Agreement:
    idea = session.get_one(Idea, dossier.idea_id)
    return agreement.of(session, dossier, groups.people_of(session, idea))


def take(_session: Session, person: Person, dossier: Dossier) -> object:
    return dossiers.take(dossier, person, NOW)


def withdraw(session: Session, _person: Person, dossier: Dossier) -> object:
    return agreement.withdraw(session, dossier, NOW)


def again(session: Session, person: Person, dossier: Dossier) -> object:
    version = versions.send(session, dossier, _sheet(session, dossier), person, NOW)
    return version.number if version is not None else None


async def state(database: Database) -> tuple[str, int]:
    """The state, and how many versions there are."""

    def look(session: Session) -> tuple[str, int]:
        count = session.scalar(select(func.count()).select_from(Version)) or 0
        return session.get_one(Dossier, 1).state, count

    return await database.run(look)


async def test_the_last_ones_agree_at_once_and_it_goes_once(database: Database) -> None:
    them = await begun(database, 12)
    went = await at_once(database, *((number, agree) for number in them[1:]))
    assert [number for number in went if number is not None] == [1]
    assert await state(database) == (WAITING, 1)


async def test_many_tutors_take_it_at_once_and_one_has_it(database: Database) -> None:
    them = await begun(database, 2, agreed=True)

    def more(session: Session) -> list[int]:
        return [people.add(session, number, SOURCE, NOW).id for number in range(101, 121)]

    tutors = await database.run(more)
    taken = await at_once(database, *((number, take) for number in tutors))
    assert (taken.count(True), taken.count(False)) == (1, 19)
    winner = tutors[taken.index(True)]

    def tutor(session: Session) -> int | None:
        return session.get_one(Dossier, 1).tutor_id

    assert await database.run(tutor) == winner
    assert len(them) == 2


@pytest.mark.parametrize("time", range(5))
async def test_it_is_taken_or_taken_back_but_never_both(database: Database, time: int) -> None:
    them = await begun(database, 2, agreed=True)

    def tutor(session: Session) -> int:
        return people.add(session, 101, SOURCE, NOW).id

    number = await database.run(tutor)
    acts: list[tuple[int, Act]] = [(them[0], withdraw), (number, take)]
    first, *_ = done = await at_once(database, *acts[:: 1 if time % 2 else -1])
    assert done.count(True) == 1
    taken = first if acts[0 if time % 2 else 1][1] is take else not first
    assert (await state(database))[0] == (TAKEN if taken else ASKING)


async def test_two_send_it_again_at_once_and_it_goes_once(database: Database) -> None:
    them = await begun(database, 4, agreed=True)

    def back(session: Session) -> None:
        dossier = session.get_one(Dossier, 1)
        dossiers.take(dossier, session.get_one(Person, them[0]), NOW)
        dossiers.move(dossier, BACK, NOW)

    await database.run(back)
    went = await at_once(database, *((number, again) for number in them))
    assert [number for number in went if number is not None] == [2]
    assert await state(database) == (TAKEN, 2)
