"""GET /sim/events: the page hears that something changed."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from emulator.events import WAITING_AT_MOST, Events, Reader
from emulator.server import Running
from tests.emulator.telegram import Telegram


@asynccontextmanager
async def stream(telegram: Telegram) -> AsyncGenerator[aiohttp.StreamReader]:
    async with telegram.http.get(f"{telegram.url}/sim/events") as answer:
        assert answer.content_type == "text/event-stream"
        await answer.content.readuntil(b"\n\n")
        yield answer.content


async def until(content: aiohttp.StreamReader, fits: Callable[[Any], bool]) -> Any:
    """The first event that fits."""
    async with asyncio.timeout(10):
        while True:
            line = (await content.readuntil(b"\n\n")).decode()
            event = json.loads(line.removeprefix("data: "))
            if fits(event):
                return event


async def test_changes_are_told(telegram: Telegram) -> None:
    async with stream(telegram) as content:
        await telegram.sim("users", {"id": 7, "first_name": "Amina"})
        assert await until(content, lambda event: "people" in event) == {"people": True}
        await telegram.sim("send", {"user": 7, "text": "a"})
        assert await until(content, lambda event: "chat" in event) == {"chat": 7}
        moved = await telegram.sim("clock", {"advance_s": 60})
        told = await until(content, lambda event: "clock" in event)
        assert told["clock"][:16] == moved["now"][:16]
        await telegram.call("sendChatAction", chat_id=7, action="typing")
        assert await until(content, lambda event: "typing" in event) == {"typing": 7}
        assert await until(content, lambda event: "calls" in event) == {"calls": 1}


async def test_an_edit_a_pin_and_a_reaction_change_a_chat(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a")
    async with stream(telegram) as content:
        await telegram.call("editMessageText", chat_id=7, message_id=2, text="b")
        assert await until(content, lambda event: "chat" in event) == {"chat": 7}
        await telegram.call("pinChatMessage", chat_id=7, message_id=2)
        assert await until(content, lambda event: "chat" in event) == {"chat": 7}
        await telegram.sim("react", {"user": 7, "message": 2, "emoji": "👍"})
        assert await until(content, lambda event: "chat" in event) == {"chat": 7}


async def test_an_answer_that_is_asked_for_is_told(telegram: Telegram) -> None:
    await telegram.person()
    async with stream(telegram) as content:
        await telegram.call("sendMessage", chat_id=7, text="a", reply_markup={"force_reply": True})
        told = await until(content, lambda event: "asked" in event)
        assert told == {"asked": {"chat": 7, "message": 2}}


async def test_an_answer_with_a_text_is_a_toast(telegram: Telegram) -> None:
    await telegram.person()
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=keyboard)
    query = await telegram.sim("press", {"user": 7, "label": "Yes"})
    number = query["callback_query_id"]
    async with stream(telegram) as content:
        await telegram.call("answerCallbackQuery", callback_query_id=number, text="Fatto")
        toast = await until(content, lambda event: "toast" in event)
    told = {"user": 7, "text": "Fatto", "show_alert": False, "callback_query_id": number}
    assert toast == {"toast": told}


def test_a_slow_reader_is_given_less_and_no_more_than_a_bound() -> None:
    events, reader = Events(), Reader()
    events.readers.add(reader)
    for number in range(WAITING_AT_MOST + 10):
        events.send({"chat": number})
        events.send({"calls": number}, "calls")
    assert len(reader.waiting) == WAITING_AT_MOST
    told = reader.take().split("\n\n")
    assert told[-2] == f'data: {{"chat":{WAITING_AT_MOST + 9}}}'
    assert sum("calls" in line for line in told) == 1


async def test_streams_end_with_the_server(telegram: Telegram, running: Running) -> None:
    async with stream(telegram) as content:
        await running.stop()
        assert await content.read() == b""
