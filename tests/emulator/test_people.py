"""POST /sim/users, block, unblock, deactivate, and what the page asks about people."""

import pytest

from tests.emulator.telegram import Telegram

AMINA = {
    "id": 7,
    "first_name": "Amina",
    "last_name": "Diallo",
    "username": "amina",
    "language_code": "fr",
}
STATE = {"blocked": False, "deactivated": False}


async def test_a_person_is_made(telegram: Telegram) -> None:
    assert await telegram.sim("users", AMINA) == AMINA | STATE


async def test_a_person_is_changed_and_omitted_keys_stay(telegram: Telegram) -> None:
    await telegram.sim("users", AMINA)
    changed = await telegram.sim("users", {"id": 7, "language_code": "it"})
    assert changed == AMINA | STATE | {"language_code": "it"}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"first_name": "Amina"}, "'id' is missing"),
        ({"id": "7", "first_name": "Amina"}, "'id' is a whole number"),
        ({"id": 7}, "'first_name' is missing"),
        ({"id": 7, "first_name": 1}, "'first_name' is a text"),
        ({"id": -7, "first_name": "A"}, "'id' of a person is a number above 0, and not the bot's"),
        ([], "the body is not a JSON object"),
    ],
)
async def test_a_wrong_person_is_refused(telegram: Telegram, body: object, error: str) -> None:
    assert await telegram.sim_fails("users", body) == (400, error)


async def test_a_body_that_is_no_json_is_refused(telegram: Telegram) -> None:
    answer = await telegram.request("POST", "/sim/users", data=b"{")
    assert answer == (400, {"error": "the body is not JSON"})


async def test_a_misspelt_key_is_refused(telegram: Telegram) -> None:
    status, error = await telegram.sim_fails("users", {"id": 7, "firstname": "Amina"})
    assert (status, error.partition(";")[0]) == (400, "unknown key 'firstname'")


async def test_a_call_that_is_not_there_says_so(telegram: Telegram) -> None:
    assert await telegram.sim_fails("nothing", {}) == (404, "there is no call POST /sim/nothing")
    answer = await telegram.request("GET", "/sim/users")
    assert answer == (404, {"error": "there is no call GET /sim/users"})


@pytest.mark.parametrize("path", ["send", "block", "unblock", "deactivate"])
async def test_an_unknown_user_is_404(telegram: Telegram, path: str) -> None:
    text = {"text": "hi"} if path == "send" else {}
    assert await telegram.sim_fails(path, {"user": 99, **text}) == (404, "there is no user 99")


async def test_who_blocks_the_bot_cannot_be_written_to_nor_write(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("block", {"user": 7})
    update = (await telegram.updates())[0]["my_chat_member"]
    assert update["old_chat_member"]["status"] == "member"
    assert update["new_chat_member"]["status"] == "kicked"
    assert update["new_chat_member"]["user"]["id"] == 42
    assert (update["from"]["id"], update["chat"]["id"]) == (7, 7)
    refusal = (403, "Forbidden: bot was blocked by the user")
    assert await telegram.fails("sendMessage", chat_id=7, text="hi") == refusal
    blocked = (409, "user 7 has blocked the bot")
    assert await telegram.sim_fails("send", {"user": 7, "text": "hi"}) == blocked


async def test_who_unblocks_the_bot_can_be_written_to_again(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("block", {"user": 7})
    await telegram.sim("unblock", {"user": 7})
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in await telegram.updates()
    ]
    assert statuses == ["kicked", "member"]
    await telegram.call("sendMessage", chat_id=7, text="hi")
    assert await telegram.texts() == ["/start", "hi"]


async def test_blocking_twice_changes_nothing(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("block", {"user": 7})
    assert await telegram.sim("block", {"user": 7}) == {"update_id": None}


async def test_a_deactivated_person_is_gone(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("deactivate", {"user": 7})
    status = (await telegram.updates())[0]["my_chat_member"]["new_chat_member"]["status"]
    assert status == "kicked"
    refusal = (403, "Forbidden: user is deactivated")
    assert await telegram.fails("sendMessage", chat_id=7, text="hi") == refusal
    gone = (409, "user 7 is deactivated")
    assert await telegram.sim_fails("send", {"user": 7, "text": "hi"}) == gone


async def test_who_never_wrote_cannot_be_written_to(telegram: Telegram) -> None:
    await telegram.sim("users", AMINA)
    refusal = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await telegram.fails("sendMessage", chat_id=7, text="hi") == refusal


async def test_the_page_is_told_people_groups_and_the_bot(telegram: Telegram) -> None:
    await telegram.sim("users", AMINA | {"label": "resident"})
    await telegram.sim("groups", {"id": -5, "title": "Tutors", "forum": True, "members": [7]})
    assert await telegram.look("people") == {
        "people": [AMINA | {"label": "resident"} | STATE],
        "groups": [
            {"id": -5, "title": "Tutors", "forum": True, "members": [42, 7], "admins": [42]}
        ],
        "bot": {
            "id": 42,
            "username": "quartieri_bot",
            "first_name": "Quartieri",
            "commands": [],
        },
    }
