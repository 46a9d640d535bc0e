"""How fast we may speak: evenly spaced overall, a burst and then slowly to one chat.

Telegram does not publish its limits; these are what its FAQ advises. Time is monotonic seconds.
"""

from dataclasses import dataclass, field

_PRIVATE_PER_S, _PRIVATE_BURST = 1.0, 20
_GROUP_PER_S, _GROUP_BURST = 20 / 60, 20
_FORGET_ABOVE = 10_000


@dataclass(slots=True)
class Spacing:
    """One limit, by virtual scheduling (GCRA): `free_at` is when the next call would be due."""

    per_s: float
    burst: int = 1
    free_at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a call may go; the call is counted."""
        step = 1 / self.per_s
        begins = max(self.free_at, now)
        self.free_at = begins + step
        return max(0.0, begins - now - step * (self.burst - 1))


@dataclass(slots=True)
class Pace:
    """All limits together; a rate of 0 is none."""

    per_second: float
    _overall: Spacing = field(init=False)
    _chats: dict[int, Spacing] = field(default_factory=dict[int, Spacing])

    def __post_init__(self) -> None:
        self._overall = Spacing(self.per_second or 1)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until a call to a chat may go; it is counted."""
        if not self.per_second:
            return 0.0
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {key: gap for key, gap in self._chats.items() if gap.free_at > now}
        gap = self._chats.setdefault(chat, self._new(chat))
        own = gap.wait(now)
        return max(own, self._overall.wait(now + own) + own)

    @staticmethod
    def _new(chat: int) -> Spacing:
        if chat < 0:
            return Spacing(_GROUP_PER_S, _GROUP_BURST)
        return Spacing(_PRIVATE_PER_S, _PRIVATE_BURST)
