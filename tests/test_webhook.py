"""The webhook as strangers find it: each is told a number, and people still get answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from bot import webhook
from db.tables import Update
from tests import hook
from tests.databases import Files
from tests.hook import HEADER, SECRET, Hook, typed
from tests.world import Phone, World, world

MEBIBYTE = 1024 * 1024
HEAD = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n"


@pytest.fixture
async def town(files: Files) -> AsyncIterator[World]:
    async with world(await files.fresh(), **hook.settings()) as made:
        yield made


@pytest.fixture
def door(town: World) -> Hook:
    return Hook(town.http, town.settings["webhook_url"])


async def _answers(phone: Phone) -> None:
    """The bot still answers people."""
    await phone.says("/start")
    assert phone.buttons != []


UPDATE = typed(1, 1001, "/start")
REFUSED: dict[str, tuple[object, str | None, str, int]] = {
    "without the secret": (UPDATE, None, "/telegram", 401),
    "with nothing as the secret": (UPDATE, "", "/telegram", 401),
    "with a wrong secret": (UPDATE, "Word-of-the_citY", "/telegram", 401),
    "with a part of the secret": (UPDATE, SECRET[:-1], "/telegram", 401),
    "with letters that are no ASCII": (UPDATE, "città", "/telegram", 401),
    "oversized, without the secret": (b" " * 2 * MEBIBYTE, None, "/telegram", 401),
    "oversized": (b" " * 2 * MEBIBYTE, SECRET, "/telegram", 413),
    "no JSON": (b"update", SECRET, "/telegram", 400),
    "no text": (b"\xff\xfe\xfd", SECRET, "/telegram", 400),
    "nothing": (b"", SECRET, "/telegram", 400),
    "no object": ([UPDATE], SECRET, "/telegram", 400),
    "an object of something else": ({"message": {}}, SECRET, "/telegram", 400),
    "a number that is none": ({"update_id": "1"}, SECRET, "/telegram", 400),
    "a number that nobody can keep": ({"update_id": 2**63}, SECRET, "/telegram", 400),
    "lists in lists without an end": (b"[" * 500_000, SECRET, "/telegram", 400),
    "another path": (UPDATE, SECRET, "/", 404),
    "a path within ours": (UPDATE, SECRET, "/telegram/../telegram/x", 404),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_no_update_of_telegrams_is_refused(
    town: World, door: Hook, case: str
) -> None:
    ada = await town.resident()
    known = len(await town.rows(Update))
    body, secret, path, status = REFUSED[case]
    assert await door.status(body, secret, path) == status
    assert len(await town.rows(Update)) == known
    await _answers(ada)


async def test_another_method_is_refused(town: World, door: Hook) -> None:
    async with town.http.get(f"{door.url}/telegram", headers={HEADER: SECRET}) as answer:
        assert answer.status == 405


async def test_a_secret_that_is_no_text_is_refused(town: World, door: Hook) -> None:
    secret = HEAD.encode().replace(SECRET.encode(), b"\xff")
    line = await _said(door, secret + b"Content-Length: 2\r\n\r\n{}")
    assert line == b"HTTP/1.1 401 Unauthorized"
    await _answers(await town.resident())


async def _said(door: Hook, begin: bytes) -> bytes:
    """The first line that is said to what begins so; nothing where the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(begin)
    line = await asyncio.wait_for(reader.readline(), 30)
    writer.close()
    return line.strip()


async def test_slow_and_silent_connections_hold_nobody_up(town: World, door: Hook) -> None:
    """300 connections: some say nothing, some half of their headers, some half of a body."""
    ada = await town.resident()
    halves = ("", HEAD, f"{HEAD}Content-Length: 100\r\n\r\n{{")
    async with AsyncExitStack() as open_ones:
        for number in range(300):
            _, writer = await asyncio.open_connection("127.0.0.1", door.port)
            open_ones.callback(writer.close)
            writer.write(halves[number % 3].encode())
        await _answers(ada)


async def _done(_update: dict[str, object]) -> bool:
    return True


@pytest.fixture
async def hasty() -> AsyncIterator[Hook]:
    """A webhook without patience, and with nothing to do."""
    application = webhook.application(_done, SECRET, body_s=0.2)
    listening = webhook.listening(application, "127.0.0.1", 0, silent_s=0.2)
    async with listening as runner, aiohttp.ClientSession() as http:
        yield Hook(http, f"http://127.0.0.1:{runner.addresses[0][1]}")


async def test_a_body_that_does_not_come_is_not_waited_for(hasty: Hook) -> None:
    line = await _said(hasty, f"{HEAD}Content-Length: 100\r\n\r\n{{".encode())
    assert line == b"HTTP/1.1 408 Request Timeout"
    assert await hasty.status(UPDATE) == 200


async def test_a_connection_that_never_ends_its_headers_is_closed(hasty: Hook) -> None:
    assert await _said(hasty, HEAD.encode()) == b""
    assert await _said(hasty, b"") == b""
    assert await hasty.status(UPDATE) == 200
