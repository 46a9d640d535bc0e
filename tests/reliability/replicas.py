"""Three processes that share a PostgreSQL database, behind a balancer, and people who only read."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

import aiohttp
from sqlalchemy.orm import Session

from db.session import Database, connect
from emulator.events import Reader
from emulator.server import Running, start
from tests.bench import ours
from tests.bench.load import FIRST
from tests.foreign import Somebody, somebody
from tests.ports import free_port
from tests.processes import SECONDS, Command, running
from tests.reliability.balancer import balancing
from tests.reliability.crowd import give_phones

T = TypeVar("T")
_JOINED = "SELECT count(*) FROM replicas"
_UNSENT = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
_DIED = re.compile(r"(\d+) messages were being sent when a process stopped")


@dataclass(slots=True, eq=False, kw_only=True)
class Phones(Reader):
    """People who only read. `came`: when each of the bot's messages did, by a steady clock."""

    emulator: Running
    numbers: Sequence[int]
    came: list[float] = field(default_factory=list[float])

    def __post_init__(self) -> None:
        give_phones(self.emulator.world, self.numbers)
        self.emulator.world.events.readers.add(self)

    def offer(self, key: str, text: str) -> None:  # noqa: ARG002 - Reader's signature
        """A chat changed: the bot, who alone speaks here, has said something."""
        self.came += [monotonic()] * (len(self.said) - len(self.came))
        self.woken.set()

    @property
    def said(self) -> list[tuple[int, str]]:
        """To whom, and what."""
        chats = self.emulator.world.chats
        return [(n, told["text"]) for n in self.numbers for told in chats[n].messages.values()]

    async def reached(self, messages: int, words: str) -> None:
        """Wait until so many came that begin with these words."""
        while sum(text.startswith(words) for _, text in self.said) < messages:
            self.woken.clear()
            await asyncio.wait_for(self.woken.wait(), SECONDS)


@dataclass(frozen=True, slots=True)
class Replicas:
    """What a test has at hand: `other` is somebody else at the same database."""

    emulator: Running
    database: Database
    other: Somebody
    phones: Phones
    processes: list[Command]
    said: list[str] = field(default_factory=list[str])

    async def do(self, work: Callable[[Session], T]) -> T:
        """Work in the database, behind the processes' backs."""
        return await self.database.run(work)

    async def later(self, seconds: float) -> None:
        """Move the clock that all of them follow."""
        url, body = f"{self.emulator.url}/sim/clock", {"advance_s": seconds}
        async with aiohttp.ClientSession() as http, http.post(url, json=body) as moved:
            assert moved.status == 200, await moved.text()

    async def all_is_said(self) -> None:
        """Wait until nothing waits to be sent."""
        await self.other.until(_UNSENT, 0)

    async def kill_oldest(self) -> float:
        """Kill the one that lives longest; when, by a steady clock."""
        oldest = self.processes.pop(0).process
        oldest.kill()
        killed = monotonic()
        self.said.append((await oldest.communicate())[1].decode())
        return killed

    async def end(self) -> int:
        """Tell those that live to stop; how many messages the dead were just sending."""
        ends = await asyncio.gather(*(process.stop() for process in self.processes))
        assert {status for status, _ in ends} == {0}
        said = [*self.said, *(last for _, last in ends)]
        return sum(int(count) for text in said for count in _DIED.findall(text))


@asynccontextmanager
async def replicas(url: str, folder: Path, people: int) -> AsyncGenerator[Replicas]:
    """Start them one after the other: the first is the oldest. Their database knows the people."""
    ports, numbers = [free_port() for _ in range(3)], range(FIRST, FIRST + people)
    database, processes = connect(url), list[Command]()
    await database.run(partial(ours.add, people=people))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        emulator = await stack.enter_async_context(await start(port=0))
        hook = await stack.enter_async_context(balancing(ports))
        other = await stack.enter_async_context(somebody(url))
        settings = {
            "token": "42:EMULATOR",
            "api_url": emulator.url,
            "clock_url": f"{emulator.url}/sim/clock",
            "database_url": url,
            "webhook_url": hook,
            "webhook_secret": "s3cret",
            "per_second": "0",
            "log_level": "WARNING",
        }
        for number, port in enumerate(ports, start=1):
            own = {**settings, "webhook_port": str(port)}
            processes.append(await stack.enter_async_context(running(folder, "run", **own)))
            await other.until(_JOINED, number)
        phones = Phones(emulator=emulator, numbers=numbers)
        yield Replicas(emulator, database, other, phones, processes)
