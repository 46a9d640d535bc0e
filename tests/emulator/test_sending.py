"""POST /sim/send, /sim/edit, /sim/react, /sim/raw, /sim/again: what people do reaches the bot."""

import base64
from typing import Any

import pytest

from tests.emulator.telegram import TOKEN, Telegram

USER = {"id": 7, "is_bot": False, "first_name": "Amina"}
CHAT = {"id": 7, "type": "private", "first_name": "Amina"}
NEEDED = "one of text, photo, document, voice, location, contact, sticker, raw is needed"
CAPTIONED = "'caption' goes with a photo, a document or a voice"
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP8z8AARAwQCgAfEgH+oZ1HJAAAAABJ"
    "RU5ErkJggg=="
)


async def sent(telegram: Telegram, **body: Any) -> dict[str, Any]:
    """The message that reaches the bot."""
    told = await telegram.sim("send", {"user": 7, **body})
    update = (await telegram.updates())[-1]
    assert update["update_id"] == told["update_id"]
    assert update["message"]["message_id"] == told["message_id"]
    return update["message"]


async def test_a_text_has_sender_chat_and_date(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    message = await sent(telegram, text="Ciao")
    now = message.pop("date")
    assert message == {"message_id": 1, "from": USER, "chat": CHAT, "text": "Ciao"}
    assert isinstance(now, int)


async def test_a_deep_link_is_a_start_with_its_payload(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    message = await sent(telegram, text="/start ws_12")
    assert message["text"] == "/start ws_12"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_entities_are_counted_in_utf16_units(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    message = await sent(telegram, text="👋🏽 @amina_d, #casa: a@b.it o https://x.it/a?b=1.")
    assert message["entities"] == [
        {"type": "mention", "offset": 5, "length": 8},
        {"type": "hashtag", "offset": 15, "length": 5},
        {"type": "email", "offset": 22, "length": 6},
        {"type": "url", "offset": 31, "length": 18},
    ]


async def test_a_message_is_answered_by_its_ids(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    first = await telegram.sim("send", {"user": 7, "text": "a"})
    second = await telegram.sim("send", {"user": 7, "text": "b"})
    assert second == {"message_id": 2, "update_id": first["update_id"] + 1}


async def test_update_id_is_null_when_allowed_updates_leaves_it_out(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    await telegram.call("getUpdates", allowed_updates=["callback_query"])
    told = await telegram.sim("send", {"user": 7, "text": "a"})
    assert told == {"message_id": 1, "update_id": None}
    assert await telegram.texts() == ["a"]


async def test_a_photo_has_its_size_and_can_be_downloaded(telegram: Telegram) -> None:
    await telegram.person()
    message = await sent(telegram, photo={"name": "casa.png", "base64": PNG}, caption="La casa")
    assert message["caption"] == "La casa"
    [size] = message["photo"]
    assert (size["width"], size["height"]) == (3, 2)
    file = await telegram.call("getFile", file_id=size["file_id"])
    url = f"{telegram.url}/file/bot{TOKEN}/{file['file_path']}"
    async with telegram.http.get(url) as answer:
        assert await answer.read() == base64.b64decode(PNG)


async def test_a_document_keeps_name_and_type(telegram: Telegram) -> None:
    await telegram.person()
    body = {"name": "piano.pdf", "base64": base64.b64encode(b"%PDF-1.7").decode()}
    document = (await sent(telegram, document=body))["document"]
    told = (document["file_name"], document["mime_type"], document["file_size"])
    assert told == ("piano.pdf", "application/pdf", 8)


async def test_a_voice_has_a_duration(telegram: Telegram) -> None:
    await telegram.person()
    page = b"OggS\x00\x04" + (3 * 48_000).to_bytes(8, "little")
    body = {"name": "voce.ogg", "base64": base64.b64encode(page).decode()}
    voice = (await sent(telegram, voice=body))["voice"]
    assert (voice["duration"], voice["mime_type"]) == (3, "audio/ogg")


async def test_a_location_a_contact_and_a_sticker_can_be_sent(telegram: Telegram) -> None:
    await telegram.person()
    place = {"latitude": 45.46, "longitude": 9.19}
    assert (await sent(telegram, location=place))["location"] == place
    contact = (await sent(telegram, contact={"phone_number": "+39021"}))["contact"]
    assert contact == {"phone_number": "+39021", "first_name": "Amina", "user_id": 7}
    assert (await sent(telegram, sticker=True))["sticker"]["emoji"] == "👍"


async def test_raw_adds_and_overrides_fields(telegram: Telegram) -> None:
    await telegram.person()
    dice = {"emoji": "🎲", "value": 3}
    assert (await sent(telegram, raw={"dice": dice}))["dice"] == dice
    message = await sent(telegram, text="a", raw={"text": "b", "via_bot": USER})
    assert (message["text"], message["via_bot"]) == ("b", USER)


async def test_a_reply_carries_the_message_it_answers(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="Che cosa?")
    replied = (await sent(telegram, text="Questo", reply_to=2))["reply_to_message"]
    assert (replied["message_id"], replied["text"]) == (2, "Che cosa?")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"text": "a", "chat": -1}, 404, "there is no chat -1"),
        ({"text": "a", "reply_to": 9}, 404, "there is no message 9 in chat 7"),
        ({"text": "a", "thread": 9}, 404, "there is no topic 9 in chat 7"),
        ({"text": " "}, 400, "'text' is empty"),
        ({"text": "a", "location": {}}, 400, NEEDED),
        ({}, 400, NEEDED),
        ({"location": {"latitude": 1}}, 400, "'location' needs the number 'longitude'"),
        ({"photo": {"name": "a", "base64": "!"}}, 400, "'base64' of 'photo' cannot be decoded"),
        ({"photo": "a"}, 400, "'photo' is an object with 'name' and 'base64'"),
        ({"text": "a", "caption": "b"}, 400, CAPTIONED),
        ({"contact": {}}, 400, "'phone_number' is missing"),
    ],
)
async def test_a_wrong_send_is_refused(
    telegram: Telegram, body: dict[str, Any], status: int, error: str
) -> None:
    await telegram.person()
    assert await telegram.sim_fails("send", {"user": 7, **body}) == (status, error)
    assert await telegram.texts() == ["/start"]


async def test_a_person_edits_an_own_message(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("edit", {"user": 7, "message": 1, "text": "Ciao"})
    message = (await telegram.updates())[0]["edited_message"]
    assert (message["message_id"], message["text"]) == (1, "Ciao")
    assert message["edit_date"] >= message["date"]
    assert await telegram.texts() == ["Ciao"]


async def test_a_person_cannot_edit_the_message_of_another(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a")
    told = await telegram.sim_fails("edit", {"user": 7, "message": 2, "text": "b"})
    assert told == (409, "message 2 is not user 7's")


async def test_a_reaction_reaches_a_bot_that_asks_for_it(telegram: Telegram) -> None:
    await telegram.person()
    assert await telegram.sim("react", {"user": 7, "message": 1, "emoji": "👍"}) == {
        "update_id": None
    }
    assert (await telegram.chat())["reactions"] == {"1": ["👍"]}
    await telegram.call("getUpdates", allowed_updates=["message_reaction"])
    await telegram.sim("react", {"user": 7, "message": 1, "emoji": None})
    reaction = (await telegram.updates())[0]["message_reaction"]
    assert reaction["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert reaction["new_reaction"] == []
    assert (await telegram.chat())["reactions"] == {}


async def test_a_raw_update_is_queued_as_it_is_and_makes_whom_it_names(telegram: Telegram) -> None:
    update = {
        "message": {
            "message_id": 5,
            "date": 99999999999999,
            "chat": {"id": 31, "type": "private", "first_name": "Eva"},
            "from": {"id": 31, "is_bot": False, "first_name": "Eva"},
            "something": {"new": True},
        }
    }
    told = await telegram.sim("raw", update)
    assert await telegram.updates() == [{"update_id": told["update_id"], **update}]
    await telegram.call("sendMessage", chat_id=31, text="Ciao Eva")
    assert await telegram.texts(31) == ["Ciao Eva"]


async def test_a_raw_callback_query_can_be_answered(telegram: Telegram) -> None:
    user = {"id": 31, "is_bot": False, "first_name": "Eva"}
    query = {"id": "q1", "from": user, "chat_instance": "1", "data": "x"}
    await telegram.sim("raw", {"callback_query": query})
    await telegram.call("answerCallbackQuery", callback_query_id="q1", text="Ecco")
    assert [answer["text"] for answer in (await telegram.chat(31))["answers"]] == ["Ecco"]


async def test_a_raw_update_has_no_id_of_its_own(telegram: Telegram) -> None:
    told = await telegram.sim_fails("raw", {"update_id": 1, "message": {}})
    assert told == (400, "'update_id' is the emulator's to give")


LONE = "a text in the body has a lone half of a surrogate pair"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("raw", {"message": {"text": "\ud83d"}}),
        ("raw", {"\ude00": 1}),
        ("send", {"user": 7, "text": "a \ud83d b"}),
    ],
)
async def test_what_no_text_can_be_is_refused(
    telegram: Telegram, path: str, body: dict[str, object]
) -> None:
    await telegram.person()
    assert await telegram.sim_fails(path, body) == (400, LONE)
    assert await telegram.updates() == []
    assert (await telegram.sim("send", {"user": 7, "text": "😀"}))["message_id"] == 2


async def test_a_confirmed_update_is_delivered_once_more(telegram: Telegram) -> None:
    await telegram.person()
    first = await telegram.sim("send", {"user": 7, "text": "a"})
    [update] = await telegram.updates()
    await telegram.sim("again", {"update_id": first["update_id"]})
    second = await telegram.sim("send", {"user": 7, "text": "b"})
    offset = first["update_id"] + 1
    assert (await telegram.look("idle?timeout_s=0"))["idle"] is False
    found = await telegram.call("getUpdates", offset=offset)
    assert found[0] == update
    assert [one["update_id"] for one in found] == [first["update_id"], second["update_id"]]
    again = await telegram.call("getUpdates", offset=offset)
    assert [one["update_id"] for one in again] == [second["update_id"]]


async def test_an_update_that_is_confirmed_just_now_comes_again_all_the_same(
    telegram: Telegram,
) -> None:
    await telegram.person()
    number = (await telegram.sim("send", {"user": 7, "text": "a"}))["update_id"]
    await telegram.sim("again", {"update_id": number})
    found = await telegram.call("getUpdates", offset=number + 1)
    assert [update["update_id"] for update in found] == [number]
    assert await telegram.call("getUpdates", offset=number + 1) == []


async def test_an_update_that_never_was_cannot_come_again(telegram: Telegram) -> None:
    assert await telegram.sim_fails("again", {"update_id": 5}) == (404, "there is no update 5")


async def test_raw_cannot_move_a_message(telegram: Telegram) -> None:
    await telegram.person()
    told = await telegram.sim_fails("send", {"user": 7, "raw": {"message_id": 1}})
    assert told == (400, "'raw' cannot say message_id or chat")
