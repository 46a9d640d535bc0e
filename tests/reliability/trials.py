"""What a talk has to come through, at any size: small in the tests, at full size in the soak."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from emulator.faults import Fault, Faults
from tests.processes import SECONDS
from tests.reliability.crowd import Talk

KINDS: tuple[Mapping[str, Any], ...] = (
    {"kind": "refuse", "status": 500},
    {"kind": "refuse", "status": 429, "retry_after": 1},
    {"kind": "html"},
    {"kind": "reset"},
    {"kind": "lost"},
    {"kind": "slow", "delay_ms": 200},
)
# Beyond the time that an answer may take; not of getUpdates, for which everybody would wait.
TOO_SLOW: Mapping[str, Any] = {"kind": "slow", "delay_ms": 21_000}


@dataclass(slots=True, kw_only=True)
class AtRandom(Faults):
    """A share of all calls fails, getUpdates too, each in a way drawn by lot."""

    chance: Random
    share: float
    kinds: Sequence[Mapping[str, Any]] = KINDS
    met: dict[str, int] = field(default_factory=dict[str, int])

    def meet(self, method: str, chat: object) -> Fault | None:  # noqa: ARG002 - Faults' signature
        """The fault that this call meets, if any."""
        if self.chance.random() >= self.share:
            return None
        kind = self.chance.choice(self.kinds)
        if method == "getupdates" and kind is TOO_SLOW:
            return None
        self.met[method] = self.met.get(method, 0) + 1
        return Fault(**kind)


async def killed(talk: Talk, chance: Random, kills: int, within: int) -> None:
    """A bot is killed again and again, each time after at most so many further answers, at any
    moment of the next tenth of a second.
    """
    crowd = talk.crowd
    await talk.killed(
        chance, kills, lambda: crowd.reached(len(crowd.latencies) + chance.randint(1, within))
    )
    talk.crowd.close()
    async with talk.bot():
        await talk.ended()


async def failing(talk: Talk, faults: AtRandom, seconds: float = 0) -> None:
    """Calls fail from the first answers on, while people come for so many seconds, until everybody
    has said all.
    """
    world, crowd = talk.emulator.world, talk.crowd
    async with talk.bot():
        await crowd.reached(10)
        world.faults = faults
        asyncio.get_running_loop().call_later(seconds, crowd.close)
        await asyncio.wait_for(crowd.done.wait(), seconds + 5 * SECONDS)
        world.faults = Faults()
        await talk.ended()
