"""What `quartieri restore` reads from: an archive of `backup`, or a daily copy, a SQLite file."""

import datetime as dt
import sqlite3
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from bot.archive import ArchiveError, Reader
from bot.copies import day_of
from db import rows
from db.migrate import revision_of, revisions
from school.outbox import QUEUED, SENDING

_SQLITE = b"SQLite format 3\x00"
_A_DAYS_COPY = dt.timedelta(days=2)  # a day that begins at three, in any zone


@dataclass(frozen=True, slots=True)
class Source:
    """A copy, ready to be put back."""

    path: Path
    revision: str
    made_at: dt.datetime
    people: int
    unsent: int
    notice: str | None
    bot_id: int | None
    others: tuple[str, ...]
    archive: Reader | None

    def lines(self, table: str) -> Generator[str]:
        """A table's rows."""
        if self.archive is not None:
            yield from self.archive.lines(f"rows/{table}.jsonl")
        else:
            yield from rows.of_file(self.path, lambda connection: _lines(connection, table))


def opened(path: Path) -> Source:
    """Look at a copy. Raises ArchiveError where it cannot be put back."""
    if not path.is_file():
        raise ArchiveError(f"there is no file {path}")
    with path.open("rb") as file:
        is_database = file.read(len(_SQLITE)) == _SQLITE
    source = _database(path) if is_database else _archive(path)
    if source.revision not in revisions():
        raise ArchiveError(f"the schema {source.revision} is newer than this program; take a newer")
    return source


def _archive(path: Path) -> Source:
    archive = Reader(path)
    found: Mapping[str, Any] = archive.manifest
    entries = cast("Mapping[str, str]", found["sha256"])
    return Source(
        path=path,
        revision=str(found["schema"]),
        made_at=dt.datetime.fromisoformat(found["made_at"]),
        people=found["rows"].get("people", 0),
        unsent=found["unsent"],
        notice=found["notice"],
        bot_id=found["bot_id"],
        others=tuple(name for name in entries if not name.startswith("rows/")),
        archive=archive,
    )


def _database(path: Path) -> Source:
    try:
        revision, people, unsent = rows.of_file(path, _counted)
    except (DatabaseError, sqlite3.Error) as error:
        raise ArchiveError(f"{path} is broken ({type(error).__name__}); take another") from error
    return Source(path, str(revision), _made_at(path), people, unsent, None, None, (), None)


def _made_at(path: Path) -> dt.datetime:
    """A file that was carried to another machine may be younger there than what is in it."""
    written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    day = day_of(path.name)
    if day is None:
        return written
    named = dt.datetime.combine(day, dt.time(), dt.UTC)
    return written if written < named + _A_DAYS_COPY else named


def _counted(connection: Connection) -> tuple[str | None, int, int]:
    found = {table.name: table for table in rows.tables(connection)}
    outbox = found["outbox"]
    waiting = outbox.c.state.in_((QUEUED, SENDING))
    unsent = select(func.count()).select_from(outbox).where(waiting)
    people = select(func.count()).select_from(found["people"])
    connection.exec_driver_sql("PRAGMA quick_check")
    return revision_of(connection), connection.scalar(people) or 0, connection.scalar(unsent) or 0


def _lines(connection: Connection, name: str) -> list[str]:
    found = {table.name: table for table in rows.tables(connection)}
    return list(rows.read(connection, found[name])) if name in found else []
