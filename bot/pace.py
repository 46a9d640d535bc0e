"""How fast we may speak: evenly spaced overall, a burst and then slowly to one chat.

Telegram does not publish its limits; these are what its FAQ advises. Time is monotonic seconds.
"""

from dataclasses import dataclass, field

_PRIVATE_PER_S, _PRIVATE_BURST = 1.0, 20
_GROUP_PER_S, _GROUP_BURST = 20 / 60, 20
_FORGET_ABOVE = 10_000
_TOGETHER_S = 0.05


@dataclass(slots=True)
class Spacing:
    """One limit, by virtual scheduling (GCRA): `free_at` is when the next call would be due."""

    per_s: float
    burst: int = 1
    free_at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a call may go."""
        return max(0.0, self.free_at - now - (self.burst - 1) / self.per_s)

    def count(self, now: float) -> None:
        """A call goes now."""
        self.free_at = max(self.free_at, now) + 1 / self.per_s


@dataclass(slots=True)
class Pace:
    """All limits together; a rate of 0 is none."""

    per_second: float
    _overall: Spacing = field(init=False)
    _chats: dict[int, Spacing] = field(default_factory=dict[int, Spacing])

    def __post_init__(self) -> None:
        self._overall = Spacing(self.per_second or 1, self.at_once)

    @property
    def at_once(self) -> int:
        """So many calls may go together: one, or what is due in a twentieth of a second."""
        return max(1, int(self.per_second * _TOGETHER_S))

    def take(self, chat: int, now: float) -> tuple[float, bool]:
        """Let a call to a chat go, or say in how many seconds it may, and whether everybody waits
        so long.
        """
        if not self.per_second:
            return 0.0, False
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {key: gap for key, gap in self._chats.items() if gap.free_at > now}
        gap = self._chats.setdefault(chat, self._new(chat))
        overall, own = self._overall.wait(now), gap.wait(now)
        if not overall and not own:
            gap.count(now)
            self._overall.count(now)
        return (overall, True) if overall else (own, False)

    @staticmethod
    def _new(chat: int) -> Spacing:
        if chat < 0:
            return Spacing(_GROUP_PER_S, _GROUP_BURST)
        return Spacing(_PRIVATE_PER_S, _PRIVATE_BURST)
