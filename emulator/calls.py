"""The log of Bot API calls, in the order of their effects; the last 100,000 are kept."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from emulator.json_types import Json

KEPT = 100_000


@dataclass(slots=True)
class Call:
    """`at`: real unix seconds; `status`: None where the connection was cut."""

    n: int
    at: float
    method: str
    params: Json
    status: int | None
    result: object
    """Also JSON text as bytes, decoded when shown."""
    description: str | None
    problems: list[str]
    unknown: bool

    def shown(self) -> Json:
        """The call as `GET /sim/calls` tells it."""
        told: Json = {
            "n": self.n,
            "at": self.at,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "problems": self.problems,
            "unknown": self.unknown,
        }
        if self.description is not None:
            told["description"] = self.description
        else:
            told["result"] = _decoded(self.result)
        return told


def _decoded(result: object) -> object:
    return json.loads(result) if isinstance(result, bytes) else result


@dataclass(slots=True)
class Calls:
    """Numbers start at 1 and have no gaps."""

    kept: deque[Call] = field(default_factory=lambda: deque[Call](maxlen=KEPT))
    count: int = 0

    def add(self, call: Call) -> None:
        """Appends a call and numbers it."""
        self.count += 1
        call.n = self.count
        self.kept.append(call)

    def after(self, n: int, *, polls: bool) -> Iterator[Call]:
        """Calls numbered above n; without getUpdates unless `polls`."""
        first = self.count - len(self.kept)
        for call in islice(self.kept, min(max(0, n - first), len(self.kept)), None):
            if polls or call.method != "getUpdates":
                yield call
