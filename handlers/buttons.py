"""Callback data: a verb and its arguments, at most 64 bytes; what comes back is never trusted."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from db.types import Json
from school.phrases import Phrase, t

Button: TypeAlias = tuple[Phrase, str]
Keyboard: TypeAlias = list[list[Button]]

_MOST = 64
_NARROW = 14
_DIGITS = 18  # of a number that a database can keep


class Tap(NamedTuple):
    """What a button calls: a function, how many arguments the button carries, and for staff the
    action that their role must allow (school/staff.py).
    """

    call: Callable[..., None]
    takes: int
    action: str | None = None


def data(verb: str, *arguments: object) -> str:
    """Pack a verb with its arguments. Raises ValueError beyond Telegram's 64 bytes."""
    packed = ":".join((verb, *map(str, arguments)))
    if len(packed.encode()) > _MOST:
        raise ValueError(f"{packed!r} is longer than {_MOST} bytes")
    return packed


def unpack(packed: str) -> tuple[str, list[str]]:
    """The verb and its arguments."""
    verb, *arguments = packed.split(":")
    return verb, arguments


def in_rows(buttons: Sequence[Button]) -> Keyboard:
    """Buttons in reading order, two in a row where both labels are short."""
    rows: Keyboard = []
    for button in buttons:
        last = rows[-1] if rows else []
        if len(last) == 1 and _is_narrow(last[0]) and _is_narrow(button):
            last.append(button)
        else:
            rows.append([button])
    return rows


def _is_narrow(button: Button) -> bool:
    """The program's own words are as long as their language makes them."""
    return isinstance(button[0], str) and len(button[0]) <= _NARROW


def paging(page: int, verb: str, *arguments: object, more: bool) -> Keyboard:
    """The ways to the pages before and after one, counted from 0; a button carries it last."""
    steps: list[Button] = []
    if page > 0:
        steps.append((t("Page before"), data(verb, *arguments, page - 1)))
    if more:
        steps.append((t("Next page"), data(verb, *arguments, page + 1)))
    return [steps] if steps else []


def as_json(keyboard: Keyboard) -> Json:
    """Buttons as a row of the outbox carries them."""
    return [[list(button) for button in row] for row in keyboard]


def row_number(argument: str) -> int | None:
    """The number of a row, as a button carries it; None for what can be none."""
    fits = argument.isascii() and argument.isdecimal() and len(argument) <= _DIGITS
    return int(argument) if fits else None
