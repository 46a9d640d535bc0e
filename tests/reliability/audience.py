"""People who are told something, while processes die or calls fail, and what must be true then:
nobody got it twice, nobody was left out, and the ledger says so.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.session import connect
from db.tables import Outgoing
from emulator.events import Reader
from emulator.faults import Faults
from emulator.server import Running, start
from school.announcements import DONE
from school.outbox import ANNOUNCE, FAILED, SENT, UNCERTAIN
from tests.bench import ours
from tests.bench.load import FIRST
from tests.foreign import a_moment
from tests.processes import SECONDS
from tests.reliability.crowd import Bots, give_phones, prepared
from tests.reliability.trials import AtRandom

NEWS = "We meet on Saturday."
_LOOK_S = 0.2


@dataclass(slots=True, eq=False, kw_only=True)
class Phones(Reader):
    """People who only read; `got` is how often each of them has the news."""

    emulator: Running
    people: int
    got: Counter[int] = field(default_factory=Counter[int])

    def __post_init__(self) -> None:
        give_phones(self.emulator.world, self.numbers)
        self.emulator.world.events.readers.add(self)

    @property
    def numbers(self) -> Sequence[int]:
        """Their chats."""
        return range(FIRST, FIRST + self.people)

    def offer(self, key: str, text: str) -> None:  # noqa: ARG002 - Reader's signature
        """A chat changed: the bot, who alone speaks here, has said something."""
        if text.startswith('{"chat":'):
            chat = int(text[8:-1])
            self.got[chat] = len(self.emulator.world.chats[chat].messages)
            self.woken.set()

    async def reached(self, messages: int) -> None:
        """Wait until so many came."""
        while self.got.total() < messages:
            self.woken.clear()
            await asyncio.wait_for(self.woken.wait(), SECONDS)


@dataclass(slots=True, kw_only=True)
class Broadcast(Bots):
    """An announcement under way."""

    phones: Phones

    async def over(self, seconds: float = 3 * SECONDS) -> None:
        """Wait until nobody is left."""
        database = connect(self.url)
        async with asyncio.timeout(seconds):
            while await database.run(_state) != DONE:
                await a_moment(_LOOK_S)
        await database.close()


def _state(session: Session) -> str:
    return session.get_one(Announcement, 1).state


@asynccontextmanager
async def broadcast(
    url: str, folder: Path, people: int, per_second: int
) -> AsyncGenerator[Broadcast]:
    """An emulator with people, and an announcement that no bot has begun to send."""
    settings = {**await prepared(url, folder, people), "per_second": str(per_second)}
    database = connect(url)
    await database.run(partial(ours.announce, people=people, words=NEWS))
    await database.close()
    async with await start(port=0) as emulator:
        phones = Phones(emulator=emulator, people=people)
        given = {**settings, "api_url": emulator.url}
        yield Broadcast(url=url, folder=folder, emulator=emulator, phones=phones, settings=given)


async def killed(there: Broadcast, chance: Random, kills: int, within: int) -> None:
    """A bot is killed again and again, each time after at most so many further messages, at any
    moment of the next tenth of a second; the last one sends what is left.
    """
    phones = there.phones
    await there.killed(
        chance, kills, lambda: phones.reached(phones.got.total() + chance.randint(1, within))
    )
    async with there.bot():
        await there.over()


async def failing(there: Broadcast, faults: AtRandom, seconds: float = 3 * SECONDS) -> None:
    """Calls fail from the first messages on, until nobody is left."""
    async with there.bot():
        await there.phones.reached(1)
        there.emulator.world.faults = faults
        await there.over(seconds)
        there.emulator.world.faults = Faults()


class Figures(NamedTuple):
    """What became of it: the ledger's counts, who has it twice, who has it or not and the ledger
    says something else, and who is in no ledger.
    """

    states: Mapping[str, int]
    twice: int
    otherwise: int
    left_out: int


async def figures(there: Broadcast) -> Figures:
    """Compare the ledger with what phones show, once no bot runs."""
    database = connect(there.url)
    states = await database.run(_states)
    await database.close()
    got, numbers = there.phones.got, there.phones.numbers
    # Of what is uncertain either may be true.
    known = {chat: state for chat, state in states.items() if state != UNCERTAIN}
    return Figures(
        states=Counter(states.values()),
        twice=sum(got[chat] > 1 for chat in numbers),
        otherwise=sum((got[chat] == 1) != (state == SENT) for chat, state in known.items()),
        left_out=sum(states.get(chat) not in (SENT, UNCERTAIN, FAILED) for chat in numbers),
    )


def _states(session: Session) -> dict[int, str]:
    query = select(Outgoing.chat_id, Outgoing.state).where(Outgoing.lane == ANNOUNCE)
    return {row.chat_id: row.state for row in session.execute(query)}
