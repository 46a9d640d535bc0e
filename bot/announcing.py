"""Makes the calls of an announcement's lines: what one says is made into calls once for each
language, so that a recipient costs a chat's number in front of bytes that are there.

A correction is another version, and has other calls: nothing stale is said.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from telegram.error import TelegramError

from bot.api import Api
from bot.clock import Clock
from bot.outcomes import CANNOT_DELETE, NOTHING_TO_DELETE, NOTHING_TO_EDIT, has, meaning
from handlers.announced import buttons, heading
from locales.translator import Words
from school import editing, ledger
from school.announcements import CORRECT, DELETABLE, GONE, RECALL, SEND, TOGETHER, TOO_OLD
from school.delivery import End
from school.editing import ALBUM, CAPTION, EDIT, FILES, MEDIA, TEXT, Part
from school.ledger import Ended, Line, News, Version
from school.loading import School
from school.phrases import as_text

_AT_ONCE = 100  # messages that can be deleted in one call
_KEPT = 20  # versions of which the words are kept
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


class Call(NamedTuple):
    """A call, but for the chat and the message that it is about: the rest of its parameters as
    JSON. `makes` is how many messages it makes.
    """

    method: str
    rest: bytes
    makes: int = 1

    def body(self, chat: int, message: int | None = None) -> bytes:
        """The whole of it."""
        about = b"" if message is None else b',"message_id":%d' % message
        return b'{"chat_id":%d%b%b' % (chat, about, self.rest)


Calls: TypeAlias = Sequence[Call | None]


def _call(method: str, parameters: Mapping[str, Any], makes: int = 1) -> Call:
    there = {name: value for name, value in parameters.items() if value is not None}
    rest = json.dumps(there, separators=(",", ":"))[1:].encode()
    return Call(method, b"," + rest if there else rest, makes)


@dataclass(frozen=True, slots=True, repr=False)
class Announcing:
    """What announcements say, by version, and the calls that were made of it."""

    api: Api
    words: Mapping[str, Words]
    clock: Clock
    school: School
    _said: dict[Version, ledger.Words] = field(default_factory=dict[Version, ledger.Words])
    _calls: dict[tuple[Version, str, str], Calls] = field(
        default_factory=dict[tuple[Version, str, str], Calls]
    )

    _dearest: dict[Version, int] = field(default_factory=dict[Version, int])

    def knows(self, version: Version) -> bool:
        """Whether the words of a version were read."""
        return version in self._said

    def learn(self, version: Version, said: ledger.Words) -> None:
        """The words of a version."""
        if len(self._said) >= _KEPT:
            self._said.clear()
            self._calls.clear()
        self._said[version] = said
        each = (self.made(version[0], said, language, SEND) for language in self.words)
        self._dearest[version] = max(map(cost, each))

    def dearest(self, one: News) -> int:
        """How many messages the pace counts for a line at most."""
        return 1 if one.passes == TOGETHER[RECALL] else self._dearest[one.version]

    def calls(self, line: Line) -> Calls:
        """The calls of a line that is sent, or by message those of one that is corrected."""
        key = (line.version, line.language, line.method)
        if key not in self._calls and line.method != RECALL:
            self._calls[key] = self.made(line.version[0], self._said[line.version], *key[1:])
        return self._calls.get(key, ())

    def made(self, number: int, said: ledger.Words, language: str, method: str) -> Calls:
        """What somebody with a language gets."""
        parts = [*editing.parts(said.content, language)]
        below = self._markup(number, said, language)
        if below is not None and parts[-1]["method"] == ALBUM:
            # An album has no buttons: they are under a message of their own.
            above: dict[str, str] = {"text": heading(said, self.school, language)}
            parts.append({"method": "sendMessage", "params": above})
        markups = [*[None] * (len(parts) - 1), below]
        make = _edits if method == CORRECT else _sends
        return [
            call for part, markup in zip(parts, markups, strict=True) for call in make(part, markup)
        ]

    def _markup(
        self, number: int, said: ledger.Words, language: str
    ) -> dict[str, list[list[dict[str, str]]]] | None:
        under, words = buttons(number, said, language), self.words[language]
        rows = [[{"text": as_text(label, words), **does}] for label, does in under]
        return {"inline_keyboard": rows} if rows else None

    async def tell(self, line: Line, calls: Calls) -> Ended:
        """Make the calls of a line."""
        if line.method == SEND:
            return await self._send(line, calls)
        return await (self._correct if line.method == CORRECT else self._recall)(line, calls)

    async def _send(self, line: Line, calls: Calls) -> Ended:
        """One after the other; of a line that was begun before, those that are left."""
        before = line.messages or {}
        ids: list[int] = list(before.get("ids", ()))
        for number, call in enumerate(calls):
            if call is None or number < before.get("calls", 0):
                continue
            try:
                ids += _numbers(await self.api.send(call.method, call.body(line.chat_id)))
            except TelegramError as error:
                return _ended(line, error, ids, number)
        return Ended(line, End.SENT, ids=ids)

    async def _correct(self, line: Line, calls: Calls) -> Ended:
        """Each of its messages; one that is gone holds no other back."""
        ended = Ended(line, End.SENT if line.told else End.NEEDLESS)
        for message, call in zip((line.told or {}).get("ids", ()), calls, strict=False):
            if call is None:
                continue
            try:
                await self.api.send(call.method, call.body(line.chat_id, message))
            except TelegramError as error:
                said = _ended(line, error)
                if has(error, NOTHING_TO_EDIT):
                    said = said._replace(why=GONE)
                if said.end not in (End.SENT, End.FAILED):
                    return said
                ended = said if said.end is End.FAILED else ended
        return ended

    async def _recall(self, line: Line, _calls: Calls) -> Ended:
        """All of its messages, while Telegram allows it."""
        if not line.told:
            return Ended(line, End.NEEDLESS)
        if self.clock.now() - dt.datetime.fromisoformat(line.told["at"]) >= DELETABLE:
            return Ended(line, End.FAILED, TOO_OLD)
        ids: Sequence[int] = line.told["ids"]
        try:
            for first in range(0, len(ids), _AT_ONCE):
                await self._delete(line.chat_id, ids[first : first + _AT_ONCE])
        except TelegramError as error:
            if has(error, CANNOT_DELETE):
                return Ended(line, End.FAILED, TOO_OLD)
            if not has(error, NOTHING_TO_DELETE):
                return _ended(line, error)
        return Ended(line, End.SENT)

    async def _delete(self, chat: int, ids: Sequence[int]) -> None:
        if len(ids) == 1:
            await self.api.call("deleteMessage", chat_id=chat, message_id=ids[0])
        else:
            await self.api.call("deleteMessages", chat_id=chat, message_ids=[*ids])


def cost(calls: Calls) -> int:
    """How many messages the pace counts for a line."""
    return sum(call.makes for call in calls if call is not None) or 1


def _ended(line: Line, error: TelegramError, ids: Sequence[int] = (), calls: int = 0) -> Ended:
    """What an error means for a line of which so many calls were made."""
    said = meaning(error)
    return Ended(line, said.end, said.why, ids, calls, said.wait_s, said.everybody)


def _sends(part: Part, markup: Mapping[str, Any] | None) -> Calls:
    parameters = cast("Mapping[str, Any]", part["params"])
    if part["method"] == ALBUM:
        return [_call(ALBUM, parameters, len(parameters["media"]))]
    return [_call(part["method"], {**parameters, "reply_markup": markup})]


def _edits(part: Part, markup: Mapping[str, Any] | None) -> Calls:
    """By message: an album is several."""
    parameters = cast("Mapping[str, Any]", part["params"])
    if part["method"] == ALBUM:
        return [_call("editMessageMedia", {"media": item}) for item in parameters["media"]]
    kind, below = part.get(EDIT), {"reply_markup": markup}
    if kind == TEXT:
        return [_call("editMessageText", {**_only(parameters, _TEXT), **below})]
    if kind == CAPTION:
        return [_call("editMessageCaption", {**_only(parameters, _CAPTION), **below})]
    if kind == MEDIA:
        name = FILES[part["method"]]
        file = {"type": name, "media": parameters[name]}
        shown = _only(parameters, (*_CAPTION, "has_spoiler"))
        return [_call("editMessageMedia", {"media": {**file, **shown}, **below})]
    return [_call("editMessageReplyMarkup", below)] if markup else [None]


def _only(parameters: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: parameters[name] for name in names if name in parameters}


def _numbers(result: object) -> list[int]:
    """The messages that a call made."""
    made = cast("list[dict[str, int]]", result if isinstance(result, list) else [result])
    return [one["message_id"] for one in made]
