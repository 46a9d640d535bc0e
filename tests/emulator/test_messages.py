"""Messages of the bot: what Telegram takes, and the sentences with which it refuses."""

from typing import Any

import pytest

from tests.emulator.telegram import Telegram

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
RESERVED = "Character '.' is reserved and must be escaped with the preceding '\\'"
NO_TEXT_BUTTONS = "Text buttons are unallowed in the inline keyboard"
A_BUTTON = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "a", **fields}]]}


async def test_a_message_of_the_bot(telegram: Telegram) -> None:
    await telegram.person(language_code="it")
    message = await telegram.call("sendMessage", chat_id=7, text="Ciao", reply_markup=A_BUTTON)
    assert message == {
        "message_id": 2,
        "from": {
            "id": 42,
            "is_bot": True,
            "first_name": "Quartieri",
            "username": "quartieri_bot",
        },
        "chat": {"id": 7, "type": "private", "first_name": "Amina"},
        "date": message["date"],
        "reply_markup": A_BUTTON,
        "text": "Ciao",
    }


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": 5}, "chat not found"),
        ({"chat_id": -5}, "chat not found"),
        ({"chat_id": "@somebody"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": None}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"parse_mode": "XML"}, "unsupported parse_mode"),
        (
            {"text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "a.", "parse_mode": "MarkdownV2"},
            "can't parse entities: " + RESERVED,
        ),
        ({"reply_parameters": {"message_id": 9}}, "message to be replied not found"),
        ({"message_thread_id": 9}, "message thread not found"),
        ({"reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": button(url="nowhere at all")},
            "inline keyboard button URL 'nowhere at all' is invalid: Wrong HTTP URL",
        ),
        (
            {"reply_markup": button()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_a_wrong_message_is_refused(
    telegram: Telegram, params: dict[str, Any], reason: str
) -> None:
    await telegram.person()
    refused = await telegram.fails("sendMessage", **{"chat_id": 7, "text": "a", **params})
    assert refused == (400, f"Bad Request: {reason}")
    assert await telegram.texts() == ["/start"]


async def test_the_longest_text_is_measured_after_parsing(telegram: Telegram) -> None:
    await telegram.person()
    text = f"<b>{'x' * 4096}</b>"
    message = await telegram.call("sendMessage", chat_id=7, text=text, parse_mode="html")
    assert message["text"] == "x" * 4096
    await telegram.call(
        "sendMessage", chat_id=7, text="a", reply_markup=button(callback_data="x" * 64)
    )


async def test_html_becomes_entities(telegram: Telegram) -> None:
    await telegram.person()
    text = ' \n<b>👋 Ciao</b> <a href="t.me/x">qui</a> <code>/a</code>, /help &lt;3  '
    message = await telegram.call("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert message["text"] == "👋 Ciao qui /a, /help <3"
    assert message["entities"] == [
        {"offset": 0, "length": 7, "type": "bold"},
        {"offset": 8, "length": 3, "type": "text_link", "url": "http://t.me/x"},
        {"offset": 12, "length": 2, "type": "code"},
        {"offset": 16, "length": 5, "type": "bot_command"},
    ]


async def test_neighbours_of_one_kind_become_one_entity(telegram: Telegram) -> None:
    await telegram.person()
    text = "<b>a</b><b>b</b><i>c</i>"
    message = await telegram.call("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert message["entities"] == [
        {"offset": 0, "length": 2, "type": "bold"},
        {"offset": 2, "length": 1, "type": "italic"},
    ]


async def test_entities_can_be_given(telegram: Telegram) -> None:
    await telegram.person()
    entities = [{"offset": 0, "length": 1, "type": "bold"}]
    message = await telegram.call("sendMessage", chat_id=7, text="a", entities=entities)
    assert message["entities"] == entities
    entities[0]["length"] = 2
    status, _ = await telegram.fails("sendMessage", chat_id=7, text="a", entities=entities)
    assert status == 400


async def test_a_reply_and_its_older_names(telegram: Telegram) -> None:
    await telegram.person()
    for reply in ({"reply_parameters": {"message_id": 1}}, {"reply_to_message_id": 1}):
        message = await telegram.call("sendMessage", chat_id=7, text="a", **reply)
        assert message["reply_to_message"]["text"] == "/start"
    missing = {"message_id": 99, "allow_sending_without_reply": True}
    message = await telegram.call("sendMessage", chat_id=7, text="a", reply_parameters=missing)
    assert message.get("reply_to_message") is None


async def test_an_edit_changes_text_and_buttons_and_sets_edit_date(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=A_BUTTON)
    message = await telegram.call("editMessageText", chat_id=7, message_id=2, text="b")
    assert (message["text"], message.get("reply_markup")) == ("b", None)
    assert message["edit_date"] >= message["date"]
    message = await telegram.call(
        "editMessageReplyMarkup", chat_id=7, message_id=2, reply_markup=A_BUTTON
    )
    assert (message["text"], message["reply_markup"]) == ("b", A_BUTTON)


async def test_an_edit_that_changes_nothing_is_refused(telegram: Telegram) -> None:
    await telegram.person()
    sent = {"chat_id": 7, "text": "<b>a</b>", "parse_mode": "HTML", "reply_markup": A_BUTTON}
    await telegram.call("sendMessage", **sent)
    refused = (400, f"Bad Request: {NOT_MODIFIED}")
    assert await telegram.fails("editMessageText", message_id=2, **sent) == refused
    markup = {"chat_id": 7, "message_id": 2, "reply_markup": A_BUTTON}
    assert await telegram.fails("editMessageReplyMarkup", **markup) == refused


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("editMessageText", {"message_id": 9, "text": "a"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "a"}, "message can't be edited"),
        ("editMessageText", {"message_id": 2, "text": ""}, "message text is empty"),
        ("editMessageReplyMarkup", {"message_id": 1}, "message can't be edited"),
        (
            "editMessageCaption",
            {"message_id": 2, "caption": "a"},
            "there is no caption in the message to edit",
        ),
        (
            "editMessageText",
            {"message_id": 2, "text": "b", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
        ),
        ("deleteMessage", {"message_id": 9}, "message to delete not found"),
        ("pinChatMessage", {"message_id": 9}, "message to pin not found"),
        ("copyMessage", {"from_chat_id": 7, "message_id": 9}, "message to copy not found"),
        ("forwardMessage", {"from_chat_id": 7, "message_id": 9}, "message to forward not found"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ],
)
async def test_a_wrong_change_is_refused(
    telegram: Telegram, method: str, params: dict[str, Any], reason: str
) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a")
    refused = await telegram.fails(method, chat_id=7, **params)
    assert refused == (400, f"Bad Request: {reason}")
    assert await telegram.texts() == ["/start", "a"]


async def test_messages_are_deleted_one_by_one_or_together(telegram: Telegram) -> None:
    await telegram.person()
    for text in ("a", "b", "c"):
        await telegram.call("sendMessage", chat_id=7, text=text)
    await telegram.call("deleteMessage", chat_id=7, message_id=1)
    await telegram.call("deleteMessages", chat_id=7, message_ids=[2, 3, 99])
    assert await telegram.texts() == ["c"]


async def test_a_message_of_the_day_before_yesterday_stays(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("clock", {"advance_s": 49 * 3600})
    refused = await telegram.fails("deleteMessage", chat_id=7, message_id=1)
    assert refused == (400, "Bad Request: message can't be deleted for everyone")


async def test_a_copy_has_no_origin_and_a_forward_has_one(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.person(8)
    await telegram.sim("send", {"user": 7, "text": "una domanda"})
    copied = await telegram.call("copyMessage", chat_id=8, from_chat_id=7, message_id=2)
    assert copied == {"message_id": 2}
    forwarded = await telegram.call("forwardMessage", chat_id=8, from_chat_id=7, message_id=2)
    assert forwarded["forward_origin"]["sender_user"]["id"] == 7
    copy = (await telegram.chat(8))["messages"][1]
    assert (copy["text"], copy.get("forward_origin"), copy["from"]["id"]) == (
        "una domanda",
        None,
        42,
    )
    many = {"chat_id": 8, "from_chat_id": 7, "message_ids": [1, 2, 99]}
    numbers = [{"message_id": 4}, {"message_id": 5}]
    assert await telegram.call("copyMessages", **many) == numbers
    await telegram.call("forwardMessages", **many)
    texts = ["/start", *["una domanda"] * 2, *["/start", "una domanda"] * 2]
    assert await telegram.texts(8) == texts


async def test_protected_content_is_not_sent_on(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a", protect_content=True)
    refused = await telegram.fails("copyMessage", chat_id=7, from_chat_id=7, message_id=2)
    assert refused == (400, "Bad Request: message can't be copied")


async def test_places_and_contacts(telegram: Telegram) -> None:
    await telegram.person()
    place = {"latitude": 45.46, "longitude": 9.19}
    assert (await telegram.call("sendLocation", chat_id=7, **place))["location"] == place
    message = await telegram.call(
        "sendVenue", chat_id=7, title="Biblioteca", address="via Roma 1", **place
    )
    venue = {"location": place, "title": "Biblioteca", "address": "via Roma 1"}
    assert (message["venue"], message["location"]) == (venue, place)
    contact = {"phone_number": "+39021", "first_name": "Marco"}
    assert (await telegram.call("sendContact", chat_id=7, **contact))["contact"] == contact
    refused = await telegram.fails("sendLocation", chat_id=7, latitude=91, longitude=1)
    assert refused == (400, "Bad Request: wrong latitude specified")


async def test_a_service_message_is_not_edited_nor_copied(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("pinChatMessage", chat_id=7, message_id=1)
    refused = await telegram.fails("copyMessage", chat_id=7, from_chat_id=7, message_id=2)
    assert refused == (400, "Bad Request: message can't be copied")
