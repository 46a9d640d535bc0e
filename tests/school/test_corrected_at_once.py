"""Two who coordinate confirm the same correction at the same time, on both databases: it is made
once.
"""

import asyncio

from sqlalchemy.orm import Session

from db.session import Database
from db.tables import Person
from handlers import announce_changes
from handlers.turn import Turn
from locales.translator import SOURCE
from school import announcements, correcting, people, staff
from school.announcements import CORRECT, DONE
from school.loading import load
from tests.school.room import NOW
from tests.stories.announced import saying, text

SCHOOL = load()


async def test_a_correction_is_confirmed_once(database: Database) -> None:
    def make(session: Session) -> tuple[list[int], str]:
        those = [people.add(session, 100 + n, SOURCE, NOW) for n in range(2)]
        for one in those:
            staff.give(session, one, staff.COORDINATOR, NOW)
        made = announcements.begin(session, those[0], NOW)
        made.content, made.state = saying(text("At five")), DONE
        made.correction = saying(text("At six"))
        session.flush()
        return [one.id for one in those], correcting.mark(made)

    numbers, mark = await database.run(make)

    def confirm(session: Session, number: int) -> None:
        turn = Turn(session, SCHOOL, session.get_one(Person, number), NOW)
        announce_changes.corrected(turn, "1", mark)

    await asyncio.gather(*(database.run(lambda session, n=n: confirm(session, n)) for n in numbers))

    def found(session: Session) -> tuple[str, int, object]:
        one = announcements.find(session, 1)
        assert one is not None
        return one.method, one.revision, one.correction

    assert await database.run(found) == (CORRECT, 1, None)
