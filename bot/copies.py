"""Copies of the database that the program makes by itself, and for how many days they are kept.

The daily copy of a SQLite file: what is due is asked of the folder, the copy of the school's day is
there, or it is made. A day begins at three in the morning. The copy is SQLite's own, taken in a
thread on a connection of its own: whoever writes does not wait.

Every copy of ours holds people who asked to be forgotten since. They are told for how many days, so
all go then: those that a new schema, a backup and a restore leave, and what a crash left of them.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

_HOUR = dt.timedelta(hours=3)
_TIME = r"\d{8}-\d{6}"
_ARCHIVES = rf"(backup|before-restore)-{_TIME}\.zip"
_BESIDE = rf"\.(at-\d+|before-restore-{_TIME}|restoring)(-wal|-shm|-journal)?"


def daily(file: Path, folder: Path, local: dt.datetime) -> Path | None:
    """Make the copy of the day if it is not there. Returns the new copy."""
    target = folder / f"{file.stem}-{_day(local)}.db"
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    _take(file, target)
    return target


def _day(local: dt.datetime) -> dt.date:
    return (local.replace(tzinfo=None) - _HOUR).date()


def _take(file: Path, target: Path) -> None:
    half = target.with_name(f".{target.name}.half")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    half.replace(target)


def day_of(name: str, stem: str = "") -> dt.date | None:
    """The day in the name of a daily copy, of any file or of one; None where it is none."""
    found = re.fullmatch(rf"{re.escape(stem) or '.+'}-(\d{{4}}-\d\d-\d\d)\.db", name)
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def drop_old(file: Path | None, folder: Path, local: dt.datetime, days: int) -> None:
    """Delete all copies of ours that are `days` days old; `file` is a SQLite database's."""
    kept = dt.timedelta(days=days)
    for path in list(folder.glob("*.db")) if file else ():
        day = day_of(path.name, file.stem if file else "")
        if day is not None and day <= _day(local) - kept:
            path.unlink()
    for path in list(_others(file, folder)):
        with suppress(FileNotFoundError):  # one that was being made is whole now
            if dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) <= local - kept:
                path.unlink()


def _others(file: Path | None, folder: Path) -> Iterator[Path]:
    """All but whole daily copies."""
    whole = _ARCHIVES
    if file is not None:
        whole += rf"|{re.escape(file.stem)}-\d{{4}}-\d\d-\d\d\.db"
        yield from _named(file.parent, re.escape(file.name) + _BESIDE)
    yield from _named(folder, rf"{_ARCHIVES}|\.({whole})\.half(-journal)?")


def _named(folder: Path, names: str) -> Iterator[Path]:
    pattern = re.compile(names)
    found = folder.iterdir() if folder.exists() else ()
    return (path for path in found if pattern.fullmatch(path.name))
