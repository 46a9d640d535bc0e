"""Checks a call's parameters against the table of facts: names, types, what is required.

What it finds are *problems* that the log of calls shows; whether a call is refused is the
method's own affair, as it is with Telegram.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

from emulator.json_types import Json, as_list, as_object

_TABLE: Json = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
_TYPES: dict[str, Json] = _TABLE["types"]
METHODS: dict[str, dict[str, str]] = _TABLE["methods"]
NAMES: dict[str, str] = {name.lower(): name for name in METHODS}
"""Method names in lower case to their true spelling."""
REACTIONS: frozenset[str] = frozenset(_TABLE["reactions"])
"""The emoji that a bot can react with."""

Checker: TypeAlias = "Callable[[object], list[str]]"
"""Finds the problems of a value; each begins with its place within the value."""

_SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
    "InputFile": (str, dict),
}


@dataclass(slots=True, frozen=True)
class Shape:
    """An object's fields and which of them it must have."""

    fields: dict[str, Checker]
    required: tuple[str, ...]

    def problems(self, values: Json) -> list[str]:
        """Unknown, missing and wrongly typed entries."""
        found: list[str] = []
        for name, value in values.items():
            checker = self.fields.get(name)
            if checker is None:
                found.append(f".{name}: unknown")
            else:
                found += [f".{name}{problem}" for problem in checker(value)]
        found += [f".{name}: missing" for name in self.required if name not in values]
        return found


def check(method: str, values: Json) -> list[str]:
    """The problems of a call's parameters, each as a short sentence.

    Args:
        method: in its true spelling.
        values: decoded.
    """
    return [problem[1:] for problem in _method_shape(method).problems(values)]


def fits(kind: str, value: object) -> bool:
    """Whether a decoded value is of that type of the Bot API, one that can be sent."""
    return not _checker(kind)(value)


def _shape(fields: dict[str, str]) -> Shape:
    checkers = {name: _checker(kind.lstrip("!")) for name, kind in fields.items()}
    return Shape(checkers, tuple(name for name, kind in fields.items() if kind[0] == "!"))


@cache
def _method_shape(method: str) -> Shape:
    return _shape(METHODS[method])


@cache
def _type_shape(kind: str) -> Shape:
    return _shape(_TYPES[kind]["fields"])


@cache
def _checker(kind: str) -> Checker:
    options = kind.split("|")
    if len(options) > 1:
        return partial(_one_of, [_checker(option) for option in options])
    if kind.startswith("Array of "):
        return partial(_array, kind.removeprefix("Array of "))
    if kind in _SIMPLE:
        return partial(_simple, kind, _SIMPLE[kind])
    if "subtypes" in _TYPES[kind]:
        return partial(_one_of, [_checker(option) for option in _TYPES[kind]["subtypes"]])
    return partial(_object, kind)


def _one_of(options: list[Checker], value: object) -> list[str]:
    best: list[str] | None = None
    for checker in options:
        problems = checker(value)
        if not problems:
            return problems
        if best is None or len(problems) < len(best):
            best = problems
    return best or []


def _simple(kind: str, types: type | tuple[type, ...], value: object) -> list[str]:
    if isinstance(value, types) and (kind == "Boolean" or not isinstance(value, bool)):
        return []
    return [f": not of type {kind}"]


def _array(kind: str, value: object) -> list[str]:
    items = as_list(value)
    if items is None:
        return [": not an array"]
    checker = _checker(kind)  # looked up late: types hold one another
    return [
        f"[{number}]{problem}" for number, item in enumerate(items) for problem in checker(item)
    ]


def _object(kind: str, value: object) -> list[str]:
    if kind == "KeyboardButton" and isinstance(value, str):
        return []  # Telegram takes a plain text for a button
    given = as_object(value)
    return [f": not of type {kind}"] if given is None else _type_shape(kind).problems(given)
