"""Updates filled at random after the Bot API's specification: every type, every optional field.

What a machine could not know is left to chance too: strings of all scripts with control characters
and halves of surrogate pairs, numbers up to the last that fits. Only ids of chats, people and
messages stay within what Telegram promises, and dates are mostly dates.
"""

import json
import re
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from handlers.routes import COMMANDS, TAPS

Json: TypeAlias = dict[str, Any]

SPECIFICATION = Path(__file__).parents[3] / "shared" / "botapi" / "botapi-10.0.json"
_DEEPEST = 7
_QUOTED = re.compile('["“]([^"”]+)["”]')
_WORDS = [
    *("Ciao", "come stai?", "مرحبا", "你好", "Здравствуй", "שלום", "नमस्ते", "ไทย", "한국어"),
    *("👩‍👩‍👧‍👦", "e\u0301", "\u202e", "\u2068", "\u200b", "\x00", "\x07", "\n\n", "\r", "\t"),
    *("\ud800", "\udfff", "<b>", "</b>", "&lt;", "&", "%(name)s", "{0}", "'; DROP", "Dergano"),
    *("3500", "2.000,50", "٣٥", "1e999", "Isola, Bovisa", ":", "_" * 70),
]
_NUMBERS = [0, 1, 2, 7, 100, 1_000_000, 2**31 - 1, 2**31, 2**52, 2**63 - 1, -1, -(2**31), -(2**63)]
_TIMES = ("date", "time", "duration", "period", "delay")
_KEYS = ["stage", "need", "where", "costs", "evidence", "project", "79", "other", "useful"]
_ARGUMENTS = [*_KEYS, "", "yes", "it", "1", "NaN", "1e999999", "-1", "9" * 30, "٣", "²"]


class Updates:
    """An endless row of them; the same seed gives the same ones."""

    def __init__(self, seed: int, people: list[int]) -> None:
        self._random = Random(seed)  # noqa: S311 - chance that can be repeated
        self._types: Json = json.loads(SPECIFICATION.read_text(encoding="utf-8"))["types"]
        self._people = people
        fields = self._types["Update"]["fields"]
        self.kinds: list[str] = [field["name"] for field in fields if not field["required"]]
        self._numbers = iter(range(1, 10**9))

    def one(self, kind: str | None = None) -> Json:
        """An update with one of its kinds of content."""
        kind = kind or self._random.choice(self.kinds)
        field = next(f for f in self._types["Update"]["fields"] if f["name"] == kind)
        content = self._value(field, "Update", 0)
        message: Json = content.get("message") or {}
        chat: Json = message.get("chat") or {}
        if chat.get("type") == "private" and "from" in content:
            content["from"]["id"] = chat["id"]  # a private chat is the chat of one person
        return {"update_id": next(self._numbers), kind: content}

    def _object(self, name: str, depth: int) -> Json:
        """An object of a type; the deeper, the fewer optional fields."""
        kind = self._types[name]
        if name == "Chat":
            return self._chat()
        if "subtypes" in kind:
            return self._object(self._random.choice(kind["subtypes"]), depth)
        chance = 0.25 / (depth + 1)
        return {
            field["name"]: self._value(field, name, depth)
            for field in kind.get("fields", [])
            if field["required"] or (depth < _DEEPEST and self._random.random() < chance)
        }

    def _chat(self) -> Json:
        """A chat: mostly one of a few people's, else any."""
        kind = self._random.choice(["private"] * 6 + ["group", "supergroup", "channel"])
        number = self._person() if kind == "private" else -self._random.randrange(1, 2**52)
        return {"id": number, "type": kind, "first_name": self._string()}

    def _person(self) -> int:
        anybody = self._random.randrange(1, 2**52)
        return anybody if self._random.random() < 0.1 else self._random.choice(self._people)

    def _value(self, field: Json, owner: str, depth: int) -> Any:
        return self._typed(self._random.choice(field["types"]), field, owner, depth)

    def _typed(self, kind: str, field: Json, owner: str, depth: int) -> Any:
        if kind.startswith("Array of "):
            many = self._random.randrange(4 if depth < _DEEPEST else 1)
            inner = kind.removeprefix("Array of ")
            return [self._typed(inner, field, owner, depth + 1) for _ in range(many)]
        if kind in self._types:
            return self._object(kind, depth + 1)
        plain = {"Integer": self._integer, "String": self._text}.get(kind)
        if plain is not None:
            return plain(field, owner)
        return self._random.random() < 0.5 if kind == "Boolean" else self._float(field["name"])

    def _float(self, name: str) -> float:
        most = {"latitude": 90, "longitude": 180}.get(name, 1e6)
        return self._random.choice([0, most, -most, self._random.uniform(-most, most)])

    def _integer(self, field: Json, owner: str) -> int:
        name = field["name"]
        if owner == "User" and name == "id":
            return self._person()
        if name == "message_id":
            return self._random.randrange(1, 200)
        if any(part in name for part in _TIMES):
            plausible = self._random.randrange(1, 2**31)
            return self._random.choice(_NUMBERS) if self._random.random() < 0.005 else plausible
        return self._random.choice(_NUMBERS)

    def _text(self, field: Json, owner: str) -> str:
        """A value that the description names, as it is or mostly; else any string."""
        named: list[str] = _QUOTED.findall(field["description"])
        says = field["description"].partition('"')[0]
        if owner == "CallbackQuery" and field["name"] in ("id", "data"):
            return self._data() if field["name"] == "data" else str(next(self._numbers))
        if owner == "MessageEntity" and field["name"] == "type":
            return self._random.choice(["bot_command", *named])
        if named and says.endswith(("always ", "must be ")):
            return named[0]
        if named and self._random.random() < 0.9:
            return self._random.choice(named)
        return self._string()

    def _data(self) -> str:
        verb = self._random.choice([*TAPS, self._string()])
        many = TAPS[verb][1] if verb in TAPS else self._random.randrange(3)
        many = self._random.choice([many] * 5 + [0, 1, 3])
        return ":".join([verb, *(self._random.choice(_ARGUMENTS) for _ in range(many))])

    def _string(self) -> str:
        many = self._random.choice([0, 1, 2, 3, 8, 200])
        begin = f"/{self._random.choice(list(COMMANDS))}" if self._random.random() < 0.1 else ""
        return begin + "".join(self._random.choice(_WORDS) for _ in range(many))
