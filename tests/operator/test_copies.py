"""Copies that the program makes by itself are there for some days, and not a day longer."""

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.copies import daily, day_of, drop_old
from db.migrate import revisions, upgrade
from tests.databases import Files
from tests.operator.desk import Desk
from tests.stories.steps import begins
from tests.world import World, world

NIGHT = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
WORDS = "Zanzibar lamps"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_copy_a_day_is_kept_for_some_days(files: Files, folder: Path) -> None:
    await files.fresh()
    file = files.folder / "template.db"
    for hours in range(0, 24 * 4, 6):
        local = NIGHT + dt.timedelta(hours=hours)
        daily(file, folder, local)
        drop_old(file, folder, local, 2)
    assert _names(folder) == ["template-2026-11-24.db", "template-2026-11-25.db"]


def test_a_day_begins_at_three(folder: Path) -> None:
    file = folder / "school.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE people (id INTEGER)")
    copies = folder / "copies"
    daily(file, copies, NIGHT - dt.timedelta(hours=2))
    assert _names(copies) == ["school-2026-11-21.db"]
    assert daily(file, copies, NIGHT - dt.timedelta(hours=1)) == copies / "school-2026-11-22.db"
    assert (copies / "school-2026-11-22.db").stat().st_mode & 0o777 == 0o600


async def test_the_running_bot_makes_the_days_copy(files: Files, folder: Path) -> None:
    async with world(await files.fresh(), keep_copies=3, copies=folder) as town:
        await town.resident()
        await town.later(days=1)
        await town.app.watch.look()
        newest = [name for name in _names(folder) if name.endswith(".db")][-1]
        with closing(sqlite3.connect(folder / newest)) as copy:
            assert copy.execute("SELECT telegram_id FROM people").fetchall() == [(1001,)]


OURS = [
    "school.db.at-0002",
    "school.db.before-restore-20261101-101112",
    "school.db.before-restore-20261101-101112-shm",
    "school.db.before-restore-20261101-101112-wal",
    "school.db.restoring",
    "school.db.restoring-journal",
]
OUR_COPIES = [
    ".backup-20261101-101112.zip.half",
    ".before-restore-20261101-101112.zip.half",
    ".school-2026-11-01.db.half",
    ".school-2026-11-01.db.half-journal",
    "backup-20261101-101112.zip",
    "before-restore-20261101-101112.zip",
    "school-2026-11-01.db",
]
NOT_OURS = [
    "forgotten.json",
    "forgotten.key",
    "my-backup.zip",
    "other-2026-11-01.db",
    "school-2026-11-01.db.txt",
    "school-2026-99-99.db",
    "school.db",
    "school.db-wal",
    "school.db.at-home",
    "school.db.mine",
]


@pytest.mark.parametrize("together", [True, False])
def test_what_is_ours_goes_and_nothing_else(folder: Path, *, together: bool) -> None:
    copies = folder if together else folder / "copies"
    copies.mkdir(exist_ok=True)
    for place, names in ((folder, OURS), (copies, OUR_COPIES), (folder, NOT_OURS)):
        for name in names:
            (place / name).touch()
            os.utime(place / name, (NIGHT.timestamp(), NIGHT.timestamp()))
    young = NIGHT + dt.timedelta(days=7, seconds=-1)
    drop_old(folder / "school.db", copies, young, 7)
    ours = {*OURS, *OUR_COPIES} - {"school-2026-11-01.db"}
    assert {*_names(folder), *_names(copies)} - {"copies"} == {*ours, *NOT_OURS}
    drop_old(folder / "school.db", copies, young + dt.timedelta(seconds=1), 7)
    assert {*_names(folder), *_names(copies)} - {"copies"} == {*NOT_OURS}


def test_a_servers_copies_go_too(folder: Path) -> None:
    for name in (*OUR_COPIES, *NOT_OURS):
        (folder / name).touch()
        os.utime(folder / name, (NIGHT.timestamp(), NIGHT.timestamp()))
    drop_old(None, folder, NIGHT + dt.timedelta(days=7), 7)
    assert [name for name in _names(folder) if name.endswith((".zip", ".zip.half"))] == [
        "my-backup.zip"
    ]
    assert "school-2026-11-01.db" in _names(folder)


def test_where_there_is_no_folder_yet_nothing_goes(folder: Path) -> None:
    drop_old(folder / "school.db", folder / "copies", NIGHT, 7)
    assert _names(folder) == []


def test_the_day_of_a_copy_is_in_its_name() -> None:
    assert day_of("school-2026-11-01.db") == dt.date(2026, 11, 1)
    assert day_of("school-2026-11-01.db", "school") == dt.date(2026, 11, 1)
    assert day_of("school-2026-11-01.db", "sch") is None
    assert day_of("school-2026-13-01.db") is None
    assert day_of("school.db") is None


async def test_the_copy_that_a_new_schema_leaves_is_its_owners_and_goes(folder: Path) -> None:
    url = f"sqlite:///{folder / 'school.db'}"
    await upgrade(url, revisions()[0])
    await upgrade(url)
    copy = folder / f"school.db.at-{revisions()[0]}"
    assert copy.stat().st_mode & 0o777 == 0o600
    async with world(url, keep_copies=3) as town:
        await town.later(days=2.9)
        await town.app.watch.look()
        assert copy.exists()
        await town.later(days=0.2)
        await town.app.watch.look()
        assert not copy.exists()


@pytest.mark.parametrize(("setting", "days"), [(7, 7), (1, 1), (0, 1)])
async def test_no_copy_holds_who_was_forgotten_after_the_days_that_were_told(
    database_url: str, folder: Path, setting: int, days: int
) -> None:
    copies = folder / "copies"
    async with world(database_url, keep_copies=setting, copies=copies) as town:
        ada = await begins(town)
        await ada.says(WORDS)
        await town.app.watch.look()
        await town.stop()
        desk = Desk(folder, database_url)
        await desk.runs("backup", "--no-files")
        await desk.runs("backup", "mine.zip", "--no-files")
        await desk.runs("restore", "mine.zip", "--yes", "--unsent", "drop")
        (folder / "mine.zip").unlink()
        await town.start()
        await ada.says("/forget")
        told = f"Backup copies are deleted after {days} day{'s' if days > 1 else ''}."
        assert ada.screen.endswith(told)
        await ada.taps("Delete my data")
        # The backup, what the restore put aside, and the copy of the day.
        days_copy = int(town.app.database.name == "sqlite" and setting > 0)
        assert len(_with_people(town, copies)) == 2 + days_copy
        await town.later(days=days)
        await town.app.watch.look()
        assert [path for path in _with_people(town, copies) if not _is_of_now(path)] == []


def _with_people(town: World, copies: Path) -> list[Path]:
    """All files of copies that hold rows of people."""
    file = make_url(town.database_url).database if town.app.database.name == "sqlite" else None
    beside = list(Path(file).parent.glob(f"{Path(file).name}.*")) if file else []
    return sorted([*beside, *copies.glob("*.zip"), *copies.glob("*.db")])


def _is_of_now(path: Path) -> bool:
    """The copy of the day, in which nobody is any more."""
    if path.suffix != ".db":
        return False
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute("SELECT count(*) FROM people").fetchone() == (0,)


async def test_privacy_says_for_how_many_days(database_url: str) -> None:
    async with world(database_url, keep_copies=5) as town:
        ada = await town.resident()
        await ada.says("/privacy")
        assert ada.screen.splitlines()[-1] == "Backup copies are deleted after 5 days."
