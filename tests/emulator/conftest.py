"""An emulator of its own for each test, on a free port."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from emulator import server
from tests.emulator.telegram import Telegram


@pytest.fixture
async def running() -> AsyncIterator[server.Running]:
    async with await server.start(port=0) as started:
        yield started


@pytest.fixture
async def telegram(running: server.Running) -> AsyncIterator[Telegram]:
    async with aiohttp.ClientSession() as http:
        yield Telegram(http, running.url)
