"""Three processes behind a balancer: one is killed and another started while people talk, with the
same guarantees as for one; what the dead one had to say is said by the others.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from emulator.server import start
from tests.databases import Server
from tests.processes import Command, running
from tests.reliability.balancer import balancing, free_ports
from tests.reliability.crowd import (
    ANSWERS,
    MESSAGES,
    Watched,
    at_rest,
    kept,
    prepared,
    uncertain,
)

PEOPLE = 30
_WITHIN_S = 5


async def _listens(port: int) -> None:
    """Wait until a process takes what the balancer sends."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            _, transport = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            waiting: asyncio.Future[None] = loop.create_future()
            loop.call_later(0.05, waiting.set_result, None)
            await waiting
        else:
            transport.close()
            return


async def _stopped(processes: list[Command]) -> tuple[list[int | None], str]:
    ends = await asyncio.gather(*(process.stop() for process in processes))
    return [status for status, _ in ends], "".join(said for _, said in ends)


async def test_one_of_three_is_killed_and_another_started(postgres: Server, folder: Path) -> None:
    url = await postgres.fresh()
    settings: dict[str, Any] = {**await prepared(url, folder, PEOPLE), "webhook_secret": "s3cret"}
    ports = free_ports(4)
    async with AsyncExitStack() as stack:
        emulator = await stack.enter_async_context(await start(port=0))
        settings["webhook_url"] = await stack.enter_async_context(balancing(ports))
        settings["api_url"] = emulator.url

        async def begun(port: int) -> Command:
            own = {**settings, "webhook_port": str(port)}
            command = await stack.enter_async_context(running(folder, "run", **own))
            await _listens(port)
            return command

        first, *others = [await begun(port) for port in ports[:3]]
        crowd = Watched(emulator=emulator, messages=MESSAGES, people=PEOPLE)
        crowd.begin_all(PEOPLE)
        await crowd.reached(100)
        first.process.kill()
        await first.process.communicate()
        others.append(await begun(ports[3]))
        await asyncio.wait_for(crowd.done.wait(), 60)
        await at_rest(emulator.url)
        statuses, said = await _stopped(others)
    answers, parts, unsent = await kept(url)
    assert (statuses, unsent) == ([0, 0, 0], 0)
    assert answers == [ANSWERS] * PEOPLE
    assert parts == PEOPLE * (len(MESSAGES) - 1)
    assert 0 <= crowd.doubled() <= uncertain(said)
    assert max(crowd.latencies) == pytest.approx(0, abs=_WITHIN_S)
