"""How fast we may speak: evenly spaced overall, a burst and then slowly to one chat. An answer that
somebody waits for is taken from a reserve, at once; what nobody waits for yields.

Telegram does not publish its limits; these are what its FAQ advises. Time is monotonic seconds.
"""

from dataclasses import dataclass, field
from math import ceil

_PRIVATE_PER_S, _PRIVATE_BURST = 1.0, 20
_GROUP_PER_S, _GROUP_BURST = 20 / 60, 20
_FORGET_ABOVE = 10_000
_TOGETHER_S = 0.05
_LATE_S = 0.15  # by so much what yields may be late without losing the time
_RESERVE_S = 1 / 3


@dataclass(slots=True)
class Spacing:
    """One limit, by virtual scheduling (GCRA): `free_at` is when the next call would be due."""

    per_s: float
    burst: int = 1
    free_at: float = 0.0

    def wait(self, now: float, burst: int | None = None) -> float:
        """Seconds until a call may go."""
        return max(0.0, self.free_at - now - ((burst or self.burst) - 1) / self.per_s)

    def count(self, now: float, calls: int = 1) -> None:
        """Calls go now."""
        self.free_at = max(self.free_at, now) + calls / self.per_s


@dataclass(slots=True)
class Pace:
    """All limits together; a rate of 0 is none."""

    per_second: float
    _overall: Spacing = field(init=False)
    _chats: dict[int, Spacing] = field(default_factory=dict[int, Spacing])

    def __post_init__(self) -> None:
        reserve = max(self._yielding, int(self.per_second * _RESERVE_S))
        self._overall = Spacing(self.per_second or 1, reserve)

    @property
    def at_once(self) -> int:
        """So many calls go together: what is due in a twentieth of a second."""
        return ceil(self.per_second * _TOGETHER_S) or 1

    @property
    def _yielding(self) -> int:
        """The burst of what nobody waits for: it makes up for having been late, no more."""
        return 1 + ceil(self.per_second * _LATE_S)

    def take(self, chat: int, now: float, *, yields: bool = False) -> tuple[float, bool]:
        """Let a call to a chat go, or say in how many seconds it may, and whether everybody waits
        so long.
        """
        burst = self._yielding if yields else None
        overall = self._overall.wait(now, burst) if self.per_second else 0.0
        own = self.own(chat, now)
        if not overall and not own:
            self.count(chat, now)
        return (overall, True) if overall else (own, False)

    def own(self, chat: int, now: float) -> float:
        """Seconds until a chat itself may be spoken to."""
        return self._of(chat, now).wait(now) if self.per_second else 0.0

    def count(self, chat: int, now: float, calls: int = 1) -> None:
        """Calls go now in any case; what comes next waits for that."""
        if self.per_second:
            self._of(chat, now).count(now, calls)
            self._overall.count(now, calls)

    def room(self, now: float) -> tuple[int, float]:
        """How many calls that nobody waits for may go now; where there are too few to be worth a
        transaction, none, and the seconds until there are more.
        """
        if not self.per_second:
            return _FORGET_ABOVE, 0.0
        ahead = self._overall.wait(now, 1) * self.per_second
        lacking = ahead + self.at_once - self._yielding
        return (
            (int(self._yielding - ahead), 0.0) if lacking <= 0 else (0, lacking / self.per_second)
        )

    def _of(self, chat: int, now: float) -> Spacing:
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {key: gap for key, gap in self._chats.items() if gap.free_at > now}
        return self._chats.setdefault(chat, self._new(chat))

    @staticmethod
    def _new(chat: int) -> Spacing:
        if chat < 0:
            return Spacing(_GROUP_PER_S, _GROUP_BURST)
        return Spacing(_PRIVATE_PER_S, _PRIVATE_BURST)
