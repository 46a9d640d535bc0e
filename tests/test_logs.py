"""The log of a bot that says all it can holds nothing of what people write."""

import re
from pathlib import Path

import aiohttp

from tests.databases import Files
from tests.processes import Emulator, running

SECRET = "Zanzibar"
ASKED = -1005001
_PERSONAL = re.compile(rf"{SECRET}|\b1001\b|Amina")


async def _talk(there: Emulator) -> None:
    """Everything that somebody can write, also where it goes wrong."""
    await there.does("send", text="/start")
    for data in ("read:1", "age:yes", "idea", "pick:stage:project"):
        await there.does("press", data=data)
    await there.does("send", text=f"{SECRET} lamps")
    await there.does("send", voice={"name": f"{SECRET}.ogg", "base64": "MQ=="})
    refused = {"method": "sendMessage", "kind": "refuse", "status": 400, "times": 1}
    await there.sim("faults", [refused])
    await there.does("send", text=SECRET)
    await there.does("press", data="person")
    await there.does("send", text=f"Where is {SECRET}?")
    await there.does("send", text="/forget")
    await there.does("press", data="forgotten")


async def test_a_log_that_says_all_holds_no_word_of_a_person(folder: Path, files: Files) -> None:
    url = await files.empty()
    async with (
        running(folder, "emulator", "--port", "0") as emulator,
        aiohttp.ClientSession() as http,
    ):
        there = Emulator(http, await emulator.address())
        group = {"id": ASKED, "title": "Desk", "members": [1001], "admins": []}
        await there.sim("groups", group)
        settings = {"token": "42:EMULATOR", "api_url": there.url, "database_url": url}
        more = {"log_level": "DEBUG", "operator_chat": str(ASKED)}
        async with running(folder, "run", **settings, **more) as bot:
            await _talk(there)
            status, said = await bot.stop()
    assert status == 0
    assert "sendMessage: failed" in said  # it does say something
    assert [line for line in said.splitlines() if _PERSONAL.search(line)] == []
