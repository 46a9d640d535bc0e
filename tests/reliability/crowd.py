"""People who hold a talk with processes that die meanwhile, and what must be true afterwards.

The emulator and the people are in the test's process. Time is counted in answers that people got:
a process is killed when so many were there.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

import aiohttp
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.session import connect
from db.tables import Answer, Bubble, Outgoing
from emulator.server import Running, start
from emulator.state import Person, World
from school.delivery import PAUSES_S, UNFINISHED
from school.outbox import UNCERTAIN
from tests.bench import ours
from tests.bench.load import FIRST, Crowd
from tests.bench.peers.talk import QUESTIONS
from tests.processes import SECONDS, Command, running

ANSWERS = [f"Answer {number}" for number in range(1, len(QUESTIONS))]
MESSAGES = ("/idea", ours.STAGE, *ANSWERS)
REPLIES = ("How far along is your idea?", *QUESTIONS[:-1], "Your idea")
PATIENCE_S = 60
_LONG_S = 0.1
_DIED = re.compile(r"(\d+) messages were being sent when a process stopped")
_UNSURE = re.compile(r"row \d+ \w+: uncertain")


@dataclass(slots=True, eq=False, kw_only=True)
class Watched(Crowd):
    """A crowd that says how far it is. Who hears nothing for long goes on all the same."""

    pause: Callable[[], float] | None = None  # seconds of thought before the next thing
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, person: int, step: int) -> None:
        """Queue one message, after a pause."""
        if self.pause is None:
            self._say_now(person, step)
        else:
            asyncio.get_running_loop().call_later(self.pause(), self._say_now, person, step)

    def _say_now(self, person: int, step: int) -> None:
        Crowd.say(self, person, step)
        asyncio.get_running_loop().call_later(PATIENCE_S, self._lose_patience, person, step)

    def _lose_patience(self, person: int, step: int) -> None:
        if person in self.sent_at and self.sent_at[person][2] == step:
            self.go_on(person, step)

    def answered(self, person: int) -> None:
        """Somebody looks at the phone."""
        Crowd.answered(self, person)
        self._moved.set()

    async def reached(self, answers: int) -> None:
        """Wait until people got so many answers, or all have said everything."""
        while len(self.latencies) < answers and not self.done.is_set():
            self._moved.clear()
            await asyncio.wait_for(self._moved.wait(), SECONDS)

    def close(self) -> None:
        """Nobody else begins; whoever talks says all there is to say."""
        absent = len(list(self.next))
        self.people -= absent
        self.left -= absent
        if not self.left:
            self.done.set()

    def _phones(self) -> Iterator[tuple[int, list[str]]]:
        """Each person with the bot's messages."""
        for number in range(FIRST, FIRST + self.people):
            chat = self.emulator.world.private_chat(number)
            shown = (message for message in chat.messages.values() if message["from"]["is_bot"])
            yield number, [str(message.get("text")) for message in shown]

    def unseen(self) -> Counter[int]:
        """How many answers no phone shows, by person."""
        return Counter(
            number
            for number, texts in self._phones()
            for reply in REPLIES
            if not any(reply in text for text in texts)
        )

    def doubled(self) -> int:
        """Messages of the bot beyond one for each of a person's."""
        said = sum(len(texts) for _, texts in self._phones())
        return said - (self.people * len(self.messages) - self.unseen().total())


@dataclass(slots=True, kw_only=True)
class Bots:
    """What a bot needs to be started, and what those that ran logged."""

    url: str
    folder: Path
    emulator: Running
    settings: dict[str, str]
    said: str = ""
    statuses: list[int] = field(default_factory=list[int])
    _spoke: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def bot(self, **own: str) -> AsyncGenerator[Command]:
        """A bot that takes part; one that still runs at the end is told to stop then."""
        async with running(self.folder, "run", **self.settings, **own) as bot:
            listening = asyncio.ensure_future(self._listen(bot))
            try:
                yield bot
                if bot.process.returncode is None:
                    bot.process.terminate()
                await asyncio.wait_for(listening, SECONDS)
                self.statuses.append(await bot.process.wait())
            finally:
                listening.cancel()

    async def killed(
        self, chance: Random, kills: int, reach: Callable[[], Awaitable[None]]
    ) -> None:
        """A bot is killed again and again, each time once something is reached, at any moment of
        the next tenth of a second.
        """
        for _ in range(kills):
            async with self.bot() as bot:
                await reach()
                moment = chance.uniform(0, _LONG_S)
                asyncio.get_running_loop().call_later(moment, bot.process.kill)
                await bot.process.wait()

    async def _listen(self, bot: Command) -> None:
        assert bot.process.stderr is not None
        async for line in bot.process.stderr:
            self.said += line.decode()
            self._spoke.set()

    async def says(self, words: str) -> None:
        """Wait until a bot has logged something."""
        while words not in self.said:
            self._spoke.clear()
            await asyncio.wait_for(self._spoke.wait(), SECONDS)

    async def at_rest(self) -> None:
        """Wait until the bot has nothing more to say."""
        # What was uncertain pauses before it goes again, though the person may have it already.
        for quiet_s in (1, *(pause + 2 for pause in PAUSES_S[1:])):
            await self._quiet_for(quiet_s)
            if not await self._unsent():
                break

    async def _unsent(self) -> int:
        database = connect(self.url)
        found = await database.run(_unsent)
        await database.close()
        return found

    async def _quiet_for(self, seconds: float) -> None:
        """Wait until the bot has made no call for so long."""
        asked = {"quiet_ms": str(1000 * seconds), "timeout_s": str(SECONDS)}
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{self.emulator.url}/sim/idle", params=asked) as answer,
        ):
            assert await answer.json() == {"idle": True}


@dataclass(slots=True, kw_only=True)
class Talk(Bots):
    """A talk under way, and who takes part."""

    crowd: Watched

    async def ended(self, seconds: float = 2 * SECONDS) -> None:
        """Wait until everybody has said all, and the bot has nothing more to say."""
        await asyncio.wait_for(self.crowd.done.wait(), seconds)
        await self.at_rest()


def give_phones(world: World, numbers: Iterable[int]) -> None:
    """Each of them has a phone, and wrote to the bot before."""
    for number in numbers:
        world.people[number] = Person(number, f"Person {number}", wrote=True)
        world.private_chat(number)


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


@asynccontextmanager
async def talking(
    url: str,
    folder: Path,
    people: int,
    pause: Callable[[], float] | None = None,
) -> AsyncGenerator[Talk]:
    """An emulator, and people who have not begun yet."""
    settings = await prepared(url, folder, people)
    async with await start(port=0) as emulator:
        crowd = Watched(emulator=emulator, messages=MESSAGES, people=people, pause=pause)
        given = {**settings, "api_url": emulator.url}
        yield Talk(url=url, folder=folder, emulator=emulator, crowd=crowd, settings=given)


def uncertain(said: str) -> int:
    """How many messages were being sent when a process died, or had no clear end."""
    return sum(int(found) for found in _DIED.findall(said)) + len(_UNSURE.findall(said))


class Kept(NamedTuple):
    """What the database holds: each person's answers in the order of the questions, how many
    messages they are made of, in which chats replies were given up, as Telegram failed for too
    long, and how many rows wait to be sent.
    """

    answers: list[list[str]]
    parts: int
    given_up: Counter[int]
    unsent: int


async def kept(url: str) -> Kept:
    """Ask the database, once no bot runs."""
    database = connect(url)
    found = await database.run(_kept)
    await database.close()
    return found


def _kept(session: Session) -> Kept:
    answers: dict[int, list[str]] = {}
    for idea, value in session.execute(
        select(Answer.idea_id, Answer.value)
        .where(Answer.question != "stage")
        .order_by(Answer.idea_id, Answer.question)
    ):
        answers.setdefault(idea, []).append(str(value["text"]))
    given_up = select(Outgoing.chat_id).where(Outgoing.state == UNCERTAIN)
    return Kept(
        answers=list(answers.values()),
        parts=session.scalar(select(func.count(Bubble.id))) or 0,
        unsent=_unsent(session),
        given_up=Counter(session.scalars(given_up)),
    )


def _unsent(session: Session) -> int:
    unsent = select(func.count()).where(Outgoing.state.in_(UNFINISHED))
    return session.scalar(unsent) or 0


async def nothing_is_lost(talk: Talk, *, telegram_fails: bool = False) -> None:
    """What must be true when all is said, whatever went wrong meanwhile: each word is kept and
    answered, once, but for what was uncertain, and for what Telegram failed too long for.
    """
    there, people = await kept(talk.url), talk.crowd.people
    assert there.unsent == 0
    assert there.answers == [ANSWERS] * people
    assert there.parts == people * (len(MESSAGES) - 1)
    assert talk.crowd.unseen() <= there.given_up
    assert telegram_fails or not there.given_up
    assert 0 <= talk.crowd.doubled() <= uncertain(talk.said)
