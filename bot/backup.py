"""`quartieri backup`: a copy of everything, taken while people talk.

The rows are those of one moment: a transaction that only reads, in which others' changes are not
seen. They are written as lines, not by each database's own tool: so one way serves both, needs no
program of the server's version, and a copy of a file can be put into a server. Files of people lie
with Telegram; those that it still gives (up to 20 MB each) are fetched after the rows.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from telegram.error import BadRequest, TelegramError

from bot.api import Api, connect
from bot.archive import Writer, writing
from bot.settings import Settings
from db import rows
from db.migrate import revision_of
from school import loading
from school.outbox import QUEUED, SENDING

Found = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """What was found while the rows were written."""

    revision: str | None = None
    counts: dict[str, int] = field(default_factory=dict[str, int])
    unsent: int = 0
    files: dict[str, None] = field(default_factory=dict[str, None])  # ids, in order, each once


async def backup(settings: Settings, target: Path, now: dt.datetime, *, files: bool) -> Found:
    """Write a copy; its manifest."""
    with writing(target) as copy:
        found = await rows.snapshot(settings.database_url, partial(write_rows, copy))
        _write_school(copy, settings.school)
        fetched = await _fetch(copy, settings, found.files) if files else []
        manifest: Found = {
            "program": version("quartieri"),
            "made_at": now.isoformat(),
            "bot_id": settings.bot_id,
            "schema": found.revision,
            "notice": _notice(settings.school),
            "rows": found.counts,
            "unsent": found.unsent,
            "files": fetched,
        }
        copy.close(manifest)
    return manifest


def write_rows(copy: Writer, connection: Connection) -> Rows:
    """Write all tables, as they are at one moment."""
    found = Rows(revision_of(connection))
    for table in rows.tables(connection):
        lines = _noted(found, table.name, rows.read(connection, table))
        found.counts[table.name] = copy.add(f"rows/{table.name}.jsonl", lines)
    return found


def _noted(found: Rows, table: str, lines: Iterable[str]) -> Iterator[bytes]:
    """The lines, with a note of what waits to be sent and which files are spoken of."""
    for line in lines:
        row = json.loads(line)
        found.unsent += table == "outbox" and row["state"] in (QUEUED, SENDING)
        if row.get("file_id"):
            found.files[row["file_id"]] = None
        yield line.encode()


def _write_school(copy: Writer, folder: Path | None) -> None:
    """The city's own folder, whole."""
    for path in sorted(folder.rglob("*")) if folder else ():
        if folder and path.is_file():
            copy.add(f"school/{path.relative_to(folder).as_posix()}", [path.read_bytes()])


def _notice(folder: Path | None) -> str | None:
    try:
        return loading.load(folder).notice.version
    except loading.ContentError:
        return None  # a mistake in the content is no reason to have no copy


async def _fetch(copy: Writer, settings: Settings, ids: Iterable[str]) -> list[Found]:
    """Each file by its id: where it is in the copy, or why it is not."""
    api = connect(settings.token.get_secret_value(), settings.api_url)
    await api.request.initialize()  # its connections alone: no call is made that could fail
    try:
        return [await _fetched(copy, api, number, id_) for number, id_ in enumerate(ids, start=1)]
    finally:
        await api.request.shutdown()


async def _fetched(copy: Writer, api: Api, number: int, file_id: str) -> Found:
    try:
        suffix, content = await api.content(file_id)
    except TelegramError as error:
        return {"file_id": file_id, "missing": _why(error)}
    name = f"files/{number:05}{suffix}"
    copy.add(name, [content])
    return {"file_id": file_id, "name": name, "bytes": len(content)}


def _why(error: TelegramError) -> str:
    if isinstance(error, BadRequest):
        return "over 20 MB" if "too big" in error.message.casefold() else "gone"
    return type(error).__name__
