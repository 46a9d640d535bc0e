"""Killed at any moment while groups and their tutor write to each other: each word arrives on each
phone, in its order, and only what was being sent may be seen twice.
"""

from pathlib import Path
from random import Random

from tests.reliability.crowd import uncertain
from tests.reliability.relayed import tutored
from tests.timed import ALONE

pytestmark = ALONE

KILLS = 4  # on each of two databases


async def test_a_process_is_killed_while_words_are_passed_on(
    database_url: str, folder: Path
) -> None:
    chance = Random(5)  # noqa: S311 - no secret
    async with tutored(database_url, folder) as (bots, writing):
        writing.begin()
        await bots.killed(
            chance, KILLS, lambda: writing.reached(writing.arrived + chance.randint(1, 10))
        )
        async with bots.bot():
            await writing.reached(writing.all_said)
            await bots.at_rest()
        assert bots.statuses == [*[-9] * KILLS, 0]
        assert writing.out_of_order() == []
        assert 0 <= writing.doubled() <= uncertain(bots.said)
