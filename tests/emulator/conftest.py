"""An emulator of its own for each test, on a free port."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from emulator import server
from tests.emulator.telegram import Telegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def running() -> AsyncIterator[server.Running]:
    async with await server.start(port=0) as started:
        yield started


@pytest.fixture
async def telegram(running: server.Running) -> AsyncIterator[Telegram]:
    async with aiohttp.ClientSession() as http:
        yield Telegram(http, running.url)
