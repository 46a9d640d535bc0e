"""aiogram's finite-state machine with its storage in memory."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

from tests.bench.peers.talk import QUESTIONS, THANKS

dispatcher = Dispatcher(storage=MemoryStorage())


class Talk(StatesGroup):
    """One state: which question is open is data."""

    asked = State()


@dispatcher.message(CommandStart())
async def begin(message: Message, state: FSMContext) -> None:
    """The first question."""
    await state.set_state(Talk.asked)
    await state.set_data({"number": 0})
    await message.answer(QUESTIONS[0])


@dispatcher.message(StateFilter(Talk.asked))
async def answer(message: Message, state: FSMContext) -> None:
    """Keep an answer and ask the next question."""
    data = await state.get_data()
    number: int = data["number"]
    await state.update_data({f"answer {number}": message.text or "", "number": number + 1})
    if number + 1 == len(QUESTIONS):
        await state.set_state(None)
        await message.answer(THANKS)
    else:
        await message.answer(QUESTIONS[number + 1])


async def main() -> None:
    """Poll."""
    server = TelegramAPIServer.from_base(os.environ["BENCH_API_URL"])
    bot = Bot(os.environ["BENCH_TOKEN"], session=AiohttpSession(api=server))
    await dispatcher.start_polling(  # pyright: ignore[reportUnknownMemberType] - its own types
        bot, allowed_updates=["message"]
    )


if __name__ == "__main__":
    asyncio.run(main())
