"""Groups and their tutor who write to each other through processes that die meanwhile. Each says
the next thing once the last one was seen by a reader, so a word that is lost ends all.
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.groups import Group, Member
from db.session import connect
from db.tables import Handle, Idea, Person, Role
from emulator import persons
from emulator.events import Reader
from emulator.messages import put
from emulator.server import Running, start
from school import desk, dossiers, people, staff
from tests.bench.load import FIRST
from tests.processes import SECONDS
from tests.reliability.crowd import Bots, give_phones, prepared

GROUPS, MEMBERS, WORDS = 2, 3, 12
TUTOR = FIRST + GROUPS * MEMBERS
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(slots=True)
class Speaker:
    """Somebody who has words for others: how they begin on whose phone, and what is replied to."""

    number: int
    name: str
    heard: dict[int, str]
    card: int | None = None
    said: int = 0

    def word(self, step: int) -> str:
        """One of the words, of which no two are the same."""
        return f"{self.name} says {step}"


@dataclass(slots=True, eq=False, kw_only=True)
class Writing(Reader):
    """All who write."""

    emulator: Running
    speakers: Sequence[Speaker]
    arrived: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, key: str, text: str) -> None:  # noqa: ARG002 - Reader's signature
        """Something changed: whoever was heard goes on."""
        asyncio.get_running_loop().call_soon(self._go_on)

    def begin(self) -> None:
        """Everybody says the first word."""
        self.emulator.world.events.readers.add(self)
        for speaker in self.speakers:
            self._say(speaker)

    def _say(self, speaker: Speaker) -> None:
        world = self.emulator.world
        speaker.said += 1
        person, chat = world.people[speaker.number], world.private_chat(speaker.number)
        content = persons.text_content(speaker.word(speaker.said))
        persons.write(world, person, chat, content, reply_to=speaker.card)
        world.settle()

    def _go_on(self) -> None:
        for speaker in self.speakers:
            heard = speaker.word(speaker.said)
            if speaker.said < WORDS and any(heard in shown for _, shown in self._shown(speaker)):
                self.arrived += 1
                self._moved.set()
                self._say(speaker)

    def _shown(self, speaker: Speaker) -> list[tuple[int, str]]:
        """What of a speaker is on others' phones: whose, and the words, in their order."""
        chats = self.emulator.world.chats
        return [
            (reader, str(message.get("text")))
            for reader, heading in speaker.heard.items()
            for message in chats[reader].messages.values()
            if message["from"]["is_bot"] and str(message.get("text")).startswith(heading)
        ]

    async def reached(self, words: int) -> None:
        """Wait until so many words were seen, or all there are."""
        while self.arrived < min(words, self.all_said):
            self._moved.clear()
            await asyncio.wait_for(self._moved.wait(), SECONDS)

    @property
    def all_said(self) -> int:
        """How many words are followed by another one."""
        return len(self.speakers) * (WORDS - 1)

    def out_of_order(self) -> list[tuple[str, int]]:
        """Whose words are not all on a reader's phone in their order, but for what came twice."""
        return [
            (speaker.name, reader)
            for speaker in self.speakers
            for reader, heading in speaker.heard.items()
            if list(dict.fromkeys(text for one, text in self._shown(speaker) if one == reader))
            != [f"{heading}{speaker.word(step + 1)}" for step in range(WORDS)]
        ]

    def doubled(self) -> int:
        """How many words are on a phone more than once."""
        shown = Counter(place for speaker in self.speakers for place in self._shown(speaker))
        return sum(times - 1 for times in shown.values())


@asynccontextmanager
async def tutored(url: str, folder: Path) -> AsyncGenerator[tuple[Bots, Writing]]:
    """An emulator, and people who have not begun yet."""
    settings = await prepared(url, folder, GROUPS * MEMBERS + 1)
    async with await start(port=0) as emulator:
        cards = [_card(emulator) for _ in range(GROUPS)]
        database = connect(url)
        await database.run(lambda session: _add(session, cards))
        await database.close()
        given = {**settings, "api_url": emulator.url}
        bots = Bots(url=url, folder=folder, emulator=emulator, settings=given)
        yield bots, Writing(emulator=emulator, speakers=_speakers(cards))


def _card(emulator: Running) -> int:
    """A card in the tutor's chat; everybody has a phone from the first one on."""
    world = emulator.world
    give_phones(world, range(FIRST, TUTOR + 1))
    return put(world, world.private_chat(TUTOR), world.bot.id, {"text": "A card"})["message_id"]


def _speakers(cards: Sequence[int]) -> list[Speaker]:
    found: list[Speaker] = []
    for group, card in enumerate(cards):
        numbers = range(FIRST + group * MEMBERS, FIRST + (group + 1) * MEMBERS)
        heard = dict.fromkeys(numbers, "Tom, tutor\n")
        found.append(Speaker(TUTOR, f"Tom of {group}", heard, card))
        for number in numbers:
            others = {n: f"{_name(number)} to your tutor:\n" for n in numbers if n != number}
            found.append(Speaker(number, _name(number), {TUTOR: f"{_name(number)}\n", **others}))
    return found


def _name(number: int) -> str:
    return f"Member {number}" if number != TUTOR else "Tom"


def _add(session: Session, cards: Sequence[int]) -> None:
    everybody = session.scalars(select(Person).order_by(Person.telegram_id)).all()
    for person in everybody:
        person.name, person.expects = _name(person.telegram_id or 0), people.TUTOR
    *members, tutor = everybody
    session.add(Role(person_id=tutor.id, role=staff.TUTOR, at=_NOW))
    for number, card in enumerate(cards):
        dossier = _dossier(session, members[number * MEMBERS : (number + 1) * MEMBERS], tutor)
        slot = desk.slot(dossier, "card")
        session.add(Handle(chat_id=TUTOR, slot=slot, message_id=card))


def _dossier(session: Session, members: Sequence[Person], tutor: Person) -> Dossier:
    group = Group(name="A group", lead_id=members[0].id, created_at=_NOW)
    session.add(group)
    session.flush()
    for person in members:
        session.add(Member(person_id=person.id, group_id=group.id, joined_at=_NOW))
    idea = Idea(group_id=group.id, created_at=_NOW)
    session.add(idea)
    session.flush()
    dossier = Dossier(idea_id=idea.id, state=dossiers.TAKEN, since=_NOW, tutor_id=tutor.id)
    session.add(dossier)
    session.flush()
    return dossier
