"""`quartieri check`: what is right and what is not, before people meet it. Each line says what was
found, and what is wrong also how it is mended. Without a network it says what it could not reach.
"""

import dataclasses
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast

from pydantic import BaseModel
from sqlalchemy import Connection, func, select
from telegram.error import InvalidToken, TelegramError

from bot.api import Api, connect
from bot.clock import Clock
from bot.mends import explained
from bot.settings import Settings
from db import rows
from db.migrate import revision_of, revisions
from db.tables import Forgotten
from locales import translator
from school import loading, own_data
from school.loading import ContentError, School

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """What was found; with a mend it is not right."""

    name: str
    what: str
    mend: str | None = None

    def __str__(self) -> str:
        """As it is printed."""
        return f"!! {self.name}: {self.what} ({self.mend})" if self.mend else self._fine

    @property
    def _fine(self) -> str:
        return f"ok {self.name}: {self.what}"


@dataclass(slots=True)
class Desk:
    """What checks look at."""

    settings: Settings
    school: School | None = None
    api: Api | None = None
    bot: Mapping[str, Any] = field(default_factory=dict[str, Any])


Check: TypeAlias = Callable[[Desk], AsyncIterator[Line]]


async def run(settings: Settings) -> AsyncIterator[Line]:
    """All checks, one after the other."""
    desk = Desk(settings)
    api = connect(settings.token.get_secret_value(), settings.api_url)
    await api.request.initialize()  # its connections alone: no call is made that could fail
    desk.api = api
    try:
        for name, check in CHECKS:
            try:
                async for line in check(desk):
                    yield line
            except Exception as error:  # noqa: BLE001 - one broken part must not hide the others
                said = explained(error, settings) or type(error).__name__
                what, _, mend = said.rpartition("; ")
                yield Line(name, what or said, mend or "look at the log")
    finally:
        await api.request.shutdown()


async def _content(desk: Desk) -> AsyncIterator[Line]:
    where = desk.settings.school or "the default"
    try:
        desk.school = loading.load(desk.settings.school)
    except ContentError as error:
        what, _, mend = str(error).rpartition("; ")
        yield Line("content", what or str(error), mend or "mend the file")
        return
    asked = len(desk.school.questionnaire.questions)
    yield Line("content", f"{where}, {asked} questions, {len(desk.school.neighbourhoods)} places")


async def _languages(desk: Desk) -> AsyncIterator[Line]:
    """The program's words and the school's, in each language of the school."""
    for language in desk.school.languages if desk.school else ():
        name = f"language {language}"
        program, own = _untranslated(language), _gaps(cast("School", desk.school), language)
        if program:
            yield Line(name, f"the program lacks {program} texts", "they are said in English")
        if own:
            where = ", ".join(own[:3])
            mend = "write them; until then the first language there is stands in"
            yield Line(name, f"the content lacks {len(own)} texts: {where} ...", mend)
        if not program and not own:
            yield Line(name, "whole")


def _untranslated(language: str) -> int:
    """How many texts of the program have no words in a language."""
    return 0 if language == translator.SOURCE else len(_said() - _translated(language))


def _translated(language: str) -> AbstractSet[str]:
    landed = language in translator.available()
    return translator.words(language).msgids if landed else frozenset()


@cache
def _said() -> AbstractSet[str]:
    """All that the program says, as far as it was translated anywhere: to read the code takes a
    second.
    """
    return frozenset[str]().union(*map(_translated, translator.available()))


def _gaps(school: School, language: str) -> list[str]:
    """Where the school's content has words, but none in a language."""
    parts = ((part.name, getattr(school, part.name)) for part in dataclasses.fields(school))
    return [where for name, part in parts for where in _lacking(name, part, language)]


def _lacking(where: str, value: object, language: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        value = dict(enumerate(cast("tuple[object, ...]", value), start=1))
    if not isinstance(value, dict):
        return
    found = cast("dict[object, object]", value)
    if _is_text(found):
        if language not in found:
            yield where
        return
    for key, inner in found.items():
        yield from _lacking(f"{where}.{key}", inner, language)


def _is_text(found: dict[object, object]) -> bool:
    codes = all(isinstance(key, str) and len(key) == len("it") for key in found)
    return bool(found) and codes and all(isinstance(words, str) for words in found.values())


async def _notice(desk: Desk) -> AsyncIterator[Line]:
    if desk.school is None:
        return
    notice = desk.school.notice
    if notice.sample:
        mend = "write your own notice.toml with your data protection officer"
        yield Line("notice", f"version {notice.version} is the sample", mend)
    else:
        yield Line("notice", f"version {notice.version}")


async def _zone(desk: Desk) -> AsyncIterator[Line]:
    if desk.school is not None:
        here = Clock().now().astimezone(desk.school.zone)
        yield Line("zone", f"{desk.school.settings.zone}, where it is {here:%A %H:%M} now")


async def _database(desk: Desk) -> AsyncIterator[Line]:
    file, newest = desk.settings.database_file, revisions()[-1]
    if file is not None and not file.exists():
        yield Line("database", f"{file} is not there yet; the first run makes it")
        return
    revision, people = await rows.snapshot(desk.settings.database_url, _schema_and_people)
    if revision is not None and revision not in revisions():
        yield Line("database", f"its schema {revision} is of a newer program", "take a newer one")
    elif revision != newest:
        yield Line("database", f"{people} people; the next run brings its schema up to date")
    else:
        yield Line("database", f"{people} people, schema {revision}")


def _schema_and_people(connection: Connection) -> tuple[str | None, int]:
    found = {table.name: table for table in rows.tables(connection)}
    if "people" not in found:
        return revision_of(connection), 0
    people = connection.scalar(select(func.count()).select_from(found["people"]))
    return revision_of(connection), people or 0


async def _disk(desk: Desk) -> AsyncIterator[Line]:
    file = desk.settings.database_file
    folder = file.parent if file and file.parent.exists() else Path()
    free = shutil.disk_usage(folder).free // _MB
    least = desk.settings.least_free_mb
    yield Line("disk", f"{free} MB free", None if free >= least else f"make room: {least} MB")


async def _copies(desk: Desk) -> AsyncIterator[Line]:
    folder, keep = desk.settings.copies_folder, desk.settings.keep_copies
    if desk.settings.database_file is None:
        yield Line("copies", "a server's database is copied by quartieri backup, or pg_dump")
        return
    if not keep:
        yield Line("copies", "no daily copy", "set QUARTIERI_KEEP_COPIES to the days to keep")
        return
    marks = own_data.days(desk.school.own_data, Forgotten) if desk.school else None
    if marks is not None and keep > marks:
        why = f"kept {keep} days, but who was forgotten is known for {marks}"
        yield Line("copies", why, f"set QUARTIERI_KEEP_COPIES to {marks} at most")
        return
    found = sorted(path.name for path in folder.glob("*-????-??-??.db"))
    newest = f"the newest is {found[-1]}" if found else "none yet"
    yield Line("copies", f"daily, kept {keep} days in {folder}, {newest}")


async def _token(desk: Desk) -> AsyncIterator[Line]:
    """A network that is away says nothing of the token: what hangs on it is not asked."""
    url = desk.settings.api_url
    try:
        desk.bot = await cast("Api", desk.api).call("getMe", seconds=10)
    except InvalidToken:
        yield Line("api", f"{url} answers")
        yield Line("token", f"{url} refuses it", "copy QUARTIERI_TOKEN from BotFather")
    except TelegramError as error:
        why = f"no answer from {url} ({type(error).__name__}): token, webhook, operator not checked"
        yield Line("api", why, "check the network and QUARTIERI_API_URL")
    else:
        yield Line("api", f"{url} answers")
        yield Line("token", f"it is @{desk.bot['username']}'s")


async def _webhook(desk: Desk) -> AsyncIterator[Line]:
    if not desk.bot:
        return
    found = await cast("Api", desk.api).call("getWebhookInfo", seconds=10)
    said, ours = str(found.get("url") or ""), desk.settings.webhook_url
    error, waiting = found.get("last_error_message"), found.get("pending_update_count", 0)
    if ours and error:
        yield Line("webhook", f"Telegram says: {error}", f"check that {ours} reaches this server")
    elif ours and not said:
        yield Line("webhook", "not set yet; the next run sets it")
    elif said and not said.startswith(ours or " "):
        mend = "stop the other bot; the next run takes over"
        yield Line("webhook", "another address gets this bot's updates", mend)
    else:
        yield Line("webhook", f"{'set' if ours else 'none, the bot polls'}, {waiting} updates wait")


async def _operator(desk: Desk) -> AsyncIterator[Line]:
    chat = desk.settings.operator_chat
    if chat is None:
        mend = "set QUARTIERI_OPERATOR_CHAT to your chat's number"
        yield Line("operator", "nobody is told when something breaks", mend)
    elif desk.bot:
        try:
            await cast("Api", desk.api).call("getChat", chat_id=chat, seconds=10)
        except TelegramError:
            mend = "write /start to the bot, or add it to the group"
            yield Line("operator", f"the bot cannot write to the chat {chat}", mend)
        else:
            yield Line("operator", f"the chat {chat}")


CHECKS: tuple[tuple[str, Check], ...] = (
    ("content", _content),
    ("languages", _languages),
    ("notice", _notice),
    ("zone", _zone),
    ("database", _database),
    ("disk", _disk),
    ("copies", _copies),
    ("token", _token),
    ("webhook", _webhook),
    ("operator", _operator),
)
