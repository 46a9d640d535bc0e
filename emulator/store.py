"""Keeps the state in one SQLite file, so that it survives a restart, a killed one included.

A request's changes are written in one transaction before it is answered. They are given to the
operating system at once but not forced to the disk: the process may die at any moment, the
machine not. Rows are JSON, by kind and key; a file's bytes lie beside its row.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from emulator.json_types import Json, dumps
from emulator.state import Chat, File, Mark, Person, Query, Topic, World
from emulator.updates import Update
from emulator.webhook import Webhook

SCHEMA = """
CREATE TABLE IF NOT EXISTS state (
    kind TEXT NOT NULL, key NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, content BLOB,
    PRIMARY KEY (kind, key, number)
) WITHOUT ROWID
"""
NAME = "emulator.sqlite3"
TOLD = ("names", "descriptions", "short_descriptions", "commands", "menu_buttons")
"""What the bot has told about itself."""


def _chat(chat: Chat) -> Json:
    told = {key: getattr(chat, key) for key in Chat.__slots__ if key != "messages"}
    return told | {"topics": {key: asdict(topic) for key, topic in chat.topics.items()}}


def _update(world: World, number: int) -> Json | None:
    update = world.updates.remembered.get(number)
    if update is None:
        return None
    body = update.body.decode()
    return {"lane": update.lane, "body": body, "pending": number in world.updates.pending}


def _meta(world: World, name: str) -> Json:
    if name == "clock":
        return {"offset": world.clock.offset}
    if name == "allowed":
        return {"allowed": world.updates.allowed}
    if name == "bot":
        return {name: getattr(world.bot, name) for name in TOLD}
    webhook = world.webhook
    if webhook is None:
        return {}
    return {key: getattr(webhook, key) for key in ("url", "secret", "max_connections")}


def _message(world: World, chat: int, number: int) -> Json | None:
    found = world.chats.get(chat)
    return found.messages.get(number) if found else None


def _row(world: World, mark: Mark) -> Json | None:
    """The row of what a mark names; None if it is no more."""
    kind, key, number = mark
    found: Any = None
    if kind == "message":
        return _message(world, int(key), number)
    if kind == "update":
        return _update(world, int(key))
    if kind == "meta":
        return _meta(world, str(key))
    if kind == "counter":
        return {"last": world.counters[int(key)]}
    if kind == "chat":
        found = world.chats.get(int(key))
        return _chat(found) if found else None
    tables: dict[str, Any] = {"person": world.people, "query": world.queries, "file": world.files}
    found = tables[kind].get(key)
    return (
        {name: getattr(found, name) for name in found.__slots__ if name != "content"}
        if found
        else None
    )


class Store:
    """The file in a folder, which is made if absent."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(folder / NAME, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute(SCHEMA)

    def save(self, world: World, changed: set[Mark]) -> None:
        """Writes what changed, in one transaction."""
        self.connection.execute("BEGIN")
        for mark in changed:
            if mark[0] != "group":
                self._write(world, mark)
        self.connection.execute("COMMIT")

    def _write(self, world: World, mark: Mark) -> None:
        row = _row(world, mark)
        if row is None:
            self.connection.execute("DELETE FROM state WHERE (kind, key, number) = (?, ?, ?)", mark)
            return
        content = world.files[str(mark[1])].content if mark[0] == "file" else None
        self.connection.execute(
            "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?)", (*mark, dumps(row), content)
        )

    def load(self, world: World) -> None:
        """Fills an empty world."""
        for kind, loader in _LOADERS.items():
            rows = self.connection.execute(
                "SELECT key, number, body, content FROM state WHERE kind = ? ORDER BY key, number",
                (kind,),
            )
            for key, number, body, content in rows:
                loader(world, key, number, json.loads(body), content)

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()


def _load_person(world: World, key: int, _number: int, row: Json, _content: bytes) -> None:
    world.people[key] = Person(**row)


def _load_chat(world: World, key: int, _number: int, row: Json, _content: bytes) -> None:
    row["members"] = {int(user): status for user, status in row["members"].items()}
    row["topics"] = {int(number): Topic(**topic) for number, topic in row["topics"].items()}
    row["reactions"] = {
        int(number): {int(user): emojis for user, emojis in by_user.items()}
        for number, by_user in row["reactions"].items()
    }
    world.chats[key] = Chat(**row)


def _load_message(world: World, key: int, number: int, row: Json, _content: bytes) -> None:
    world.chats[key].messages[number] = row


def _load_counter(world: World, key: int, _number: int, row: Json, _content: bytes) -> None:
    world.counters[key] = row["last"]


def _load_file(world: World, key: str, _number: int, row: Json, content: bytes) -> None:
    world.files[key] = File(**row, content=content)
    world.paths[row["path"]] = key


def _load_query(world: World, key: str, _number: int, row: Json, _content: bytes) -> None:
    world.queries[key] = Query(**row)
    if not row["over"]:
        world.open_queries.add(key)


def _load_update(world: World, key: int, _number: int, row: Json, _content: bytes) -> None:
    world.updates.restore(Update(key, row["lane"], row["body"].encode()), pending=row["pending"])


def _load_meta(world: World, key: str, _number: int, row: Json, _content: bytes) -> None:
    if key == "clock":
        world.clock.offset = row["offset"]
    elif key == "allowed":
        world.updates.allowed = row["allowed"]
    elif key == "webhook":
        world.webhook = Webhook(world, **row) if row else None
    else:
        for name, value in row.items():
            setattr(world.bot, name, value)


_LOADERS: dict[str, Callable[[World, Any, int, Json, bytes], None]] = {
    "person": _load_person,
    "chat": _load_chat,
    "message": _load_message,
    "counter": _load_counter,
    "file": _load_file,
    "query": _load_query,
    "update": _load_update,
    "meta": _load_meta,
}
