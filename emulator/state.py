"""What the emulated Telegram knows: people, chats, messages, files, callback queries.

Every change is marked in `World.changed`; when a request is done, `World.settle` hands the marks
to the store (what was answered is stored) and to the page's event stream. Counters of message
ids live outside the chats: a reset forgets chats, never their counters.
"""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.activity import Activity
from emulator.calls import Calls
from emulator.events import Events
from emulator.faults import Faults
from emulator.json_types import Json
from emulator.limits import Limits
from emulator.timing import Clock
from emulator.updates import Updates

# Both hold a World.
if TYPE_CHECKING:
    from emulator.store import Store
    from emulator.webhook import Webhook

Mark = tuple[str, int | str, int]
"""What changed: kind, its key, and within a chat the message id (else 0)."""

BOT_USERNAME = "quartieri_bot"
IDS_BELOW = 1 << 52
"""Of people, and of groups without their sign."""


@dataclass(slots=True)
class Person:
    """Somebody with a phone. `wrote`: has written to the bot, which so may write back."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    label: str | None = None
    blocked: bool = False
    deactivated: bool = False
    wrote: bool = False

    def names(self) -> Json:
        """The fields that a User and a private Chat share."""
        shown: Json = {"first_name": self.first_name}
        if self.last_name:
            shown["last_name"] = self.last_name
        if self.username:
            shown["username"] = self.username
        return shown

    def user(self) -> Json:
        """The Bot API's User."""
        shown: Json = {"id": self.id, "is_bot": False, **self.names()}
        if self.language_code:
            shown["language_code"] = self.language_code
        return shown


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the service message that made it."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass(slots=True)
class Query:
    """A pressed button. `at`: emulated seconds; `over`: no answer is awaited any more."""

    id: str
    chat: int
    user: int
    at: float
    answer: Json | None = None
    over: bool = False


@dataclass(slots=True)
class File:
    """Bytes that were sent once, and can be sent again by id."""

    id: str
    unique_id: str
    name: str
    mime_type: str
    path: str
    content: bytes
    fields: Json
    """The object that a message carries for it, such as a Document, or a photo's size."""
    kind: str


@dataclass(slots=True)
class Chat:
    """A private chat (id > 0, the person's) or a supergroup (id < 0)."""

    id: int
    type: str
    title: str = ""
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict[int, str])
    lacks: list[str] = field(default_factory=list[str])
    """The rights that the bot does not have as an administrator."""
    messages: dict[int, Json] = field(default_factory=dict[int, "Json"])
    keyboard: Json | None = None
    keyboard_message: int = 0
    asked: int = 0
    """The message to which the bot wants an answer, until somebody writes."""
    pinned: list[int] = field(default_factory=list[int])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    reactions: dict[int, dict[int, list[str]]] = field(
        default_factory=dict[int, dict[int, list[str]]]
    )
    queries: list[str] = field(default_factory=list[str])
    """Ids of the answered callback queries, in the order of their answers."""


@dataclass(slots=True)
class Bot:
    """What the bot has told about itself. Keys of the tables: scope and language."""

    id: int
    username: str = BOT_USERNAME
    name: str = "Quartieri"
    names: dict[str, str] = field(default_factory=dict[str, str])
    descriptions: dict[str, str] = field(default_factory=dict[str, str])
    short_descriptions: dict[str, str] = field(default_factory=dict[str, str])
    commands: dict[str, list[Json]] = field(default_factory=dict[str, "list[Json]"])
    menu_buttons: dict[str, Json] = field(default_factory=dict[str, "Json"])

    def user(self) -> Json:
        """The Bot API's User of the bot, as others see it."""
        name = self.names.get("", self.name)
        return {"id": self.id, "is_bot": True, "first_name": name, "username": self.username}


@dataclass
class World:
    """Everything, in one process and one thread: changes need no locks."""

    token: str
    bot: Bot
    clock: Clock = field(default_factory=Clock)
    store: "Store | None" = None
    people: dict[int, Person] = field(default_factory=dict[int, Person])
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    counters: dict[int, int] = field(default_factory=dict[int, int])
    queries: dict[str, Query] = field(default_factory=dict[str, Query])
    files: dict[str, File] = field(default_factory=dict[str, File])
    paths: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of files by the path that getFile tells."""
    webhook: "Webhook | None" = None
    changed: set[Mark] = field(default_factory=set[Mark])
    events: Events = field(default_factory=Events)
    activity: Activity = field(default_factory=Activity)
    calls: Calls = field(default_factory=Calls)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    updates: Updates = field(init=False)
    open_queries: set[str] = field(default_factory=set[str])
    """Ids of the callback queries that await an answer."""

    def __post_init__(self) -> None:
        self.updates = Updates(changed=self.changed, activity=self.activity)

    def mark(self, kind: str, key: int | str, message: int = 0) -> None:
        """Notes that something changed."""
        self.changed.add((kind, key, message))

    def settle(self) -> None:
        """Stores and announces what changed since the last time."""
        if not self.changed:
            return
        if self.store is not None:
            self.store.save(self, self.changed)
        self.events.publish(self.changed)
        self.changed.clear()

    def next_message_id(self, chat: int) -> int:
        """Takes the chat's next message id."""
        number = self.counters.get(chat, 0) + 1
        self.counters[chat] = number
        self.mark("counter", chat)
        return number

    def private_chat(self, person: int) -> Chat:
        """The person's chat with the bot, made when first needed."""
        chat = self.chats.get(person)
        if chat is None:
            chat = self.chats[person] = Chat(person, "private")
            self.mark("chat", person)
        return chat

    def reset(self) -> None:
        """Forgets people, chats, faults and limits, and what waits for the bot."""
        for person in self.people:
            self.mark("person", person)
        for chat in self.chats.values():
            self.mark("chat", chat.id)
            for number in chat.messages:
                self.mark("message", chat.id, number)
        for query in self.queries:
            self.mark("query", query)
        self.people, self.chats, self.queries = {}, {}, {}
        self.open_queries.clear()
        self.faults, self.limits = Faults(), Limits()
        self.updates.drop()
        self.activity.touch()

    def close_query(self, query: Query) -> None:
        """The query awaits no answer any more; the answer, if there is one, is shown."""
        query.over = True
        self.open_queries.discard(query.id)
        self.mark("query", query.id)
        self.activity.touch()
        if query.answer is not None:
            self.chats[query.chat].queries.append(query.id)
            self.mark("chat", query.chat)
            if query.answer["text"]:
                self.events.toast(query.answer)

    def group(self, number: int) -> Chat:
        """The supergroup, made when first needed.

        Its messages are counted from 2: in Telegram the first one tells that the group was made,
        and in a forum 1 is the general topic.
        """
        chat = self.chats.get(number)
        if chat is None:
            chat = self.chats[number] = Chat(number, "supergroup")
            chat.members[self.bot.id] = "administrator"
            self.counters.setdefault(number, 1)
            self.mark("counter", number)
        self.mark("chat", number)
        self.mark("group", number)
        return chat

    def chat_object(self, chat: Chat) -> Json:
        """The Bot API's Chat."""
        if chat.type == "private":
            return {"id": chat.id, "type": "private", **self.people[chat.id].names()}
        shown: Json = {"id": chat.id, "type": chat.type, "title": chat.title}
        if chat.forum:
            shown["is_forum"] = True
        return shown

    def user_object(self, user: int) -> Json:
        """The Bot API's User of a person or of the bot."""
        return self.bot.user() if user == self.bot.id else self.people[user].user()


def fresh_id(size: int) -> str:
    """An unguessable id of that many random bytes, in letters that a path may carry."""
    return secrets.token_urlsafe(size)
