"""The only place where the parts meet: `build` makes an App of settings, `run` keeps it alive.

An update is one turn: chats go side by side, one chat in order. Its end is decided by
`db.failures.classify`: again, or back to Telegram when the database is away.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from telegram import Update
from telegram.error import TelegramError

from bot import clock as clocks
from bot import health, marks, sweeps
from bot.announcing import Announcing
from bot.api import Api, connect
from bot.carrying import Carrying
from bot.clock import Clock
from bot.documents import Documents
from bot.floods import Floods, Together
from bot.health import Health, Pulse
from bot.journal import Journal
from bot.lines import Lines
from bot.locks import KeyedLocks
from bot.menu import set_menu
from bot.metrics import Ended, Metrics
from bot.pace import Pace
from bot.receiving import receive
from bot.replica import Replica
from bot.sender import Sender
from bot.settings import Settings
from bot.watch import Watch
from db import session as sessions
from db.failures import Failure, classify, is_lost
from db.migrate import upgrade
from db.session import Database
from handlers import at_desk, desk_lost, received
from handlers.process import Context, instead, process, record, record_all, too_fast
from handlers.shown import Done
from handlers.turn import Operator
from locales import translator
from locales.translator import Words
from school import forgotten, loading
from school.delivery import Outcome
from school.loading import ContentError, School
from school.phrases import as_text
from school.refusal import Refusal

T = TypeVar("T")
log = logging.getLogger(__name__)
_TRIES = 5
# Seconds for the end: for what is still to be said, and to put the rows in order.
_REST_S, _LEAVE_S = 3.0, 1.0


class _AwayError(Exception):
    """The database is not there."""


@dataclass
class App:
    """One process of the bot."""

    settings: Settings
    school: School
    words: Mapping[str, Words]
    database: Database
    api: Api
    clock: Clock
    sender: Sender
    watch: Watch
    journal: Journal
    health: Health
    replica: Replica
    _turns: KeyedLocks = field(default_factory=KeyedLocks)
    _floods: Floods = field(default_factory=Floods)
    _skipped: Together[Ended] = field(init=False)
    _answers: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def __post_init__(self) -> None:
        self._skipped = Together(self._note_all)

    async def handle(self, raw: dict[str, Any]) -> bool:
        """Do an update; False where the database is away and the update must come again."""
        began, chat = monotonic(), None
        try:
            update = Update.de_json(raw, None)
        except Exception:
            log.exception("update %s cannot be read", raw["update_id"])
            ended = await self._ended(self._unreadable(int(raw["update_id"])))
        else:
            chat = received.chat_of(update)
            ended = await self._in_line(update, chat)
        self.journal.ended(raw, chat or None, ended, monotonic() - began)
        return ended is not Ended.AWAY

    async def _in_line(self, update: Update, chat: int) -> Ended:
        """Do an update after its chat's earlier ones; what is too much is only noted. Where several
        write, in groups, nothing is too much.
        """
        waiting, now = self._turns.users(chat), monotonic()
        if self._floods.goes_on(chat, waiting, now):
            return await self._skipped.add(update.update_id)
        desk = chat < 0 or chat == self.settings.operator_chat
        flood = not desk and self._floods.begins(chat, waiting, now)
        if flood:
            log.warning("update %s: too many wait, further ones are skipped", update.update_id)
        async with self._turns.of(chat):
            try:
                ended, done = await self._do(update, too_fast if flood else process)
            except _AwayError:
                ended, done = Ended.AWAY, None
        if ended is not Ended.AWAY:
            self._answer(update, done)
            self.sender.wake()
        elif flood:
            self._floods.ends(chat)
        return ended

    def context(self) -> Context:
        """What a turn needs now, besides what comes in."""
        return _context(self.settings, self.school, self.clock, self.api)

    @staticmethod
    async def _ended(work: Awaitable[Ended]) -> Ended:
        try:
            return await work
        except _AwayError:
            return Ended.AWAY

    async def _do(
        self, update: Update, work: Callable[..., Done | None]
    ) -> tuple[Ended, Done | None]:
        """Do an update; where it cannot be done say why; if not even that, note that it came."""
        number = update.update_id
        rights = await self._rights(update)
        done = await self._attempt(number, partial(work, update=update), **rights)
        if not isinstance(done, Exception):
            return (Ended.DONE if done is not None else Ended.AGAIN), done
        said = await self._attempt(number, partial(instead, update=update, error=done))
        ended = Ended.REFUSED if isinstance(done, Refusal) else Ended.FAULT
        if isinstance(said, Exception):
            await self._unreadable(number)
            return ended, None
        return ended, said

    async def _rights(self, update: Update) -> dict[str, bool]:
        """What the bot may do in a group that is to be bound: only Telegram knows."""
        if not at_desk.binds(self.school, self.api.username, update):
            return {}
        chat, me = update.effective_chat, self.settings.bot_id
        try:
            found = await self.api.call("getChatMember", chat_id=chat and chat.id, user_id=me)
        except TelegramError as error:
            log.warning("update %s: its group: %s", update.update_id, type(error).__name__)
            return {}
        return {"manages_topics": bool(found.get("can_manage_topics"))}

    async def _unreadable(self, number: int) -> Ended:
        """Note only that it came."""
        await self._attempt(number, partial(record, update_id=number))
        return Ended.FAULT

    async def _note_all(self, numbers: list[int]) -> Ended:
        return await self._ended(self._too_many(numbers))

    async def _too_many(self, numbers: list[int]) -> Ended:
        await self._attempt(numbers[0], partial(record_all, update_ids=numbers))
        return Ended.SKIPPED

    async def _attempt(self, number: int, work: Callable[..., T], **known: bool) -> T | Exception:
        """Do work in one transaction, again where somebody was in the way; what it returns, or why
        it cannot be done. Raises _AwayError.
        """
        context = replace(self.context(), **known)
        for _ in range(_TRIES):
            try:
                return await self.database.run(partial(work, context=context))
            except Refusal as refusal:
                return refusal
            except Exception as error:
                if is_lost(error):
                    break
                failure = classify(error)
                log.warning("update %s: %s", number, failure.name.lower(), exc_info=error)
                if failure is Failure.FAULT:
                    return error
        raise _AwayError

    def _answer(self, update: Update, done: Done | None) -> None:
        """Take the waiting sign off the button, with the words that a turn has for it; best
        effort.
        """
        if update.callback_query is not None:
            toast = done.toast if done is not None else None
            text = as_text(toast, self.words[done.language]) if done and toast else None
            task = asyncio.create_task(self._answer_query(update.callback_query.id, text))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answer_query(self, query_id: str, text: str | None) -> None:
        answer: dict[str, Any] = {"text": text} if text else {}
        with contextlib.suppress(TelegramError):
            await self.api.call("answerCallbackQuery", callback_query_id=query_id, **answer)

    async def idle(self) -> None:
        """Wait until all that is due was said."""
        await self.sender.idle()

    async def run(self) -> None:
        """Serve until cancelled. Then nothing new is taken, what is in hand is done, and what can
        be said within some seconds is said.
        """
        settings = self.settings
        await self.replica.join()
        last = [asyncio.create_task(work) for work in (self.replica.run(), self.sender.run())]
        menu = set_menu(self.api, self.school)
        lives = (*map(_kept, last), receive(settings, self.api, self.handle))
        shown = health.show(self.health, settings)
        parts = [*lives, self.watch.run(), shown, menu, *self._follow_clock()]
        ticker = sweeps.ticker(self.database, self.context)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as group:
                for part in parts:
                    group.create_task(part)
        finally:
            ticker.shutdown(wait=False)
            await self._say_the_rest()
            await _end(last)
            await _within(_LEAVE_S, self.replica.leave())

    async def _say_the_rest(self) -> None:
        """What Telegram is too slow for stays where it is."""
        self.sender.close()
        saying = [asyncio.create_task(self.sender.idle()), *self._answers]
        _, late = await asyncio.wait(saying, timeout=_REST_S)
        await _end(late)

    async def sweep(self) -> None:
        """Do now what happens by the clock."""
        await sweeps.run_all(self.database, self.context)
        self.sender.wake()

    def _follow_clock(self) -> list[Coroutine[Any, Any, None]]:
        url = self.settings.clock_url
        return [clocks.follow(self.clock, url, self._clock_moved)] if url else []

    def _clock_moved(self) -> None:
        task = asyncio.create_task(self.sweep())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)
        self.watch.wake()


def _context(settings: Settings, school: School, clock: Clock, api: Api) -> Context:
    operator = Operator(settings.operator_chat, settings.copies_days)
    return Context(school, settings.bot_id, clock.now(), operator, api.username)


async def _kept(task: asyncio.Task[None]) -> None:
    """Wait for a task that lives on where the waiting is cancelled."""
    await asyncio.shield(task)


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _within(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    """The last that is done: if it cannot be, the next start does it."""
    task = asyncio.create_task(work)
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
    for result in await asyncio.gather(task, return_exceptions=True):
        if isinstance(result, BaseException):
            log.warning("not all could be put in order: %s", type(result).__name__)


def speak(school: School) -> Mapping[str, Words]:
    """The program's words in the school's languages; where one has no catalog, in English."""
    landed = translator.available()
    return {
        code: translator.words(code if code in landed else translator.SOURCE)
        for code in school.languages
    }


@asynccontextmanager
async def build(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[App]:
    """An App with its database migrated and its connections open."""
    school = loading.load(settings.school)
    if school.notice.sample and settings.is_telegram:
        raise ContentError(
            "notice.toml: this is the sample notice; write your own, without sample = true"
        )
    await upgrade(settings.database_url)
    key = marks.key(settings.copies_folder)
    info: dict[str, Any] = {forgotten.KEY: key}
    database = Carrying(sessions.connect(settings.database_url), info)
    replica = Replica(database, info)
    api = connect(settings.token.get_secret_value(), settings.api_url)
    clock, words = clock or Clock(), speak(school)
    metrics, pulse = Metrics(), Pulse(database)
    api.tell(metrics.heard)
    watch = Watch(settings, school, database, api, words, clock)
    documents = Documents(database, school, clock, api)

    def mend(session: Session, outcome: Outcome, now: datetime) -> bool:
        context = replace(_context(settings, school, clock, api), now=now)
        return desk_lost.mend(context.desk(session), outcome)

    pace = Pace(settings.per_second)
    lines = Lines(Announcing(api, words, clock, school), pace, replica, school.quiet)
    sender = Sender(pulse, api, words, clock, documents, replica, mend, lines)
    seen = (Journal(metrics), Health(database, clock, metrics, pulse, replica))
    try:
        async with api:
            yield App(settings, school, words, database, api, clock, sender, watch, *seen, replica)
    finally:
        await database.close()
