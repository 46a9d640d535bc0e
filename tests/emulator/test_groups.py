"""Supergroups: members, rights, forum topics."""

from itertools import pairwise
from typing import Any

import pytest

from tests.emulator.telegram import Telegram

KICKED = (403, "Forbidden: bot was kicked from the supergroup chat")
BOT_LEFT = (403, "Forbidden: bot is not a member of the supergroup chat")


async def topic(telegram: Telegram, name: str = "Orti") -> int:
    created = await telegram.call("createForumTopic", chat_id=-100, name=name)
    return created["message_thread_id"]


async def test_the_bot_is_an_administrator_with_all_rights(telegram: Telegram) -> None:
    group = await telegram.forum()
    me = await telegram.call("getChatMember", chat_id=group, user_id=42)
    rights = {key: value for key, value in me.items() if key.startswith("can_")}
    assert me["status"] == "administrator"
    assert {key for key, value in rights.items() if not value} == {"can_be_edited"}
    admins = await telegram.call("getChatAdministrators", chat_id=group)
    assert [admin["user"]["id"] for admin in admins] == [42, 8]
    assert await telegram.call("getChatMemberCount", chat_id=group) == 3


async def test_a_group_is_told_as_it_is(telegram: Telegram) -> None:
    group = await telegram.forum()
    chat = await telegram.call("getChat", chat_id=group)
    told = {key: chat[key] for key in ("id", "type", "title", "is_forum")}
    assert told == {"id": group, "type": "supergroup", "title": "Tutors", "is_forum": True}


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"id": 5}, 400, "'id' of a group is a number below 0"),
        ({"members": [99]}, 404, "there is no user 99"),
        ({"members": 7}, 400, "'members' is a list of ids"),
        ({"forum": 1}, 400, "'forum' is true or false"),
        ({"title": None}, 400, "'title' is missing"),
    ],
)
async def test_a_wrong_group_is_refused(
    telegram: Telegram, change: dict[str, object], status: int, error: str
) -> None:
    body: dict[str, Any] = {"id": -1, "title": "Tutors", "members": [], **change}
    assert await telegram.sim_fails("groups", body) == (status, error)


async def test_who_is_no_member_cannot_write(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.sim("users", {"id": 9, "first_name": "Giulia"})
    told = await telegram.sim_fails("send", {"user": 9, "chat": group, "text": "a"})
    assert told == (409, f"user 9 is not a member of chat {group}")


async def test_a_member_comes_and_goes(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.sim("users", {"id": 9, "first_name": "Giulia"})
    await telegram.call("getUpdates", allowed_updates=["message", "chat_member"])
    for status in ("member", "administrator", "left"):
        await telegram.sim("members", {"chat": group, "user": 9, "status": status})
    updates = await telegram.updates()
    changes = [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in (update.get("chat_member") for update in updates)
        if change
    ]
    steps = ["left", "member", "administrator", "left"]
    assert changes == list(pairwise(steps))
    first, last = [update["message"] for update in updates if "message" in update]
    assert [user["id"] for user in first["new_chat_members"]] == [9]
    assert last["left_chat_member"]["id"] == 9


async def test_the_bot_is_thrown_out_and_taken_in(telegram: Telegram) -> None:
    group = await telegram.forum()
    told = await telegram.sim("members", {"chat": group, "user": "bot", "status": "kicked"})
    [update] = await telegram.updates()
    assert update["update_id"] == told["update_id"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await telegram.fails("sendMessage", chat_id=group, text="a") == KICKED
    sent = await telegram.sim("send", {"user": 7, "chat": group, "text": "a"})
    assert sent["update_id"] is None
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "member"})
    await telegram.call("sendMessage", chat_id=group, text="b")
    assert await telegram.texts(group) == ["a", "b"]


async def test_without_rights_the_bot_hears_of_no_members(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.call("getUpdates", allowed_updates=["chat_member"])
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "member"})
    told = await telegram.sim("members", {"chat": group, "user": 7, "status": "left"})
    assert told == {"update_id": None}
    groups = (await telegram.look("people"))["groups"]
    assert [one["members"] for one in groups] == [[42, 8]]


async def test_the_bot_leaves(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.call("leaveChat", chat_id=group)
    assert await telegram.fails("sendMessage", chat_id=group, text="a") == BOT_LEFT


async def test_without_rights_the_bot_neither_pins_nor_makes_topics(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.sim("send", {"user": 7, "chat": group, "text": "a"})
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "member"})
    refused = await telegram.fails("pinChatMessage", chat_id=group, message_id=2)
    said = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert refused == (400, said)
    refused = await telegram.fails("createForumTopic", chat_id=group, name="Orti")
    assert refused == (400, "Bad Request: not enough rights to manage topics in the chat")
    refused = await telegram.fails("deleteMessage", chat_id=group, message_id=2)
    assert refused == (400, "Bad Request: message can't be deleted")


async def test_a_topic_is_the_id_of_its_service_message(telegram: Telegram) -> None:
    group = await telegram.forum()
    created = await telegram.call("createForumTopic", chat_id=group, name="Orti")
    assert created == {"message_thread_id": 2, "name": "Orti", "icon_color": 7322096}
    chat = await telegram.chat(group)
    assert chat["topics"] == [{"message_thread_id": 2, "name": "Orti", "closed": False}]
    [message] = chat["messages"]
    assert message["forum_topic_created"] == {"name": "Orti", "icon_color": 7322096}
    told = (message["message_id"], message["message_thread_id"], message["is_topic_message"])
    assert told == (2, 2, True)


async def test_messages_in_a_topic_say_so_and_hang_on_its_first(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.call("sendMessage", chat_id=group, text="general")
    thread = await topic(telegram)
    await telegram.sim("send", {"user": 7, "chat": group, "thread": thread, "text": "a"})
    message = (await telegram.updates())[0]["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Orti"
    answered = {"message_id": message["message_id"]}
    await telegram.call("sendMessage", chat_id=group, text="b", reply_parameters=answered)
    in_topic = (await telegram.chat(group, f"?thread={thread}"))["messages"]
    assert [one.get("text") for one in in_topic] == [None, "a", "b"]
    assert in_topic[2]["reply_to_message"]["text"] == "a"


async def test_a_closed_topic_takes_no_messages_until_it_is_reopened(telegram: Telegram) -> None:
    group = await telegram.forum()
    thread = await topic(telegram)
    await telegram.call("closeForumTopic", chat_id=group, message_thread_id=thread)
    assert (await telegram.chat(group))["topics"][0]["closed"] is True
    params = {"chat_id": group, "message_thread_id": thread}
    refused = (400, "Bad Request: TOPIC_CLOSED")
    assert await telegram.fails("sendMessage", text="a", **params) == refused
    body = {"chat": group, "thread": thread, "text": "a"}
    assert await telegram.sim_fails("send", {"user": 7, **body}) == (409, "topic 2 is closed")
    await telegram.sim("send", {"user": 8, **body})
    modified = (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert await telegram.fails("closeForumTopic", **params) == modified
    await telegram.call("reopenForumTopic", **params)
    await telegram.call("sendMessage", text="b", **params)


async def test_an_administrator_closes_and_reopens(telegram: Telegram) -> None:
    group = await telegram.forum()
    thread = await topic(telegram)
    body = {"chat": group, "thread": thread}
    await telegram.sim("topics", {**body, "do": "close"})
    await telegram.sim("topics", {**body, "do": "reopen"})
    told = await telegram.sim_fails("topics", {**body, "do": "reopen"})
    assert told == (409, "topic 2 is open already")
    first, second = [update["message"] for update in await telegram.updates()]
    assert (first["from"]["id"], first["forum_topic_closed"]) == (8, {})
    assert second["forum_topic_reopened"] == {}


async def test_a_deleted_topic_is_gone_with_its_messages(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.call("sendMessage", chat_id=group, text="general")
    thread = await topic(telegram)
    params = {"chat_id": group, "message_thread_id": thread}
    await telegram.call("sendMessage", text="a", **params)
    await telegram.sim("topics", {"chat": group, "thread": thread, "do": "delete"})
    assert await telegram.texts(group) == ["general"]
    assert (await telegram.chat(group))["topics"] == []
    gone = (400, "Bad Request: message thread not found")
    assert await telegram.fails("sendMessage", text="a", **params) == gone
    unknown = (400, "Bad Request: TOPIC_ID_INVALID")
    for method in ("closeForumTopic", "reopenForumTopic", "deleteForumTopic", "editForumTopic"):
        assert await telegram.fails(method, **params) == unknown
    told = await telegram.sim_fails("topics", {"chat": group, "thread": thread, "do": "close"})
    assert told == (404, f"there is no topic {thread} in chat {group}")


async def test_the_general_topic_is_number_1_and_no_thread(telegram: Telegram) -> None:
    group = await telegram.forum()
    message = await telegram.call("sendMessage", chat_id=group, message_thread_id=1, text="a")
    assert (message["message_id"], message.get("message_thread_id")) == (2, None)
    await telegram.call(
        "sendMessage", chat_id=group, message_thread_id=await topic(telegram), text="b"
    )
    in_general = (await telegram.chat(group, "?thread=1"))["messages"]
    assert [one["text"] for one in in_general] == ["a"]


async def test_a_topic_is_renamed(telegram: Telegram) -> None:
    group = await telegram.forum()
    params = {"chat_id": group, "message_thread_id": await topic(telegram)}
    await telegram.call("editForumTopic", name="Orti e cortili", **params)
    chat = await telegram.chat(group)
    assert chat["topics"][0]["name"] == "Orti e cortili"
    assert chat["messages"][1]["forum_topic_edited"] == {"name": "Orti e cortili"}


async def test_a_group_without_topics_has_none(telegram: Telegram) -> None:
    await telegram.sim("groups", {"id": -5, "title": "Cena", "members": []})
    refused = await telegram.fails("createForumTopic", chat_id=-5, name="a")
    assert refused == (400, "Bad Request: the chat is not a forum")


async def test_buttons_work_in_a_group(telegram: Telegram) -> None:
    group = await telegram.forum()
    keyboard = {"inline_keyboard": [[{"text": "Prendo io", "callback_data": "t"}]]}
    await telegram.call("sendMessage", chat_id=group, text="Chi?", reply_markup=keyboard)
    told = await telegram.sim("press", {"user": 7, "chat": group, "label": "Prendo io"})
    query = (await telegram.updates())[0]["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (7, group)
    number = told["callback_query_id"]
    await telegram.call("answerCallbackQuery", callback_query_id=number, text="Tuo")
    answers = (await telegram.chat(group))["answers"]
    assert [(answer["user"], answer["text"]) for answer in answers] == [(7, "Tuo")]
