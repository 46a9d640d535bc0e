"""One lock for each key, kept only while somebody holds it or waits for it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class KeyedLocks:
    """Whoever asks for the same key goes in order; different keys go side by side."""

    def __init__(self) -> None:
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    def users(self, key: int) -> int:
        """How many hold the lock of a key or wait for it."""
        return self._locks[key][1] if key in self._locks else 0

    @asynccontextmanager
    async def of(self, key: int) -> AsyncGenerator[None]:
        """Hold the lock of a key."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            _, users = self._locks[key]
            self._locks[key] = (lock, users - 1)
            if users == 1:
                del self._locks[key]
