"""`Database.run(work)`: the only place that knows threads and drivers.

Work is a plain function over a Session, in one transaction: it returns and is committed, or
raises and leaves nothing. SQLite has one writer thread, so that a turn costs one hop between
threads; PostgreSQL runs through asyncpg.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session

T = TypeVar("T")

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


class Database(Protocol):
    """Where rows are kept. `name` is "sqlite" or "postgresql"."""

    name: str

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do the work in one transaction and commit it; whatever it raises undoes all of it."""
        ...

    async def close(self) -> None:
        """Let all connections go."""
        ...


def connect(url: str) -> Database:
    """The database that a URL names: `sqlite:///file` or `postgresql://...`."""
    parsed = make_url(url)
    return Sqlite(parsed) if parsed.get_backend_name() == "sqlite" else Postgres(parsed)


def sqlite_engine(url: URL) -> Engine:
    """An engine whose transactions take the write lock at once: a plain BEGIN would let two
    writers read the same free seat.
    """
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, pool_size=1, max_overflow=0)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _in_transaction(engine: Engine, work: Callable[[Session], T]) -> T:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return work(session)


class Sqlite:
    """A file with one writer thread."""

    name = "sqlite"

    def __init__(self, url: URL) -> None:
        self._engine = sqlite_engine(url)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _in_transaction, self._engine, work)

    async def close(self) -> None:
        """See `Database.close`."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


class Postgres:
    """A server, reached by asyncpg with a small pool."""

    name = "postgresql"

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,
            pool_size=10,
            max_overflow=0,
            pool_pre_ping=True,
        )

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""
        async with self._engine.begin() as connection:
            return await connection.run_sync(_on_connection, work)

    async def close(self) -> None:
        """See `Database.close`."""
        await self._engine.dispose()


def _on_connection(connection: Any, work: Callable[[Session], T]) -> T:
    with Session(
        connection, join_transaction_mode="rollback_only", expire_on_commit=False
    ) as session:
        result = work(session)
        session.flush()
        return result
