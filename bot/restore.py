"""`quartieri restore`: puts a copy back, whole or not at all, with the bot stopped.

What stands there now is kept aside. What waited to be sent when the copy was made was sent since,
or is out of date: it goes only if the operator says so. Who was forgotten since is forgotten again.
"""

import datetime as dt
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import archive, marks
from bot.backup import write_rows
from bot.settings import Settings
from bot.source import Source
from db import rows
from db.migrate import migrating, move
from db.session import connect
from db.tables import Forgotten, Outgoing, Person
from school import forgotten, own_data
from school.delivery import UNFINISHED
from school.forgotten import Marks
from school.loading import School

_FILES = ("", "-wal", "-shm")


class RestoreError(Exception):
    """Nothing was changed; the message says why and the mend."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    aside: Path | None
    forgotten: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to put where."""

    source: Source
    settings: Settings
    school: School
    now: dt.datetime
    send: bool
    marks: Marks

    @property
    def name_aside(self) -> str:
        """The end of the name under which the present database is kept."""
        return f"before-restore-{self.now:%Y%m%d-%H%M%S}"


async def present(settings: Settings) -> tuple[int, Marks]:
    """How many people the database has now, and the marks that are known; none where there is none.

    One that cannot be read any more is a reason to restore, not an error.
    """
    listed = marks.listed(settings.copies_folder)
    try:
        count, kept = await rows.snapshot(settings.database_url, _people_and_marks)
    except (OSError, SQLAlchemyError):
        return 0, listed
    return count, forgotten.together(listed, kept)


def _people_and_marks(connection: Connection) -> tuple[int, Marks]:
    found = {table.name: table for table in rows.tables(connection)}
    count = len(connection.execute(select(found["people"].c.id)).all()) if "people" in found else 0
    if "forgotten" not in found:
        return count, {}
    return count, forgotten.all_of(Session(connection))


def refuse_too_old(source: Source, school: School, now: dt.datetime) -> None:
    """Of a copy that is older than marks are kept nobody knows any more whom to forget again.
    Raises RestoreError.
    """
    before = own_data.due(school.own_data, Forgotten, now)
    if before is not None and source.made_at < before:
        days = own_data.days(school.own_data, Forgotten)
        raise RestoreError(
            f"{source.path} is older than the {days} days for which it is known who was forgotten:"
            " it may bring them back; take a newer copy, or, where your data protection officer"
            " agrees, add --bring-back-forgotten"
        )


async def restore(plan: Plan) -> Restored:
    """Put the copy back. Raises RestoreError."""
    file = plan.settings.database_file
    return await (_into_server(plan) if file is None else _into_file(plan, file))


async def _into_file(plan: Plan, file: Path) -> Restored:
    """A new file is filled beside the old one, then takes its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.restoring")
    url = f"sqlite:///{new}"
    _remove(new)
    with _alone(file):
        await migrating(url, partial(_fill, plan.source))
        count = await _finished(plan, url)
        with closing(sqlite3.connect(new)) as filled:
            filled.execute("PRAGMA journal_mode=DELETE")
        aside = _put_aside(file, plan.name_aside)
        new.chmod(0o600)
        new.replace(file)
    return Restored(aside, count)


async def _finished(plan: Plan, url: str) -> int:
    database = connect(url)
    try:
        return await database.run(partial(_finish, plan))
    finally:
        await database.close()


@contextmanager
def _alone(file: Path) -> Generator[None]:
    """Whoever else has the file open keeps it in its journal's mode: then the bot still runs."""
    if not file.exists():
        yield
        return
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise RestoreError(f"{file} is in use; stop the bot first") from None
        except sqlite3.DatabaseError:
            pass  # what is broken is put aside as it is
        yield


def _put_aside(file: Path, name: str) -> Path | None:
    if not file.exists():
        return None
    aside = file.with_name(f"{file.name}.{name}")
    for end in _FILES:
        part = file.with_name(file.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end)).touch()  # its days begin now
    return aside


def _remove(file: Path) -> None:
    for end in _FILES:
        file.with_name(file.name + end).unlink(missing_ok=True)


async def _into_server(plan: Plan) -> Restored:
    """Everything in one transaction of the server."""
    url, folder = plan.settings.database_url, plan.settings.copies_folder
    aside = folder / f"{plan.name_aside}.zip"
    has_rows = await rows.snapshot(url, lambda connection: bool(rows.tables(connection)))
    if has_rows:
        with archive.writing(aside) as copy:
            kept = await rows.snapshot(url, partial(write_rows, copy))
            copy.close(_of_aside(plan, kept))
    counts: list[int] = []

    def work(connection: Connection) -> None:
        _refuse_company(connection)
        for table in reversed(rows.everything(connection)):
            table.drop(connection)
        _fill(plan.source, connection)
        with Session(connection, join_transaction_mode="rollback_only") as session:
            counts.append(_finish(plan, session))
            session.flush()

    await migrating(url, work)
    return Restored(aside if has_rows else None, counts[0])


def _of_aside(plan: Plan, kept: Any) -> dict[str, Any]:
    return {
        "program": "restore",
        "made_at": plan.now.isoformat(),
        "bot_id": plan.settings.bot_id,
        "schema": kept.revision,
        "notice": None,
        "rows": kept.counts,
        "unsent": kept.unsent,
        "files": [],
    }


def _refuse_company(connection: Connection) -> None:
    others = connection.exec_driver_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ).scalar_one()
    if others:
        raise RestoreError(f"{others} others use the database; stop the bot first")


def _fill(source: Source, connection: Connection) -> None:
    """The copy's rows in the copy's schema, then the newest schema."""
    move(connection, source.revision, copy=False)
    for table in rows.tables(connection):
        rows.write(connection, table, source.lines(table.name))
    move(connection, copy=False)


def _finish(plan: Plan, session: Session) -> int:
    """Drop what is not to be sent, and forget again. Returns how many were forgotten."""
    if not plan.send:
        session.execute(delete(Outgoing).where(Outgoing.state.in_(UNFINISHED)))
    key = marks.key(plan.settings.copies_folder)
    session.info[forgotten.KEY] = key
    forgotten.remember(session, plan.marks)
    gone = forgotten.among(session, key, session.scalars(select(Person).order_by(Person.id)))
    for person in gone:
        own_data.forget(session, plan.school.own_data, person, plan.now)
    return len(gone)
