"""`Database.run(work)`: the only place that knows threads and drivers.

Work is a plain function over a Session, in one transaction: it returns and is committed, or
raises and leaves nothing. SQLite has one writer thread, where work that waits shares a commit;
PostgreSQL runs through asyncpg.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.orm import Session

T = TypeVar("T")

# So many pieces of work share a commit at most: the first of them waits for the last.
_GROUP = 64

_PATIENT = "PRAGMA busy_timeout=5000"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    _PATIENT,
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten
)
_ERASE = "erase"


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


def erase(session: Session) -> None:
    """Once this transaction is committed, what it deleted is in no file any more: the log that
    SQLite writes ahead would hold it for a while.
    """
    session.info[_ERASE] = True


def sqlite_engine(url: URL) -> Engine:
    """An engine whose transactions take the write lock at once: a plain BEGIN would let two
    writers read the same free seat.
    """
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    quick = url.set(drivername="sqlite+quick")
    engine = create_engine(quick, hide_parameters=True, pool_size=1, max_overflow=0)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Quick(SQLiteDialect_pysqlite):
    """SQLite with savepoints that go straight to the driver: each piece of work has one, and
    SQLAlchemy would compile its name anew.
    """

    supports_statement_cache = True

    def do_savepoint(self, connection: Connection, name: str) -> None:
        """Begin one."""
        _driver(connection).execute(f"SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Connection, name: str) -> None:
        """Keep what was done since."""
        _driver(connection).execute(f"RELEASE SAVEPOINT {name}")


registry.register("sqlite.quick", __name__, Quick.__name__)
registry.register("postgresql.quick", "db.server", "QuickServer")  # loaded where it is used


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@dataclass(slots=True)
class _Job:
    """A piece of work, and what came of it."""

    work: Callable[[Session], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Tell whoever waits; one who was cancelled waits no longer."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Sqlite:
    """A file with one writer thread. All work that waits shares one commit, and so one wait for
    the disk; each has its savepoint, so that what fails undoes itself alone.
    """

    name = "sqlite"

    def __init__(self, url: URL) -> None:
        self._engine = sqlite_engine(url)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._waiting: deque[_Job] = deque()
        self._group: asyncio.Future[None] | None = None
        self._to_erase = False  # known to the thread alone

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append(_Job(work, future))
        if self._group is None:
            self._write(loop)
        return await future

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand all that waits to the thread; what comes meanwhile is the next group."""
        jobs = [self._waiting.popleft() for _ in range(min(len(self._waiting), _GROUP))]
        self._group = loop.run_in_executor(self._thread, self._do, jobs) if jobs else None
        if self._group is not None:
            self._group.add_done_callback(partial(self._written, loop, jobs))

    def _written(
        self, loop: asyncio.AbstractEventLoop, jobs: list[_Job], _done: asyncio.Future[None]
    ) -> None:
        for job in jobs:
            job.settle()
        self._write(loop)

    def _do(self, jobs: list[_Job]) -> None:
        self._to_erase = _together(self._engine, jobs) or self._to_erase
        if self._to_erase:
            self._to_erase = not _truncated(self._engine)

    async def close(self) -> None:
        """See `Database.close`."""
        while self._group is not None:
            await asyncio.gather(self._group, return_exceptions=True)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


def _together(engine: Engine, jobs: list[_Job]) -> bool:
    """Do a group of work in one transaction. Where the transaction itself is lost, all of it is.
    Returns whether something is to be erased.
    """
    session = Session(engine, expire_on_commit=False)
    try:
        with session, session.begin():
            for job in jobs:
                _one(session, job)
    except BaseException as error:  # noqa: BLE001 - whoever waits hears of it, whatever it is
        for job in jobs:
            job.error = job.error or error
        return False
    return bool(session.info.get(_ERASE))


def _truncated(engine: Engine) -> bool:
    """Empty the write-ahead log; False where somebody reads (a copy is made): again another time.
    Nobody waits for it.
    """
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        driver.execute("PRAGMA busy_timeout=0")
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        busy = True
    driver.execute(_PATIENT)
    connection.close()
    return not busy


def _one(session: Session, job: _Job) -> None:
    try:
        with session.begin_nested():
            job.result = job.work(session)
    except BaseException as error:
        job.error = error
        if not _stands(session):
            job.error = _first(error)
            raise
    session.expunge_all()


def _first(error: BaseException) -> BaseException:
    """What ended the transaction: undoing a savepoint that went with it fails in its turn."""
    while error.__context__ is not None:
        error = error.__context__
    return error


def _stands(session: Session) -> bool:
    """Whether the transaction is still there: SQLite ends it by itself when the disk is full, and
    what is written after that would be committed statement by statement.
    """
    return bool(_driver(session.connection()).in_transaction)


class Postgres:
    """A server, reached by asyncpg with a small pool."""

    name = "postgresql"

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url.set(drivername="postgresql+quick"),
            hide_parameters=True,
            pool_size=10,
            max_overflow=0,
            pool_pre_ping=True,
            pool_use_lifo=True,  # the one that was used last has its statements prepared
        )

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""
        async with self._engine.begin() as connection:
            try:
                return await connection.run_sync(_on_connection, work)
            except Exception as error:
                if _is_gone(connection):
                    raise ConnectionResetError("the connection is gone") from error
                raise

    async def close(self) -> None:
        """See `Database.close`."""
        await self._engine.dispose()


def _is_gone(connection: AsyncConnection) -> bool:
    """Whether a connection was lost: then that is what happened, whatever the error says."""
    if connection.invalidated:
        return True
    driver: Any = connection.sync_connection and _driver(connection.sync_connection)
    return driver is None or bool(driver.is_closed())


def _on_connection(connection: Any, work: Callable[[Session], T]) -> T:
    with Session(
        connection, join_transaction_mode="rollback_only", expire_on_commit=False
    ) as session:
        result = work(session)
        session.flush()
        return result
