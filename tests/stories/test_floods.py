"""Somebody writes faster than the bot can read: others wait for nothing, and one word is said."""

import asyncio
from time import monotonic

from bot.floods import MOST, PAUSE_S
from db.tables import Update
from tests import hook
from tests.hook import Hook, typed
from tests.stories.test_inquiries import GROUP, OPERATOR, asks, desk
from tests.timed import ALONE
from tests.world import Phone, World, world

pytestmark = ALONE

MANY = 2000
FLOOD = "You write faster than I can read, so I left out your last messages. "
WORD = f"{FLOOD}Please wait a moment, then write what is missing once more."


async def _pause(town: World) -> None:
    """The emulator waits until nobody called for as long as a pause is."""
    await town.sim("idle", quiet_ms=PAUSE_S * 1000, timeout_s=30)


def _waits(town: World, chat: int, texts: int, language: str = "en") -> None:
    """So many messages wait for the bot."""
    for number in range(texts):
        message = typed(number + 1000, abs(chat), "word", language)["message"]
        if chat < 0:
            message["chat"] = {"id": chat, "type": "supergroup", "title": "X"}
        town.emulator.world.updates.queue({"message": message}, str(chat))


async def _two(town: World) -> tuple[Phone, Phone]:
    """Two people who both are asked how far along their idea is."""
    ada, bea = await town.resident(), await town.resident(1002, "Bea")
    for phone in (ada, bea):
        await phone.says("/idea")
        await phone.taps("I have a ready project")
    return ada, bea


async def _waits_for(phone: Phone, text: str, begun: float) -> float:
    """Seconds until the bot has said this to somebody."""
    while text not in phone.screen:
        await phone.look()
    return monotonic() - begun


async def test_a_flood_is_done_with_one_word_and_another_person_is_answered(town: World) -> None:
    ada, bea = await _two(town)
    known, before = len(await town.rows(Update)), len(ada.said)
    await town.stop()
    _waits(town, 1001, MANY)
    await town.sim("send", {"user": 1002, "text": "A workshop"})
    begun = monotonic()
    starting = asyncio.ensure_future(town.start())
    waited = await _waits_for(bea, "neighbourhood", begun)
    await starting
    assert waited < 5
    assert len(await town.rows(Update)) == known + MANY + 1
    await ada.look()
    assert ada.said[-1] == WORD
    assert ada.said.count(WORD) == 1
    assert len(ada.said) == before + MOST + 1


async def test_who_pauses_is_heard_again_and_a_new_flood_has_its_word(town: World) -> None:
    ada, _ = await _two(town)
    for times in (1, 2):
        await town.stop()
        _waits(town, 1001, 3 * MOST)
        await town.start()
        await ada.look()
        assert ada.said.count(WORD) == times
        await _pause(town)
        await ada.says("/start")
        assert WORD not in ada.screen
        assert ada.buttons != []


async def test_a_stranger_who_floods_hears_it_in_the_language_of_the_phone(town: World) -> None:
    zoe = await town.person(1003, "Zoe", "it")
    await town.stop()
    await town.sim("send", {"user": 1003, "text": "/start"})
    _waits(town, 1003, 3 * MOST, "it")
    await town.start()
    await zoe.look()
    assert zoe.screen.startswith("Scrivi più in fretta di quanto io riesca a leggere")


async def test_a_flood_over_the_webhook_is_done_with_one_word(database_url: str) -> None:
    async with world(database_url, **hook.settings()) as town:
        ada, bea = await _two(town)
        known = len(await town.rows(Update))
        door = Hook(town.http, town.settings["webhook_url"])
        flood = asyncio.ensure_future(door.post([typed(n, 1001, "word") for n in range(400)]))
        begun = monotonic()
        assert await door.status(typed(1000, 1002, "A workshop")) == 200
        assert await _waits_for(bea, "neighbourhood", begun) < 5
        assert set(await flood) == {200}
        await town.settle()
        await ada.look()
        assert ada.said.count(WORD) == 1
        assert len(await town.rows(Update)) == known + 401
        again = await door.post([typed(n, 1001, "word") for n in range(400)])
        assert set(again) == {200}
        assert len(await town.rows(Update)) == known + 401


async def test_a_flood_in_the_operators_chat_loses_no_reply_of_the_operator(
    database_url: str,
) -> None:
    async with world(database_url, operator_chat=GROUP) as town:
        await town.person(OPERATOR, "Carla", "it")
        group = {"id": GROUP, "title": "Desk", "forum": False}
        await town.sim("groups", {**group, "members": [OPERATOR], "admins": []})
        ada = await asks(town)
        answer = {"chat": GROUP, "reply_to": (await desk(town))[-1]["message_id"]}
        await town.stop()
        _waits(town, GROUP, 3 * MOST)
        await town.sim("send", {"user": OPERATOR, "text": "In the library", **answer})
        await town.start()
        await ada.look()
        assert "In the library" in ada.screen


async def test_a_flood_in_any_other_group_has_no_word(town: World) -> None:
    known = len(await town.rows(Update))
    await town.stop()
    _waits(town, -100777, 5 * MOST)
    await town.start()
    assert len(await town.rows(Update)) == known + 5 * MOST
    assert await town.calls("sendMessage") == []
