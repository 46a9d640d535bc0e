"""The Bot API's methods: one table, by topic. What is not in it, the emulator does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from emulator.methods import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.params import Params
    from emulator.state import World

    Method: TypeAlias = Callable[[World, Params], object]

METHODS: dict[str, Method] = {
    name.lower(): function for table in (messages.TABLE,) for name, function in table.items()
}
"""By name in lower case."""
