"""The Bot API's methods: one table, by topic. What is not in it, the emulator does not have."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from emulator.methods import bans, chats, commands, copies, files, forum, messages, places, updates
from emulator.params import Params
from emulator.state import World

Method: TypeAlias = Callable[[World, Params], object]
WaitingMethod: TypeAlias = Callable[[World, Params], Awaitable[object]]

_TABLES: tuple[Mapping[str, Method], ...] = (
    updates.TABLE,
    messages.TABLE,
    files.TABLE,
    places.TABLE,
    copies.TABLE,
    chats.TABLE,
    bans.TABLE,
    forum.TABLE,
    commands.TABLE,
)
METHODS: dict[str, Method] = {
    name.lower(): method for table in _TABLES for name, method in table.items()
}
"""By name in lower case."""
_WAITING: dict[str, WaitingMethod] = dict(updates.WAITING)
WAITING: dict[str, WaitingMethod] = {name.lower(): method for name, method in _WAITING.items()}
"""Those that wait for something, by name in lower case."""
