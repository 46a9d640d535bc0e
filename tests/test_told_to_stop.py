"""SIGTERM in the midst of work: what is in hand is done, what can be said is said, and the next
process goes on where this one ended. All over processes of their own.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from db.session import connect
from db.tables import Outgoing, Update
from emulator.server import Running, start
from school.outbox import SENDING
from tests import hook
from tests.databases import Files, Server
from tests.processes import Command, Emulator, running
from tests.timed import ALONE

pytestmark = ALONE

MANY = 40
PEOPLE = range(2001, 2001 + MANY)
SLOW = [{"kind": "slow", "delay_ms": 60_000, "times": 1000}]


@dataclass
class Town:
    """An emulator and what a bot beside it is set to."""

    emulator: Running
    telegram: Emulator
    folder: Path
    settings: dict[str, str]

    @asynccontextmanager
    async def bot(self) -> AsyncGenerator[Command]:
        """A bot that has answered somebody."""
        async with running(self.folder, "run", **self.settings) as bot:
            await self.telegram.does("send", text="/start")
            yield bot

    async def all_write(self) -> None:
        """Each of the people writes."""
        writing = (self.telegram.sim("send", {"user": n, "text": "/start"}) for n in PEOPLE)
        await asyncio.gather(*writing)

    async def answers(self) -> list[int]:
        """How many messages each of them has from the bot."""
        chats = [(await self.telegram.sim(f"chats/{n}"))["messages"] for n in PEOPLE]
        return [sum(message["from"]["is_bot"] for message in chat) for chat in chats]

    async def column(self, what: Any) -> list[Any]:
        """What stands in the database."""
        database = connect(self.settings["database_url"])
        try:
            return await database.run(lambda session: list(session.scalars(select(what))))
        finally:
            await database.close()


@pytest.fixture(params=["polling", "webhook"])
async def town(
    request: pytest.FixtureRequest, folder: Path, databases: Files | Server
) -> AsyncIterator[Town]:
    async with await start(port=0) as emulator, aiohttp.ClientSession() as http:
        settings = {
            "token": "42:EMULATOR",
            "api_url": emulator.url,
            "database_url": await databases.fresh(),
            "per_second": "0",
            "keep_copies": "0",
            "log_level": "ERROR",
        }
        if request.param == "webhook":
            settings |= {name: str(value) for name, value in hook.settings().items()}
        made = Town(emulator, Emulator(http, emulator.url), folder, settings)
        for number in (1001, *PEOPLE):
            await made.telegram.sim("users", {"id": number, "first_name": "X"})
        yield made


async def _stopped(bot: Command) -> float:
    """Stop it; in how many seconds."""
    begun = monotonic()
    assert await bot.stop() == (0, "")
    return monotonic() - begun


async def test_what_is_in_hand_is_done_and_nothing_comes_twice(town: Town) -> None:
    async with town.bot() as bot:
        set_to = town.emulator.world.webhook and town.emulator.world.webhook.url
        await town.all_write()
        assert await _stopped(bot) < 10
    done, waiting = set(await town.column(Update.update_id)), town.emulator.world.updates.pending
    assert done & set(waiting) == set()
    assert await town.column(Outgoing.state) == []
    assert sum(await town.answers()) == len(done) - 1
    hook_now = town.emulator.world.webhook
    assert (hook_now and hook_now.url) == set_to
    async with town.bot() as bot:
        assert await town.answers() == [1] * MANY
        assert await _stopped(bot) < 10


async def test_it_ends_in_time_where_telegram_does_not_answer(town: Town) -> None:
    async with town.bot() as bot:
        await town.telegram.sim("faults", SLOW)
        await town.all_write()
        assert await _stopped(bot) < 10
    assert SENDING not in await town.column(Outgoing.state)
    await town.telegram.sim("faults", [])
    async with town.bot() as bot:
        assert 0 not in await town.answers()
        assert await _stopped(bot) < 10
    assert await town.column(Outgoing.state) == []
