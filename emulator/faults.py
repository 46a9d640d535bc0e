"""Injected faults: what the network and Telegram do on a bad day. The first that fits wins."""

from dataclasses import dataclass, field
from typing import cast

from emulator.json_types import Json, as_object
from emulator.refusals import SimError

WITHOUT_EFFECT = frozenset({"refuse", "reset", "html"})
KINDS = WITHOUT_EFFECT | {"lost", "slow"}
NUMBERS = {"chat": int, "status": int, "retry_after": int, "delay_ms": (int, float), "times": int}
RANGES = {"status": (400, 599), "retry_after": (0, 1_000_000), "delay_ms": (0, 1_000_000_000)}


@dataclass(slots=True)
class Fault:
    """`method` lower case, None for all but getUpdates; `times`: how many calls it still meets."""

    kind: str
    method: str | None = None
    chat: int | None = None
    status: int = 500
    retry_after: int | None = None
    delay_ms: float = 0
    times: int = 1

    def fits(self, method: str, chat: object) -> bool:
        """Whether a call (method in lower case) meets this fault."""
        wanted = method != "getupdates" if self.method is None else method == self.method
        return wanted and (self.chat is None or self.chat == chat)


@dataclass(slots=True)
class Faults:
    """The list now in force."""

    waiting: list[Fault] = field(default_factory=list[Fault])

    def meet(self, method: str, chat: object) -> Fault | None:
        """The fault that this call meets, which is so used up once."""
        for fault in self.waiting:
            if fault.fits(method, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None


def read_faults(body: object) -> list[Fault]:
    """The faults of a `POST /sim/faults`.

    Raises:
        SimError: 400, saying which entry is wrong.
    """
    if not isinstance(body, list):
        raise SimError(400, "faults are a list of objects")
    entries = cast("list[object]", body)
    faults = [_read(number, entry) for number, entry in enumerate(entries)]
    return [fault for fault in faults if fault.times > 0]


def _read(number: int, entry: object) -> Fault:
    given = as_object(entry)
    if given is None:
        raise SimError(400, f"fault {number} is not an object")
    given = {key: value for key, value in given.items() if value is not None}
    _check(number, given)
    if "method" in given:
        given["method"] = given["method"].lower()
    return Fault(**given)


def _check(number: int, given: Json) -> None:
    unknown = sorted(set(given) - set(NUMBERS) - {"kind", "method"})
    if unknown:
        raise SimError(400, f"fault {number}: unknown key {unknown[0]!r}")
    if str(given.get("kind")) not in KINDS:
        raise SimError(400, f"fault {number}: 'kind' is one of {', '.join(sorted(KINDS))}")
    for key, kind in NUMBERS.items():
        if key in given and (not isinstance(given[key], kind) or isinstance(given[key], bool)):
            raise SimError(400, f"fault {number}: {key!r} is a number")
    for key, (least, most) in RANGES.items():
        if not least <= given.get(key, least) <= most:
            raise SimError(400, f"fault {number}: {key!r} is from {least} to {most}")
    if not isinstance(given.get("method", ""), str):
        raise SimError(400, f"fault {number}: 'method' is the name of a method")
