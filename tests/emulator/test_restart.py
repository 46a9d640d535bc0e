"""With a data folder everything survives a restart, and the end of the process by force."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp

from emulator import server
from tests.emulator.telegram import Telegram
from tests.emulator.test_sending import PNG

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
STARTS = """
import asyncio, pathlib, sys
from emulator import server
async def main():
    running = await server.start(port=0, data=pathlib.Path(sys.argv[1]))
    print(running.url, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def lived(telegram: Telegram) -> dict[str, Any]:
    """A bit of everything; the last update."""
    group = await telegram.forum()
    await telegram.person()
    await telegram.call("createForumTopic", chat_id=group, name="Orti")
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=KEYBOARD)
    await telegram.sim("send", {"user": 7, "photo": {"name": "a.png", "base64": PNG}})
    await telegram.call("pinChatMessage", chat_id=7, message_id=2)
    await telegram.sim("react", {"user": 7, "message": 2, "emoji": "👍"})
    query = await telegram.sim("press", {"user": 7, "label": "Yes"})
    number = query["callback_query_id"]
    await telegram.call("answerCallbackQuery", callback_query_id=number, text="Ecco")
    await telegram.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    await telegram.call("deleteMessage", chat_id=7, message_id=1)
    await telegram.sim("clock", {"advance_s": 86_400})
    return await telegram.sim("send", {"user": 7, "text": "last"})


async def state(telegram: Telegram) -> list[Any]:
    return [
        await telegram.chat(),
        await telegram.chat(-100),
        await telegram.look("people"),
        await telegram.look("menu?user=7"),
        await telegram.call("getUpdates"),
        (await telegram.look("clock"))["now"][:10],
    ]


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as http:
        async with await server.start(port=0, data=tmp_path) as running:
            telegram = Telegram(http, running.url)
            last = await lived(telegram)
            before = await state(telegram)
        async with await server.start(port=0, data=tmp_path, seed=True) as running:
            telegram = Telegram(http, running.url)
            assert await state(telegram) == before
            url = (await telegram.chat())["messages"][1]["photo"][0]["url"]
            async with http.get(telegram.url + url) as answer:
                assert answer.status == 200
            sent = await telegram.sim("send", {"user": 7, "text": "next"})
            assert sent["update_id"] == last["update_id"] + 1
            assert sent["message_id"] == last["message_id"] + 1
            await telegram.sim("again", {"update_id": last["update_id"] - 1})


async def test_the_process_may_be_killed(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STARTS, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as http:
        killed = Telegram(http, url)
        await lived(killed)
        before = await state(killed)
        process.kill()
        await process.wait()
        async with await server.start(port=0, data=tmp_path) as running:
            assert await state(Telegram(http, running.url)) == before


async def test_ids_do_not_go_back_by_reset_and_restart(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as http:
        async with await server.start(port=0, data=tmp_path) as running:
            last = await lived(Telegram(http, running.url))
            await Telegram(http, running.url).sim("reset")
        async with await server.start(port=0, data=tmp_path) as running:
            telegram = Telegram(http, running.url)
            assert (await telegram.look("people"))["people"] == []
            await telegram.sim("users", {"id": 7, "first_name": "Amina"})
            sent = await telegram.sim("send", {"user": 7, "text": "a"})
            assert sent["update_id"] == last["update_id"] + 1
            assert sent["message_id"] == last["message_id"] + 1


async def test_a_webhook_survives_a_restart(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as http:
        async with await server.start(port=0, data=tmp_path) as running:
            url = "http://127.0.0.1:1/nobody"
            await Telegram(http, running.url).call(
                "setWebhook", url=url, allowed_updates=["message"]
            )
        async with await server.start(port=0, data=tmp_path) as running:
            info = await Telegram(http, running.url).call("getWebhookInfo")
    assert (info["url"], info["allowed_updates"]) == (url, ["message"])


async def test_without_a_folder_nothing_is_kept() -> None:
    async with aiohttp.ClientSession() as http:
        async with await server.start(port=0) as running:
            await lived(Telegram(http, running.url))
        async with await server.start(port=0) as running:
            assert (await Telegram(http, running.url).look("people"))["people"] == []
