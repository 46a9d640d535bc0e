"""All faults at random while people talk: nothing is lost, and nothing is said twice but what was
uncertain.
"""

from pathlib import Path
from random import Random

from tests.reliability.crowd import nothing_is_lost, talking
from tests.reliability.trials import AtRandom, failing
from tests.timed import ALONE

pytestmark = ALONE

PEOPLE = 20
METHODS = {"sendmessage", "editmessagereplymarkup", "getupdates"}


async def test_calls_fail_at_random_while_people_talk(database_url: str, folder: Path) -> None:
    faults = AtRandom(chance=Random(11), share=0.12)  # noqa: S311 - no secret
    async with talking(database_url, folder, PEOPLE) as talk:
        talk.crowd.begin_all(PEOPLE)
        await failing(talk, faults)
        assert talk.statuses == [0]
        assert faults.met.keys() == METHODS
        await nothing_is_lost(talk, telegram_fails=True)
