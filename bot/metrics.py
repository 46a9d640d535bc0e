"""What is counted while the bot runs: plain numbers, for the price of an addition each. Only
whoever asks for them waits for prometheus-client. No label comes from outside: no id, no word of a
person.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.polling import ALLOWED
from bot.transport import NotSentError
from school.outbox import (
    ANNOUNCE,
    BULK,
    FAILED,
    NOTICE,
    QUEUED,
    REPLY,
    SENDING,
    SENT,
    SKIPPED,
    UNCERTAIN,
)

if TYPE_CHECKING:
    from prometheus_client.core import Metric

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LANES: Mapping[int, str] = {
    REPLY: "reply",
    NOTICE: "notice",
    BULK: "bulk",
    ANNOUNCE: "announcement",
}
STATES = (QUEUED, SENDING, UNCERTAIN, FAILED, SKIPPED, SENT)
# The first that fits; what is a kind of another stands before it.
_REFUSALS: tuple[tuple[type[TelegramError], str], ...] = (
    (RetryAfter, "too_many"),
    (InvalidToken, "token"),
    (Forbidden, "forbidden"),
    (Conflict, "conflict"),
    (ChatMigrated, "migrated"),
    (BadRequest, "bad_request"),
    (NotSentError, "not_sent"),
    (TimedOut, "timed_out"),
    (NetworkError, "network"),
)
# No answer of Telegram's, so it says nothing of the token.
_SILENCE = ("not_sent", "timed_out", "network")


class Ended(StrEnum):
    """How an update ended."""

    DONE = "done"
    AGAIN = "again"  # it was done before
    REFUSED = "refused"  # what the person asked for is not allowed, and that was said
    SKIPPED = "skipped"  # the person writes faster than we can read
    FAULT = "fault"  # ours, and that we are sorry was said
    AWAY = "away"  # the database is away: the update must come again


@dataclass(slots=True)
class Latency:
    """How many took how long, in seconds."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def buckets(self) -> Iterator[tuple[str, int]]:
        """Upper bounds, and how many took no longer."""
        below = 0
        for bound, count in zip((*BOUNDS, "+Inf"), self.counts, strict=True):
            below += count
            yield str(bound), below


@dataclass(slots=True)
class Metrics:
    """The counts of one process. `token_refused` is the last that Telegram said of it."""

    updates: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    turns: dict[str, Latency] = field(default_factory=lambda: defaultdict(Latency))
    refusals: Counter[str] = field(default_factory=Counter[str])
    token_refused: bool = False
    last_done: float | None = None

    def update_ended(self, kind: str, ended: Ended, seconds: float) -> None:
        """An update came to its end."""
        self.updates[kind, ended] += 1
        self.turns[ended].add(seconds)
        if ended is not Ended.AWAY:
            self.last_done = monotonic()

    def heard(self, error: TelegramError | None) -> None:
        """How a call of the Bot API ended; None where it was answered."""
        kind = error and refusal(error)
        if kind is not None:
            self.refusals[kind] += 1
        if kind not in _SILENCE:
            self.token_refused = kind == "token"


def kind_of(raw: Mapping[str, Any]) -> str:
    """The kind of an update, as Telegram names it."""
    return next((kind for kind in ALLOWED if kind in raw), "other")


def refusal(error: TelegramError) -> str:
    """The kind of a refusal."""
    return next((name for kind, name in _REFUSALS if isinstance(error, kind)), "other")


def text(metrics: Metrics, outbox: Mapping[tuple[int, str], int] | None) -> tuple[bytes, str]:
    """All of it for Prometheus, and the type of that text; `outbox` counts rows by lane and state,
    None where the database does not answer.
    """
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
    from prometheus_client.registry import Collector

    class _Ours(Collector):
        def collect(self) -> Iterable["Metric"]:
            yield from _of_turns(metrics)
            yield from _of_sending(metrics, outbox)

    registry = CollectorRegistry()
    registry.register(_Ours())
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


def _of_turns(metrics: Metrics) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

    updates = CounterMetricFamily("quartieri_updates", "Updates", labels=["kind", "outcome"])
    for labels, count in metrics.updates.items():
        updates.add_metric(labels, count)
    yield updates
    turns = HistogramMetricFamily(
        "quartieri_turn_seconds", "From an update's coming to its commit", labels=["outcome"]
    )
    for outcome, latency in metrics.turns.items():
        turns.add_metric([outcome], list(latency.buckets()), latency.total)
    yield turns


def _of_sending(
    metrics: Metrics, outbox: Mapping[tuple[int, str], int] | None
) -> Iterator["Metric"]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    refusals = CounterMetricFamily(
        "quartieri_telegram_refusals", "Calls that were refused or not answered", labels=["kind"]
    )
    for name in (*(name for _, name in _REFUSALS), "other"):
        refusals.add_metric([name], metrics.refusals[name])
    yield refusals
    yield GaugeMetricFamily("quartieri_database_up", "1: it answers", value=outbox is not None)
    refused = metrics.token_refused
    yield GaugeMetricFamily("quartieri_token_refused", "1: Telegram refuses it", value=refused)
    if outbox is not None:
        rows = GaugeMetricFamily("quartieri_outbox", "Calls to make", labels=["lane", "state"])
        for lane, lane_name in LANES.items():
            # A ledger's lines that came to their end are many, and counted elsewhere.
            for state in STATES if lane < ANNOUNCE else (QUEUED, SENDING):
                rows.add_metric([lane_name, state], outbox.get((lane, state), 0))
        yield rows
