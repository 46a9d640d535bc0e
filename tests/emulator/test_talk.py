"""A small bot, written with aiogram, talks through the emulator: buttons, edits, files, a link."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from tests.emulator.telegram import TOKEN, Telegram

SEAT = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Prendo un posto", callback_data="seat:12")]]
)


async def on_start(message: Message, command: CommandObject) -> None:
    await message.answer(f"Incontro {command.args}", reply_markup=SEAT)


async def on_seat(query: CallbackQuery) -> None:
    assert isinstance(query.message, Message)
    await query.message.edit_text("Hai un <b>posto</b>", parse_mode="HTML")
    await query.answer("Fatto", show_alert=True)
    calendar = BufferedInputFile(b"BEGIN:VCALENDAR", "incontro.ics")
    await query.message.answer_document(calendar, caption="Calendario")


async def on_document(message: Message, bot: Bot) -> None:
    assert message.document is not None
    content = await bot.download(message.document, io.BytesIO())
    assert content is not None
    await message.reply(content.read().decode())


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    """The bot, polling."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    started = Bot(TOKEN, session=session)
    dispatcher = Dispatcher()
    dispatcher.message.register(on_start, CommandStart(deep_link=True))
    dispatcher.callback_query.register(on_seat, F.data == "seat:12")
    dispatcher.message.register(on_document, F.document)
    polling = asyncio.ensure_future(dispatcher.start_polling(started, handle_signals=False))  # pyright: ignore[reportUnknownMemberType] - aiogram's own keywords
    yield started
    await dispatcher.stop_polling()
    await polling


async def settled(telegram: Telegram) -> None:
    assert await telegram.look("idle?quiet_ms=50&timeout_s=20") == {"idle": True}


@pytest.mark.usefixtures("bot")
async def test_a_talk(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    await telegram.sim("send", {"user": 7, "text": "/start ws12"})
    await settled(telegram)
    assert await telegram.texts() == ["/start ws12", "Incontro ws12"]
    await telegram.sim("press", {"user": 7, "label": "Prendo un posto"})
    await settled(telegram)
    assert await telegram.texts() == ["/start ws12", "Hai un posto", "Calendario"]
    chat = await telegram.chat()
    assert [(one["text"], one["show_alert"]) for one in chat["answers"]] == [("Fatto", True)]
    async with telegram.http.get(telegram.url + chat["messages"][2]["document"]["url"]) as answer:
        assert await answer.read() == b"BEGIN:VCALENDAR"
    await telegram.sim("send", {"user": 7, "document": {"name": "a.txt", "base64": "aWRlYQ=="}})
    await settled(telegram)
    reply = (await telegram.chat())["messages"][-1]
    assert (reply["text"], reply["reply_to_message"]["document"]["file_name"]) == ("idea", "a.txt")
    calls = (await telegram.look("calls"))["calls"]
    assert [call for call in calls if call["problems"] or call["unknown"]] == []
