"""Killed at any moment while people talk: every message is answered after the restart, no answer is
lost or doubled, and only what was being sent may be seen twice.
"""

from pathlib import Path
from random import Random

from tests.reliability.crowd import nothing_is_lost, talking
from tests.reliability.trials import killed
from tests.timed import ALONE

pytestmark = ALONE

PEOPLE, KILLS = 50, 5  # on each of two databases


async def test_a_process_is_killed_while_people_talk(database_url: str, folder: Path) -> None:
    async with talking(database_url, folder, PEOPLE) as talk:
        talk.crowd.begin_all(PEOPLE)
        await killed(talk, Random(7), KILLS, within=60)  # noqa: S311 - no secret
        assert talk.statuses == [*[-9] * KILLS, 0]
        await nothing_is_lost(talk)
