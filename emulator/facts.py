"""Checks a call's parameters against the table of facts: names, types, what is required.

What it finds are *problems* that the log of calls shows; whether a call is refused is the
method's own affair, as it is with Telegram.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from emulator.json_types import as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from emulator.json_types import Json

_TABLE: Json = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
_TYPES: dict[str, Json] = _TABLE["types"]
METHODS: dict[str, dict[str, str]] = _TABLE["methods"]
NAMES: dict[str, str] = {name.lower(): name for name in METHODS}
"""Method names in lower case to their true spelling."""
REACTIONS: frozenset[str] = frozenset(_TABLE["reactions"])
"""The emoji that a bot can react with."""

_SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
    "InputFile": (str, dict),
}


def required(fields: dict[str, str]) -> Iterable[str]:
    """The names of the required ones."""
    return (name for name, kind in fields.items() if kind[0] == "!")


def check(fields: dict[str, str], values: Json, path: str = "") -> list[str]:
    """Unknown, missing and wrongly typed entries of an object, each as a short sentence."""
    problems = [f"{path}{name}: unknown" for name in values if name not in fields]
    problems += [f"{path}{name}: missing" for name in required(fields) if name not in values]
    for name, value in values.items():
        kind = fields.get(name)
        if kind is not None:
            problems += _check_value(kind.lstrip("!"), value, path + name)
    return problems


def _check_value(kind: str, value: object, path: str) -> list[str]:
    best: list[str] | None = None
    for option in kind.split("|"):
        problems = _check_one(option, value, path)
        if not problems:
            return problems
        if best is None or len(problems) < len(best):
            best = problems
    return best or []


def _check_one(kind: str, value: object, path: str) -> list[str]:
    simple = _SIMPLE.get(kind)
    if simple is not None:
        wrong = not isinstance(value, simple) or (kind != "Boolean" and isinstance(value, bool))
        return [f"{path}: not of type {kind}"] if wrong else []
    if kind.startswith("Array of "):
        items = as_list(value)
        if items is None:
            return [f"{path}: not an array"]
        inner = kind.removeprefix("Array of ")
        return [
            problem
            for number, item in enumerate(items)
            for problem in _check_value(inner, item, f"{path}[{number}]")
        ]
    return _check_object(kind, value, path)


def _check_object(kind: str, value: object, path: str) -> list[str]:
    described = _TYPES[kind]
    if "subtypes" in described:
        return _check_value("|".join(cast("list[str]", described["subtypes"])), value, path)
    if kind == "KeyboardButton" and isinstance(value, str):
        return []  # Telegram takes a plain text for a button
    given = as_object(value)
    if given is None:
        return [f"{path}: not of type {kind}"]
    return check(described["fields"], given, path + ".")
