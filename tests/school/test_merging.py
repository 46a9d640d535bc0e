"""Two rows of one person become one, whatever points at them."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.base import Base, table_of
from db.session import Database
from db.tables import Idea, Person
from school.merging import Merger, references
from school.quiet import Quiet
from tests.migrations.rows import fill

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
QUIET = Quiet(ZoneInfo("Europe/Rome"))
# Of which a person can have one, or that were between the two.
ONE_OF = {
    *("people", "members", "cards", "assistances", "tutors"),
    *("introductions",),
}


def counts(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    tables = Base.metadata.tables
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in tables.items()
    }


async def test_all_that_points_at_the_one_that_goes_points_at_the_other(
    database: Database,
) -> None:
    def merge(session: Session) -> tuple[set[str], list[str]]:
        fill(session.connection())
        session.execute(delete(Idea).where(Idea.person_id == 2))
        before = counts(session)
        one, other = session.get_one(Person, 1), session.get_one(Person, 2)
        Merger(session, one, other).merge(NOW, QUIET)
        after = counts(session)
        left = [
            f"{reference.table.name}.{reference.column}"
            for reference in references(table_of(Person))
            if session.scalar(select(func.count()).where(reference.table.c[reference.column] == 2))
        ]
        return {name for name in before if after[name] < before[name]}, left

    lost, left = await database.run(merge)
    assert (lost, left) == (ONE_OF, [])


def test_every_table_that_names_people_is_known() -> None:
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
    }
    found = {(one.table.name, one.column) for one in references(table_of(Person))}
    assert found == named
