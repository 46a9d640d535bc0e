"""Members of a group on both databases, who write and come at the same time."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.groups import Group, GroupLink, Member
from db.session import Database
from db.tables import Answer, Bubble, Idea, Person
from handlers import interview as talk
from handlers import taps
from handlers.incoming import Incoming
from handlers.messages import text
from handlers.turn import Turn
from locales.translator import SOURCE
from school import group_links, groups, people
from school.loading import load
from school.sheet import chosen_of
from tests.school.room import NOW

SCHOOL = load()
T = TypeVar("T")


async def made(database: Database, count: int) -> list[int]:
    """A group of so many people, of whom the first leads, at the question "sentence"."""

    def make(session: Session) -> list[int]:
        those = [people.add(session, 100 + n, SOURCE, NOW) for n in range(count)]
        group = groups.found(session, those[0], "The menders", NOW)
        assert group is not None
        for one in those[1:]:
            groups.join(session, one, group, NOW)
        turn = turn_of(session, those[0])
        talk.begin(turn)
        taps.pick(turn, "stage", "project")
        for one in those[1:]:
            talk.begin(turn_of(session, one))
        return [person.id for person in those]

    return await database.run(make)


def turn_of(session: Session, person: Person) -> Turn:
    person.notice_read, person.old_enough_at = SCHOOL.notice.version, NOW
    person.name = person.name or f"Person {person.id}"
    session.flush()
    return Turn(session, SCHOOL, person, NOW)


async def at_once(
    database: Database, numbers: Sequence[int], act: Callable[[Turn], T]
) -> list[T | BaseException]:
    """Each does the same in a transaction of their own, as in a turn."""

    def one(session: Session, number: int) -> T:
        person = people.locked(session, number)
        assert person is not None
        return act(turn_of(session, person))

    runs = (database.run(lambda session, n=n: one(session, n)) for n in numbers)
    return await asyncio.gather(*runs, return_exceptions=True)


async def test_of_two_answers_at_the_same_moment_one_stands_and_the_other_waits(
    database: Database,
) -> None:
    crowd = await made(database, 8)
    done = await at_once(
        database, crowd, lambda turn: text(turn, Incoming(1, f"By {turn.person.id}"))
    )
    assert done == [None] * 8

    def look(session: Session) -> tuple[str, int | None, list[tuple[str, str | None]]]:
        answer = session.scalars(select(Answer).where(Answer.question == "sentence")).one()
        parts = session.execute(select(Bubble.words, Bubble.question))
        return str(answer.value["text"]), answer.person_id, [(one[0], one[1]) for one in parts]

    words, by, parts = await database.run(look)
    assert words == f"By {by}"
    others = [(f"By {one}", "mine:sentence") for one in crowd if one != by]
    assert sorted(parts, key=str) == sorted([(words, "sentence"), *others], key=str)


async def test_ticks_at_the_same_moment_are_all_set(database: Database) -> None:
    crowd = await made(database, 6)
    options = list(SCHOOL.questionnaire.questions["for_whom"].options)[:6]
    ticks = dict(zip(crowd, options, strict=True))

    def tick(turn: Turn) -> None:
        taps.change(turn, "for_whom")
        taps.tick(turn, "for_whom", ticks[turn.person.id])

    await at_once(database, crowd, tick)

    def look(session: Session) -> list[str]:
        query = select(Answer.value).where(Answer.question == "for_whom")
        return chosen_of(session.scalars(query).one())

    assert sorted(await database.run(look)) == sorted(options)


async def test_a_link_for_one_person_lets_one_in(database: Database) -> None:
    await made(database, 2)

    def link(session: Session) -> tuple[str, list[int]]:
        group = session.scalars(select(Group)).one()
        found = group_links.make(session, group, group_links.ONCE, NOW)
        assert found is not None
        return found.code, [people.add(session, 200 + n, SOURCE, NOW).id for n in range(10)]

    code, crowd = await database.run(link)
    came = await at_once(
        database, crowd, lambda turn: group_links.take(turn.session, code, turn.person, NOW)
    )
    assert sum(one is not None for one in came) == 1

    def look(session: Session) -> tuple[int, int]:
        return len(session.scalars(select(Member)).all()), len(
            session.scalars(select(GroupLink)).all()
        )

    assert await database.run(look) == (3, 0)


async def test_when_all_leave_at_once_the_last_one_has_the_sheet(database: Database) -> None:
    crowd = await made(database, 6)

    async def leaves(number: int) -> str:
        """As a turn does: what meets a deadlock comes again."""
        for _ in range(20):
            [parting] = await at_once(
                database, [number], lambda turn: groups.leave(turn.session, turn.person)
            )
            if isinstance(parting, groups.Parting):
                return parting.sheet
        raise AssertionError("it never came to its end")

    ends = await asyncio.gather(*(leaves(number) for number in crowd))
    assert sorted(ends) == sorted([groups.RETURNS, *[groups.STAYS] * 5])

    def look(session: Session) -> tuple[int, list[int | None]]:
        owners = session.scalars(select(Idea.person_id)).all()
        return len(session.scalars(select(Group)).all()), list(owners)

    left, owners = await database.run(look)
    assert (left, len(owners), owners[0] in crowd) == (0, 1, True)


async def test_who_is_removed_while_writing_begins_no_other_sheet(database: Database) -> None:
    lead, other = await made(database, 2)

    def act(turn: Turn) -> None:
        if turn.person.id == lead:
            groups.remove(turn.session, turn.person, other)
        else:
            text(turn, Incoming(1, "Mine"))

    assert await at_once(database, [lead, other], act) == [None, None]

    def look(session: Session) -> tuple[list[int], int, list[str]]:
        members, ideas = session.scalars(select(Member.person_id)), session.scalars(select(Idea))
        words = session.scalars(select(Bubble.words))
        return list(members), len(ideas.all()), list(words)

    assert await database.run(look) == ([lead], 1, ["Mine"])
