"""How a database is migrated: whole or not at all, alone, with no row lost, after a copy."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, String, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import db.migrate
from db.migrate import MigrationError, migrating, revisions, upgrade
from tests.databases import Files, Server
from tests.migrations.rows import Rows, fill, read

HEAD = revisions()[-1]
SCRIPTS = Path(db.migrate.__file__).parent / "migrations"


async def _run(url: str, *statements: str) -> list[Any]:
    """Run statements; the rows of the last one."""
    found: list[Any] = []

    def run(connection: Connection) -> None:
        results = [connection.execute(text(statement)) for statement in statements]
        if results[-1].returns_rows:
            found.extend(tuple(row) for row in results[-1].all())

    await migrating(url, run)
    return found


async def _tables(url: str) -> list[str]:
    found: list[str] = []
    await migrating(url, lambda connection: found.extend(inspect(connection).get_table_names()))
    return sorted(found)


async def _rows(url: str) -> Rows:
    found: list[Rows] = []
    await migrating(url, lambda connection: found.append(read(connection)))
    return found[0]


def _copies(url: str) -> list[str]:
    file = Path(make_url(url).database or "")
    return sorted(path.name.removeprefix(file.name) for path in file.parent.glob(f"{file.name}.*"))


def test_the_revisions_by_their_files_are_those_that_alembic_knows() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    known = [script.revision for script in scripts.walk_revisions()]
    assert revisions() == known[::-1]
    assert scripts.get_heads() == [HEAD]


async def test_a_migration_that_fails_leaves_nothing(databases: Files | Server) -> None:
    url = await databases.empty()
    await _run(url, "CREATE TABLE wishes (id INTEGER)")
    with pytest.raises(DBAPIError):
        await upgrade(url)
    assert await _tables(url) == ["wishes"]


async def test_two_that_migrate_at_once_do_it_once(databases: Files | Server) -> None:
    url = await databases.empty()
    loops = [asyncio.to_thread(asyncio.run, upgrade(url)) for _ in range(4)]
    await asyncio.gather(*loops)
    assert await _run(url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_whoever_migrates_waits_for_the_other(postgres: Server) -> None:
    """While one holds the lock, another does not even look."""
    url = await postgres.empty()
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

    async def until_it_waits() -> None:
        while await _seen(postgres, waiting) == 0:
            pass

    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool
    )
    async with engine.begin() as first:
        await first.exec_driver_sql(f"SELECT pg_advisory_xact_lock({db.migrate.LOCK})")
        second = asyncio.ensure_future(upgrade(url))
        await asyncio.wait_for(until_it_waits(), 30)
        assert not second.done()
    await second
    assert await _run(url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def _seen(postgres: Server, query: str) -> int:
    return (await _run(postgres.url("postgres"), query))[0][0]


async def test_a_rebuilt_table_keeps_the_rows_that_point_at_it(databases: Files | Server) -> None:
    url = await databases.fresh()
    await migrating(url, fill)
    rows = await _rows(url)

    def rebuild(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("people", recreate="auto") as people:
            people.add_column(Column("nickname", String(), nullable=True))
            people.alter_column("language", nullable=True)

    await migrating(url, rebuild)
    with_nickname = [{**row, "nickname": None} for row in rows["people"]]
    assert await _rows(url) == {**rows, "people": with_nickname}


async def test_rows_that_would_point_at_nothing_undo_the_migration(files: Files) -> None:
    url = await files.empty()
    await _run(url, "CREATE TABLE parents (id INTEGER PRIMARY KEY)")
    path = make_url(url).database or ""
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE children (parent INTEGER REFERENCES parents)")
        file.execute("INSERT INTO children VALUES (5)")
        file.commit()
    with pytest.raises(MigrationError) as refused:
        await upgrade(url)
    assert str(refused.value) == "row 1 of children would point at no row of parents"
    assert await _tables(url) == ["children", "parents"]


async def test_a_file_is_copied_before_it_is_migrated(files: Files) -> None:
    url = await files.fresh()
    await migrating(url, fill)
    rows = await _rows(url)
    await upgrade(url, "base")
    assert await _rows(url) == {}
    assert _copies(url) == [f".at-{HEAD}"]
    assert await _rows(f"{url}.at-{HEAD}") == rows


async def test_nothing_is_copied_where_nothing_is_migrated(files: Files) -> None:
    url = await files.empty()
    await upgrade(url)
    await upgrade(url)
    assert _copies(url) == []


async def test_the_schema_of_a_newer_program_is_left_alone(databases: Files | Server) -> None:
    url = await databases.fresh()
    await _run(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationError) as refused:
        await upgrade(url)
    assert str(refused.value) == "its schema 9999 is newer than this program; take a newer one"
    assert await _run(url, "SELECT version_num FROM alembic_version") == [("9999",)]
