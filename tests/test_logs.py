"""Nothing of what people write, and no token, is in a log at any level, nor in health and metrics:
whatever people do, whatever Telegram and the database answer.
"""

import asyncio
import json
import re
import resource
import sqlite3
import sys
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.logs import Line
from db.session import connect
from db.tables import Update
from tests.databases import Files, Server
from tests.ports import free_port
from tests.processes import SECONDS, Command, Emulator, running, said_by
from tests.stories.steps import at_question
from tests.world import world

SECRET = "Zanzibar"
ASKED = -1005001
_PERSONAL = re.compile(rf"{SECRET}|\b1001\b|\b{ASKED}\b|Amina|EMULATOR", re.IGNORECASE)
_FILE = {"name": f"{SECRET}.ogg", "base64": "MQ=="}
_REFUSED = {"method": "sendMessage", "kind": "refuse", "times": 1}
FAULTS: list[dict[str, object]] = [
    {**_REFUSED, "status": 400},
    {**_REFUSED, "status": 403},
    {**_REFUSED, "status": 429, "retry_after": 1},
    {**_REFUSED, "status": 502},
    {"method": "sendMessage", "kind": "reset"},
    {"method": "sendMessage", "kind": "html"},
    {"method": "sendMessage", "kind": "lost"},
    {"method": "sendMessage", "kind": "slow", "delay_ms": 100},
    {"method": "getUpdates", "kind": "refuse", "status": 409, "times": 1},
    {"method": "getUpdates", "kind": "reset", "times": 1},
]
# What the database then says of an error quotes what was to be written.
BREAKS = {
    "sqlite": "CREATE TRIGGER broken BEFORE INSERT ON bubbles"
    f" BEGIN SELECT RAISE(ABORT, 'no {SECRET} lamps'); END",
    "postgresql": "ALTER TABLE bubbles ADD CONSTRAINT broken"
    f" CHECK (words NOT LIKE '%{SECRET}%') NOT VALID",
}
# A server that has no room left, as it says itself, with the words that there was no room for.
_FULL = "BEGIN RAISE EXCEPTION 'no room for %', NEW USING ERRCODE = 'disk_full'; END"
FULL = (
    f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {_FULL} $$",
    "CREATE TRIGGER full_disk BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION full_disk()",
)


async def _talk(there: Emulator) -> None:
    """All that somebody can write."""
    await there.sim("users", {"id": 1001, "first_name": SECRET, "username": SECRET})
    await there.does("send", text="/start")
    for data in ("read:1", "age:yes", "idea", "pick:stage:project"):
        await there.does("press", data=data)
    await there.does("send", text=f"{SECRET} lamps")
    await there.does("send", voice=_FILE)
    await there.does("send", photo=_FILE, caption=SECRET)
    await there.does("press", data=f"{SECRET}:lamps")
    await there.does("press", data="sheet")
    await there.does("press", data="person")
    await there.does("send", text=f"Where is {SECRET}?")


async def _on_bad_days(there: Emulator) -> None:
    """Words while Telegram refuses, and while nobody knows whether it heard."""
    for fault in FAULTS:
        await there.sim("faults", [fault])
        await there.does("send", text=SECRET)
        await there.does("press", data=f"idea:{SECRET}")


async def _while_there_is_no_room(there: Emulator, bot: Command, database_url: str) -> str:
    """Words that nothing can be written of; what the bot logs until then."""
    words = {"user": 1001, "text": f"{SECRET} chairs"}
    if database_url.startswith("postgresql"):
        database = connect(database_url)
        for statement in FULL:
            await database.run(partial(_execute, statement=statement))
        await there.sim("send", words)
        said = await _until_away(bot)
        await database.run(partial(_execute, statement="DROP FUNCTION full_disk CASCADE"))
        await database.close()
        return said
    _, hard = most = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (0, hard))
    await there.sim("send", words)
    said = await _until_away(bot)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, most)
    return said


def _execute(session: Session, statement: str) -> None:
    session.execute(text(statement))


async def _until_away(bot: Command) -> str:
    assert bot.process.stderr is not None
    said = ""
    while not said.endswith(" outcome=away\n"):
        line = await asyncio.wait_for(bot.process.stderr.readline(), SECONDS)
        assert line, f"it ended: {said}"
        said += line.decode()
    return said


async def _that_cannot_be_done(there: Emulator, database_url: str) -> None:
    """Words that the database refuses, and an update that cannot be read."""
    database = connect(database_url)
    await database.run(partial(_execute, statement=BREAKS[database.name]))
    await database.close()
    await there.does("send", text=f"{SECRET} bench")
    await there.sim("raw", {"message": {"text": SECRET, "date": SECRET}})
    await there.does("send", text="/forget")
    await there.does("press", data="forgotten")
    refused = {"method": "sendMessage", "kind": "refuse", "status": 401, "times": 1}
    await there.sim("faults", [refused])
    await there.does("send", text=SECRET)


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
async def test_no_word_and_no_token_is_in_a_log_or_shown_to_who_watches(
    folder: Path, databases: Files | Server, level: str
) -> None:
    url, port = await databases.fresh(), free_port()
    async with (
        running(folder, "emulator", "--port", "0") as emulator,
        aiohttp.ClientSession() as http,
    ):
        there = Emulator(http, await emulator.address())
        group = {"id": ASKED, "title": SECRET, "members": [1001], "admins": []}
        await there.sim("groups", group)
        settings = {"token": "42:EMULATOR", "api_url": there.url, "database_url": url}
        more = {"log_level": level, "operator_chat": str(ASKED), "health_port": str(port)}
        async with running(folder, "run", **settings, **more) as bot:
            await _talk(there)
            await _on_bad_days(there)
            before = await _while_there_is_no_room(there, bot, url)
            assert await there.shown()
            await _that_cannot_be_done(there, url)
            shown = await _watched(http, port)
            status, out, after = await bot.told()
    said = before + after
    assert (status, out) == (0, "")
    assert "sendMessage: failed" in said  # it does say something
    assert _outcomes(said) == {"done", "fault", "away"}
    assert [line for line in [*said.splitlines(), *shown] if _PERSONAL.search(line)] == []


@pytest.mark.parametrize("why", ["full", "locked"])
async def test_a_file_that_cannot_be_written_is_told_without_what_was_to_be_written(
    files: Files, caplog: pytest.LogCaptureFixture, why: str
) -> None:
    async with world(await files.fresh()) as town:
        ada = await at_question(town, "need")
        known = len(await town.rows(Update))
        other = sqlite3.connect(town.database_url.removeprefix("sqlite:///"), isolation_level=None)
        if why == "full":
            await town.in_database(partial(_may_grow, pages=1))
        else:
            other.execute("BEGIN IMMEDIATE")
        with caplog.at_level("DEBUG"):
            for _ in range(20):
                await town.sim("send", {"user": ada.id, "text": f"{SECRET} " * 100})
            while "the database is away" not in caplog.messages:
                await town.sim("idle", quiet_ms=0, timeout_s=1)
            lines = [Line().format(record) for record in caplog.records]
        other.close()
        if why == "full":
            await town.in_database(partial(_may_grow, pages=10**6))
        await town.settle()
        assert len(await town.rows(Update)) == known + 20
    assert [line for line in lines if _PERSONAL.search(line)] == []


def _may_grow(session: Session, pages: int) -> None:
    """A file has so many pages at most, and never less than it has."""
    session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")


async def _watched(http: aiohttp.ClientSession, port: int) -> list[str]:
    """What health and metrics show."""
    address = f"http://127.0.0.1:{port}"
    async with http.get(f"{address}/health") as health, http.get(f"{address}/metrics") as metrics:
        assert json.loads(await health.text())["database"] is True
        return [await health.text(), *(await metrics.text()).splitlines()]


def _outcomes(said: str) -> set[str]:
    """How updates ended: each has a line, of a fixed form."""
    line = r"event=update update=\d+ chat=[0-9a-f]{0,12} kind=\w+ ms=[\d.]+ outcome=(\w+)"
    found = [re.search(rf" {line}$", text) for text in said.splitlines() if " outcome=" in text]
    assert None not in found
    return {match.group(1) for match in found if match}


_LIBRARIES = f"""
import asyncio, gc, logging, threading, warnings
from bot.logs import set_up

set_up("DEBUG")
somebody = logging.getLogger("somebody")
somebody.setLevel("DEBUG")
somebody.debug("asks for %s", "{SECRET}")
somebody.warning("a template with %s", "{SECRET}")
somebody.warning("a sentence with {SECRET}")
somebody.error("template %s", 1, exc_info=KeyError("{SECRET}"))
somebody.warning("%d is no number", "{SECRET}")
logging.getLogger("telegram.ext").error("to %s", "{SECRET}")
logging.getLogger("bot.app").warning("%d is no number", "{SECRET}")
try:
    raise ExceptionGroup("{SECRET}", [ValueError("{SECRET}")])
except ExceptionGroup:
    logging.getLogger("bot.app").exception("several")
warnings.warn("{SECRET}")


async def breaks():
    raise ValueError("{SECRET}")


async def nobody_waits():
    task = asyncio.ensure_future(breaks())
    await asyncio.wait([task])
    del task
    gc.collect()


class Gone:
    def __del__(self):
        raise OSError("{SECRET}")


def thread():
    raise RuntimeError("{SECRET}")


asyncio.run(nobody_waits())
Gone()
other = threading.Thread(target=thread)
other.start()
other.join()
raise LookupError("{SECRET}")
"""
_SAID = [
    ("debug", "somebody", "asks for %s", None),
    ("warning", "somebody", "a template with %s", None),
    ("warning", "somebody", "<string>.<module>", None),
    ("error", "somebody", "template %s", "KeyError"),
    ("warning", "somebody", "%d is no number", None),
    ("error", "telegram.ext", "to %s", None),
    ("error", "bot.app", "several", "ValueError"),
    ("warning", "py.warnings", "warnings._showwarnmsg", None),
    ("error", "asyncio", "base_events.default_exception_handler", "ValueError"),
    ("error", "bot.logs", "an error that nobody waits for", "OSError"),
    ("error", "bot.logs", "an error that nobody waits for", "RuntimeError"),
    ("critical", "bot.logs", "ended by an error", "LookupError"),
]


async def test_what_libraries_and_python_itself_say_is_told_without_what_it_is_about() -> None:
    status, said = await said_by(sys.executable, "-c", _LIBRARIES)
    assert (status, SECRET in said) == (1, False)
    assert [_read(line) for line in said.splitlines()] == _SAID


def _read(line: str) -> tuple[str, ...]:
    """Level, logger, event and error of a line."""
    form = r'\S+ level=(\w+) logger=(\S+) event=("[^"]*"|\S+)(?: error=(\w+) at=.*)?'
    found = re.fullmatch(form, line)
    assert found is not None, line
    level, logger, event, error = found.groups()
    return level, logger, event.strip('"'), error
