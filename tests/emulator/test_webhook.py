"""Webhooks: delivery in order, several chats side by side, again when refused."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from aiohttp import web

from tests.emulator.telegram import Telegram

ACTIVE = (
    409,
    (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    ),
)


@dataclass
class Listener:
    """A bot's webhook. `statuses`: its next answers, then 200. `gate`: held back while unset."""

    url: str = ""
    got: list[tuple[Any, str, str | None]] = field(default_factory=list[Any])
    statuses: list[int] = field(default_factory=list[int])
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Queue[Any] = field(default_factory=asyncio.Queue[Any])

    async def serve(self, request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.append((update, request.content_type, secret))
        self.arrived.put_nowait(update)
        await self.gate.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def texts(self, count: int) -> list[str]:
        """The texts of the next updates that arrive."""
        async with asyncio.timeout(10):
            return [(await self.arrived.get())["message"]["text"] for _ in range(count)]


@asynccontextmanager
async def listening() -> AsyncGenerator[Listener]:
    listener = Listener()
    listener.gate.set()
    application = web.Application()
    application.router.add_post("/hook", listener.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    listener.gate.set()
    await runner.cleanup()


@pytest.fixture
async def hook() -> AsyncIterator[Listener]:
    async with listening() as listener:
        yield listener


async def write(telegram: Telegram, user: int, *texts: str) -> None:
    await telegram.sim("users", {"id": user, "first_name": "Amina"})
    for text in texts:
        await telegram.sim("send", {"user": user, "text": text})


async def test_updates_are_posted_as_json_with_the_secret(
    telegram: Telegram, hook: Listener
) -> None:
    status, answer = await telegram.answer("setWebhook", url=hook.url, secret_token="s3cret-_")
    told = {"ok": True, "result": True, "description": "Webhook was set"}
    assert (status, answer) == (200, told)
    await write(telegram, 7, "a")
    assert await hook.texts(1) == ["a"]
    [(_, content_type, secret)] = hook.got
    assert (content_type, secret) == ("application/json", "s3cret-_")
    assert await telegram.look("idle?quiet_ms=1") == {"idle": True}


async def test_what_waited_is_delivered_when_a_webhook_is_set(
    telegram: Telegram, hook: Listener
) -> None:
    await write(telegram, 7, "a", "b")
    await telegram.call("setWebhook", url=hook.url)
    assert await hook.texts(2) == ["a", "b"]


async def test_pending_updates_can_be_dropped(telegram: Telegram, hook: Listener) -> None:
    await write(telegram, 7, "a")
    await telegram.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await write(telegram, 7, "b")
    assert await hook.texts(1) == ["b"]


async def test_one_update_of_a_chat_is_in_flight_and_chats_go_side_by_side(
    telegram: Telegram, hook: Listener
) -> None:
    hook.gate.clear()
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a1", "a2")
    await write(telegram, 8, "b1", "b2")
    assert sorted(await hook.texts(2)) == ["a1", "b1"]
    assert hook.arrived.empty()
    assert (await telegram.call("getWebhookInfo"))["pending_update_count"] == 4
    assert await telegram.look("idle?timeout_s=0") == {"idle": False}
    hook.gate.set()
    assert sorted(await hook.texts(2)) == ["a2", "b2"]


async def test_a_callback_does_not_wait_for_the_chats_messages(
    telegram: Telegram, hook: Listener
) -> None:
    await telegram.person()
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=keyboard)
    hook.gate.clear()
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "b")
    await telegram.sim("press", {"user": 7, "label": "Yes"})
    async with asyncio.timeout(10):
        kinds = {list(await hook.arrived.get())[1] for _ in range(2)}
    assert kinds == {"message", "callback_query"}


async def test_a_refused_update_comes_again_before_later_ones(
    telegram: Telegram, hook: Listener
) -> None:
    hook.statuses = [503]
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a", "b")
    assert await hook.texts(1) == ["a"]
    assert hook.arrived.empty()
    assert await hook.texts(2) == ["a", "b"]
    info = await telegram.call("getWebhookInfo")
    said = "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_message"] == said


async def test_each_pause_is_twice_the_one_before(telegram: Telegram, hook: Listener) -> None:
    hook.statuses = [503, 503]
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a")
    times: list[float] = []
    for _ in range(3):
        await hook.texts(1)
        times.append(monotonic())
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert [int(pause) for pause in pauses] == [1, 2]


async def test_an_update_can_be_delivered_once_more(telegram: Telegram, hook: Listener) -> None:
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a")
    assert await hook.texts(1) == ["a"]
    assert await telegram.look("idle?quiet_ms=1") == {"idle": True}
    await telegram.sim("again", {"update_id": hook.got[0][0]["update_id"]})
    assert await hook.texts(1) == ["a"]
    assert await telegram.look("idle?quiet_ms=1") == {"idle": True}


async def test_an_update_in_flight_can_be_delivered_once_more(
    telegram: Telegram, hook: Listener
) -> None:
    hook.gate.clear()
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a")
    assert await hook.texts(1) == ["a"]
    await telegram.sim("again", {"update_id": hook.got[0][0]["update_id"]})
    hook.gate.set()
    assert await hook.texts(1) == ["a"]
    assert await telegram.look("idle?quiet_ms=1") == {"idle": True}


async def test_a_reset_forgets_what_was_not_taken(telegram: Telegram, hook: Listener) -> None:
    hook.gate.clear()
    await telegram.call("setWebhook", url=hook.url)
    await write(telegram, 7, "a1", "a2")
    assert await hook.texts(1) == ["a1"]
    await telegram.sim("reset")
    hook.gate.set()
    await write(telegram, 7, "new")
    assert await hook.texts(1) == ["new"]


async def test_polling_conflicts_with_a_webhook(telegram: Telegram, hook: Listener) -> None:
    await telegram.call("setWebhook", url=hook.url)
    assert await telegram.fails("getUpdates") == ACTIVE
    await telegram.call("deleteWebhook")
    assert await telegram.call("getUpdates") == []


async def test_what_was_not_taken_can_be_polled_after_deletion(telegram: Telegram) -> None:
    await telegram.call("setWebhook", url="http://127.0.0.1:1/nobody")
    await write(telegram, 7, "a")
    await telegram.call("deleteWebhook")
    assert [update["message"]["text"] for update in await telegram.updates()] == ["a"]


async def test_the_info_tells_what_was_set(telegram: Telegram, hook: Listener) -> None:
    empty = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    assert await telegram.call("getWebhookInfo") == empty
    await telegram.call("setWebhook", url=hook.url, max_connections=3, allowed_updates=["message"])
    assert await telegram.call("getWebhookInfo") == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 3,
        "ip_address": "127.0.0.1",
        "allowed_updates": ["message"],
    }
    await telegram.call("setWebhook", url="")
    assert (await telegram.call("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "ftp://x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org/x"},
            "bad webhook: the emulator delivers to loopback addresses only",
        ),
        (
            {"url": "http://127.0.0.1:1/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_wrong_webhook_is_refused(
    telegram: Telegram, params: dict[str, str], reason: str
) -> None:
    assert await telegram.fails("setWebhook", **params) == (400, f"Bad Request: {reason}")
