"""What the emulator and the bot say to each other, held against the models of aiogram.

aiogram speaks a later version of the Bot API: the few fields that this one requires and ours
does not know are filled in before.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from aiogram import methods
from pydantic import BaseModel, TypeAdapter

LATER: dict[str, Any] = {"can_send_welcome_messages": True}
"""Fields that a later Bot API requires, with a value for each."""


def completed(value: Any) -> Any:
    """A reply with the fields that only the later version requires."""
    if isinstance(value, list):
        return [completed(item) for item in value]  # pyright: ignore[reportUnknownVariableType] - plain JSON
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {key: completed(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - plain JSON
    if found.get("status") == "administrator":
        return found | LATER
    return found


def extra(value: object, path: str) -> Iterator[str]:
    """Keys that a model does not know, at any depth."""
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any item
            yield from extra(item, f"{path}[{number}]")  # pyright: ignore[reportUnknownArgumentType] - any item
    elif isinstance(value, BaseModel):
        for key in value.model_extra or {}:
            yield f"{path}.{key}"
        for key in type(value).model_fields:
            yield from extra(getattr(value, key), f"{path}.{key}")


def fits(model: Any, value: object, path: str) -> list[str]:
    found = TypeAdapter(model).validate_python(completed(value))
    return list(extra(found, path))


def misfits(calls: Iterable[dict[str, Any]]) -> list[str]:
    """What of the requests and replies in a log of calls the models do not know.

    Requests with uploaded files are left out: the log has of those only name and size.
    """
    found: list[str] = []
    for call in calls:
        name: str = call["method"]
        method: Any = getattr(methods, name[0].upper() + name[1:])
        if call.get("result") is not None:
            found += fits(method.__returning__, call["result"], name)
        if "'bytes': " not in str(call["params"]):
            found += fits(method, json.loads(json.dumps(call["params"])), name)
        found += [f"{name}: {problem}" for problem in call["problems"]]
    return found
