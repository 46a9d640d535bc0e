"""What keeps the emulator from being idle.

`last` is when something last happened; quiet is measured from there. A clock move counts as
unread only once somebody has followed the clock, that is, has read it over `GET /sim/clock`
(the page's own reads are not counted): a bot that does not follow it must not keep everybody
waiting for ever.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from emulator.timing import steady


@dataclass(slots=True)
class Activity:
    """Times are of the steady clock, in seconds."""

    last: float = field(default_factory=steady)
    calls: int = 0
    """Calls now being served, injected delays included."""
    retry_until: float = 0.0
    clock_followed: bool = False
    clock_unread: bool = False

    @contextmanager
    def call(self) -> Generator[None]:
        """While a call is served, or kept waiting."""
        self.calls += 1
        try:
            yield
        finally:
            self.calls -= 1
            self.touch()

    def touch(self) -> None:
        """Something happened now."""
        self.last = steady()

    def announce_retry(self, seconds: float) -> None:
        """The bot was told to come back after that long."""
        self.retry_until = max(self.retry_until, steady() + seconds)

    def clock_moved(self) -> None:
        """The clock was moved."""
        self.clock_unread = self.clock_followed
        self.touch()

    def clock_read(self) -> None:
        """A follower read the clock."""
        self.clock_followed = True
        if self.clock_unread:
            self.clock_unread = False
            self.touch()

    def busy(self) -> bool:
        """Whether something is under way, or the bot was told to wait, or is to see the time."""
        return self.calls > 0 or self.clock_unread or steady() < self.retry_until

    def quiet_for(self) -> float:
        """Seconds since the last thing happened."""
        return steady() - max(self.last, self.retry_until)
