"""All faults at random while people talk: nothing is lost, and nothing is said twice but what was
uncertain.
"""

import asyncio
import random
from pathlib import Path

from emulator.server import start
from tests.processes import running
from tests.reliability.crowd import (
    ANSWERS,
    MESSAGES,
    Watched,
    at_rest,
    faulty,
    kept,
    prepared,
    uncertain,
)

PEOPLE, FAULTS = 20, 60
KINDS: tuple[dict[str, object], ...] = (
    {"kind": "refuse", "status": 500},
    {"kind": "refuse", "status": 429, "retry_after": 1},
    {"kind": "html"},
    {"kind": "reset"},
    {"kind": "lost"},
    {"kind": "slow", "delay_ms": 200},
)
METHODS = (*["sendMessage"] * 4, *["editMessageReplyMarkup"] * 2, "getUpdates")


async def test_calls_fail_at_random_while_people_talk(database_url: str, folder: Path) -> None:
    settings = await prepared(database_url, folder, PEOPLE)
    chance = random.Random(11)  # noqa: S311 - no secret
    faults = [{"method": chance.choice(METHODS), **chance.choice(KINDS)} for _ in range(FAULTS)]
    async with await start(port=0) as emulator:
        crowd = Watched(emulator=emulator, messages=MESSAGES, people=PEOPLE)
        async with running(folder, "run", api_url=emulator.url, **settings) as bot:
            crowd.begin_all(PEOPLE)
            await crowd.reached(PEOPLE)
            await faulty(emulator.url, faults)
            await asyncio.wait_for(crowd.done.wait(), 90)
            await at_rest(emulator.url)
            status, said = await bot.stop()
    answers, parts, unsent = await kept(database_url)
    assert (status, unsent) == (0, 0)
    assert answers == [ANSWERS] * PEOPLE
    assert parts == PEOPLE * (len(MESSAGES) - 1)
    assert 0 <= crowd.doubled() <= uncertain(said)
