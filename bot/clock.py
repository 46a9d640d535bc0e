"""School time: what is due is decided by it. Leases, pace and time-outs use real, monotonic time.

In a demo and in tests it follows the emulator's clock, which can be moved.
"""

import asyncio
import datetime as dt
from collections.abc import Callable

import aiohttp

_EVERY_S = 0.2


class Clock:
    """Now, in UTC, with an offset that can be moved."""

    def __init__(self) -> None:
        self._offset = dt.timedelta()

    def now(self) -> dt.datetime:
        """The school's present time, aware, in UTC."""
        return dt.datetime.now(dt.UTC) + self._offset

    def set_to(self, now: dt.datetime) -> bool:
        """Move the clock; True if it moved by more than the drift of reading it."""
        offset = now - dt.datetime.now(dt.UTC)
        moved = abs(offset - self._offset) > dt.timedelta(seconds=1)
        self._offset = offset
        return moved


async def follow(clock: Clock, url: str, moved: Callable[[], None]) -> None:
    """Keep a clock at the time that an emulator's `/sim/clock` tells; `moved` hears of jumps."""
    async with aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(url) as answer:
                    now = dt.datetime.fromisoformat((await answer.json())["now"])
                if clock.set_to(now):
                    moved()
            except (aiohttp.ClientError, KeyError, ValueError):
                pass  # an emulator that restarts is no reason to stop
            await asyncio.sleep(_EVERY_S)
