"""Every step of the schema goes up, down and up again, with rows in every table."""

import datetime as dt
import sqlite3
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError

from db.base import Base
from db.migrate import migrating, revisions, upgrade
from db.session import connect
from db.tables import Idea
from tests.databases import Files, Server
from tests.migrations.rows import Rows, fill, read, shared

STEPS = list(pairwise(["base", *revisions()]))


async def _filled(url: str) -> Rows:
    """What is in the database, once every table has rows."""
    await migrating(url, fill)
    return await _read(url)


async def _read(url: str) -> Rows:
    found: list[Rows] = []
    await migrating(url, lambda connection: found.append(read(connection)))
    return found[0]


@pytest.mark.parametrize(("below", "revision"), STEPS)
async def test_a_step_up_down_and_up_keeps_the_rows(
    databases: Files | Server, below: str, revision: str
) -> None:
    url = await databases.empty()
    await upgrade(url, below)
    before = await _filled(url)
    await upgrade(url, revision)
    above = await _filled(url)
    assert shared(above, before) == shared(before, above)
    await upgrade(url, below)
    again = await _read(url)
    assert shared(again, before) == before
    await upgrade(url, revision)
    assert shared(await _read(url), before) == shared(above, before)


async def test_all_steps_at_once_go_up_down_and_up(databases: Files | Server) -> None:
    url = await databases.empty()
    await upgrade(url)
    rows = await _filled(url)
    assert set(rows) == set(Base.metadata.tables)
    assert {name: len(kept) for name, kept in rows.items()} == dict.fromkeys(rows, 2)
    await upgrade(url, "base")
    assert await _read(url) == {}
    await upgrade(url)
    empty: Rows = {name: [] for name in rows}
    assert await _read(url) == empty


async def test_a_database_of_the_newest_schema_is_left_alone(databases: Files | Server) -> None:
    url = await databases.fresh()
    rows = await _filled(url)
    await upgrade(url)
    assert await _read(url) == rows


async def test_models_and_migrations_agree(databases: Files | Server) -> None:
    differences: list[object] = []

    def compare(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        differences.extend(compare_metadata(context, Base.metadata))

    await migrating(await databases.fresh(), compare)
    assert differences == []


async def test_a_difference_between_models_and_migrations_is_found(
    databases: Files | Server,
) -> None:
    differences: list[str] = []

    def compare(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE people DROP COLUMN revisiting"))
        context = MigrationContext.configure(connection)
        differences.extend(found[0] for found in compare_metadata(context, Base.metadata))

    await migrating(await databases.fresh(), compare)
    assert differences == ["add_column"]


async def test_rows_point_at_rows_after_all_steps(databases: Files | Server) -> None:
    url = await databases.empty()
    await upgrade(url)
    database = connect(url)
    now = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
    nobody = insert(Idea).values(person_id=404, created_at=now)
    try:
        with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
            await database.run(lambda session: session.execute(nobody))
    finally:
        await database.close()
