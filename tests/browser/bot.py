"""The bot's side of a browser test: a program that only does what the test says, over HTTP."""

from dataclasses import dataclass
from typing import cast

import aiohttp

Json = dict[str, object]

RESIDENT, TUTOR, COORDINATOR = 1001, 1002, 1003


@dataclass(slots=True)
class Bot:
    """The bot of a test: it says what the test lets it say, and reads what people did."""

    http: aiohttp.ClientSession
    url: str
    offset: int = 0

    async def call(self, method: str, **params: object) -> object:
        """A Bot API call's result; a refusal fails the test."""
        async with self.http.post(f"{self.url}/bot42:EMULATOR/{method}", json=params) as response:
            answer = cast("Json", await response.json())
        assert answer["ok"], answer
        return answer["result"]

    async def shows(self, method: str, files: dict[str, tuple[str, bytes]], **params: str) -> None:
        """A call with files: under each parameter's name the file's name and bytes."""
        form = aiohttp.FormData({"chat_id": str(RESIDENT), **params}, quote_fields=False)
        for field, (name, content) in files.items():
            form.add_field(field, content, filename=name)
        async with self.http.post(f"{self.url}/bot42:EMULATOR/{method}", data=form) as response:
            answer = cast("Json", await response.json())
        assert answer["ok"], answer

    async def says(self, text: str, *rows: list[str], chat: int = RESIDENT, **more: object) -> int:
        """Sends a message with buttons whose data is their label; its message_id."""
        inline = [[{"text": label, "callback_data": label} for label in row] for row in rows]
        markup: Json = {"reply_markup": {"inline_keyboard": inline}} if inline else {}
        sent = await self.call("sendMessage", chat_id=chat, text=text, **{**markup, **more})
        return cast("int", cast("Json", sent)["message_id"])

    async def hears(self) -> Json:
        """The next update, waited for, and forgotten by the emulator with the call after."""
        params = {"offset": self.offset, "timeout": 10, "limit": 1}
        updates = cast("list[Json]", await self.call("getUpdates", **params))
        assert updates, "no update came"
        self.offset = cast("int", updates[0]["update_id"]) + 1
        return updates[0]

    async def reads(self) -> Json:
        """The next message with a text; other updates before it are passed over."""
        while True:
            message = (await self.hears()).get("message")
            if isinstance(message, dict) and "text" in message:
                return cast("Json", message)

    async def sim(self, path: str, body: object = None) -> Json:
        """A call of the control API."""
        method = "GET" if body is None else "POST"
        async with self.http.request(method, f"{self.url}/sim/{path}", json=body) as response:
            answer = cast("Json", await response.json())
        assert response.ok, answer
        return answer

    async def met(self, user: int = RESIDENT) -> None:
        """That person has written, so the bot may write."""
        await self.sim("send", {"user": user, "text": "/start"})
        await self.hears()
