"""PostgreSQL ends a turn to undo a deadlock: the turn is done once more from its begin, and nobody
sees anything of it.
"""

import pytest

from db.tables import Bubble
from tests.databases import Server
from tests.foreign import somebody
from tests.stories.steps import asked_in, at_question
from tests.timed import ALONE
from tests.world import world

pytestmark = ALONE


async def test_a_turn_that_was_ended_is_repeated_and_answered_once(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    url = await postgres.fresh()
    async with world(url) as town, somebody(url) as other:
        ada = await at_question(town, "need")
        before, parts = ada.said, len(await town.rows(Bubble))
        await other.does("SET deadlock_timeout = '10min'")  # who looks for it first is ended
        await other.does("SELECT id FROM ideas FOR UPDATE")
        sent = await town.sim("send", {"user": ada.id, "text": "Lamps are thrown away"})
        await other.until_waiting(1)
        await other.does("SELECT id FROM people FOR UPDATE")  # which the turn has
        await other.lets_go()
        await town.settle()
        await ada.look()
        assert asked_in(ada) == "evidence"
        assert ada.said[:-1] == before
        assert len(await town.rows(Bubble)) == parts + 1
        said = [(record.levelname, record.getMessage()) for record in caplog.records]
        assert said == [("WARNING", f"update {sent['update_id']}: again")]
