"""Killed at any moment while groups hand their sheets to a tutor, who asks for changes and gets
them again: each card, sheet and word arrives everywhere, in its order, and only what was being sent
may be seen twice.
"""

from pathlib import Path
from random import Random

from tests.reliability.crowd import uncertain
from tests.reliability.handed import handing
from tests.timed import ALONE

pytestmark = ALONE

KILLS = 4  # on each of two databases


async def test_a_process_is_killed_while_sheets_are_handed_in(
    database_url: str, folder: Path
) -> None:
    chance = Random(5)  # noqa: S311 - no secret
    async with handing(database_url, folder) as (bots, sheets):
        sheets.begin()
        await bots.killed(
            chance, KILLS, lambda: sheets.reached(sheets.done + chance.randint(1, 10))
        )
        async with bots.bot():
            await sheets.reached(sheets.all_done)
            await bots.at_rest()
        assert bots.statuses == [*[-9] * KILLS, 0]
        assert (sheets.lost(), sheets.out_of_order()) == ([], [])
        assert 0 <= sheets.doubled() <= uncertain(bots.said)
