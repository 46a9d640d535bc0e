"""Three processes behind a balancer: one is killed and another started while people talk, with the
same guarantees as for one; what the dead one had to say is said by the others.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.databases import Server
from tests.ports import free_port
from tests.processes import Command
from tests.reliability.balancer import balancing
from tests.reliability.crowd import nothing_is_lost, talking
from tests.timed import ALONE

pytestmark = ALONE

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


async def test_one_of_three_is_killed_and_another_started(postgres: Server, folder: Path) -> None:
    ports = [free_port() for _ in range(4)]
    async with talking(await postgres.fresh(), folder, PEOPLE) as talk:
        async with AsyncExitStack() as stack:
            hook = await stack.enter_async_context(balancing(ports))
            talk.settings |= {"webhook_url": hook, "webhook_secret": "s3cret"}

            async def begun(port: int) -> Command:
                command = await stack.enter_async_context(talk.bot(webhook_port=str(port)))
                await _listens(port)
                return command

            first, *_ = [await begun(port) for port in ports[:3]]
            talk.crowd.begin_all(PEOPLE)
            await talk.crowd.reached(100)
            first.process.kill()
            await first.process.wait()
            await begun(ports[3])
            await talk.ended()
        assert sorted(talk.statuses) == [-9, 0, 0, 0]
        await nothing_is_lost(talk)
        assert max(talk.crowd.latencies) == pytest.approx(0, abs=_WITHIN_S)
