"""Killed at any moment of a broadcast, and all faults at random: nobody gets it twice, nobody is
left out, and the ledger says of everybody what is so.
"""

from pathlib import Path
from random import Random

from school.outbox import SENT, UNCERTAIN
from tests.reliability.audience import broadcast, failing, figures, killed
from tests.reliability.trials import AtRandom
from tests.timed import ALONE

pytestmark = ALONE

PEOPLE, KILLS, PER_SECOND = 300, 5, 150  # on each of two databases


async def test_a_process_is_killed_while_it_tells_many(database_url: str, folder: Path) -> None:
    async with broadcast(database_url, folder, PEOPLE, PER_SECOND) as there:
        await killed(there, Random(5), KILLS, within=40)  # noqa: S311 - no secret
        assert there.statuses == [*[-9] * KILLS, 0]
        states, twice, otherwise, left_out = await figures(there)
        assert (twice, otherwise, left_out) == (0, 0, 0)
        assert states[SENT] + states[UNCERTAIN] == PEOPLE
        assert states[UNCERTAIN] < PEOPLE / 2


async def test_calls_fail_at_random_while_many_are_told(database_url: str, folder: Path) -> None:
    faults = AtRandom(chance=Random(6), share=0.1)  # noqa: S311 - no secret
    async with broadcast(database_url, folder, PEOPLE, 0) as there:
        await failing(there, faults)
        assert there.statuses == [0]
        states, twice, otherwise, left_out = await figures(there)
        assert (twice, otherwise, left_out) == (0, 0, 0)
        assert 0 < states[UNCERTAIN] < faults.met["sendmessage"]
