"""The emulator as tests speak to it: one client for the bot's side, one for the people's."""

from dataclasses import dataclass
from typing import Any

import aiohttp

TOKEN = "42:EMULATOR"


@dataclass(slots=True)
class Telegram:
    """Speaks to a started emulator over HTTP."""

    http: aiohttp.ClientSession
    url: str

    async def request(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with self.http.request(method, self.url + path, **options) as answer:
            return answer.status, await answer.json()

    async def sim(self, path: str, body: Any = None) -> Any:
        """A POST of the control API that succeeds."""
        status, answer = await self.request("POST", f"/sim/{path}", json=body)
        assert status == 200, answer
        return answer

    async def sim_fails(self, path: str, body: Any = None) -> tuple[int, str]:
        """A POST of the control API that does not."""
        status, answer = await self.request("POST", f"/sim/{path}", json=body)
        assert list(answer) == ["error"]
        return status, answer["error"]

    async def look(self, path: str) -> Any:
        """A GET of the control API that succeeds."""
        status, answer = await self.request("GET", f"/sim/{path}")
        assert status == 200, answer
        return answer

    async def answer(self, method: str, **params: Any) -> tuple[int, Any]:
        """Status and body of a Bot API call."""
        return await self.request("POST", f"/bot{TOKEN}/{method}", json=params)

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a Bot API call that succeeds."""
        status, answer = await self.answer(method, **params)
        assert status == 200, answer
        assert answer["ok"] is True
        return answer["result"]

    async def fails(self, method: str, **params: Any) -> tuple[int, str]:
        """Status and description of a Bot API call that does not."""
        status, answer = await self.answer(method, **params)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return status, answer["description"]

    async def person(self, number: int = 7, **fields: Any) -> int:
        """A person who has written once; that update is confirmed."""
        await self.sim("users", {"id": number, "first_name": "Amina", **fields})
        sent = await self.sim("send", {"user": number, "text": "/start"})
        await self.call("getUpdates", offset=sent["update_id"] + 1)
        return number

    async def forum(self, number: int = -100) -> int:
        """A forum with Amina (7) as a member and Marco (8) as an administrator."""
        await self.sim("users", {"id": 7, "first_name": "Amina"})
        await self.sim("users", {"id": 8, "first_name": "Marco"})
        group = {"id": number, "title": "Tutors", "forum": True, "members": [7], "admins": [8]}
        await self.sim("groups", group)
        return number

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What getUpdates gives, all of it confirmed."""
        found = await self.call("getUpdates", **params)
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found

    async def chat(self, number: int = 7, query: str = "") -> dict[str, Any]:
        return await self.look(f"chats/{number}{query}")

    async def texts(self, number: int = 7) -> list[str]:
        messages = (await self.chat(number))["messages"]
        return [message.get("text") or message.get("caption", "") for message in messages]
