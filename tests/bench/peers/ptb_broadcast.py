"""python-telegram-bot in a loop, one by one; with its AIORateLimiter where there is a limit."""

import asyncio
import contextlib
import os

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot

from tests.bench.peers.talk import NEWS, chats


async def main() -> None:
    """Send."""
    limit = float(os.environ["BENCH_PER_SECOND"])
    limiter = AIORateLimiter(overall_max_rate=limit, max_retries=10) if limit else None
    url, token = os.environ["BENCH_API_URL"], os.environ["BENCH_TOKEN"]
    async with ExtBot(token, base_url=f"{url}/bot", rate_limiter=limiter) as bot:
        for chat in chats():
            with contextlib.suppress(RetryAfter):
                await bot.send_message(chat, NEWS)


if __name__ == "__main__":
    asyncio.run(main())
