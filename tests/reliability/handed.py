"""Groups that hand their sheets to a tutor and get them back, through processes that die meanwhile.
The next thing is done once all is seen that the last one brings, on every phone and in the tutors'
group, so that a message that is lost ends all.
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import dossiers
from db.groups import Group, Member
from db.session import connect
from db.tables import Idea, Person, Role
from emulator import persons
from emulator.events import Reader
from emulator.json_types import Json
from emulator.keyboards import inline_buttons
from emulator.server import Running, start
from school import staff
from tests.bench.load import FIRST
from tests.processes import SECONDS
from tests.reliability.crowd import Bots, give_phones, prepared
from tests.stories.groups_made import given
from tests.stories.steps import PATHS, VALUES
from tests.world import example_school

DESK = -1009001
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ENGLISH = 'languages = ["en", "it"]'
_THOUGHT_S, _PATIENCE_S = 0.05, 1.0
Seen = tuple[int, str]  # a chat, and what one of the bot's messages there has


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does in a chat once all of this is seen: taps a button, or writes, perhaps as a
    reply to the message that begins so.
    """

    who: int
    chat: int
    taps: str = ""
    says: str = ""
    to: str = ""
    after: Sequence[Seen] = ()


@dataclass(slots=True)
class Hand:
    """A group's sheet on its way: what is done next."""

    number: int
    people: Sequence[int]
    tutor: int
    rounds: int
    done: int = 0
    thinks: bool = False

    @property
    def title(self) -> str:
        """What the idea is called."""
        return f"Idea {self.number}"

    def answer(self, at: int) -> str:
        """The answer that a tutor asks about, in a round."""
        return "Broken lamps are thrown away" if at == 1 else f"Answer {at} of {self.number}"

    def comment(self, at: int) -> str:
        """What a tutor asks in a round."""
        return f"Comment {at} of {self.number}"

    def all(self, said: str) -> list[Seen]:
        """Something that each of its people sees."""
        return [(person, said) for person in self.people]

    def steps(self) -> Iterator[Step]:
        """All that is done, in its order."""
        lead, *others = self.people
        yield Step(lead, lead, says="/idea")
        yield Step(lead, lead, taps="Send it to a tutor")
        yield Step(lead, lead, taps="Yes, ask the others")
        for person in others:
            yield Step(person, person, taps="I agree")
        there = (DESK, f"{self.title}\nVersion 1")
        yield Step(self.tutor, DESK, taps="Take it", after=[there])
        after = self.all("The sheet is with Tom now.")
        for at in range(1, self.rounds + 1):
            yield from self._round(at, after)
            after = [*self.all(f"Version {at + 1}"), *self._of_version(at + 1)]
        yield Step(self.tutor, DESK, taps="Ready to send", after=after)
        yield Step(self.tutor, DESK, taps="Yes, ready to send")
        end = [*self.all("Tom says: it is ready to send."), (DESK, "Ready to send, says Tom.")]
        yield Step(lead, lead, says="/idea", after=end)

    def _round(self, at: int, after: Sequence[Seen]) -> Iterator[Step]:
        lead, tutor, comment = self.people[0], self.tutor, self.comment(at)
        yield Step(tutor, DESK, taps="Ask for changes", after=after)
        yield Step(tutor, DESK, taps="Useful")
        yield Step(tutor, DESK, taps="The problem")
        yield Step(tutor, DESK, says=comment, to=f"The problem\n{self.answer(at)}")
        collected = (DESK, f"The problem: {comment}")
        yield Step(tutor, DESK, taps="Send all", after=[collected])
        yield Step(lead, lead, taps="Change: The problem", after=self.all(f"Comment: {comment}"))
        asks = (lead, f"Your tutor asks: “{comment}”")
        yield Step(lead, lead, says=self.answer(at + 1), after=[asks])
        now = (lead, f"The problem: {self.answer(at + 1)}")
        yield Step(lead, lead, taps="Send it again", after=[now])

    def _of_version(self, at: int) -> list[Seen]:
        return [(DESK, f"{self.title}\nVersion {at}"), (DESK, f"Now: {self.answer(at)}")]

    def told(self) -> Mapping[int, Sequence[str]]:
        """How all that is told begins, by chat and in its order: of a screen that is drawn in place
        nothing stays to be told.
        """
        lead, *others = self.people
        rounds = range(1, self.rounds + 1)
        own = ["The sheet is with Tom now.", *(line for at in rounds for line in self._own(at))]
        ready = "Tom says: it is ready to send."
        back = "The sheet is back with Tom."
        desk = [line for at in rounds for line in self._at_desk(at)]
        return {
            lead: [*(line for line in own if not line.startswith(back)), ready],
            **{person: [*own, ready] for person in others},
            DESK: [*desk, *self._version(self.rounds + 1)],
        }

    def _own(self, at: int) -> list[str]:
        asked = f"The problem\nYour answer: {self.answer(at)}\nComment: {self.comment(at)}"
        return [
            "Tom is reading the sheet.",
            f"Tom asks you to change something:\n\n{asked}",
            f"The sheet is back with Tom.\nVersion {at + 1}",
        ]

    def _at_desk(self, at: int) -> list[str]:
        return [*self._version(at), f"The problem\n{self.answer(at)}", "1 comment is sent."]

    def _version(self, at: int) -> list[str]:
        changed = (
            f"Version {at}: what has changed\n\nThe problem\nYou asked: {self.comment(at - 1)}\n"
            f"Before: {self.answer(at - 1)}\nNow: {self.answer(at)}"
        )
        return [f"{self.title}\nVersion {at}", *([changed] if at > 1 else [])]


@dataclass(slots=True, eq=False, kw_only=True)
class Handing(Reader):
    """All groups, and how far they are."""

    emulator: Running
    hands: Sequence[Hand]
    done: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, key: str, text: str) -> None:  # noqa: ARG002 - Reader's signature
        """Something changed: whoever has seen enough goes on."""
        asyncio.get_running_loop().call_soon(self._go_on)

    def begin(self) -> None:
        """Everybody does the first thing."""
        self.emulator.world.events.readers.add(self)
        self._go_on()

    @property
    def all_done(self) -> int:
        """How much there is to do."""
        return sum(len(list(hand.steps())) for hand in self.hands)

    async def reached(self, steps: int) -> None:
        """Wait until so much is done."""
        while self.done < min(steps, self.all_done):
            self._moved.clear()
            await asyncio.wait_for(self._moved.wait(), SECONDS)

    def _go_on(self) -> None:
        for hand in self.hands:
            left = list(hand.steps())[hand.done :]
            if left and not hand.thinks and all(self._is_seen(hand, *one) for one in left[0].after):
                hand.thinks = self._can(hand, left[0])
                if hand.thinks:
                    asyncio.get_running_loop().call_later(_THOUGHT_S, self._go, hand, left[0])

    def _go(self, hand: Hand, step: Step) -> None:
        self._does(hand, step)
        hand.done, hand.thinks, self.done = hand.done + 1, False, self.done + 1
        self._moved.set()
        if step.to:
            asyncio.get_running_loop().call_later(_PATIENCE_S, self._replies, hand, step, hand.done)
        self._go_on()

    def _replies(self, hand: Hand, step: Step, done: int) -> None:
        """Who replied to what was sent twice sees that nothing comes, and replies to the newest."""
        if hand.done == done and not hand.thinks:
            self._does(hand, step)
            asyncio.get_running_loop().call_later(_PATIENCE_S, self._replies, hand, step, done)

    def _is_seen(self, hand: Hand, chat: int, text: str) -> bool:
        return any(text in _said(message) for message in self._shown(hand, chat))

    def _shown(self, hand: Hand, chat: int) -> list[Json]:
        """The bot's messages in a chat, in the group's topic where it is the tutors'."""
        found = self.emulator.world.chats[chat]
        own = [topic.id for topic in found.topics.values() if topic.name.startswith(hand.title)]
        return [
            message
            for message in found.messages.values()
            if message["from"]["is_bot"]
            and (chat != DESK or message.get("message_thread_id") in own)
        ]

    def _can(self, hand: Hand, step: Step) -> bool:
        return not (step.taps or step.to) or bool(self._fits(hand, step))

    def _fits(self, hand: Hand, step: Step) -> list[tuple[Json, str]]:
        """The messages that have the button, with its data, or that begin as they should."""
        return [
            (message, button["callback_data"])
            for message in self._shown(hand, step.chat)
            for button in (inline_buttons(message) if step.taps else [{"callback_data": ""}])
            if (button["text"] == step.taps if step.taps else _said(message).startswith(step.to))
        ]

    def _does(self, hand: Hand, step: Step) -> None:
        world, fits = self.emulator.world, self._fits(hand, step)
        person, chat = world.people[step.who], world.chats[step.chat]
        if step.taps and fits:
            persons.press(world, person, chat, *fits[-1])
        elif step.says:
            to = fits[-1][0]["message_id"] if step.to else None
            persons.write(world, person, chat, persons.text_content(step.says), reply_to=to)
        world.settle()

    def _told(self) -> Iterator[tuple[Hand, int, Sequence[str], list[str]]]:
        """What is to be told in a chat, and what of it stands there, in their order."""
        for hand in self.hands:
            for chat, expected in hand.told().items():
                said = [_said(message) for message in self._shown(hand, chat)]
                shown = [one for text in said for one in {*expected} if text.startswith(one)]
                yield hand, chat, expected, shown

    def lost(self) -> list[tuple[str, int, str]]:
        """What is not told as often as it is to be."""
        return [
            (hand.title, chat, text)
            for hand, chat, expected, shown in self._told()
            for text in Counter(expected) - Counter(shown)
        ]

    def out_of_order(self) -> list[tuple[str, int]]:
        """Where something is told before what is to be told before it."""
        return [
            (hand.title, chat)
            for hand, chat, expected, shown in self._told()
            if list(dict.fromkeys(shown)) != list(dict.fromkeys(expected))
        ]

    def doubled(self) -> int:
        """How much is told more often than it is to be."""
        return sum(
            (Counter(shown) - Counter(expected)).total() for _, _, expected, shown in self._told()
        )


def _said(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


@asynccontextmanager
async def handing(
    url: str, folder: Path, groups: int = 2, members: int = 2, rounds: int = 2
) -> AsyncGenerator[tuple[Bots, Handing]]:
    """An emulator with the tutors' group, and groups that have not begun yet."""
    tutor = FIRST + groups * members
    hands = [
        Hand(one, range(FIRST + one * members, FIRST + (one + 1) * members), tutor, rounds)
        for one in range(groups)
    ]
    settings = {**await prepared(url, folder, groups * members + 1)}
    settings["school"] = str(example_school(folder / "english", school=_ENGLISH))
    async with await start(port=0) as emulator:
        _people(emulator, tutor)
        database = connect(url)
        await database.run(lambda session: _add(session, hands))
        await database.close()
        given_settings = {**settings, "api_url": emulator.url}
        bots = Bots(url=url, folder=folder, emulator=emulator, settings=given_settings)
        yield bots, Handing(emulator=emulator, hands=hands)


def _people(emulator: Running, tutor: int) -> None:
    """Everybody has a phone, and the tutor is in the group."""
    world = emulator.world
    give_phones(world, range(FIRST, tutor + 1))
    group = world.group(DESK)
    group.title, group.forum = "Tutors", True
    group.members[tutor] = "administrator"


def _add(session: Session, hands: Sequence[Hand]) -> None:
    session.add(dossiers.Desk(chat_id=DESK, title="Tutors", at=_NOW))
    everybody = {one.telegram_id: one for one in session.scalars(select(Person))}
    for number, person in everybody.items():
        person.name = f"Member {number}"
    tutor = everybody[hands[0].tutor]
    tutor.name = "Tom"
    session.add(Role(person_id=tutor.id, role=staff.TUTOR, at=_NOW))
    for hand in hands:
        _sheet(session, hand, [everybody[number] for number in hand.people])


def _sheet(session: Session, hand: Hand, members: Sequence[Person]) -> None:
    group = Group(name="A group", lead_id=members[0].id, created_at=_NOW)
    session.add(group)
    session.flush()
    for person in members:
        session.add(Member(person_id=person.id, group_id=group.id, joined_at=_NOW))
    idea = Idea(group_id=group.id, created_at=_NOW, title=hand.title)
    session.add(idea)
    session.flush()
    given(session, idea, {key: VALUES[key] for key in PATHS["intuition"]}, _NOW)
