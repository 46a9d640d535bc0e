"""The database goes away and comes back while people talk: nobody's words are lost, everybody is
answered afterwards, and the log has one line for each change.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.tables import Answer, Update
from tests.databases import Files, server
from tests.reliability.crowd import nothing_is_lost, talking
from tests.stories.steps import at_question
from tests.timed import ALONE
from tests.world import world

pytestmark = ALONE

PEOPLE = 20
CHANGES = ['"the database is away"', '"the database is back"']
Change = Callable[[], None]


async def _talk(url: str, folder: Path, goes: Change, comes: Change) -> list[str]:
    """Let people talk while the database goes and comes; what the bot logged of it."""
    async with talking(url, folder, PEOPLE) as talk:
        async with talk.bot():
            talk.crowd.begin_all(PEOPLE)
            await talk.crowd.reached(3 * PEOPLE)
            goes()
            await talk.says("the database is away")
            comes()
            await talk.says("the database is back")
            await talk.ended()
        assert talk.statuses == [0]
        await nothing_is_lost(talk)
    return [line.partition("event=")[2].split(" error")[0] for line in talk.said.splitlines()]


async def test_a_server_that_is_stopped_and_started_again(folder: Path) -> None:
    with server() as postgres:
        said = await _talk(
            await postgres.fresh(), folder, partial(postgres.stop, "fast"), postgres.start
        )
    assert said == CHANGES


async def test_a_file_that_somebody_else_has_locked(files: Files, folder: Path) -> None:
    url = await files.fresh()
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)

    def lock() -> None:
        other.execute("PRAGMA busy_timeout=5000")
        other.execute("BEGIN IMMEDIATE")

    def unlock() -> None:
        other.execute("ROLLBACK")

    said = await _talk(url, folder, lock, unlock)
    other.close()
    assert said == CHANGES


async def test_a_disk_that_is_full(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async with world(await files.fresh()) as town:
        ada, words = await at_question(town, "need"), "Lamps are thrown away. " * 40 + "Yes."

        def may_grow(session: Session, pages: int | None = None) -> None:
            driver: Any = session.connection().connection.driver_connection
            (used,) = driver.execute("PRAGMA page_count").fetchone()
            driver.execute(f"PRAGMA max_page_count={used if pages is None else pages}")

        before = len(await town.rows(Update))
        await town.in_database(may_grow)
        for _ in range(20):
            await town.sim("send", {"user": ada.id, "text": words})
        while not _changes(caplog):
            await town.sim("idle", quiet_ms=0, timeout_s=1)
        await town.in_database(partial(may_grow, pages=10**6))
        while len(_changes(caplog)) < 2:
            await town.sim("idle", quiet_ms=100, timeout_s=1)
        await town.settle()
        assert len(await town.rows(Update)) == before + 20
        given = {answer.question: answer.value for answer in await town.rows(Answer)}
        assert given["need"]["text"] == words
        assert _changes(caplog) == ["the database is away", "the database is back"]


def _changes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bot.carrying"]
