"""getUpdates and the webhook: how the bot hears of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.params import Params
    from emulator.state import World

UPDATES_AT_MOST = 100
SECONDS_AT_MOST = 50


def remember_allowed(world: World, params: Params) -> None:
    """Keeps the kinds of updates that a call asks for; without them the last ones stay."""
    asked = params.array("allowed_updates")
    if asked is not None:
        world.updates.allowed = [str(kind) for kind in asked]
        world.mark("meta", "updates")


async def get_updates(world: World, params: Params) -> bytes:
    """getUpdates: the JSON text of the list."""
    remember_allowed(world, params)
    limit = min(max(params.integer("limit", UPDATES_AT_MOST), 1), UPDATES_AT_MOST)
    seconds = min(max(params.integer("timeout"), 0), SECONDS_AT_MOST)
    updates = await world.updates.poll(params.integer("offset"), limit, seconds)
    return b"[" + b",".join(update.body for update in updates) + b"]"
