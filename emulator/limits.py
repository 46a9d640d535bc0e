"""Token buckets on the calls that speak: all in all, per chat, per group.

A bucket holds as many tokens as the rate (a chat's as many as `chat_burst`) and is refilled
evenly, in real time. A call that is refused takes nothing from any bucket. `chat_per_s` holds
for every chat, `group_per_min` for groups on top of it.
"""

import math
from dataclasses import dataclass, field

from emulator.json_types import as_object
from emulator.refusals import SimError, too_many
from emulator.timing import steady

COUNTED = ("send", "copy", "forward", "edit")
KEYS = ("overall_per_s", "chat_per_s", "chat_burst", "group_per_min")
CHAT_BURST = 20.0
MOST = 1_000_000


@dataclass(slots=True)
class Bucket:
    """`rate`: tokens per second; `tokens`: how many there were at `at`."""

    rate: float
    capacity: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 if one is."""
        self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


def full(rate: float, capacity: float) -> Bucket:
    """A full bucket; whatever its rate, it holds a whole token."""
    capacity = max(capacity, 1.0)
    return Bucket(rate, capacity, capacity, steady())


@dataclass(slots=True)
class Limits:
    """None at the start."""

    overall: float | None = None
    chat: float | None = None
    chat_burst: float = CHAT_BURST
    group: float | None = None
    """Per second too."""
    buckets: dict[int, list[Bucket]] = field(default_factory=dict[int, list[Bucket]])
    shared: Bucket | None = None

    @property
    def active(self) -> bool:
        """Whether there is any limit."""
        return not (self.overall is None and self.chat is None and self.group is None)

    def _of(self, chat: object) -> list[Bucket]:
        if not isinstance(chat, int):
            return []
        found = self.buckets.get(chat)
        if found is None:
            found = self.buckets[chat] = []
            if self.chat is not None:
                found.append(full(self.chat, self.chat_burst))
            if chat < 0 and self.group is not None:
                found.append(full(self.group, self.group * 60))
        return found

    def check(self, chat: object) -> list[Bucket]:
        """The buckets that the call will take from when it succeeds.

        Raises:
            Refused: 429, when one of them is empty.
        """
        buckets = [*self._of(chat), *([self.shared] if self.shared else [])]
        now = steady()
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait > 0:
            raise too_many(math.ceil(wait))
        return buckets


def counts(method: str) -> bool:
    """Whether a method (in lower case) is limited."""
    return method.startswith(COUNTED)


def read_limits(body: object) -> Limits:
    """The limits of a `POST /sim/limits`.

    Raises:
        SimError: 400, saying what is wrong.
    """
    if body is None:
        return Limits()
    given = as_object(body)
    if given is None:
        raise SimError(400, "limits are an object, or null")
    for key, value in given.items():
        _check(key, value)
    overall = given.get("overall_per_s")
    group = given.get("group_per_min")
    limits = Limits(
        overall=overall,
        chat=given.get("chat_per_s"),
        chat_burst=given.get("chat_burst") or CHAT_BURST,
        group=None if group is None else group / 60,
    )
    if overall is not None:
        limits.shared = full(overall, overall)
    return limits


def _check(key: str, value: object) -> None:
    if key not in KEYS:
        raise SimError(400, f"unknown limit {key!r}; there are {', '.join(KEYS)}")
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST:
        raise SimError(400, f"{key!r} is a number above 0 and up to {MOST:,}, or null")
