"""Delivers updates to the bot's webhook.

Updates of one lane (a chat; for buttons a person) go one after the other, lanes side by side, at
most `max_connections` at once. Anything but 2xx: the same update again after 1 s, then after
twice as long each time, up to a minute. Until it is taken, or forgotten by a reset, an update
waits, and its lane with it.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout

from emulator.json_types import Json
from emulator.state import World
from emulator.timing import pause, spawn
from emulator.updates import Update

CONNECTIONS = 40
FIRST_RETRY_S = 1.0
LAST_RETRY_S = 60.0
ANSWER_WITHIN_S = 60.0


@dataclass
class Webhook:
    """One address that is delivered to, from `start` until `stop`."""

    world: World
    url: str
    secret: str = ""
    max_connections: int = CONNECTIONS
    last_error: tuple[int, str] | None = None
    lanes: dict[str, deque[Update]] = field(default_factory=dict[str, "deque[Update]"])
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    slots: asyncio.Semaphore = field(init=False)
    session: ClientSession | None = None

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.max_connections)

    def start(self) -> None:
        """Delivers all that waits, and from now on what comes."""
        self.world.updates.push = self.offer
        for update in self.world.updates.pending.values():
            self.offer(update)

    async def stop(self) -> None:
        """Delivers no more; what was not taken stays in the queue."""
        self.world.updates.push = None
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.session is not None:
            await self.session.close()

    def offer(self, update: Update) -> None:
        """Puts an update into its lane."""
        lane = self.lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self.lanes[update.lane] = deque((update,))
        task = spawn(self._run(update.lane))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _run(self, name: str) -> None:
        lane = self.lanes[name]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
            self.world.settle()
        del self.lanes[name]

    async def _deliver(self, update: Update) -> None:
        delay = FIRST_RETRY_S
        while self.world.updates.awaits(update.id):
            async with self.slots:
                error = await self._post(update)
            if error is None:
                self.world.updates.confirm(update.id)
                return
            self.last_error = (self.world.clock.date(), error)
            await pause(delay)
            delay = min(delay * 2, LAST_RETRY_S)

    async def _post(self, update: Update) -> str | None:
        """What went wrong, None if the bot took it."""
        if self.session is None:
            self.session = ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN_S))
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self.session.post(
                self.url, data=update.body, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
        except TimeoutError:
            return "Read timeout expired"
        except ClientError:
            return "Connection refused"
        if 200 <= answer.status < 300:
            return None
        return f"Wrong response from the webhook: {answer.status} {answer.reason}"

    def info(self) -> Json:
        """What getWebhookInfo adds for a webhook that is set."""
        told: Json = {"ip_address": "127.0.0.1", "max_connections": self.max_connections}
        if self.last_error is not None:
            told["last_error_date"], told["last_error_message"] = self.last_error
        return told
