"""Brings a database to the newest schema. A SQLite file is copied first; PostgreSQL takes a lock.

Foreign keys are off on a SQLite connection that migrates and are checked after: rebuilding a
table with them on drops the old one and takes all rows that point at it along.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.session import sqlite_engine

_LOCK = 7_105_117_001  # any number, the same for all who migrate


class BrokenKeysError(Exception):
    """Rows point at rows that are not there; the migration was undone."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database of a URL up to a revision, or down to it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _upgrade_sqlite(parsed, revision)
        return
    engine = create_async_engine(parsed.set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        await connection.run_sync(move, revision)
    await engine.dispose()


def move(connection: Connection, revision: str) -> None:
    """Run Alembic on a connection that is in a transaction already."""
    from alembic import command

    current = _current(connection)
    if current == revision or (revision == "head" and current == _head()):
        return
    going_down = revision == "base" or (current is not None and revision < current)
    run = command.downgrade if going_down and revision != "head" else command.upgrade
    run(_config(connection), revision)


def _config(connection: Connection | None) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _head() -> str | None:
    """The newest revision by the files' names: they begin with it, and asking Alembic costs
    a quarter of a second at every start.
    """
    files = sorted((Path(__file__).parent / "migrations" / "versions").glob("[0-9]*_*.py"))
    return files[-1].name.partition("_")[0] if files else None


def _current(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _upgrade_sqlite(url: URL, revision: str) -> None:
    path = Path(url.database or "")
    engine = sqlite_engine(url)
    with engine.connect() as connection:
        at = _current(connection)
        connection.rollback()
        if at == (_head() if revision == "head" else revision):
            return
        if at:
            _copy(path, path.with_name(f"{path.name}.before-{_head()}"))
        _move_without_keys(connection, revision)


def _move_without_keys(connection: Connection, revision: str) -> None:
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    with connection.begin():
        move(connection, revision)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise BrokenKeysError(f"rows without the row they point at: {broken[:3]}")


def _copy(path: Path, target: Path) -> None:
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
