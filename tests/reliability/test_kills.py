"""Killed at any moment while people talk: every message is answered after the restart, no answer is
lost or doubled, and only what was being sent may be seen twice.
"""

import asyncio
import random
from pathlib import Path

from emulator.server import start
from tests.processes import running
from tests.reliability.crowd import ANSWERS, MESSAGES, Watched, at_rest, kept, prepared, uncertain

PEOPLE, KILLS = 50, 5


async def test_a_process_is_killed_while_people_talk(database_url: str, folder: Path) -> None:
    settings = await prepared(database_url, folder, PEOPLE)
    total, said = PEOPLE * len(MESSAGES), ""
    moments = sorted(random.Random(7).sample(range(total), KILLS))  # noqa: S311 - no secret
    async with await start(port=0) as emulator:
        crowd = Watched(emulator=emulator, messages=MESSAGES, people=PEOPLE)
        crowd.begin_all(PEOPLE)
        for moment in moments:
            async with running(folder, "run", api_url=emulator.url, **settings) as bot:
                await crowd.reached(moment)
                bot.process.kill()
                said += (await bot.process.communicate())[1].decode()
        async with running(folder, "run", api_url=emulator.url, **settings) as bot:
            await asyncio.wait_for(crowd.done.wait(), 60)
            await at_rest(emulator.url)
            status, last = await bot.stop()
    answers, parts, unsent = await kept(database_url)
    assert (status, unsent) == (0, 0)
    assert answers == [ANSWERS] * PEOPLE
    assert parts == PEOPLE * (len(MESSAGES) - 1)
    assert 0 <= crowd.doubled() <= uncertain(said + last)
