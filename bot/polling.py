"""getUpdates: an update is confirmed to Telegram only after its transaction.

The offset is the lowest update still in hand. Ids from there on that are in hand or done are
passed over when they come again, and nothing is asked while the offset cannot move.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.api import Api
from bot.outcomes import seconds

log = logging.getLogger(__name__)
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_LONG_S = 25
_PAUSE_S = 1.0
# Seconds for the end: for what is in hand, and for Telegram to take the confirmation.
_HAND_S, _CONFIRM_S = 3.0, 1.0

Handle = Callable[[dict[str, Any]], Awaitable[bool]]


class Poller:
    """Asks for updates and hands each to `handle`, which says whether it is done."""

    def __init__(self, api: Api, handle: Handle) -> None:
        self._api, self._handle = api, handle
        self._newest = -1
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ended = asyncio.Event()

    @property
    def _offset(self) -> int:
        """All below it is done."""
        return min(self._open, default=self._newest + 1)

    async def run(self) -> None:
        """Poll until cancelled; then what is in hand comes to its end, and what is done is
        confirmed, so that it does not come again.
        """
        try:
            await self._ask()
        finally:
            await self._end_hand()
            await self._confirm()

    async def _end_hand(self) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=_HAND_S)
            for task in late:
                task.cancel()

    async def _confirm(self) -> None:
        if self._offset:
            asking = self._api.call(
                "getUpdates", seconds=_CONFIRM_S, offset=self._offset, timeout=0, limit=1
            )
            # In a task of its own, which nobody cancels. Best effort: their ids are known anyway.
            await asyncio.gather(asyncio.create_task(asking), return_exceptions=True)

    async def _ask(self) -> None:
        """Ask again and again; a webhook that was set goes, its updates stay."""
        removed = False
        while True:
            try:
                if not removed:
                    await self._api.call("deleteWebhook", drop_pending_updates=False)
                    removed = True
                await self._poll()
            except Conflict:
                log.error("another process polls with this token: stop it")  # noqa: TRY400
                await asyncio.sleep(_PAUSE_S)
            except RetryAfter as error:
                log.warning("no updates: Telegram says to wait %s s", seconds(error))
                await asyncio.sleep(max(_PAUSE_S, seconds(error)))
            except TelegramError as error:
                log.warning("no updates: %s", type(error).__name__)
                await asyncio.sleep(_PAUSE_S)

    async def _poll(self) -> None:
        asked = self._offset
        self._done = {number for number in self._done if number >= asked}
        updates = await self._api.call(
            "getUpdates",
            seconds=_LONG_S + 10,
            offset=asked,
            timeout=_LONG_S,
            allowed_updates=ALLOWED,
        )
        for update in updates:
            self._begin(update)
        while self._tasks and self._offset == asked:
            self._ended.clear()
            await self._ended.wait()

    def _begin(self, update: dict[str, Any]) -> None:
        number = int(update["update_id"])
        if number not in self._tasks and number not in self._done:
            self._newest = max(self._newest, number)
            self._open.add(number)
            self._tasks[number] = asyncio.create_task(self._do(number, update))

    async def _do(self, number: int, update: dict[str, Any]) -> None:
        try:
            if await self._handle(update):
                self._open.discard(number)
                self._done.add(number)
            else:
                await asyncio.sleep(_PAUSE_S)
        finally:
            del self._tasks[number]
            self._ended.set()
