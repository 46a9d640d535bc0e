"""A copy taken while people talk, put back into another database: everybody goes on at the same
question, nothing is sent twice, and who was forgotten since stays forgotten.
"""

import asyncio
import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

from bot import marks
from db.migrate import migrating
from db.rows import snapshot
from db.session import connect
from db.tables import Outgoing
from school import forgotten, outbox, people
from tests.databases import Files, Server
from tests.migrations.rows import fill, read
from tests.operator.desk import Desk
from tests.stories.steps import asked_in, begins, gives
from tests.world import World

T = TypeVar("T")
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
async def another(databases: Files | Server) -> str:
    """A second database, without any table."""
    return await databases.empty()


@pytest.fixture
async def filled(databases: Files | Server) -> str:
    """A database with two rows in every table."""
    url = await databases.fresh()
    await migrating(url, fill)
    return url


async def _rows(url: str) -> Any:
    return await snapshot(url, read)


async def _answers(url: str) -> list[Any]:
    """All answers, those of who came first at the beginning."""
    return (await _rows(url))["answers"]


async def _talk(town: World, number: int) -> None:
    """Somebody who talks for a while."""
    phone = await town.resident(number, f"N{number}")
    await phone.taps("Tell my idea")
    await phone.taps("I have a rough idea")
    await gives(phone, "sentence", "where")


async def test_a_copy_taken_while_people_talk_goes_on_at_the_same_question(
    town: World, another: str, folder: Path
) -> None:
    ada = await begins(town)
    await gives(ada, "sentence", "where", "field")
    assert asked_in(ada) == "for_whom"
    desk = Desk(folder, town.database_url, town.emulator.url)
    before = await _answers(town.database_url)
    talk = asyncio.gather(*(_talk(town, 2000 + number) for number in range(3)))
    lines = await desk.runs("backup", "copy.zip")
    await talk
    assert lines[0].startswith("copy.zip: ")
    there = Desk(folder, another)
    said = await there.runs("restore", "copy.zip", "--unsent", "drop")
    assert said[-1] == "restored; 0 people who asked to be forgotten since are forgotten again"
    await town.stop()
    town.database_url = another
    await town.start()
    await ada.says("/start")
    assert asked_in(ada) == "for_whom"
    restored = await _answers(another)
    assert restored[: len(before)] == before
    await gives(ada, "for_whom")
    assert asked_in(ada) == "need"


async def test_files_of_people_are_in_the_copy(town: World, folder: Path) -> None:
    ada = await begins(town, "intuition")
    await gives(ada, "sentence", "where", "for_whom")
    await ada.sends_file("voice", "voice.ogg", b"OggS and more")
    desk = Desk(folder, town.database_url, town.emulator.url)
    assert await desk.runs("backup", "copy.zip") == [
        "copy.zip: 1 people, 1 files, 0 unsent messages"
    ]
    [file] = desk.manifest()["files"]
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        assert archive.read(file["name"]) == b"OggS and more"
    assert (folder / "copy.zip").stat().st_mode & 0o777 == 0o600


# A file of 20 MB goes to the emulator in one piece.
@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_files_that_cannot_be_had_are_listed(town: World, folder: Path) -> None:
    ada = await begins(town, "intuition")
    await gives(ada, "sentence", "where", "for_whom")
    await ada.sends_file("voice", "big.ogg", b"OggS" + bytes(20 * 1024 * 1024))
    desk = Desk(folder, town.database_url, town.emulator.url)
    [_, missing] = await desk.runs("backup", "copy.zip")
    assert missing.endswith("(over 20 MB)")
    [_, missing] = await Desk(folder, town.database_url).runs("backup", "copy.zip")
    assert missing.endswith("(NotSentError)")
    [_] = await Desk(folder, town.database_url).runs("backup", "copy.zip", "--no-files")


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
async def test_every_row_comes_back_in_either_database(
    filled: str, into: str, files: Files, postgres: Server, folder: Path
) -> None:
    rows = await _rows(filled)
    await Desk(folder, filled).runs("backup", "copy.zip", "--no-files")
    other = await (files if into == "sqlite" else postgres).empty()
    await Desk(folder, other).runs("restore", "copy.zip", "--unsent", "send")
    assert _comparable(await _rows(other)) == _comparable(rows)


def _comparable(rows: Any) -> Any:
    """SQLite's times have no zone."""
    return json.loads(json.dumps(rows, default=lambda at: at.replace(tzinfo=None).isoformat()))


async def test_what_is_new_comes_after_what_was_restored(
    filled: str, another: str, folder: Path
) -> None:
    await Desk(folder, filled).runs("backup", "copy.zip", "--no-files")
    await Desk(folder, another).runs("restore", "copy.zip", "--unsent", "drop")
    person = await _in(another, lambda session: people.add(session, 77, "it", NOW))
    assert person.id == 3


async def _wait_to_send(url: str, *states: str) -> None:
    def put(session: Session) -> None:
        for number, state in enumerate(states):
            session.add(
                Outgoing(
                    chat_id=1001,
                    lane=outbox.REPLY,
                    state=state,
                    method="sendMessage",
                    body={"text": f"row {number}"},
                    language="en",
                    not_before=NOW,
                )
            )

    await _in(url, put)


async def _in(url: str, work: Callable[[Session], T]) -> T:
    database = connect(url)
    try:
        return await database.run(work)
    finally:
        await database.close()


async def _texts(url: str) -> list[Any]:
    kept = (await _rows(url))["outbox"]
    return [row["body"].get("text") for row in kept]


async def test_unsent_messages_are_asked_about(
    database_url: str, another: str, folder: Path
) -> None:
    await _wait_to_send(database_url, "queued", "sending", "failed")
    await Desk(folder, database_url).runs("backup", "copy.zip", "--no-files")
    desk = Desk(folder, another)
    why = "nothing was changed; add --unsent send or --unsent drop"
    assert await desk.is_refused("restore", "copy.zip", "--yes") == why
    await desk.runs("restore", "copy.zip", "--unsent", "send")
    assert await _texts(another) == ["row 0", "row 1", "row 2"]
    await desk.runs("restore", "copy.zip", "--yes", "--unsent", "drop")
    assert await _texts(another) == ["row 2"]


async def test_what_was_there_is_kept_aside(filled: str, database_url: str, folder: Path) -> None:
    await Desk(folder, filled).runs("backup", "copy.zip", "--no-files")
    desk = Desk(folder, database_url)
    await desk.runs("restore", "copy.zip", "--unsent", "drop")
    before = await _rows(database_url)
    why = "nothing was changed; add --yes"
    assert await desk.is_refused("restore", "copy.zip", "--unsent", "drop") == why
    said = await desk.runs("restore", "copy.zip", "--unsent", "drop", "--yes")
    aside = said[-1].removeprefix("what was there before: ").partition(" (")[0]
    await desk.runs("restore", aside, "--unsent", "drop", "--yes")
    assert await _rows(database_url) == before


async def test_nothing_is_restored_under_a_bot_that_runs(town: World, folder: Path) -> None:
    await begins(town)
    desk = Desk(folder, town.database_url)
    await desk.runs("backup", "copy.zip", "--no-files")
    why = await desk.is_refused("restore", "copy.zip", "--yes", "--unsent", "drop")
    assert why.endswith("; stop the bot first")
    await town.stop()
    await desk.runs("restore", "copy.zip", "--yes", "--unsent", "drop")


async def _met(url: str, *accounts: int, at: dt.datetime = NOW) -> None:
    def meet(session: Session) -> None:
        for account in accounts:
            people.add(session, account, "it", at)

    await _in(url, meet)


async def _forget(url: str, key: bytes, account: int, at: dt.datetime) -> None:
    def forget(session: Session) -> None:
        session.info[forgotten.KEY] = key
        person = people.find(session, account)
        assert person is not None
        forgotten.note(session, account, at)
        people.leave_no_trace(session, person)

    await _in(url, forget)


async def _accounts(url: str) -> list[int]:
    return [row["telegram_id"] for row in (await _rows(url))["people"]]


async def test_who_was_forgotten_since_is_forgotten_again(database_url: str, folder: Path) -> None:
    key = marks.key(folder / "copies")
    await _met(database_url, 1001, 1002)
    desk = Desk(folder, database_url)
    await desk.runs("backup", "copy.zip", "--no-files")
    await _forget(database_url, key, 1001, NOW + dt.timedelta(days=1))
    said = await desk.runs("restore", "copy.zip", "--yes")
    assert said[1] == "restored; 1 people who asked to be forgotten since are forgotten again"
    assert await _accounts(database_url) == [1002]
    # And once more: the mark is in the restored database too.
    await desk.runs("restore", "copy.zip", "--yes")
    assert await _accounts(database_url) == [1002]


async def test_the_marks_beside_the_copies_serve_where_the_database_is_lost(
    database_url: str, another: str, folder: Path
) -> None:
    key = marks.key(folder / "copies")
    await _met(database_url, 1001, 1002)
    await Desk(folder, database_url).runs("backup", "copy.zip", "--no-files")
    marks.write(folder / "copies", {forgotten.mark(key, 1001): NOW}, None)
    await Desk(folder, another).runs("restore", "copy.zip")
    assert await _accounts(another) == [1002]


async def test_who_came_back_after_being_forgotten_stays(
    database_url: str, another: str, folder: Path
) -> None:
    key = marks.key(folder / "copies")
    await _met(database_url, 1001, at=NOW)
    await _forget(database_url, key, 1001, NOW + dt.timedelta(days=1))
    await _met(database_url, 1001, at=NOW + dt.timedelta(days=2))
    await Desk(folder, database_url).runs("backup", "copy.zip", "--no-files")
    await Desk(folder, another).runs("restore", "copy.zip")
    assert await _accounts(another) == [1001]


async def test_a_mark_tells_no_account() -> None:
    assert forgotten.mark(b"key", 1001) != forgotten.mark(b"other", 1001)
    assert "1001" not in forgotten.mark(b"key", 1001)


BROKEN = {
    "not there": ("", "there is no file broken.zip"),
    "text": ("words", "broken.zip is no copy of a school (BadZipFile)"),
    "cut": ("cut", "broken.zip is no copy of a school (BadZipFile)"),
    "changed": (
        "changed",
        "broken.zip: rows/people.jsonl is not what was written; take another copy",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_copy_that_is_not_whole_changes_nothing(
    files: Files, folder: Path, how: str
) -> None:
    url = await files.fresh()
    await _met(url, 1001)
    desk = Desk(folder, url)
    await desk.runs("backup", "copy.zip", "--no-files")
    what, why = BROKEN[how]
    if what:
        _break(folder, what)
    assert await desk.is_refused("restore", "broken.zip", "--yes") == why
    assert await _accounts(url) == [1001]


def _break(folder: Path, how: str) -> None:
    broken, whole = folder / "broken.zip", folder / "copy.zip"
    if how == "words":
        broken.write_text("words", encoding="utf-8")
    elif how == "cut":
        content = whole.read_bytes()
        broken.write_bytes(content[: len(content) // 2])
    else:
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, content + b"x" if name == "rows/people.jsonl" else content)


async def test_the_citys_own_folder_is_in_the_copy(files: Files, folder: Path) -> None:
    city = folder / "city"
    city.mkdir()
    (city / "notice.toml").write_text('version = "2026-11"', encoding="utf-8")
    desk = Desk(folder, await files.fresh())
    desk.settings["school"] = "city"
    await desk.runs("backup", "copy.zip")
    assert desk.manifest()["notice"] == "2026-11"
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        assert archive.read("school/notice.toml") == b'version = "2026-11"'
    said = await desk.runs("restore", "copy.zip", "--yes")
    assert said[1] == "the school's folder is in it: python3 -m zipfile -e copy.zip DIR"
