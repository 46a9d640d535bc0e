"""The daily copy of a SQLite file, and for how many days copies are kept.

What is due is asked of the folder: the copy of the school's day is there, or it is made. A day
begins at three in the morning. The copy is SQLite's own, taken in a thread on a connection of its
own: whoever writes does not wait.
"""

import datetime as dt
import re
import sqlite3
from contextlib import closing
from pathlib import Path

_HOUR = dt.timedelta(hours=3)


def daily(file: Path, folder: Path, local: dt.datetime, keep: int) -> Path | None:
    """Make the copy of the day if it is not there, and delete those older than `keep` days.
    Returns the new copy.
    """
    day = (local.replace(tzinfo=None) - _HOUR).date()
    target = folder / f"{file.stem}-{day}.db"
    _drop(file, folder, day - dt.timedelta(days=keep))
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    _take(file, target)
    return target


def _take(file: Path, target: Path) -> None:
    half = target.with_name(f".{target.name}.half")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    half.replace(target)


def _drop(file: Path, folder: Path, last: dt.date) -> None:
    """Delete the copies of a day and of all days before it."""
    ours = re.compile(re.escape(file.stem) + r"-(\d{4}-\d\d-\d\d)\.db")
    for path in folder.glob(f"{file.stem}-*.db"):
        found = ours.fullmatch(path.name)
        if found and dt.date.fromisoformat(found[1]) <= last:
            path.unlink()
