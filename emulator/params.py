"""A call's parameters, decoded by the facts table.

Numbers and truth values may come as texts, nested values as JSON texts. What cannot be decoded
stays a text: it is a problem in the log, and refused where a method needs it.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulator.facts import METHODS, check
from emulator.json_types import Json, LoneSurrogateError, as_list, as_object, decode, is_whole
from emulator.refusals import bad, not_utf8

TRUE = frozenset({"true", "yes", "1"})
LEGACY = {"reply_to_message_id": "Integer", "allow_sending_without_reply": "Boolean"}
"""Older names that Telegram still reads, though they are documented no more."""


@dataclass(slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class Params:
    """Decoded values, read with the type that a method needs."""

    values: Json
    files: dict[str, Upload] = field(default_factory=dict[str, Upload])

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default if absent or something else."""
        value = self.values.get(name)
        return value if is_whole(value) else default

    def number(self, name: str) -> float | None:
        """A number, None if absent or something else."""
        value = self.values.get(name)
        return value if isinstance(value, int | float) else None

    def flag(self, name: str) -> bool:
        """A truth value, False if absent."""
        return self.values.get(name) is True

    def text(self, name: str) -> str:
        """A text, empty if absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def object(self, name: str) -> Json | None:
        """A JSON object, None if absent.

        Raises:
            Refused: it is something else.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        found = as_object(value)
        if found is None:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object")
        return found

    def array(self, name: str) -> list[Any] | None:
        """A JSON array, None if absent.

        Raises:
            Refused: it is something else.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        found = as_list(value)
        if found is None:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object")
        return found

    def integers(self, name: str) -> list[int]:
        """The whole numbers of a JSON array, empty if absent."""
        return [value for value in self.array(name) or [] if is_whole(value)]


def _integer(value: str) -> object:
    try:
        return int(value)
    except ValueError:
        return value


def _float(value: str) -> object:
    try:
        number = float(value)
    except ValueError:
        return value
    return number if math.isfinite(number) else value


def _boolean(value: str) -> object:
    return value.lower() in TRUE


def _json(value: str) -> object:
    try:
        return decode(value)
    except ValueError:
        return value
    except LoneSurrogateError:
        raise not_utf8() from None


_DECODERS: dict[str, Callable[[str], object]] = {
    "Integer": _integer,
    "Integer|String": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "String": str,
    "InputFile": str,
    "InputFile|String": str,
}


def _decode_value(kind: str, value: object) -> object:
    if isinstance(value, str):
        return _DECODERS.get(kind, _json)(value)
    if kind == "String" and isinstance(value, int | float):
        return str(value)
    if kind == "Boolean" and isinstance(value, int):
        return bool(value)
    return value


def decoded(method: str, raw: Json, files: dict[str, Upload]) -> tuple[Params, list[str]]:
    """Parameters by their types, and the problems that the facts table finds.

    Args:
        method: in its true spelling; the parameters of an unknown one stay as sent.
        raw: as sent; null is the same as absent.
        files: the uploaded ones.

    Raises:
        Refused: 400, a text in a nested value is no UTF-8.
    """
    fields = METHODS.get(method)
    if fields is None:
        return Params(raw, files), []
    values: Json = {}
    for name, value in raw.items():
        if value is not None:
            kind = fields.get(name) or LEGACY.get(name)
            values[name] = _decode_value(kind.lstrip("!"), value) if kind else value
    if not files:
        return Params(values), check(method, values)
    direct = {name: told for name, told in _told(files).items() if name in fields}
    problems = check(method, values | direct)
    attached = [name for name in files if name not in fields]
    problems += [f"{name}: a file that nothing refers to" for name in unused(attached, values)]
    return Params(values, files), problems


def unused(attached: list[str], values: Json) -> list[str]:
    """Uploaded files that no value names with attach://."""
    text = json.dumps(values)
    return [name for name in attached if f"attach://{name}" not in text]


def _told(files: dict[str, Upload]) -> Json:
    return {name: {"file": file.name, "bytes": len(file.content)} for name, file in files.items()}


def shown(params: Params) -> Json:
    """The parameters for the log: files by name and size."""
    return params.values | _told(params.files) if params.files else params.values
