"""POST /sim/press, and what the bot answers to it."""

from typing import Any

import pytest

from tests.emulator.telegram import Telegram

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}],
        [{"text": "No", "callback_data": "n2"}, {"text": "Map", "url": "https://map.it/x"}],
    ]
}
TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


@pytest.fixture
async def asked(telegram: Telegram) -> dict[str, Any]:
    """A message with buttons, number 2."""
    await telegram.person()
    return await telegram.call("sendMessage", chat_id=7, text="Sure?", reply_markup=KEYBOARD)


async def press(telegram: Telegram, **body: Any) -> dict[str, Any]:
    """The callback query that reaches the bot."""
    told = await telegram.sim("press", {"user": 7, **body})
    update = (await telegram.updates())[-1]
    assert update["update_id"] == told["update_id"]
    assert update["callback_query"]["id"] == told["callback_query_id"]
    return update["callback_query"]


async def test_a_press_sends_data_and_message(telegram: Telegram, asked: dict[str, Any]) -> None:
    query = await press(telegram, label="Yes")
    assert (query["data"], query["message"], query["from"]["id"]) == ("y", asked, 7)
    assert isinstance(query["id"], str)
    assert isinstance(query["chat_instance"], str)


@pytest.mark.usefixtures("asked")
async def test_the_first_of_equal_labels_in_reading_order_is_pressed(telegram: Telegram) -> None:
    assert (await press(telegram, label="No"))["data"] == "n"


@pytest.mark.usefixtures("asked")
async def test_the_newest_message_that_has_the_label_is_pressed(telegram: Telegram) -> None:
    other = {"inline_keyboard": [[{"text": "Yes", "callback_data": "new"}]]}
    await telegram.call("sendMessage", chat_id=7, text="And now?", reply_markup=other)
    await telegram.call("sendMessage", chat_id=7, text="No buttons")
    assert (await press(telegram, label="Yes"))["data"] == "new"
    assert (await press(telegram, label="No"))["message"]["message_id"] == 2
    assert (await press(telegram, label="Yes", message=2))["data"] == "y"


@pytest.mark.usefixtures("asked")
async def test_a_button_that_is_not_there_is_404(telegram: Telegram) -> None:
    told = await telegram.sim_fails("press", {"user": 7, "label": "yes"})
    assert told == (404, "there is no button 'yes' in chat 7")
    told = await telegram.sim_fails("press", {"user": 7, "label": "Yes", "message": 1})
    assert told == (404, "there is no button 'Yes' on message 1 in chat 7")
    told = await telegram.sim_fails("press", {"user": 7, "label": "Yes", "message": 9})
    assert told == (404, "there is no message 9 in chat 7")


@pytest.mark.usefixtures("asked")
async def test_a_link_is_opened_and_sends_nothing(telegram: Telegram) -> None:
    told = await telegram.sim("press", {"user": 7, "label": "Map"})
    assert told == {"url": "https://map.it/x"}
    assert await telegram.updates() == []


@pytest.mark.usefixtures("asked")
async def test_forged_data_is_sent_as_it_is_for_the_bots_newest_message(
    telegram: Telegram,
) -> None:
    await telegram.sim("send", {"user": 7, "text": "later"})
    query = await press(telegram, data="forged")
    assert (query["data"], query["message"]["message_id"]) == ("forged", 2)


@pytest.mark.usefixtures("asked")
async def test_stale_data_of_a_deleted_message_is_inaccessible(telegram: Telegram) -> None:
    await telegram.call("deleteMessage", chat_id=7, message_id=2)
    query = await press(telegram, data="y", message=2)
    chat = {"id": 7, "type": "private", "first_name": "Amina"}
    assert query["message"] == {"message_id": 2, "chat": chat, "date": 0}


async def test_data_needs_a_message_of_the_bot(telegram: Telegram) -> None:
    await telegram.person()
    told = await telegram.sim_fails("press", {"user": 7, "data": "y"})
    assert told == (404, "the bot has no message in chat 7")


@pytest.mark.usefixtures("asked")
async def test_label_or_data_is_needed(telegram: Telegram) -> None:
    needed = (400, "one of 'label' and 'data' is needed")
    assert await telegram.sim_fails("press", {"user": 7}) == needed
    assert await telegram.sim_fails("press", {"user": 7, "label": "Yes", "data": "y"}) == needed


@pytest.mark.usefixtures("asked")
async def test_answers_are_shown(telegram: Telegram) -> None:
    first = await press(telegram, label="Yes")
    second = await press(telegram, label="No")
    await telegram.call(
        "answerCallbackQuery", callback_query_id=second["id"], text="Beware", show_alert=True
    )
    await telegram.call("answerCallbackQuery", callback_query_id=first["id"])
    assert (await telegram.chat())["answers"] == [
        {"callback_query_id": second["id"], "user": 7, "text": "Beware", "show_alert": True},
        {"callback_query_id": first["id"], "user": 7, "text": "", "show_alert": False},
    ]


@pytest.mark.usefixtures("asked")
async def test_a_query_is_answered_once_and_only_if_it_was_asked(telegram: Telegram) -> None:
    query = await press(telegram, label="Yes")
    await telegram.call("answerCallbackQuery", callback_query_id=query["id"])
    for number in (query["id"], "12345", ""):
        assert await telegram.fails("answerCallbackQuery", callback_query_id=number) == TOO_OLD


@pytest.mark.usefixtures("asked")
async def test_a_query_grows_too_old(telegram: Telegram) -> None:
    query = await press(telegram, label="Yes")
    await telegram.sim("clock", {"advance_s": 3600})
    assert await telegram.fails("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


@pytest.mark.usefixtures("asked")
async def test_who_has_blocked_the_bot_cannot_press(telegram: Telegram) -> None:
    await telegram.sim("block", {"user": 7})
    told = await telegram.sim_fails("press", {"user": 7, "label": "Yes"})
    assert told == (409, "user 7 has blocked the bot")


@pytest.mark.usefixtures("asked")
async def test_an_edited_away_button_cannot_be_pressed(telegram: Telegram) -> None:
    await telegram.call("editMessageText", chat_id=7, message_id=2, text="Done")
    status, _ = await telegram.sim_fails("press", {"user": 7, "label": "Yes"})
    assert status == 404
