"""A small world for stories: an emulator of Telegram, the bot on real HTTP, and people with phones.

Whatever somebody does returns when the bot has said all it has to say: nothing sleeps.
"""

import asyncio
import base64
import datetime as dt
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App, build
from bot.settings import read
from db.base import Base
from emulator.server import Running, start

T = TypeVar("T")
_MARKS = re.compile("[\u200e\u200f](?=\u2068)|[\u2068\u2069]")
REST_S = 90  # the bot comes to rest sooner also on a busy machine
Json = dict[str, Any]


@dataclass(repr=False)  # asyncio shows what a task made: all that the school says
class World:
    """Everything a story needs."""

    emulator: Running
    http: aiohttp.ClientSession
    database_url: str
    settings: Json = field(default_factory=dict[str, Any])
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _app: App | None = None

    @property
    def app(self) -> App:
        """The bot that runs."""
        assert self._app is not None, "the bot does not run"
        return self._app

    async def sim(self, call: str, body: object = None, **query: object) -> Json:
        """One call of the control API; fails with what the emulator says was wrong."""
        asked = {name: str(value) for name, value in query.items()}
        method = "GET" if body is None else "POST"
        url = f"{self.emulator.url}/sim/{call}"
        async with self.http.request(method, url, json=body, params=asked) as answer:
            said = await answer.json()
            assert answer.status == 200, said
            return said

    async def start(self) -> None:
        """Start the bot."""
        settings = read(
            token="42:EMULATOR",
            api_url=self.emulator.url,
            database_url=self.database_url,
            **{"per_second": 0, "keep_copies": 0, **self.settings},
        )
        self._app = await self._stack.enter_async_context(build(settings))
        running = asyncio.ensure_future(self._app.run())
        self._stack.push_async_callback(_stopped, running)
        await self.settle()

    async def stop(self) -> None:
        """Stop the bot as an operator does."""
        await self._stack.aclose()
        self._app = None

    async def restart(self) -> None:
        """Stop it and start it again on the same database."""
        await self.stop()
        await self.start()

    async def settle(self) -> None:
        """Wait until every update is done and everything is said."""
        said = await self.sim("idle", quiet_ms=0, timeout_s=REST_S)
        assert said["idle"], "the bot did not come to rest"
        await asyncio.wait_for(self.app.idle(), REST_S)
        said = await self.sim("idle", quiet_ms=0, timeout_s=REST_S)
        assert said["idle"], "the bot did not come to rest"

    async def later(self, **delta: float) -> None:
        """Move the school's clock forward."""
        now = self.app.clock.now() + dt.timedelta(**delta)
        self.app.clock.set_to(now)

    async def in_database(self, work: Callable[[Session], T]) -> T:
        """Look into the database."""
        return await self.app.database.run(work)

    async def rows(self, table: type[Base]) -> list[Any]:
        """All rows of a table."""
        return await self.in_database(lambda session: list(session.scalars(select(table))))

    async def calls(self, *methods: str) -> list[Json]:
        """The calls that the bot made, of some methods or all."""
        made = (await self.sim("calls"))["calls"]
        return [call for call in made if not methods or call["method"] in methods]

    async def person(self, number: int, name: str, language: str = "en") -> "Phone":
        """Somebody with a phone, who has not written yet."""
        await self.sim("users", {"id": number, "first_name": name, "language_code": language})
        return Phone(self, number)

    async def resident(
        self, number: int = 1001, name: str = "Ada", language: str = "en"
    ) -> "Phone":
        """Somebody who has read the notice and said the age."""
        phone = await self.person(number, name, language)
        await phone.says("/start")
        await phone.taps_data(f"read:{self.app.school.notice.version}")
        await phone.taps_data("age:yes")
        return phone


async def _stopped(task: "asyncio.Future[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    if not task.cancelled() and task.exception() is not None:
        raise AssertionError("the bot stopped by itself") from task.exception()


@dataclass
class Phone:
    """A person's phone: what the person does with it, and what it shows."""

    world: World
    id: int
    messages: list[Json] = field(default_factory=list[Json])
    toasts: list[Json] = field(default_factory=list[Json])

    async def _do(self, call: str, **body: object) -> Json:
        done = await self.world.sim(call, {"user": self.id, **body})
        await self.world.settle()
        await self.look()
        return done

    async def look(self) -> None:
        """Read the screen."""
        shown = await self.world.sim(f"chats/{self.id}")
        self.messages, self.toasts = shown["messages"], shown["answers"]

    async def says(self, text: str) -> int:
        """Type a message; its number."""
        return (await self._do("send", text=text))["message_id"]

    async def sends(self, **what: object) -> int:
        """Send anything else that the control API knows: location, sticker, raw ..."""
        return (await self._do("send", **what))["message_id"]

    async def sends_file(
        self, kind: str, name: str, content: bytes = b"...", **more: object
    ) -> int:
        """Send a photo, document or voice."""
        file = {"name": name, "base64": base64.b64encode(content).decode()}
        return (await self._do("send", **{kind: file}, **more))["message_id"]

    async def taps(self, label: str) -> None:
        """Tap the button with this label; fails if it is not on the newest screen."""
        assert label in self.buttons, f"no button {label!r} among {self.buttons}"
        await self._do("press", message=self._newest["message_id"], label=label)

    async def taps_old(self, label: str) -> None:
        """Tap a button wherever in the chat it still is."""
        await self._do("press", label=label)

    async def taps_data(self, data: str, message: int | None = None) -> None:
        """Send callback data as a changed or an old app would."""
        where = {} if message is None else {"message": message}
        await self._do("press", data=data, **where)

    async def replies(self, to: int, **what: object) -> int:
        """Reply to a message: text="...", or what the control API knows besides; its number."""
        return (await self._do("send", reply_to=to, **what))["message_id"]

    async def edits(self, message: int, text: str) -> None:
        """Edit an own message."""
        await self._do("edit", message=message, text=text)

    @property
    def _newest(self) -> Json:
        return next(m for m in reversed(self.messages) if m["from"]["is_bot"])

    @property
    def sees(self) -> list[str]:
        """The paragraphs of the newest message of the bot."""
        return plain(self._newest.get("text", "")).split("\n\n")

    @property
    def screen(self) -> str:
        """The newest message of the bot, whole."""
        return "\n\n".join(self.sees)

    @property
    def rows(self) -> list[list[str]]:
        """The buttons of the newest message of the bot."""
        keyboard = self._newest.get("reply_markup", {}).get("inline_keyboard", [])
        return [[plain(button["text"]) for button in row] for row in keyboard]

    @property
    def buttons(self) -> list[str]:
        """Their labels, in reading order."""
        return [label for row in self.rows for label in row]

    @property
    def said(self) -> list[str]:
        """Everything that the bot's messages now say, oldest first."""
        return [plain(m.get("text", "")) for m in self.messages if m["from"]["is_bot"]]

    @property
    def with_buttons(self) -> list[int]:
        """The messages that carry buttons."""
        return [m["message_id"] for m in self.messages if m.get("reply_markup")]


def plain(text: str) -> str:
    """Without the invisible marks that keep names apart in right-to-left text."""
    return _MARKS.sub("", text)


@asynccontextmanager
async def world(database_url: str, **settings: Any) -> AsyncGenerator[World]:
    """A world with the bot running on a database."""
    async with await start(port=0) as emulator, aiohttp.ClientSession() as http:
        made = World(emulator, http, database_url, settings)
        try:
            await made.start()
            yield made
        finally:
            await made.stop()


def example_school(folder: Path, **files: str) -> Path:
    """A folder with files to lay over the school's content."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
