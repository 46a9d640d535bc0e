"""A closed loop of people who each hold one talk: the emulator and they are one process, the bot is
another. Latency is from an update's queueing to the first message of the bot that is stored after.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from emulator import persons
from emulator.events import Reader
from emulator.server import Running, start
from emulator.state import Person

FIRST = 5_000
TOKEN = "42:EMULATOR"


@dataclass(frozen=True)
class Figures:
    """What one run showed."""

    updates_per_s: float
    p50_ms: float
    p99_ms: float
    peak_mib: float


@dataclass(slots=True, eq=False, kw_only=True)
class Crowd(Reader):
    """People who say the next thing once the bot has answered the last."""

    emulator: Running
    messages: Sequence[str]
    people: int
    left: int = field(init=False)
    next: Iterator[int] = field(default_factory=lambda: iter(()))
    sent_at: dict[int, tuple[float, int, int]] = field(
        default_factory=dict[int, tuple[float, int, int]]
    )
    latencies: list[float] = field(default_factory=list[float])
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.left = self.people

    def begin_all(self, at_once: int) -> None:
        """The talk begins."""
        world, numbers = self.emulator.world, range(FIRST, FIRST + self.people)
        world.events.readers.add(self)
        for number in numbers:
            world.people[number] = Person(number, f"Person {number}", language_code="en")
        self.next = iter(numbers)
        for _ in range(at_once):
            self.begin()

    def offer(self, key: str, text: str) -> None:  # noqa: ARG002 - Reader's signature
        """A chat changed: whoever was answered goes on."""
        if text.startswith('{"chat":'):
            asyncio.get_running_loop().call_soon(self.answered, int(text[8:-1]))

    def begin(self) -> None:
        """One more of those who have not begun, if there is one."""
        for person in self.next:
            self.say(person, 0)
            break

    def say(self, person: int, step: int) -> None:
        """Queue one message."""
        world = self.emulator.world
        chat = world.private_chat(person)
        queued_at = perf_counter()
        told = persons.write(
            world, world.people[person], chat, persons.text_content(self.messages[step])
        )
        self.sent_at[person] = (queued_at, told["message_id"], step)
        world.settle()

    def answered(self, person: int) -> None:
        """Somebody's chat changed: go on, if that is an answer."""
        waiting = self.sent_at.get(person)
        if waiting is None:
            return
        queued_at, number, step = waiting
        chat = self.emulator.world.private_chat(person)
        if not any(n > number and m["from"]["is_bot"] for n, m in chat.messages.items()):
            return
        self.latencies.append(perf_counter() - queued_at)
        self.go_on(person, step)

    def go_on(self, person: int, step: int) -> None:
        """Say the next thing; who has said all leaves to somebody who has not begun."""
        del self.sent_at[person]
        if step + 1 < len(self.messages):
            self.say(person, step + 1)
        else:
            self.left -= 1
            self.begin()
            if not self.left:
                self.done.set()


@dataclass(frozen=True)
class Bot:
    """A process to measure: its command, its environment, and the seconds until it first asked."""

    process: asyncio.subprocess.Process
    ready_s: float

    def status_mib(self, field_name: str) -> float:
        """A figure of /proc/PID/status, in MiB: VmHWM is the peak, VmRSS the present."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        found = next(line for line in lines if line.startswith(f"{field_name}:"))
        return int(found.split()[1]) / 1024


@asynccontextmanager
async def running(
    emulator: Running, command: Sequence[str], environment: Mapping[str, str]
) -> AsyncGenerator[Bot]:
    """Start a bot and wait until it asks for updates; stop it afterwards."""
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **environment})
    while emulator.world.updates.poller is None:
        if process.returncode is not None:
            raise RuntimeError(f"{command} ended before it asked for updates")
        await asyncio.sleep(0.002)
    try:
        yield Bot(process, perf_counter() - began)
    finally:
        process.terminate()
        await process.wait()


async def measure(
    command: Sequence[str],
    environment: Mapping[str, str],
    messages: Sequence[str],
    people: int,
    at_once: int | None = None,
) -> Figures:
    """Let so many people hold the talk with a bot, all at once unless said."""
    async with await start(port=0, token=TOKEN) as emulator:
        url = {"BENCH_API_URL": emulator.url, "QUARTIERI_API_URL": emulator.url}
        async with running(emulator, command, {**environment, **url}) as bot:
            crowd = Crowd(emulator=emulator, messages=messages, people=people)
            return await _talk(crowd, bot, at_once or people)


async def started(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until a bot asks for updates, and its memory then, in MiB."""
    async with (
        await start(port=0, token=TOKEN) as emulator,
        running(emulator, command, {**environment, "QUARTIERI_API_URL": emulator.url}) as bot,
    ):
        return bot.ready_s, bot.status_mib("VmHWM")


async def _talk(crowd: Crowd, bot: Bot, at_once: int) -> Figures:
    began = perf_counter()
    crowd.begin_all(at_once)
    await asyncio.wait_for(crowd.done.wait(), 300)
    seconds = perf_counter() - began
    hundredths = quantiles(crowd.latencies, n=100)
    return Figures(
        updates_per_s=crowd.people * len(crowd.messages) / seconds,
        p50_ms=hundredths[49] * 1000,
        p99_ms=hundredths[98] * 1000,
        peak_mib=bot.status_mib("VmHWM"),
    )
