"""The command `quartieri` as an operator runs it: a process of its own, watched from outside."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

COMMAND = Path(sys.executable).with_name("quartieri")
SECONDS = 60


async def _begin(folder: Path, *words: str, **settings: str) -> Process:
    """Start it in a folder with these settings and none of ours."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("QUARTIERI_")}
    given = {f"QUARTIERI_{key.upper()}": value for key, value in settings.items()}
    return await asyncio.create_subprocess_exec(
        COMMAND, *words, cwd=folder, env={**ours, **given}, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )


async def told(folder: Path, *words: str, **settings: str) -> tuple[int | None, str, str]:
    """Run it to its end: the exit status, and all that it says on both its outputs."""
    process = await _begin(folder, *words, **settings)
    out, error = await asyncio.wait_for(process.communicate(), SECONDS)
    return process.returncode, out.decode(), error.decode()


async def ended(folder: Path, *words: str, **settings: str) -> tuple[int | None, str]:
    """Run it to its end: the exit status, and all that it says on standard error."""
    status, _, said = await told(folder, *words, **settings)
    return status, said


async def said_by(program: str, *words: str) -> tuple[int | None, str]:
    """Run another program to its end: the exit status, and all that it says on standard error."""
    process = await asyncio.create_subprocess_exec(
        program, *words, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    _, error = await asyncio.wait_for(process.communicate(), SECONDS)
    return process.returncode, error.decode()


@dataclass
class Command:
    """One that runs."""

    process: Process

    async def address(self) -> str:
        """The address that it prints, once it does."""
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), SECONDS)
        return next(word for word in line.decode().split() if word.startswith("http"))

    async def stop(self) -> tuple[int | None, str]:
        """Tell it to stop: the exit status, and all that it said on standard error."""
        status, _, said = await self.told()
        return status, said

    async def told(self) -> tuple[int | None, str, str]:
        """Tell it to stop: the exit status, and all that it said on both its outputs."""
        self.process.send_signal(signal.SIGTERM)
        out, said = await asyncio.wait_for(self.process.communicate(), SECONDS)
        return self.process.returncode, out.decode(), said.decode()


@asynccontextmanager
async def running(folder: Path, *words: str, **settings: str) -> AsyncGenerator[Command]:
    """Run it beside the test, and not longer."""
    process = await _begin(folder, *words, **settings)
    try:
        yield Command(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@dataclass
class Emulator:
    """The control API of an emulator in another process, and one of the people there."""

    http: aiohttp.ClientSession
    url: str
    person: int = 1001

    async def sim(self, call: str, body: object = None, **query: object) -> dict[str, Any]:
        """One call; fails with what the emulator says was wrong."""
        asked = {name: str(value) for name, value in query.items()}
        method = "GET" if body is None else "POST"
        async with self.http.request(
            method, f"{self.url}/sim/{call}", json=body, params=asked
        ) as answer:
            said = await answer.json()
            assert answer.status == 200, said
            return said

    async def does(self, call: str, **body: object) -> list[str]:
        """The person does something; the bot's messages once it came to rest, oldest first."""
        await self.sim(call, {"user": self.person, **body})
        return await self.shown()

    async def shown(self) -> list[str]:
        """The bot's messages on the person's phone."""
        said = await self.sim("idle", quiet_ms=200, timeout_s=SECONDS)
        assert said["idle"], "the bot did not come to rest"
        messages = (await self.sim(f"chats/{self.person}"))["messages"]
        return [message.get("text", "") for message in messages if message["from"]["is_bot"]]
