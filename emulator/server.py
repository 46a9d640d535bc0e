"""Starts the emulator: Bot API, control API and page on one port of the loopback.

It is an emulator of Telegram, for looking at a bot and for tests. It refuses to listen on
anything but loopback unless told.
"""

import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from emulator import api, sim
from emulator.json_types import dumps
from emulator.loopback import is_loopback
from emulator.refusals import SimError
from emulator.sim import Handler
from emulator.state import Bot, Person, World
from emulator.store import Store

PAGE = Path(__file__).with_name("page")
BODY_BYTES = 80 * 1024 * 1024
TOKEN = "42:EMULATOR"  # noqa: S105 - the emulator's token is no secret
SEED = ((1001, "Amina", "resident"), (1002, "Marco", "tutor"), (1003, "Giulia", "coordinator"))
GROUP = (-1001000000001, "Tutors")
"""A supergroup with topics, where all but the resident are."""


@dataclass(slots=True)
class Running:
    """A started emulator; also an async context manager that stops it."""

    url: str
    port: int
    world: World
    runner: web.AppRunner

    async def stop(self) -> None:
        """Ends polls and streams, stores what there is, closes the port."""
        self.world.updates.stop_polling()
        self.world.events.close()
        if self.world.webhook is not None:
            await self.world.webhook.stop()
        await self.runner.cleanup()
        self.world.settle()
        if self.world.store is not None:
            self.world.store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


async def start(
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    token: str = TOKEN,
    data: Path | None = None,
    seed: bool = False,
    allow_remote: bool = False,
) -> Running:
    """Starts the emulator.

    Args:
        host: address to listen on.
        port: 0 takes a free one.
        token: the one token that the Bot API knows, `<bot id>:<anything>`.
        data: folder in which the state survives a restart; without it nothing does.
        seed: makes three people and the group of two of them, if there is nobody yet.
        allow_remote: lets `host` be other than loopback.

    Raises:
        ValueError: the host is not loopback, or the token has no bot id.
        OSError: the port is taken.
    """
    if not allow_remote and not is_loopback(host):
        raise ValueError(f"the emulator listens on loopback only, and {host!r} is not")
    world = _world(token, data, seed=seed)
    runner = web.AppRunner(
        _application(world),
        access_log=None,
        shutdown_timeout=1.0,
        handler_cancellation=True,  # a poll whose bot has died must not take updates
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        if world.store is not None:
            world.store.close()
        raise
    if world.webhook is not None:
        world.webhook.start()
    taken = runner.addresses[0][1]
    shown = f"[{host}]" if ":" in host else host
    return Running(f"http://{shown}:{taken}", taken, world, runner)


def _world(token: str, data: Path | None, *, seed: bool) -> World:
    """What there is at the start."""
    number = token.partition(":")[0]
    if not number.isdigit():
        raise ValueError("a token begins with the bot's number and a colon, such as 42:EMULATOR")
    world = World(token, Bot(int(number)))
    if data is not None:
        world.store = Store(data)
        world.store.load(world)
    if seed and not world.people:
        _seed(world)
    return world


def _seed(world: World) -> None:
    for number, name, label in SEED:
        world.people[number] = Person(number, name, language_code="it", label=label)
        world.mark("person", number)
    number, title = GROUP
    group = world.group(number)
    group.title, group.forum = title, True
    members = {person: "member" for person, _, label in SEED if label == "tutor"}
    members |= {person: "administrator" for person, _, label in SEED if label == "coordinator"}
    group.members |= members
    world.settle()


def _application(world: World) -> web.Application:
    application = web.Application(client_max_size=BODY_BYTES)

    async def bot_api(request: web.Request) -> web.StreamResponse:
        return await api.serve(world, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return api.download(world, request)

    router = application.router
    router.add_get("/file/bot{call:.*}", download)
    router.add_route("GET", "/bot{call:.*}", bot_api)
    router.add_route("POST", "/bot{call:.*}", bot_api)
    for (method, path), handler in sim.TABLE.items():
        router.add_route(method, path, _control(world, handler))
    router.add_route("*", "/sim{path:.*}", _no_such_call)
    router.add_get("/", _page)
    router.add_get("/page/{path:.*}", _page)
    return application


def _control(
    world: World, handler: Handler
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A call of the control API over HTTP."""

    async def serve(request: web.Request) -> web.StreamResponse:
        try:
            result = await handler(world, request)
        except SimError as wrong:
            return _json({"error": wrong.error}, wrong.status)
        finally:
            world.settle()
        return result if isinstance(result, web.StreamResponse) else _json(result, 200)

    return serve


def _json(value: object, status: int) -> web.Response:
    return web.Response(body=dumps(value).encode(), status=status, content_type="application/json")


async def _no_such_call(request: web.Request) -> web.StreamResponse:
    return _json({"error": f"there is no call {request.method} {request.path}"}, 404)


async def _page(request: web.Request) -> web.StreamResponse:
    """The page's files."""
    path = (PAGE / (request.match_info.get("path") or "index.html")).resolve()
    if not path.is_relative_to(PAGE) or not path.is_file():
        raise web.HTTPNotFound
    kind = {".woff2": "font/woff2", ".js": "text/javascript"}.get(path.suffix)
    return web.Response(
        body=path.read_bytes(),
        content_type=kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        headers={"Cache-Control": "no-cache"},
    )
