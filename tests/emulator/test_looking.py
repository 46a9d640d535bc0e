"""GET /sim/chats, /sim/calls, /sim/files, /sim/menu: what there is to see."""

from emulator.calls import Call, Calls
from tests.emulator.telegram import Telegram

REPLY_KEYBOARD = {"keyboard": [["Yes", "No"]], "resize_keyboard": True}
SHOWN_KEYBOARD = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}


async def test_an_empty_chat(telegram: Telegram) -> None:
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    assert await telegram.chat() == {
        "messages": [],
        "keyboard": None,
        "pinned": [],
        "answers": [],
        "topics": [],
        "reactions": {},
    }


async def test_an_unknown_chat_is_404(telegram: Telegram) -> None:
    answer = await telegram.request("GET", "/sim/chats/5")
    assert answer == (404, {"error": "there is no chat 5"})
    answer = await telegram.request("GET", "/sim/chats/x")
    assert answer == (400, {"error": "'chat' is a whole number"})


async def test_messages_are_as_now_shown_oldest_first_without_deleted_ones(
    telegram: Telegram,
) -> None:
    await telegram.person()
    for text in ("a", "b", "c"):
        await telegram.call("sendMessage", chat_id=7, text=text)
    await telegram.call("deleteMessage", chat_id=7, message_id=2)
    edited = await telegram.call("editMessageText", chat_id=7, message_id=3, text="B")
    messages = (await telegram.chat())["messages"]
    assert [message["message_id"] for message in messages] == [1, 3, 4]
    assert messages[1] == edited


async def test_after_compares_the_message_id_only(telegram: Telegram) -> None:
    await telegram.person()
    for text in ("a", "b"):
        await telegram.call("sendMessage", chat_id=7, text=text)
    await telegram.call("editMessageText", chat_id=7, message_id=2, text="A")
    messages = (await telegram.chat(query="?after=2"))["messages"]
    assert [message["text"] for message in messages] == ["b"]


async def test_a_url_stands_beside_each_file_id(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("send", {"user": 7, "document": {"name": "pò.ics", "base64": "QkVHSU4="}})
    document = (await telegram.chat())["messages"][1]["document"]
    assert document["url"] == f"/sim/files/{document['file_id']}"
    async with telegram.http.get(telegram.url + document["url"]) as answer:
        assert await answer.read() == b"BEGIN"
        assert answer.headers["Content-Type"] == "text/calendar"
        assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''p%C3%B2.ics"


async def test_a_reply_keyboard_is_the_chats_and_not_the_messages(telegram: Telegram) -> None:
    await telegram.person()
    message = await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=REPLY_KEYBOARD)
    assert message.get("reply_markup") is None
    assert (await telegram.chat())["keyboard"] == SHOWN_KEYBOARD
    inline = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await telegram.call("sendMessage", chat_id=7, text="b", reply_markup=inline)
    assert (await telegram.chat())["keyboard"] == SHOWN_KEYBOARD
    gone = {"remove_keyboard": True}
    await telegram.call("sendMessage", chat_id=7, text="c", reply_markup=gone)
    assert (await telegram.chat())["keyboard"] is None


async def test_a_keyboard_for_one_time_goes_when_used(telegram: Telegram) -> None:
    await telegram.person()
    markup = REPLY_KEYBOARD | {"one_time_keyboard": True}
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=markup)
    await telegram.sim("send", {"user": 7, "text": "Perhaps"})
    assert (await telegram.chat())["keyboard"] == SHOWN_KEYBOARD | {"one_time_keyboard": True}
    await telegram.sim("send", {"user": 7, "text": "No"})
    assert (await telegram.chat())["keyboard"] is None


async def test_a_keyboard_goes_with_the_message_that_brought_it(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=REPLY_KEYBOARD)
    await telegram.call("deleteMessage", chat_id=7, message_id=2)
    assert (await telegram.chat())["keyboard"] is None


async def test_pins_are_told_newest_first_and_leave_a_service_message(telegram: Telegram) -> None:
    await telegram.person()
    for text in ("a", "b"):
        await telegram.call("sendMessage", chat_id=7, text=text)
    await telegram.call("pinChatMessage", chat_id=7, message_id=3)
    await telegram.call("pinChatMessage", chat_id=7, message_id=2)
    chat = await telegram.chat()
    assert chat["pinned"] == [3, 2]
    assert [message["pinned_message"]["text"] for message in chat["messages"][3:]] == ["b", "a"]
    await telegram.call("unpinChatMessage", chat_id=7)
    assert (await telegram.chat())["pinned"] == [2]
    await telegram.call("unpinAllChatMessages", chat_id=7)
    assert (await telegram.chat())["pinned"] == []


async def test_the_bots_reaction_is_shown(telegram: Telegram) -> None:
    await telegram.person()
    reaction = [{"type": "emoji", "emoji": "👀"}]
    await telegram.call("setMessageReaction", chat_id=7, message_id=1, reaction=reaction)
    await telegram.sim("react", {"user": 7, "message": 1, "emoji": "🎉"})
    assert (await telegram.chat())["reactions"] == {"1": ["👀", "🎉"]}
    wrong = [{"type": "emoji", "emoji": "🏠"}]
    refused = await telegram.fails("setMessageReaction", chat_id=7, message_id=1, reaction=wrong)
    assert refused == (400, "Bad Request: REACTION_INVALID")


async def test_calls_are_logged_with_decoded_parameters(telegram: Telegram) -> None:
    await telegram.person()
    markup = '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'
    form = {"chat_id": "7", "text": "1", "reply_markup": markup, "disable_notification": "true"}
    await telegram.request("POST", "/bot42:EMULATOR/SENDmessage", data=form)
    [call] = (await telegram.look("calls"))["calls"]
    sent = (await telegram.chat())["messages"][1]
    assert call == {
        "n": 2,
        "at": call["at"],
        "method": "sendMessage",
        "params": {
            "chat_id": 7,
            "text": "1",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
            "disable_notification": True,
        },
        "status": 200,
        "result": sent,
        "problems": [],
        "unknown": False,
    }


async def test_calls_can_be_read_from_a_number_on_and_with_getupdates(telegram: Telegram) -> None:
    await telegram.person()
    for text in ("a", "b"):
        await telegram.call("sendMessage", chat_id=7, text=text)
    calls = (await telegram.look("calls?after=2"))["calls"]
    assert [(call["n"], call["params"]["text"]) for call in calls] == [(3, "b")]
    calls = (await telegram.look("calls?all=1"))["calls"]
    methods = ["getUpdates", "sendMessage", "sendMessage"]
    assert [(call["n"], call["method"]) for call in calls] == list(enumerate(methods, 1))
    assert calls[0]["result"] == []


def test_the_last_100000_calls_are_kept() -> None:
    calls = Calls()
    for _ in range(100_001):
        calls.add(Call(0, 0.0, "getMe", {}, 200, None, None, [], unknown=False))
    assert [call.n for call in calls.after(0, polls=False)] == list(range(2, 100_002))
    assert [call.n for call in calls.after(100_000, polls=False)] == [100_001]


async def test_a_refused_call_is_logged_with_its_description(telegram: Telegram) -> None:
    await telegram.answer("sendMessage", chat_id=5, text="a")
    [call] = (await telegram.look("calls"))["calls"]
    told = (call["status"], call["description"], "result" in call)
    assert told == (400, "Bad Request: chat not found", False)


async def test_unknown_and_missing_parameters_are_problems(telegram: Telegram) -> None:
    await telegram.person()
    button = {"text": "a", "callback_data": "b", "colour": "red"}
    markup = {"inline_keyboard": [[button]]}
    await telegram.answer("sendMessage", chat_id=7, txt="a", reply_markup=markup)
    await telegram.answer("sendMessage", chat_id=7, text="a", disable_notification=[1])
    first, second = (await telegram.look("calls"))["calls"]
    assert first["problems"] == [
        "txt: unknown",
        "reply_markup.inline_keyboard[0][0].colour: unknown",
        "text: missing",
    ]
    assert second["problems"] == ["disable_notification: not of type Boolean"]


async def test_methods_that_the_emulator_lacks_are_refused_and_counted(telegram: Telegram) -> None:
    refused = (404, "Not Found: method not found")
    assert await telegram.fails("sendInvoice", chat_id=7) == refused
    assert await telegram.fails("sendMesage", chat_id=7) == refused
    calls = (await telegram.look("calls"))["calls"]
    told = [(call["method"], call["status"], call["unknown"]) for call in calls]
    assert told == [("sendInvoice", 404, True), ("sendMesage", 404, True)]


async def test_the_menu_is_the_narrowest_scope_in_the_persons_language(telegram: Telegram) -> None:
    await telegram.person(language_code="it")
    assert await telegram.look("menu?user=7") == {
        "commands": [],
        "description": "",
        "short_description": "",
    }
    english, italian, own = (
        [{"command": name, "description": name.upper()}] for name in ("help", "aiuto", "coda")
    )
    await telegram.call("setMyCommands", commands=english)
    assert (await telegram.look("menu?user=7"))["commands"] == english
    await telegram.call("setMyCommands", commands=italian, language_code="it")
    assert (await telegram.look("menu?user=7"))["commands"] == italian
    scope: dict[str, object] = {"type": "all_private_chats"}
    await telegram.call("setMyCommands", commands=english, scope=scope)
    assert (await telegram.look("menu?user=7"))["commands"] == english
    scope = {"type": "chat", "chat_id": 7}
    await telegram.call("setMyCommands", commands=own, scope=scope)
    await telegram.call("setMyDescription", description="A school")
    await telegram.call("setMyShortDescription", short_description="Scuola", language_code="it")
    assert await telegram.look("menu?user=7") == {
        "commands": own,
        "description": "A school",
        "short_description": "Scuola",
    }
