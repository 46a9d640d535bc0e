"""POST /telegram: 200 means that the update's transaction is committed; 503 brings it again."""

import asyncio
import hmac
import json
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from aiohttp import web

log = logging.getLogger(__name__)
PATH = "/telegram"
SETTING = "QUARTIERI_WEBHOOK_PORT"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_MOST_BYTES = 1024 * 1024
_NUMBERS = 2**63  # as many as a database can keep
# Seconds for a body to come; for a connection that says nothing, or never ends its headers, to be
# closed (more than a proxy keeps one); and, twice, for what is in hand when we stop.
_BODY_S, _SILENT_S, _HAND_S = 10, 75, 2

Handle = Callable[[dict[str, Any]], Awaitable[bool]]


def application(handle: Handle, secret: str, body_s: float = _BODY_S) -> web.Application:
    """The server's application; `handle` says whether an update is done. A body that takes longer
    than `body_s` is not waited for.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "")
        # What is no UTF-8 in a header comes as halves of surrogate pairs.
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(body_s):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        update = _update(body)
        if update is None:
            return web.Response(status=400)
        return web.Response(status=200 if await handle(update) else 503)

    server = web.Application(client_max_size=_MOST_BYTES)
    server.router.add_post(PATH, receive)
    return server


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    found = cast("dict[str, Any]", update)
    number = found.get("update_id")
    return found if isinstance(number, int) and 0 <= number < _NUMBERS else None


class CannotListenError(Exception):
    """The port is taken, or not ours; the message says which and why."""


@asynccontextmanager
async def listening(
    application: web.Application,
    host: str,
    port: int,
    setting: str = SETTING,
    silent_s: float = _SILENT_S,
) -> AsyncGenerator[web.AppRunner]:
    """Listen meanwhile. A connection that has sent no whole headers for `silent_s` is closed.
    Raises CannotListenError, naming the setting.
    """
    runner = web.AppRunner(
        application, access_log=None, keepalive_timeout=silent_s, shutdown_timeout=_HAND_S
    )
    await runner.setup()
    try:
        await _listen(runner, host, port, setting)
        yield runner
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, setting: str) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        said = f"{setting}: {host}:{port} cannot be listened on ({why})"
        raise CannotListenError(said) from None
