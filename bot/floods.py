"""Who writes faster than we can read: beyond 20 updates of a chat that wait for their turn, further
ones are only noted as done, until the chat has paused. One word says so.

It is known in memory alone: it counts what waits in this process. Time is monotonic seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 20
PAUSE_S = 1.0


@dataclass(slots=True)
class Floods:
    """Which chats are too fast."""

    _until: dict[int, float] = field(default_factory=dict[int, float])

    def begins(self, chat: int, waiting: int, now: float) -> bool:
        """Whether what comes now is the first that is too much, which is the one to be answered."""
        if waiting < MOST:
            return False
        self._until[chat] = now + PAUSE_S
        return True

    def goes_on(self, chat: int, waiting: int, now: float) -> bool:
        """Whether what comes now is to be skipped: a flood ends when nothing came for a while, and
        nothing waits.
        """
        if chat not in self._until:
            return False
        if self._until[chat] <= now and not waiting:
            del self._until[chat]
            return False
        self._until[chat] = now + PAUSE_S
        return True

    def ends(self, chat: int) -> None:
        """The word could not be said: who goes on hears it then."""
        self._until.pop(chat, None)


class Together(Generic[T]):
    """Notes numbers, many in one transaction: those that come while one runs are the next."""

    def __init__(self, note: Callable[[list[int]], Awaitable[T]]) -> None:
        self._note = note
        self._numbers: list[int] = []
        self._next: asyncio.Task[T] | None = None
        self._one = asyncio.Lock()

    async def add(self, number: int) -> T:
        """Note a number; what the noting of it and others said."""
        self._numbers.append(number)
        self._next = self._next or asyncio.create_task(self._run())
        return await asyncio.shield(self._next)

    async def _run(self) -> T:
        async with self._one:
            numbers, self._numbers, self._next = self._numbers, [], None
            return await self._note(numbers)
