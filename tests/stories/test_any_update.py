"""Whatever Telegram may bring, filled at random after its specification: no fault, no silence."""

import json
import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from telegram import Update as Telegrams

from bot.app import App, build
from bot.settings import read
from db.tables import Answer, Outgoing, Update
from emulator.server import start
from school import people
from tests.stories.any_update import Json, Updates
from tests.stories.steps import PATHS, VALUES
from tests.world import World

MANY = {"sqlite": 1000, "postgresql": 300}
PEOPLE = list(range(1001, 1021))
PRIVATE = ("message", "edited_message", "callback_query")


@pytest.fixture
async def app(database_url: str) -> AsyncIterator[App]:
    """A bot that sends nothing, so that what it would say can be counted."""
    async with await start(port=0) as emulator:
        settings = read(token="42:EMULATOR", api_url=emulator.url, database_url=database_url)
        async with build(settings) as made:
            await made.database.run(lambda session: _settle_in(session, made))
            yield made


def _settle_in(session: Session, app: App) -> None:
    """Each of the people stands at another question; the first ones are strangers."""
    now = app.clock.now()
    for place, number in enumerate(PEOPLE):
        person = people.add(session, number, "en", now)
        if place < 2:
            continue
        person.notice_read, person.old_enough_at = app.school.notice.version, now
        person.expects = people.INTERVIEW
        idea = people.begin_idea(session, person, now)
        given = {key: VALUES[key] for key in PATHS["project"][: place - 2]}
        for key, value in {"stage": {"choice": "project"}, **given}.items():
            row = Answer(idea_id=idea.id, question=key, status="answered", value=value)
            row.changed_at = now
            session.add(row)


def _readable(raw: Json) -> bool:
    try:
        Telegrams.de_json(raw, None)
    except Exception:  # noqa: BLE001 - whatever it raises, it could not read it
        return False
    return True


def _as_utf_8(raw: Json) -> Json:
    """Without halves of surrogate pairs, which no server can write."""
    return json.loads(json.dumps(raw, ensure_ascii=False).encode("utf-8", "ignore"))


def _private(raw: Json) -> int | None:
    """The chat that must hear something."""
    for kind in PRIVATE:
        content: Json = raw.get(kind, {})
        if kind == "edited_message" and "location" in content:
            return None  # a position that is shared live is edited every few seconds
        message: Json = content.get("message") or content
        chat: Json = message.get("chat") or {}
        if chat.get("type") == "private":
            return chat["id"]
    return None


async def _said(app: App, chat: int | None) -> int:
    """How many calls to a chat there are."""
    count = select(func.count()).select_from(Outgoing).where(Outgoing.chat_id == chat)
    return await app.database.run(lambda session: session.scalar(count) or 0)


async def _known(app: App) -> int:
    count = select(func.count()).select_from(Update)
    return await app.database.run(lambda session: session.scalar(count) or 0)


# python-telegram-bot says so of its own attributes, whoever reads them.
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("seed", range(3))
async def test_every_update_is_done_and_every_private_one_answered(
    app: App, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    updates, many = Updates(seed, PEOPLE), MANY[app.database.name]
    caplog.set_level(logging.WARNING)
    unreadable: list[int] = []
    said: dict[int, int] = {}
    for _ in range(many):
        raw = updates.one()
        assert await app.handle(raw), raw
        chat = _private(raw)
        if not _readable(raw):
            unreadable.append(raw["update_id"])
        elif chat is not None:
            before, said[chat] = said.get(chat, 0), await _said(app, chat)
            assert said[chat] > before, raw
    assert await _known(app) == many
    expected = [f"update {number} cannot be read" for number in unreadable]
    assert [record.getMessage() for record in caplog.records] == expected
    assert len(unreadable) < many / 20


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_over_http_each_is_taken_and_what_is_said_is_right(town: World) -> None:
    """The emulator refuses what Telegram refuses: markup, lengths, buttons."""
    await town.in_database(lambda session: _settle_in(session, town.app))
    updates = Updates(99, PEOPLE)
    numbers: list[int] = []
    for kind in (*PRIVATE, "my_chat_member") * 50:
        raw = _as_utf_8(updates.one(kind))
        if kind != "callback_query" or _private(raw) is not None:
            numbers.append((await town.sim("raw", {kind: raw[kind]}))["update_id"])
    await town.settle()
    assert sorted(row.update_id for row in await town.rows(Update)) == numbers
    calls = await town.calls()
    assert [call for call in calls if call["problems"] or call["unknown"]] == []
    refused = [(call["method"], call["description"]) for call in calls if call["status"] != 200]
    assert refused == []
