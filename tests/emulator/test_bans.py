"""Who is put out of a group cannot write there, and may come back once that is taken back."""

from tests.emulator.telegram import Telegram


async def members(telegram: Telegram) -> list[int]:
    (group,) = (await telegram.look("people"))["groups"]
    return group["members"]


async def test_who_is_banned_is_out_until_that_is_taken_back(telegram: Telegram) -> None:
    group = await telegram.forum()
    assert await telegram.call("banChatMember", chat_id=group, user_id=7) is True
    assert await members(telegram) == [42, 8]
    status = await telegram.call("getChatMember", chat_id=group, user_id=7)
    assert status["status"] == "kicked"
    whom = {"chat_id": group, "user_id": 7, "only_if_banned": True}
    assert await telegram.call("unbanChatMember", **whom) is True
    status = await telegram.call("getChatMember", chat_id=group, user_id=7)
    assert status["status"] == "left"


async def test_only_if_banned_leaves_a_member_where_they_are(telegram: Telegram) -> None:
    group = await telegram.forum()
    whom = {"chat_id": group, "user_id": 7}
    await telegram.call("unbanChatMember", only_if_banned=True, **whom)
    assert await members(telegram) == [42, 7, 8]
    await telegram.call("unbanChatMember", **whom)
    assert await members(telegram) == [42, 8]


async def test_what_telegram_refuses(telegram: Telegram) -> None:
    group = await telegram.forum()
    refused = "Bad Request: user is an administrator of the chat"
    assert await telegram.fails("banChatMember", chat_id=group, user_id=8) == (400, refused)
    refused = "Bad Request: PARTICIPANT_ID_INVALID"
    assert await telegram.fails("banChatMember", chat_id=group, user_id=99) == (400, refused)
    refused = "Bad Request: chat member status can't be changed in private chats"
    await telegram.person()
    assert await telegram.fails("banChatMember", chat_id=7, user_id=7) == (400, refused)
    await telegram.sim("members", {"chat": group, "user": "bot", "status": "member"})
    refused = "Bad Request: not enough rights to restrict/unrestrict chat member"
    for method in ("banChatMember", "unbanChatMember"):
        assert await telegram.fails(method, chat_id=group, user_id=7) == (400, refused)
