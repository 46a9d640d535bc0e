"""The tutors' supergroup in a story: its topics, what stands in them, and what people do there.

`desk = await at_desk(town, carla, tom)` makes it and binds it; then `await desk.taps(tom, "...")`,
`await desk.replies(tom, number, text="...")`, and `desk.sees("name of a topic")`. A topic is named
by its name; None is General. Topics are made by the bot.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from db import dossiers
from handlers.turn import HelpDesk
from school import dossiers as dossiers_of
from school import people
from tests.world import Json, Phone, World, plain

DESK = -1007001
_MEDIA = ("photo", "document", "voice", "audio", "video", "location")


@dataclass(repr=False)
class Desk:
    """A group as its people see it, after whatever somebody did there."""

    world: World
    id: int = DESK
    messages: list[Json] = field(default_factory=list[Json])
    toasts: list[str] = field(default_factory=list[str])
    topics: dict[str, int] = field(default_factory=dict[str, int])
    closed: list[str] = field(default_factory=list[str])
    reactions: dict[int, list[str]] = field(default_factory=dict[int, list[str]])

    async def look(self) -> None:
        """Read what the group shows now; topics are in the order in which they were made."""
        shown = await self.world.sim(f"chats/{self.id}")
        self.messages = shown["messages"]
        self.toasts = [plain(answer["text"] or "") for answer in shown["answers"] if answer]
        self.topics = {topic["name"]: topic["message_thread_id"] for topic in shown["topics"]}
        self.closed = [topic["name"] for topic in shown["topics"] if topic["closed"]]
        self.reactions = {int(number): emoji for number, emoji in shown["reactions"].items()}

    async def _do(self, call: str, who: Phone, **body: object) -> Json:
        done = await self.world.sim(call, {"user": who.id, "chat": self.id, **body})
        await self.world.settle()
        await self.look()
        await who.look()
        return done

    async def says(self, who: Phone, text: str, topic: str | None = None) -> int:
        """Write something that is no reply; its number."""
        return (await self._do("send", who, text=text, **self._where(topic)))["message_id"]

    async def replies(self, who: Phone, to: int, **what: object) -> int:
        """Reply to a message: text="...", or what the control API knows besides; its number."""
        return (await self._do("send", who, reply_to=to, **what))["message_id"]

    async def edits(self, who: Phone, message: int, text: str) -> None:
        """Edit an own message."""
        await self._do("edit", who, message=message, text=text)

    async def reacts(self, who: Phone, message: int, emoji: str | None) -> None:
        """Put an emoji on a message."""
        await self._do("react", who, message=message, emoji=emoji)

    async def taps(self, who: Phone, label: str, topic: str | None = None) -> None:
        """Tap the newest button with this label, in a topic if it is named."""
        where = {} if topic is None else {"message": self._with(label, topic)}
        await self._do("press", who, label=label, **where)

    async def taps_data(self, who: Phone, data: str, message: int | None = None) -> None:
        """Send callback data as a changed or an old app would."""
        where = {} if message is None else {"message": message}
        await self._do("press", who, data=data, **where)

    async def topic(self, name: str, do: str) -> None:
        """Close, reopen or delete a topic, as an administrator does."""
        await self.world.sim("topics", {"chat": self.id, "thread": self.topics[name], "do": do})
        await self.world.settle()
        await self.look()

    async def the_bot_is(self, status: str, *without: str) -> None:
        """Make the bot a member, an administrator (without some rights), left or kicked."""
        member = {"chat": self.id, "user": "bot", "status": status, "without": [*without]}
        await self.world.sim("members", member)
        await self.world.settle()
        await self.look()

    def posts(self, topic: str | None = None) -> list[Json]:
        """The bot's messages in a topic, oldest first, without those about the topic itself."""
        thread = None if topic is None else self.topics[topic]
        return [
            message
            for message in self.messages
            if message["from"]["is_bot"]
            and (message.get("message_thread_id") if message.get("is_topic_message") else None)
            == thread
            and not any(key.startswith("forum_topic") for key in message)
        ]

    def sees(self, topic: str | None = None) -> list[str]:
        """What they say now; what has no words is named by its kind, such as [voice]."""
        return [_said(message) for message in self.posts(topic)]

    def buttons(self, topic: str | None = None) -> list[str]:
        """The labels of the newest one that has buttons, in reading order."""
        labelled = [_labels(message) for message in self.posts(topic) if _labels(message)]
        return labelled[-1] if labelled else []

    def number(self, topic: str | None, begins: str) -> int:
        """The number of the newest one that begins with these words."""
        found = [one for one in self.posts(topic) if _said(one).startswith(begins)]
        assert found, f"nothing begins with {begins!r} among {self.sees(topic)}"
        return found[-1]["message_id"]

    def _where(self, topic: str | None) -> Json:
        return {} if topic is None else {"thread": self.topics[topic]}

    def _with(self, label: str, topic: str) -> int:
        found = [one["message_id"] for one in self.posts(topic) if label in _labels(one)]
        assert found, f"no button {label!r} among {self.buttons(topic)}"
        return found[-1]


def _said(message: Json) -> str:
    words = message.get("text") or message.get("caption")
    return plain(words) if words else next(f"[{kind}]" for kind in _MEDIA if kind in message)


def _labels(message: Json) -> list[str]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [plain(button["text"]) for row in keyboard for button in row]


async def at_desk(
    town: World, *people: Phone, number: int = DESK, forum: bool = True, bound: bool = True
) -> Desk:
    """A supergroup with these people in it, the bot as its administrator; bound unless told."""
    ids = [phone.id for phone in people]
    group = {"id": number, "title": "Tutors", "forum": forum, "members": ids[1:], "admins": ids[:1]}
    await town.sim("groups", group)
    if bound:
        await town.in_database(lambda session: _bind(session, town, number))
    desk = Desk(town, number)
    await desk.look()
    return desk


def _bind(session: Session, town: World, number: int) -> None:
    session.add(dossiers.Desk(chat_id=number, title="Tutors", at=town.app.clock.now()))


async def handed_in(
    town: World, phone: Phone, title: str | None = "Repair corner", state: str = dossiers_of.WAITING
) -> int:
    """A sheet that is with tutors: its number."""
    now = town.app.clock.now()

    def hand_in(session: Session) -> int:
        person = people.find(session, phone.id)
        assert person is not None
        idea = people.begin_idea(session, person, now)
        idea.title = title
        dossier = dossiers.Dossier(idea_id=idea.id, state=state, round=1, since=now)
        dossier.handed_at = now
        session.add(dossier)
        session.flush()
        return dossier.id

    return await town.in_database(hand_in)


async def speaks(
    town: World, number: int, say: Callable[[HelpDesk, dossiers.Dossier], None]
) -> None:
    """Something is said of a sheet, in one transaction, and everything is sent."""

    def speak(session: Session) -> None:
        dossier = dossiers_of.find(session, number)
        assert dossier is not None
        say(town.app.context().desk(session), dossier)

    await town.in_database(speak)
    town.app.sender.wake()
    await town.settle()
