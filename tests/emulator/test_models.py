"""What the emulator says fits the models of another library, aiogram, with no key too many."""

import base64
from typing import Any

import aiohttp
from aiogram import types

from tests.emulator.models import fits, misfits
from tests.emulator.telegram import TOKEN, Telegram
from tests.emulator.test_sending import PNG

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}],
        [{"text": "Map", "url": "https://x.it"}],
    ]
}
PLACE = {"latitude": 45.46, "longitude": 9.19}


async def upload(telegram: Telegram, method: str, field: str, name: str) -> Any:
    form = aiohttp.FormData({"chat_id": "7", "caption": "#a"}, default_to_multipart=True)
    form.add_field(field, base64.b64decode(PNG), filename=name, content_type="image/png")
    _, answer = await telegram.request("POST", f"/bot{TOKEN}/{method}", data=form)
    return answer["result"]


async def people_do_much(telegram: Telegram, group: int) -> None:
    file = {"name": "a.png", "base64": PNG}
    for body in (
        {"text": "/start x @amina https://x.it"},
        {"photo": file, "caption": "#a"},
        {"document": file},
        {"voice": {"name": "a.ogg", "base64": PNG}},
        {"location": PLACE},
        {"contact": {"phone_number": "+39"}},
        {"sticker": True},
        {"text": "b", "reply_to": 1},
    ):
        await telegram.sim("send", {"user": 7, **body})
    await telegram.sim("edit", {"user": 7, "message": 1, "text": "a"})
    await telegram.sim("react", {"user": 7, "message": 1, "emoji": "👍"})
    for status in ("left", "member", "administrator", "kicked"):
        await telegram.sim("members", {"chat": group, "user": 7, "status": status})
    await telegram.sim("members", {"chat": group, "user": 7, "status": "member"})
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "member"})
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "administrator"})
    await telegram.sim("block", {"user": 7})
    await telegram.sim("unblock", {"user": 7})


async def the_bot_writes(telegram: Telegram) -> None:
    sent = await telegram.call(
        "sendMessage",
        chat_id=7,
        text="<b>a</b> <pre><code class='language-py'>b</code></pre> <tg-spoiler>c</tg-spoiler>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        reply_parameters={"message_id": 1},
        link_preview_options={"is_disabled": True},
    )
    one = {"chat_id": 7, "message_id": sent["message_id"]}
    await telegram.sim("press", {"user": 7, "label": "Yes"})
    await telegram.call("pinChatMessage", **one)
    await telegram.call("setMessageReaction", **one, reaction=[{"type": "emoji", "emoji": "👍"}])
    await telegram.call("getChat", chat_id=7)
    await telegram.call("editMessageText", **one, text="b")
    await telegram.call("copyMessage", chat_id=7, from_chat_id=7, message_id=1)
    await telegram.call("copyMessages", chat_id=7, from_chat_id=7, message_ids=[1, 2])
    await telegram.call("forwardMessage", chat_id=7, from_chat_id=7, message_id=1)
    await telegram.call("forwardMessages", chat_id=7, from_chat_id=7, message_ids=[1, 2])
    photo = (await upload(telegram, "sendPhoto", "photo", "a.png"))["photo"][0]
    await upload(telegram, "sendDocument", "document", "a.png")
    await upload(telegram, "sendVoice", "voice", "a.ogg")
    media = {"type": "photo", "media": photo["file_id"]}
    await telegram.call("sendMediaGroup", chat_id=7, media=[media, media])
    await telegram.call("getFile", file_id=photo["file_id"])
    await telegram.call("sendLocation", chat_id=7, **PLACE)
    await telegram.call("sendVenue", chat_id=7, title="a", address="b", **PLACE)
    await telegram.call("sendContact", chat_id=7, phone_number="1", first_name="a")
    await telegram.call("sendChatAction", chat_id=7, action="typing")
    await telegram.call("unpinChatMessage", chat_id=7)
    await telegram.sim("press", {"user": 7, "data": "y", "message": 1})
    await telegram.call("deleteMessage", **one)


async def the_bot_asks_and_tells(telegram: Telegram, group: int) -> None:
    topic = await telegram.call("createForumTopic", chat_id=group, name="Orti")
    number = topic["message_thread_id"]
    thread = {"chat_id": group, "message_thread_id": number}
    await telegram.call("sendMessage", **thread, text="a")
    await telegram.sim("send", {"user": 7, "chat": group, "thread": number, "text": "b"})
    await telegram.call("editForumTopic", **thread, name="Cortili")
    await telegram.call("closeForumTopic", **thread)
    await telegram.sim("topics", {"chat": group, "thread": number, "do": "reopen"})
    for method in ("getChat", "getChatAdministrators", "getChatMemberCount"):
        await telegram.call(method, chat_id=group)
    for user in (7, 8, 42):
        await telegram.call("getChatMember", chat_id=group, user_id=user)
    await telegram.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    await telegram.call("setMyDescription", description="a")
    for method in (
        "getMe",
        "getMyCommands",
        "getMyName",
        "getMyDescription",
        "getMyShortDescription",
        "getChatMenuButton",
        "getWebhookInfo",
    ):
        await telegram.call(method)


async def test_updates_requests_and_replies_fit_the_models(telegram: Telegram) -> None:
    kinds = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
    await telegram.call("getUpdates", allowed_updates=[*kinds, "message_reaction"])
    group = await telegram.forum()
    await people_do_much(telegram, group)
    await the_bot_writes(telegram)
    await the_bot_asks_and_tells(telegram, group)
    updates = await telegram.updates(limit=100)
    assert {list(update)[1] for update in updates} == {*kinds, "message_reaction"}
    problems = fits(list[types.Update], updates, "update")
    assert problems + misfits((await telegram.look("calls?all=1"))["calls"]) == []
    for number in (7, group):
        shown = (await telegram.chat(number))["messages"]
        unknown = {place.rpartition(".")[2] for place in fits(list[types.Message], shown, "")}
        assert unknown <= {"url"}
