"""How the bot asks for updates when Telegram refuses to give them."""

from typing import Any

import pytest

from tests.world import World


async def polls(town: World) -> list[dict[str, Any]]:
    calls = (await town.sim("calls", all=1))["calls"]
    return [call for call in calls if call["method"] in ("getUpdates", "deleteWebhook")]


@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook"])
async def test_who_is_told_to_wait_asks_again_only_then(town: World, method: str) -> None:
    await town.stop()
    refused = {"method": method, "kind": "refuse", "status": 429, "retry_after": 2, "times": 1}
    await town.sim("faults", [refused])
    before = len(await polls(town))
    await town.start()
    ada = await town.resident()
    assert "Tell my idea" in ada.buttons
    made = (await polls(town))[before:]
    number = next(number for number, call in enumerate(made) if call["status"] == 429)
    assert made[number]["method"] == made[number + 1]["method"] == method
    assert made[number + 1]["at"] - made[number]["at"] >= 2
