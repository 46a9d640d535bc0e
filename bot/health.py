"""GET /health and GET /metrics, on a port of their own: numbers and yes or no, never an id, a token
or a word of a person. Whoever asks changes nothing.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from bot import webhook
from bot.clock import Clock
from bot.metrics import Metrics, text
from bot.replica import Replica
from bot.settings import Settings
from db.session import Database
from db.types import Json
from school import conditions, delivery

T = TypeVar("T")
log = logging.getLogger(__name__)
_SETTING = "QUARTIERI_HEALTH_PORT"
_PATIENCE_S = 2.0
_STILL_S = 15.0  # the sender looks each second


class Pulse:
    """A database that knows when work was last done: whoever has it lives."""

    def __init__(self, database: Database, still_s: float = _STILL_S) -> None:
        self._database, self.name = database, database.name
        self._beat, self._still_s = monotonic(), still_s

    @property
    def is_there(self) -> bool:
        """Whether it was lately."""
        return monotonic() - self._beat < self._still_s

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""
        done = await self._database.run(work)
        self._beat = monotonic()
        return done

    async def close(self) -> None:
        """See `Database.close`."""
        await self._database.close()


@dataclass(frozen=True, slots=True)
class Health:
    """What can be asked; `sender` is the database as the sender has it."""

    database: Database
    clock: Clock
    metrics: Metrics
    sender: Pulse
    replica: Replica

    def application(self) -> web.Application:
        """The server's application."""
        server = web.Application()
        server.router.add_get("/health", self._health)
        server.router.add_get("/metrics", self._metrics)
        return server

    async def report(self) -> tuple[bool, dict[str, Json]]:
        """Whether all is well, and what is known. Times are in seconds."""
        backlog = await self._ask(partial(delivery.waiting, now=self.clock.now()))
        last = self.metrics.last_done
        well = {
            "database": backlog is not None,
            "token": not self.metrics.token_refused,
            "sender": self.sender.is_there,
        }
        since = None if last is None else round(monotonic() - last, 1)
        known = {"backlog": backlog, "last_update": since, "lease": self.replica.who.for_all}
        return all(well.values()), {**well, **known}

    async def _health(self, _request: web.Request) -> web.Response:
        well, known = await self.report()
        said = json.dumps({"ok": well, **known})
        return web.Response(text=said, status=200 if well else 503, content_type="application/json")

    async def _metrics(self, _request: web.Request) -> web.Response:
        said, kind = text(self.metrics, await self._ask(conditions.outbox))
        return web.Response(body=said, headers={"Content-Type": kind})

    async def _ask(self, work: Callable[[Session], T]) -> T | None:
        """Ask the database; None where it does not answer soon."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await self.database.run(work)
        except Exception as error:
            log.debug("the database does not answer", exc_info=error)
            return None


async def show(health: Health, settings: Settings) -> None:
    """Answer whoever watches, where a port is set, until cancelled."""
    if settings.health_port is None:
        return
    server, host = health.application(), settings.health_host
    async with webhook.listening(server, host, settings.health_port, _SETTING):
        await asyncio.Event().wait()
