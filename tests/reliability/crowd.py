"""People who hold a talk with processes that die meanwhile, and what must be true afterwards.

The emulator and the people are in the test's process. Time is counted in answers that people got:
a process is killed when so many were there.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from sqlalchemy import select

from db.session import connect
from db.tables import Answer, Bubble, Outgoing
from school.delivery import UNFINISHED
from tests.bench import ours
from tests.bench.load import FIRST, Crowd
from tests.bench.peers.talk import QUESTIONS

ANSWERS = [f"Answer {number}" for number in range(1, len(QUESTIONS))]
MESSAGES = ("/idea", ours.STAGE, *ANSWERS)
_DIED = re.compile(r"(\d+) messages were being sent when a process stopped")
_UNSURE = re.compile(r"row \d+ \w+: uncertain")


@dataclass(slots=True, eq=False, kw_only=True)
class Watched(Crowd):
    """A crowd that says how far it is."""

    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def answered(self, person: int) -> None:
        """Somebody looks at the phone."""
        Crowd.answered(self, person)
        self._moved.set()

    async def reached(self, answers: int) -> None:
        """Wait until people got so many answers."""
        while len(self.latencies) < answers:
            self._moved.clear()
            await asyncio.wait_for(self._moved.wait(), 60)

    def doubled(self) -> int:
        """Messages of the bot beyond one for each of a person's."""
        chats = (
            self.emulator.world.private_chat(number) for number in range(FIRST, FIRST + self.people)
        )
        said = sum(
            message["from"]["is_bot"] for chat in chats for message in chat.messages.values()
        )
        return said - self.people * len(self.messages)


async def faulty(url: str, faults: Sequence[Mapping[str, object]]) -> None:
    """Let calls to the emulator at a URL fail, each fault once, in this order."""
    async with aiohttp.ClientSession() as http:
        body = [{**fault, "times": 1} for fault in faults]
        async with http.post(f"{url}/sim/faults", json=body) as answer:
            assert answer.status == 200, await answer.text()


async def at_rest(url: str) -> None:
    """Wait until a bot has nothing more to say to the emulator at a URL."""
    async with aiohttp.ClientSession() as http:
        asked = {"quiet_ms": "1000", "timeout_s": "60"}
        async with http.get(f"{url}/sim/idle", params=asked) as answer:
            assert await answer.json() == {"idle": True}


async def prepared(url: str, folder: Path, people: int) -> Mapping[str, str]:
    """The settings of a bot whose database knows the people."""
    database = connect(url)
    await database.run(lambda session: ours.add(session, people))
    await database.close()
    return {
        "token": "42:EMULATOR",
        "database_url": url,
        "school": str(ours.school(folder / "school")),
        "per_second": "0",
        "keep_copies": "0",
        "log_level": "WARNING",
    }


def uncertain(said: str) -> int:
    """How many messages were being sent when a process died, or had no clear end."""
    return sum(int(found) for found in _DIED.findall(said)) + len(_UNSURE.findall(said))


async def kept(url: str) -> tuple[list[list[str]], int, int]:
    """Each person's answers in the order of the questions; how many messages they are made of, and
    how many rows wait to be sent.
    """
    database = connect(url)
    rows = await database.run(
        lambda session: session.execute(
            select(Answer.idea_id, Answer.value)
            .where(Answer.question != "stage")
            .order_by(Answer.idea_id, Answer.question)
        ).all()
    )
    parts = await database.run(lambda session: len(session.scalars(select(Bubble.id)).all()))
    waiting = select(Outgoing.id).where(Outgoing.state.in_(UNFINISHED))
    unsent = await database.run(lambda session: len(session.scalars(waiting).all()))
    await database.close()
    people: dict[int, list[str]] = {}
    for idea, value in rows:
        people.setdefault(idea, []).append(str(value["text"]))
    return list(people.values()), parts, unsent
