"""What breaks is told once in the operator's chat, and once that it is well again."""

import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.tables import Outgoing
from school import outbox
from tests.databases import server
from tests.world import Phone, World, world

OPERATOR = 9001
DATABASE = [
    "For the operator: the database does not answer. People wait for an answer.",
    "For the operator: the database answers again.",
]
BACKLOG = [
    "For the operator: many messages wait to be sent. Look at the log.",
    "For the operator: messages are sent without delay again.",
]


class City:
    """A world with an operator who has written to the bot, in English."""

    def __init__(self, town: World, operator: Phone) -> None:
        self.town, self.operator = town, operator

    async def looks(self, times: int = 1) -> None:
        """The watch looks, and all is said."""
        for _ in range(times):
            await self.town.app.watch.look()
        self.town.app.sender.wake()
        await self.town.settle()

    async def told(self) -> list[str]:
        """What the operator was told, oldest first."""
        await self.operator.look()
        return [said for said in self.operator.said if said.startswith(("For the op", "Per chi"))]


@pytest.fixture
async def city(database_url: str, folder: Path) -> AsyncIterator[City]:
    (folder / "school.toml").write_text('languages = ["en", "it"]', encoding="utf-8")
    async with world(
        database_url, operator_chat=OPERATOR, school=folder, backlog=2, copies=folder / "copies"
    ) as town:
        yield City(town, await town.resident(OPERATOR, "Olga"))


def _wait(count: int, now: dt.datetime) -> Callable[[Session], None]:
    """Rows that are due and that the sender leaves alone, as they are in somebody's hand."""

    def put(session: Session) -> None:
        for _ in range(count):
            row = Outgoing(
                chat_id=1, lane=outbox.NOTICE, state=outbox.SENDING, method="sendMessage"
            )
            row.body, row.language, row.not_before = {"text": "x"}, "en", now
            session.add(row)

    return put


def _sent(session: Session) -> None:
    session.execute(delete(Outgoing).where(Outgoing.chat_id == 1))


async def test_all_is_well_is_told_to_nobody(city: City) -> None:
    await city.looks(3)
    assert await city.told() == []


async def test_a_backlog_is_told_once_and_once_that_it_is_gone(city: City) -> None:
    now = city.town.app.clock.now()
    await city.town.in_database(_wait(3, now))
    await city.looks(3)
    assert await city.told() == BACKLOG[:1]
    await city.town.in_database(_sent)
    await city.looks(3)
    assert await city.told() == BACKLOG


async def test_a_restart_tells_nothing_twice(city: City) -> None:
    await city.town.in_database(_wait(3, city.town.app.clock.now()))
    await city.looks()
    await city.town.in_database(_sent)
    await city.town.stop()
    await city.town.start()
    await city.looks(2)
    assert await city.told() == BACKLOG


async def test_a_disk_that_fills_up_is_told(city: City) -> None:
    city.town.settings["least_free_mb"] = 10**12
    await city.town.restart()
    await city.looks(2)
    full = "For the operator: the disk is nearly full. Make room soon."
    assert await city.told() == [full]
    city.town.settings["least_free_mb"] = 0
    await city.town.restart()
    await city.looks(2)
    assert await city.told() == [full, "For the operator: the disk has room again."]


async def test_a_database_that_is_lost_is_told_though_the_outbox_is_in_it(folder: Path) -> None:
    (folder / "school.toml").write_text('languages = ["en", "it"]', encoding="utf-8")
    with server() as postgres:
        url = await postgres.fresh()
        async with world(
            url, operator_chat=OPERATOR, school=folder, copies=folder / "copies"
        ) as town:
            city = City(town, await town.resident(OPERATOR, "Olga"))
            postgres.stop()
            for _ in range(3):
                await town.app.watch.look()
            assert await city.told() == DATABASE[:1]
            postgres.start()
            await city.looks(2)
            assert await city.told() == DATABASE


async def test_a_token_that_is_refused_is_logged_once(
    city: City, caplog: pytest.LogCaptureFixture
) -> None:
    refused = {"method": "getMe", "kind": "refuse", "status": 401, "times": 2}
    await city.town.sim("faults", [refused])
    with caplog.at_level(logging.WARNING, "bot.watch"):
        await city.looks(2)
    assert [record.getMessage() for record in caplog.records] == ["token is bad"]
    await city.looks()
    again = "For the operator: Telegram takes the bot's token again."
    assert await city.told() == [again]
