"""The bot behind its webhook, and somebody who posts to it as Telegram does, or would not."""

import asyncio
import io
import json
import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]
SECRET = "Word-of-the_city"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
_AT_ONCE = 100


def settings() -> dict[str, Any]:
    """What a bot with a webhook on this machine is set to."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    return {"webhook_url": url, "webhook_secret": SECRET, "webhook_port": port}


def typed(update: int, user: int, text: str, language: str = "en") -> Json:
    """An update: somebody types a text in the private chat."""
    person = {"id": user, "first_name": "X"}
    message = {
        "message_id": update,
        "date": 1_800_000_000,
        "from": {**person, "is_bot": False, "language_code": language},
        "chat": {**person, "type": "private"},
        "text": text,
    }
    return {"update_id": update, "message": message}


@dataclass
class Hook:
    """The address that the webhook was set to."""

    http: aiohttp.ClientSession
    url: str

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    async def status(
        self, body: object, secret: str | None = SECRET, path: str = "/telegram"
    ) -> int:
        """What a POST is answered."""
        headers = {} if secret is None else {HEADER: secret}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url, flow = f"{self.url}{path}", io.BytesIO(data)
        async with self.http.post(url, headers=headers, data=flow) as answer:
            return answer.status

    async def post(self, updates: Sequence[Json]) -> list[int]:
        """What they are answered, a hundred at a time side by side."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(update: Json) -> int:
            async with gate:
                return await self.status(update)

        return list(await asyncio.gather(*(one(update) for update in updates)))
