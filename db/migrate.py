"""Brings a database to the newest schema: in one transaction, with nobody else migrating beside it.

Foreign keys are off on a SQLite connection that migrates and are checked after: rebuilding a
table with them on drops the old one and takes all rows that point at it along. The file is copied
first, while its write lock is held. PostgreSQL takes a lock of its own.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.session import sqlite_engine

LOCK = 7_105_117_001  # any number, the same for all who migrate
_MIGRATIONS = Path(__file__).parent / "migrations"


class MigrationError(Exception):
    """The database was left as it was; the message says why."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database of a URL up to a revision, or down to it ("base": to nothing).

    Raises MigrationError where its schema is of a newer program, or rows would lose their parents.
    """
    await migrating(url, partial(move, revision=revision))


async def migrating(url: str, work: Callable[[Connection], None]) -> None:
    """Do the work on a connection that is fit for migrations; whatever it raises undoes it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _on_file(parsed, work)
    else:
        await _on_server(parsed, work)


def revisions() -> list[str]:
    """All revisions, oldest first, by the files' names: they begin with it, and asking Alembic
    costs a quarter of a second at every start.
    """
    files = sorted((_MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    return [file.name.partition("_")[0] for file in files]


async def _on_server(url: URL, work: Callable[[Connection], None]) -> None:
    engine = create_async_engine(url.set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        await connection.run_sync(work)


def _on_file(url: URL, work: Callable[[Connection], None]) -> None:
    engine = sqlite_engine(url)
    try:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")  # without effect inside a transaction
            with connection.begin():
                work(connection)
                if raw.total_changes:  # at every start it would cost a look at every row
                    _check_keys(connection)
    finally:
        engine.dispose()


def _check_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        table, row, parent, _ = broken[0]
        raise MigrationError(f"row {row} of {table} would point at no row of {parent}")


def move(connection: Connection, revision: str = "head", *, copy: bool = True) -> None:
    """Run Alembic on a connection that is in a transaction already; a file is copied before."""
    known = ["base", *revisions()]
    current = revision_of(connection) or "base"
    target = known[-1] if revision == "head" else revision
    if current not in known:
        raise MigrationError(f"its schema {current} is newer than this program; take a newer one")
    if current == target:
        return
    if copy and current != "base" and connection.dialect.name == "sqlite":
        _copy(Path(connection.engine.url.database or ""), current)
    from alembic import command  # late: at nearly every start there is nothing to do

    going_down = known.index(target) < known.index(current)
    (command.downgrade if going_down else command.upgrade)(_config(connection), target)


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The schema's revision; None where there is no schema."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _copy(path: Path, revision: str) -> None:
    """Copy what is committed to a file beside it that is named by its schema."""
    target = path.with_name(f"{path.name}.at-{revision}")
    target.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
