"""Real time and waiting, the only place where the emulator touches either.

`Clock` is the emulator's own time: real time plus an offset that only grows. Limits, injected
delays and long polls use real time.
"""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

LAST_SECOND = datetime(9000, 1, 1, tzinfo=UTC).timestamp()


def real_seconds() -> float:
    """Unix seconds of the machine."""
    return time.time()


def steady() -> float:
    """Seconds of a clock that never jumps, for measuring spans."""
    return time.monotonic()


async def pause(seconds: float) -> None:
    """Waits that many real seconds."""
    await asyncio.sleep(seconds)


def spawn(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Starts a task; the caller keeps the reference."""
    return asyncio.create_task(work)


@dataclass(slots=True)
class Clock:
    """Emulated time, in unix seconds: the machine's plus an offset."""

    offset: float = 0.0

    def now(self) -> float:
        """Emulated unix seconds."""
        return real_seconds() + self.offset

    def date(self) -> int:
        """Emulated time as the whole unix seconds that Bot API objects carry."""
        return int(self.now())

    def iso(self) -> str:
        """Emulated time as ISO 8601 in UTC with a Z."""
        moment = datetime.fromtimestamp(self.now(), UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def advance(self, seconds: float) -> None:
        """Moves forward.

        Raises:
            ValueError: the span is negative, or leads beyond what a date can say.
        """
        if not seconds >= 0:
            raise ValueError("the clock cannot go back")
        if self.now() + seconds > LAST_SECOND:
            raise ValueError("the clock cannot go beyond the year 9000")
        self.offset += seconds

    def move_to(self, iso: str) -> None:
        """Moves forward to a moment.

        Raises:
            ValueError: not ISO 8601 with a zone, or in the past.
        """
        moment = datetime.fromisoformat(iso)
        if moment.tzinfo is None:
            raise ValueError("'to' needs a time zone, such as a final Z")
        self.advance(moment.timestamp() - self.now())
