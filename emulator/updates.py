"""The queue of updates and its confirmations.

An update is made only if `allowed_updates` lets its kind through. Ids grow by one and never go
back: without stored state they start at unix seconds. Delivering confirms nothing: an update
stays until a later getUpdates has an offset above it, or the webhook answered 2xx. Confirmed
ones are remembered for a while, so that they can be delivered again.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from emulator.activity import Activity
from emulator.json_types import Json, dumps
from emulator.refusals import conflict
from emulator.timing import real_seconds

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
REMEMBERED = 20_000


@dataclass(slots=True)
class Update:
    """`body` is the JSON as delivered; updates of one `lane` are delivered in order."""

    id: int
    lane: str
    body: bytes


@dataclass
class Updates:
    """The bot's one queue, read by polling or by a webhook."""

    changed: set[tuple[str, int | str, int]]
    activity: Activity
    next_id: int = field(default_factory=lambda: int(real_seconds()))
    allowed: list[str] = field(default_factory=list[str])
    pending: OrderedDict[int, Update] = field(default_factory=OrderedDict[int, Update])
    remembered: dict[int, Update] = field(default_factory=dict[int, Update])
    order: deque[int] = field(default_factory=deque[int])
    again: dict[int, Update] = field(default_factory=dict[int, Update])
    handed_again: dict[int, Update] = field(default_factory=dict[int, Update])
    push: Callable[[Update], None] | None = None
    """The webhook, if one is set."""
    poller: asyncio.Future[bool] | None = None
    """Resolves to True when there is something, to False when another poll takes over."""

    def allows(self, kind: str) -> bool:
        """Whether updates of that kind are made."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def emit(self, kind: str, payload: Json, lane: str) -> int | None:
        """Queues an update; its id, or None if allowed_updates leaves it out."""
        return self.queue({kind: payload}, lane) if self.allows(kind) else None

    def queue(self, content: Json, lane: str) -> int:
        """Queues an update as it is; its id."""
        number = self.next_id
        self.next_id += 1
        update = Update(number, lane, dumps({"update_id": number, **content}).encode())
        self.pending[number] = update
        self.remembered[number] = update
        self.changed.add(("update", number, 0))
        self._announce(update)
        return number

    def restore(self, update: Update, *, pending: bool) -> None:
        """Puts back an update of an earlier run; they come in the order of their ids."""
        self.next_id = update.id + 1
        self.remembered[update.id] = update
        if pending:
            self.pending[update.id] = update
        else:
            self.order.append(update.id)

    def repeat(self, number: int) -> bool:
        """Delivers an update once more; False if it is unknown."""
        update = self.remembered.get(number)
        if update is None:
            return False
        self.again[number] = update
        self._announce(update)
        return True

    def _announce(self, update: Update) -> None:
        self.activity.touch()
        if self.push is not None:
            self.push(update)
        elif self.poller is not None and not self.poller.done():
            self.poller.set_result(True)

    def confirm(self, number: int) -> None:
        """The bot is done with it, or with its repetition if it was done with it before."""
        self.activity.touch()
        if self.pending.pop(number, None) is None:
            self.again.pop(number, None)
            return
        self.changed.add(("update", number, 0))
        self.order.append(number)
        if len(self.order) > REMEMBERED:
            old = self.order.popleft()
            self.remembered.pop(old, None)
            self.changed.add(("update", old, 0))

    def forget(self, offset: int) -> None:
        """Confirms all below the offset; a negative one keeps the newest -offset."""
        if offset < 0:
            offset = self._newest(-offset)
        while self.pending and next(iter(self.pending)) < offset:
            self.confirm(next(iter(self.pending)))

    def _newest(self, count: int) -> int:
        if len(self.pending) <= count:
            return 0
        for number in reversed(self.pending):
            count -= 1
            if count == 0:
                return number
        return 0

    def drop(self) -> None:
        """Forgets everything that waits."""
        for number in list(self.pending):
            self.confirm(number)
        self.again.clear()
        self.handed_again.clear()

    def awaits(self, number: int) -> bool:
        """Whether that update is still to be delivered or confirmed."""
        return number in self.pending or number in self.again

    def settled(self) -> bool:
        """Whether every update is confirmed."""
        return not (self.pending or self.again or self.handed_again)

    def take(self, limit: int) -> list[Update]:
        """The next updates to deliver, oldest first, repeated ones before the others."""
        handed = dict(list(self.again.items())[:limit])
        for number in handed:
            del self.again[number]
        self.handed_again = handed
        taken = list(handed.values())
        for update in self.pending.values():
            if len(taken) >= limit:
                break
            if update.id not in handed:
                taken.append(update)
        return taken

    def acknowledge(self, offset: int) -> None:
        """The beginning of a getUpdates: ends an older one, confirms by the offset.

        Raises:
            Refused: 409, a webhook is set.
        """
        if self.push is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.stop_polling()
        if self.handed_again:
            self.handed_again.clear()
            self.activity.touch()
        self.forget(offset)

    async def poll(self, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - Telegram's own word
        """The rest of a getUpdates: waits up to `timeout` seconds for something.

        Raises:
            Refused: 409, another poll came meanwhile.
        """
        taken = self.take(limit)
        if taken or not timeout:
            return taken
        await self._wait(timeout)
        return self.take(limit)

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109 - Telegram's own word
        waiter = self.poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                going_on = await waiter
        except TimeoutError:
            return
        finally:
            if self.poller is waiter:
                self.poller = None
        if not going_on:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )

    def stop_polling(self) -> None:
        """Ends the poll that waits, if any: it is answered 409."""
        if self.poller is not None and not self.poller.done():
            self.poller.set_result(False)
        self.poller = None
