"""Looks after the operator's matters, now and then: what changes for the worse or the better is
told once in the operator's chat, the day's copy is made, old copies go, marks are written beside
them.

What is watched is a table. A database that is lost is told straight through the API, as the outbox
is in it; a refused token can be told to nobody and is logged.
"""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram.error import InvalidToken, TelegramError

from bot import copies, marks
from bot.api import Api
from bot.clock import Clock
from bot.settings import Settings
from db.session import Database
from db.tables import Forgotten
from locales.translator import Words
from school import conditions, delivery, forgotten, outbox, own_data
from school.conditions import BAD, FINE
from school.loading import School
from school.phrases import Phrase, as_html, t

log = logging.getLogger(__name__)
_EVERY_S = 30
_PATIENCE_S = 15
_MB = 1_000_000


@dataclass
class Watch:
    """Looks, tells, and goes on."""

    settings: Settings
    school: School
    database: Database
    api: Api
    words: Mapping[str, Words]
    clock: Clock
    _lost: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Look at once: the clock was moved."""
        self._woken.set()

    async def run(self) -> None:
        """Look for as long as the process lives."""
        while True:
            self._woken.clear()
            await self.look()
            try:
                await asyncio.wait_for(self._woken.wait(), _EVERY_S)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Look once at everything; what fails is logged and looked at again."""
        if not await self._database_is_there():
            return
        for part in (self._conditions, self._copies, self._marks):
            try:
                await part()
            except Exception:
                log.exception("%s comes again", part.__name__)

    async def _database_is_there(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self.database.run(lambda session: session.execute(select(1)))
        except Exception as error:
            # One that is away is logged where all work passes.
            level = logging.WARNING if isinstance(error, TimeoutError) else logging.DEBUG
            log.log(level, "the database does not answer", exc_info=error)
            there = False
        else:
            there = True
        if there == self._lost:
            self._lost = not there
            await self._tell_at_once(_DATABASE[FINE if there else BAD])
        return there

    async def _tell_at_once(self, phrase: Phrase) -> None:
        chat = self.settings.operator_chat
        if chat is None:
            return
        text = as_html(phrase, self.words[self.school.languages[0]])
        try:
            await self.api.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML")
        except TelegramError as error:
            log.warning("the operator was not told: %s", type(error).__name__)

    async def _conditions(self) -> None:
        if self.settings.operator_chat is None:
            return
        for name, (look, words) in WATCHED.items():
            before = await self.database.run(partial(conditions.state, name=name))
            now_is = await look(self, before)
            if now_is is not None and now_is != before:
                await self.database.run(partial(self._changed, name, now_is, words[now_is]))

    def _changed(self, name: str, now_is: str, phrase: Phrase | None, session: Session) -> None:
        now, chat = self.clock.now(), self.settings.operator_chat
        if not conditions.changed(session, name, now_is, now):
            return
        log.log(logging.WARNING if now_is == BAD else logging.INFO, "%s is %s", name, now_is)
        if phrase is not None and chat is not None:
            language = self.school.languages[0]
            body = {"text": phrase}
            outbox.put(
                session, chat, "sendMessage", body, language=language, now=now, lane=outbox.NOTICE
            )

    async def _copies(self) -> None:
        local = self.clock.now().astimezone(self.school.zone)
        file, folder = self.settings.database_file, self.settings.copies_folder
        if file is not None and self.settings.keep_copies:
            made = await asyncio.to_thread(copies.daily, file, folder, local)
            if made:
                log.info("the day's copy: %s", made.name)
        days = self.settings.copies_days
        await asyncio.to_thread(copies.drop_old, file, folder, local, days)

    async def _marks(self) -> None:
        found = await self.database.run(forgotten.all_of)
        before = own_data.due(self.school.own_data, Forgotten, self.clock.now())
        await asyncio.to_thread(marks.write, self.settings.copies_folder, found, before)


Look = Callable[[Watch, str], Awaitable[str | None]]


async def _token(watch: Watch, _before: str) -> str | None:
    try:
        await watch.api.call("getMe")
    except InvalidToken:
        return BAD
    except TelegramError:
        return None  # no answer says nothing of the token
    return FINE


async def _backlog(watch: Watch, before: str) -> str:
    """Once it is told, all is well again only at half. What goes to all is slow by itself."""
    most = watch.settings.backlog // (1 if before == FINE else 2)
    waiting = await watch.database.run(
        partial(delivery.waiting, now=watch.clock.now(), last=outbox.NOTICE)
    )
    return BAD if waiting > most else FINE


async def _disk(watch: Watch, before: str) -> str:
    """Once it is told, all is well again only with a tenth more."""
    least = watch.settings.least_free_mb * (1.0 if before == FINE else 1.1)
    file = watch.settings.database_file
    free = shutil.disk_usage(file.parent if file else Path()).free / _MB
    return BAD if free < least else FINE


_DATABASE: Mapping[str, Phrase] = {
    BAD: t("<b>For the operator</b>: the database does not answer. People wait for an answer."),
    FINE: t("<b>For the operator</b>: the database answers again."),
}
# What is watched, how, and what is said of its states; of a refused token nobody can be told.
WATCHED: Mapping[str, tuple[Look, Mapping[str, Phrase | None]]] = {
    "token": (
        _token,
        {BAD: None, FINE: t("<b>For the operator</b>: Telegram takes the bot's token again.")},
    ),
    "backlog": (
        _backlog,
        {
            BAD: t("<b>For the operator</b>: many messages wait to be sent. Look at the log."),
            FINE: t("<b>For the operator</b>: messages are sent without delay again."),
        },
    ),
    "disk": (
        _disk,
        {
            BAD: t("<b>For the operator</b>: the disk is nearly full. Make room soon."),
            FINE: t("<b>For the operator</b>: the disk has room again."),
        },
    ),
}
