"""Server-sent events for the page: that something changed, not what.

Events that say the same are sent once; a reader that is slow gets fewer of them and slows
nobody. What waits for one reader is bounded: the oldest goes first.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from emulator.json_types import Json, dumps

WAITING_AT_MOST = 1_000
PEOPLE = frozenset({"person", "group"})
CHATS = frozenset({"message", "chat"})


@dataclass(slots=True, eq=False)
class Reader:
    """One page. `waiting`: events by what they say, in order."""

    waiting: dict[str, str] = field(default_factory=dict[str, str])
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, key: str, text: str) -> None:
        """Adds an event, or brings one that waits up to date."""
        self.waiting[key] = text
        if len(self.waiting) > WAITING_AT_MOST:
            del self.waiting[next(iter(self.waiting))]
        self.woken.set()

    def take(self) -> str:
        """All that waits, as the stream's text."""
        self.woken.clear()
        text = "".join(f"data: {event}\n\n" for event in self.waiting.values())
        self.waiting.clear()
        return text


@dataclass(slots=True)
class Events:
    """All pages that listen. `closed`: the server stops, streams end."""

    readers: set[Reader] = field(default_factory=set[Reader])
    closed: bool = False
    toasts: int = 0

    def send(self, event: Json, key: str = "") -> None:
        """Offers an event to every page; events of one key replace each other."""
        if self.readers:
            text = dumps(event)
            for reader in self.readers:
                reader.offer(key or text, text)

    def toast(self, event: Json) -> None:
        """Offers an answer to a button; none of them is left out for being the same."""
        self.toasts += 1
        self.send({"toast": event}, f"toast {self.toasts}")

    def publish(self, changed: Iterable[tuple[str, int | str, int]]) -> None:
        """Tells which chats changed, and whether people did."""
        if not self.readers:
            return
        for kind, key, _ in changed:
            if kind in CHATS:
                self.send({"chat": key})
            elif kind in PEOPLE:
                self.send({"people": True})

    def close(self) -> None:
        """Ends every stream."""
        self.closed = True
        for reader in self.readers:
            reader.woken.set()
