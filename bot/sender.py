"""Outbox -> Bot API. One loop takes rows and writes ends in the same small transactions; the calls
between them run side by side, one at a time for each chat and lane.
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any, cast

from sqlalchemy.orm import Session
from telegram import InputFile
from telegram.error import TelegramError

from bot.announcing import Calls
from bot.api import Api
from bot.clock import Clock
from bot.documents import SORRY, Documents
from bot.in_place import as_edit
from bot.lines import Lines
from bot.outcomes import (
    CLOSED,
    LIMITED,
    NOTHING_TO_EDIT,
    OPEN,
    Meaning,
    NoTopicError,
    has,
    meaning,
)
from bot.rendering import render
from bot.replica import Replica
from db.failures import is_lost
from db.session import Database
from db.tables import Outgoing
from locales.translator import Words
from school import delivery, ledger
from school.announcements import PREVIEW, SEND
from school.delivery import Claimed, End, Mend, Outcome
from school.ledger import Ended, Line
from school.outbox import BULK, NOTICE
from school.topics import TOPIC

log = logging.getLogger(__name__)
_AT_ONCE = 100
_SPARE = 10  # rows whose chats may have to wait
_LOOK_S = 1.0
# Where and how a message is added; one that is edited stands where it is.
_WHERE = ("chat_id", "message_thread_id", "disable_notification")
_NOT_EDITED = ("message_thread_id", "disable_notification", "reply_parameters")
_SEVERAL = 3  # chats that are refused at once: then it is not about them


class Sender:
    """Sends what the outbox holds; `wake` says that there is something new."""

    def __init__(
        self,
        database: Database,
        api: Api,
        words: Mapping[str, Words],
        clock: Clock,
        documents: Documents,
        replica: Replica,
        mend: Mend,
        lines: Lines,
    ) -> None:
        self._database, self._api, self._words = database, api, words
        self._replica, self._mend = replica, mend
        self._clock, self._documents = clock, documents
        self._lines, self._pace = lines, lines.pace
        self._awake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._ended: list[Outcome] = []
        self._calls: set[asyncio.Task[None]] = set()
        self._sending: set[int] = set()
        self._unsure = False  # whether a commit may have been made of which we did not hear
        self._held: dict[int | None, float] = {}
        self._limited: dict[int, float] = {}
        self._bulk_at = 0.0  # when what nobody waits for may go again

    def wake(self) -> None:
        """There is something to send."""
        self._quiet.clear()
        self._awake.set()

    def close(self) -> None:
        """The end comes: what many are told goes on after the next start."""
        self._lines.close()
        self.wake()

    async def idle(self) -> None:
        """Wait until all that is due was sent."""
        await self._quiet.wait()

    async def run(self) -> None:
        """Send for as long as the process lives; a database that is away is asked again."""
        while True:
            try:
                await self._step()
            except Exception as error:
                if not is_lost(error):
                    log.exception("the sender goes on after an error")
                await asyncio.sleep(_LOOK_S)

    async def _step(self) -> None:
        self._awake.clear()
        ended, self._ended = self._ended, []
        told = self._lines.ended()
        try:
            rows, lines = await self._database.run(partial(self._turn_over, ended, told))
        except BaseException:
            self._ended = [*ended, *self._ended]
            self._lines.give_back(told)
            self._unsure = True
            raise
        self._unsure = False
        self._sending -= {outcome.row.id for outcome in ended}
        self._lines.written(told)
        for claimed in rows:
            self._sending.add(claimed.row.id)
            self._begin(self._deliver(claimed))
        for line, calls in lines:
            self._lines.begin(line)
            self._begin(self._tell(line, calls))
        if not rows and not lines and not self._ended and not self._lines.has_ended:
            await self._rest()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        call = asyncio.create_task(work)
        self._calls.add(call)
        call.add_done_callback(self._called)

    def _called(self, call: asyncio.Task[None]) -> None:
        self._calls.discard(call)
        self._awake.set()

    def _turn_over(
        self, ended: list[Outcome], told: list[Ended], session: Session
    ) -> tuple[list[Claimed], list[tuple[Line, Calls]]]:
        now = self._clock.now()
        if self._unsure:
            sending = {*self._sending, *self._lines.sending}
            delivery.put_back(session, self._replica.who.me, sending)
        delivery.record(session, ended, now, self._mended)
        held = self._held_now()
        rows = [] if None in held else self._claim(session, now, held)
        everybody = None in self._held_now()
        chats = [chat for chat in held if chat is not None]
        return rows, self._lines.turn_over(session, told, chats, now, rest=everybody)

    def _claim(self, session: Session, now: dt.datetime, held: list[int | None]) -> list[Claimed]:
        # Whoever waits for a document, or is told what many are, holds nobody else's words back.
        busy = len(self._calls) - self._documents.waiting - len(self._lines.sending)
        room = max(_AT_ONCE - busy, 0)
        # More than the pace lets go would be read for nothing.
        most = min(room, self._pace.at_once + _SPARE) if self._pace.per_second else room
        chats = [chat for chat in held if chat is not None]
        last = NOTICE if monotonic() < self._bulk_at else BULK
        return delivery.claim(session, self._replica.who, now, most, chats, self._may_go, last)

    def _mended(self, session: Session, outcome: Outcome, now: dt.datetime) -> bool:
        """Whether an end was taken care of; what fails at that leaves only the end itself."""
        try:
            with session.begin_nested():
                return self._mend(session, outcome, now)
        except Exception as error:
            if is_lost(error):
                raise
            log.exception("row %s: its end was not taken care of", outcome.row.id)
            return False

    def _may_go(self, row: Outgoing) -> bool:
        """Whether the pace allows a call now; else its chat is held until then, or everybody."""
        now, yields = monotonic(), row.lane > NOTICE
        if yields and now < self._bulk_at:
            return False
        wait, everybody = self._pace.take(row.chat_id, now, yields=yields)
        if wait and everybody and yields:
            self._bulk_at = now + wait
        elif wait:
            self._hold(None if everybody else row.chat_id, wait)
        return not wait

    def _is_for_all(self, chat: int, said: Meaning | Ended) -> bool:
        """Whether a refusal is about everybody, not about its chat."""
        if said.end is End.AGAIN and said.why == LIMITED:
            now = monotonic()
            self._limited = {chat: end for chat, end in self._limited.items() if end > now}
            self._limited[chat] = now + said.wait_s
        return said.everybody or len(self._limited) >= _SEVERAL

    def _hold(self, chat: int | None, seconds: float) -> None:
        """Leave a chat alone, or all of them."""
        self._held[chat] = max(self._held.get(chat, 0.0), monotonic() + seconds)

    def _held_now(self) -> list[int | None]:
        now = monotonic()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        return list(self._held)

    async def _rest(self) -> None:
        """Sleep until something new, an end to write, or a held chat may go again."""
        now = monotonic()
        coming = (self._bulk_at, self._lines.next_at)
        times = [*self._held.values(), *(moment for moment in coming if moment > now)]
        if not self._calls and not times and not self._awake.is_set():
            self._quiet.set()
        soonest = min(times, default=now + _LOOK_S) - now
        try:
            # Not wait_for: in Python 3.11 it forgets that it was cancelled if woken just then.
            async with asyncio.timeout(min(max(soonest, 0.01), _LOOK_S)):
                await self._awake.wait()
        except TimeoutError:
            self._quiet.clear()

    async def _deliver(self, claimed: Claimed) -> None:
        row = claimed.row
        message_id: int | None = None
        try:
            message_id = await self._call_in_topic(claimed)
            said = Meaning(End.SENT)
        except TelegramError as error:
            said = _loosely(row, meaning(error))
            self._note(claimed, said)
        except Exception:
            log.exception("row %s cannot be sent", row.id)
            said = Meaning(End.FAILED, "fault")
        self._ended.append(Outcome(row, said.end, message_id, said.why, said.chat))
        self._awake.set()
        if row.slot is not None and message_id is not None and claimed.standing is not None:
            await self._take_buttons(row.chat_id, claimed.standing)

    async def _take_buttons(self, chat: int, message: int) -> None:
        """Only the newest screen has buttons. Nothing depends on it: an old one is harmless."""
        self._pace.count(chat, monotonic())
        with contextlib.suppress(TelegramError):
            await self._api.call("editMessageReplyMarkup", chat_id=chat, message_id=message)

    def _note(self, claimed: Claimed, said: Meaning) -> None:
        row = claimed.row
        self._wait(row.chat_id, said)
        if said.end is not End.SENT:
            log.warning("row %s %s: %s (%s)", row.id, row.method, said.end.name.lower(), said.why)

    async def _call_in_topic(self, claimed: Claimed) -> int | None:
        """Make the call; a topic that was closed is opened again for it."""
        if claimed.topic is None and TOPIC in claimed.row.body:
            raise NoTopicError
        try:
            return await self._call(claimed)
        except TelegramError as error:
            if claimed.topic is None or not has(error, CLOSED):
                raise
        await self._open(claimed.row.chat_id, claimed.topic)
        return await self._call(claimed)

    async def _open(self, chat: int, topic: int) -> None:
        try:
            await self._api.call("reopenForumTopic", chat_id=chat, message_thread_id=topic)
        except TelegramError as error:
            if not has(error, OPEN):  # somebody was faster
                raise

    def _wait(self, chat: int, said: Meaning | Ended) -> None:
        """Leave a chat alone, or everybody, where that was said."""
        if said.wait_s:
            self._hold(None if self._is_for_all(chat, said) else chat, said.wait_s)

    async def _tell(self, line: Line, calls: Calls) -> None:
        """Send a line of an announcement."""
        ended = await self._lines.tell(line, calls)
        self._wait(line.chat_id, ended)
        if ended.end not in (End.SENT, End.UNREACHABLE):
            said = ended.end.name.lower()
            log.warning("row %s %s: %s (%s)", line.id, line.method, said, ended.why)
        self._awake.set()

    async def _call(self, claimed: Claimed) -> int | None:
        """Make the call; the id of the message that it made."""
        row, words = claimed.row, self._words[claimed.row.language]
        if row.method == PREVIEW:
            return await self._preview(row)
        parameters = {"chat_id": row.chat_id, **render(row.body, words)}
        if claimed.topic is not None:
            parameters["message_thread_id"] = claimed.topic
        if isinstance(row.body.get("document"), dict):
            return await self._document(claimed, words, parameters)
        if row.body.get("standing"):
            return await self._about_standing(row.method, claimed.standing, parameters)
        if row.body.get("in_place") and claimed.standing is not None:
            return await self._in_place(row.method, claimed.standing, parameters)
        return _message_id(await self._api.call(row.method, **parameters))

    async def _document(
        self, claimed: Claimed, words: Words, parameters: dict[str, Any]
    ) -> int | None:
        """Make what the row names, and send it. Where that fails, say so; where what it is about
        is gone, there is nothing to say.
        """
        row = claimed.row
        try:
            made = await self._documents.make(parameters["document"], words)
        except Exception:
            log.exception("row %s: its document cannot be made", row.id)
            sorry = {**render({"text": SORRY}, words), **_place(parameters)}
            return _message_id(await self._api.call("sendMessage", **sorry))
        if made is None:
            return None
        del parameters["document"]
        kind = "photo" if row.method == "sendPhoto" else "document"
        parameters[kind] = InputFile(made.content, filename=made.name)
        return _message_id(await self._api.call(row.method, **parameters))

    async def _about_standing(
        self, method: str, standing: int | None, parameters: dict[str, Any]
    ) -> None:
        """Make a call about the message that stands in the slot; none where none does."""
        if standing is not None:
            await self._api.call(method, message_id=standing, **parameters)

    async def _preview(self, row: Outgoing) -> int | None:
        """Show what somebody with a language gets of an announcement."""
        number = int(str(row.body["announcement"]))
        corrected = bool(row.body.get("corrected"))
        said = await self._database.run(partial(ledger.words, number=number, corrected=corrected))
        made: object = None
        for call in self._lines.announcing.made(number, said, row.language, SEND) if said else ():
            if call is not None:
                made = await self._api.send(call.method, call.body(row.chat_id))
        return _message_id(made)

    async def _in_place(self, method: str, standing: int, parameters: dict[str, Any]) -> int | None:
        words = {name: value for name, value in parameters.items() if name not in _NOT_EDITED}
        edits, edited = as_edit(method, words)
        try:
            await self._api.call(edits, message_id=standing, **edited)
        except TelegramError as error:
            if not has(error, NOTHING_TO_EDIT):
                raise
            return _message_id(await self._api.call(method, **parameters))
        return None


def _loosely(row: Outgoing, said: Meaning) -> Meaning:
    """What a call that nothing depends on says of its chat is not believed."""
    if row.body.get("loose") and said.end is End.UNREACHABLE:
        return replace(said, end=End.FAILED)
    return said


def _place(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in _WHERE if name in parameters}


def _message_id(result: object) -> int | None:
    """What a handle keeps of an answer: the message's number, or the topic's that was made."""
    if not isinstance(result, dict):
        return None
    said = cast("dict[str, object]", result)
    found = said.get("message_id", said.get("message_thread_id"))
    return found if isinstance(found, int) else None
