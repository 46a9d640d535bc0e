"""To be told to stop is heard whatever happens in the same moment."""

import asyncio

import pytest

from bot.app import build
from bot.settings import read
from emulator.server import start
from tests.databases import Files


async def _tick() -> None:
    """Let the loop go round once."""
    loop = asyncio.get_running_loop()
    once = loop.create_future()
    loop.call_soon(once.set_result, None)
    await once


@pytest.mark.parametrize("ticks", range(8))
async def test_a_sender_stops_though_something_new_comes(files: Files, ticks: int) -> None:
    async with await start(port=0) as emulator:
        url = await files.fresh()
        settings = read(token="42:EMULATOR", api_url=emulator.url, database_url=url)
        async with build(settings) as app:
            sending = asyncio.ensure_future(app.sender.run())
            app.sender.wake()
            await app.sender.idle()
            app.sender.wake()
            for _ in range(ticks):
                await _tick()
            sending.cancel()
            done, _ = await asyncio.wait([sending], timeout=5)
            assert done == {sending}
