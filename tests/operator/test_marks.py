"""Of who was forgotten a mark stays, in the database and beside the copies, for as long as the
school's table of what is kept says; a copy that is older is not put back.
"""

import datetime as dt
import os
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import marks
from bot.backup import backup
from bot.copies import daily
from bot.settings import read
from db.rows import snapshot
from db.session import connect
from db.tables import Forgotten, Person
from school import forgotten, own_data, people
from tests.databases import Files, Server
from tests.migrations.rows import read as read_rows
from tests.operator.desk import Desk
from tests.world import World, example_school, world

ADA = 1001
DAYS = "[kinds.deletion]\ndays = {}"
NOW = dt.datetime.now(dt.UTC)  # noqa: TID251 - the command's clock, which no test can move


async def _forgets(town: World, account: int = ADA) -> None:
    """Somebody is met and forgotten."""
    await town.resident(account)
    app = town.app

    def forget(session: Session) -> None:
        person = people.find(session, account)
        assert person is not None
        own_data.forget(session, app.school.own_data, person, app.clock.now())

    await town.in_database(forget)


async def _in_days(town: World, days: int) -> tuple[int, int]:
    """How many marks there are so many days later: in the database, and beside the copies."""
    await town.later(days=days)
    await town.app.sweep()
    await town.app.watch.look()
    listed = marks.listed(town.app.settings.copies_folder)
    return len(await town.rows(Forgotten)), len(listed)


async def test_whoever_is_forgotten_leaves_a_mark_beside_the_copies(
    database_url: str, folder: Path
) -> None:
    async with world(database_url, copies=folder) as town:
        await _forgets(town)
        await town.app.watch.look()
        assert await town.rows(Person) == []
    assert list(marks.listed(folder)) == [forgotten.mark(marks.key(folder), ADA)]


@pytest.mark.parametrize("days", [400, 20])
async def test_marks_go_after_the_days_that_the_school_says(
    database_url: str, folder: Path, days: int
) -> None:
    school = example_school(folder / "school", data=DAYS.format(days))
    async with world(database_url, copies=folder / "copies", school=school) as town:
        await _forgets(town)
        assert await _in_days(town, days - 1) == (1, 1)
        await _forgets(town, ADA + 1)
        assert await _in_days(town, 0) == (2, 2)
        assert await _in_days(town, 2) == (1, 1)
        assert await _in_days(town, days) == (0, 0)


async def test_a_new_database_does_not_empty_the_list_of_the_lost_one(
    databases: Files | Server, folder: Path
) -> None:
    for number, present in ((0, 1), (1, 2)):
        async with world(await databases.fresh(), copies=folder) as town:
            await _forgets(town, ADA + number)
            assert await _in_days(town, 0) == (1, present)


@pytest.fixture
async def another(databases: Files | Server) -> str:
    """A second database, without any table."""
    return await databases.empty()


async def _accounts(url: str) -> list[int]:
    rows = await snapshot(url, read_rows)
    return [row["telegram_id"] for row in rows["people"]]


async def _met(url: str) -> None:
    database = connect(url)
    try:
        await database.run(lambda session: people.add(session, ADA, "it", NOW) and None)
    finally:
        await database.close()


def _why(name: str, days: int = 400) -> str:
    return (
        f"{name} is older than the {days} days for which it is known who was forgotten:"
        " it may bring them back; take a newer copy, or, where your data protection officer"
        " agrees, add --bring-back-forgotten"
    )


async def test_a_copy_older_than_the_marks_is_refused(
    database_url: str, another: str, folder: Path
) -> None:
    await _met(database_url)
    settings = read(token="42:X", database_url=database_url)
    for days in (399, 401):
        made = NOW - dt.timedelta(days=days)
        await backup(settings, folder / f"{days}.zip", made, files=False)
    desk = Desk(folder, another)
    assert await desk.is_refused("restore", "401.zip", "--yes") == _why("401.zip")
    # Nothing was changed: there is still nobody to ask about.
    await desk.runs("restore", "401.zip", "--bring-back-forgotten")
    assert await _accounts(another) == [ADA]
    await desk.runs("restore", "399.zip", "--yes")
    assert await _accounts(another) == [ADA]


async def test_how_old_it_may_be_is_what_the_school_says(
    database_url: str, another: str, folder: Path
) -> None:
    await _met(database_url)
    settings = read(token="42:X", database_url=database_url)
    await backup(settings, folder / "copy.zip", NOW - dt.timedelta(days=30), files=False)
    desk = Desk(folder, another)
    desk.settings["school"] = str(example_school(folder / "school", data=DAYS.format(20)))
    assert await desk.is_refused("restore", "copy.zip") == _why("copy.zip", 20)
    desk.settings["school"] = str(example_school(folder / "school", data=DAYS.format(40)))
    await desk.runs("restore", "copy.zip")


async def test_a_daily_copy_is_as_old_as_its_name_says(
    files: Files, another: str, folder: Path
) -> None:
    url = await files.fresh()
    await _met(url)
    file = Path(url.removeprefix("sqlite:///"))
    old = daily(file, folder, NOW - dt.timedelta(days=403))
    assert old is not None
    desk = Desk(folder, another)
    assert await desk.is_refused("restore", old.name) == _why(old.name)
    young = old.rename(folder / "young.db")
    await desk.runs("restore", young.name)
    assert await _accounts(another) == [ADA]
    then = (NOW - dt.timedelta(days=401)).timestamp()
    os.utime(young, (then, then))
    assert await desk.is_refused("restore", young.name, "--yes") == _why(young.name)
