"""aiogram in a loop with a sleep, as its documentation sends to many; without a limit a hundred at
once.
"""

import asyncio
import os

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from tests.bench.peers.talk import NEWS, chats

_AT_ONCE = 100


async def send(bot: Bot, chat: int) -> None:
    """Send to one; after a refusal once more."""
    try:
        await bot.send_message(chat, NEWS)
    except TelegramRetryAfter as refused:
        await asyncio.sleep(refused.retry_after)
        await send(bot, chat)


async def with_a_sleep(bot: Bot, per_second: float) -> None:
    """One after the other."""
    for chat in chats():
        await send(bot, chat)
        await asyncio.sleep(1 / per_second)


async def at_once(bot: Bot) -> None:
    """Some side by side."""
    left = iter(chats())

    async def some() -> None:
        for chat in left:
            await send(bot, chat)

    await asyncio.gather(*(some() for _ in range(_AT_ONCE)))


async def main() -> None:
    """Send."""
    server = TelegramAPIServer.from_base(os.environ["BENCH_API_URL"])
    limit = float(os.environ["BENCH_PER_SECOND"])
    async with Bot(os.environ["BENCH_TOKEN"], session=AiohttpSession(api=server)) as bot:
        await (with_a_sleep(bot, limit) if limit else at_once(bot))


if __name__ == "__main__":
    asyncio.run(main())
