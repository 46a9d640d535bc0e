"""Whatever comes in is answered: refused and told why, never with an error of the emulator's own,
and all that was there can still be seen afterwards.
"""

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from yarl import URL

from emulator import facts
from emulator.methods import METHODS, WAITING
from tests.emulator.telegram import TOKEN, Telegram

HALF = "\ud83d"
HALF_IN_BODY = "a text in the body has a lone half of a surrogate pair"
NOT_UTF8 = "Bad Request: strings must be encoded in UTF-8"
HUGE = 10**400
BROKEN_LINK = "http://["
SIMPLE: dict[str, tuple[object, ...]] = {
    "Integer": ("x", True, 10**20, -HUGE, [], {}),
    "Float": ("nan", "1e999", True, HUGE, [], {}),
    "Boolean": ("x", 2, [], {}),
    "String": (HALF, "x" * 5000, 5, [], {}),
}
NESTED: list[Any] = [
    *("x", HALF, "{", "attach://x", BROKEN_LINK, 5, True),
    [[]],
    [None],
    [{}],
    {"x": 1},
    {"type": []},
    [{"type": []}],
    {"type": "emoji", "emoji": []},
    {"message_id": []},
    {"type": "chat", "chat_id": []},
    {"type": "photo", "media": 5},
    {"keyboard": 5},
    {"inline_keyboard": 1},
    {"inline_keyboard": [[1]]},
    {"text": HALF},
    {"force_reply": 5},
    [{"type": [], "offset": 0, "length": 1}],
    [{"type": "bold", "offset": True, "length": HUGE}],
    [{"type": "text_link", "offset": 0, "length": 1, "url": BROKEN_LINK}],
    [{"command": [], "description": {}}],
    {"inline_keyboard": [[{"text": "a", "url": BROKEN_LINK}]]},
    {"inline_keyboard": [[{"text": "a", "callback_data": [1]}]]},
    {"inline_keyboard": [[{"text": "a", "copy_text": "x"}]]},
]
GOOD: dict[str, Any] = {
    "chat_id": 7,
    "from_chat_id": 7,
    "message_id": 2,
    "message_ids": [1, 2],
    "message_thread_id": 0,
    "user_id": 7,
    "text": "a",
    "caption": "a",
    "name": "a",
    "title": "a",
    "address": "a",
    "first_name": "a",
    "phone_number": "1",
    "latitude": 45,
    "longitude": 9,
    "action": "typing",
    "file_id": "x",
    "commands": [{"command": "a", "description": "a"}],
    "media": [{"type": "photo", "media": "x"}],
    "timeout": 0,
}
KNOWN = sorted(facts.NAMES[name] for name in (*METHODS, *WAITING))


def odd_values(kind: str) -> Sequence[object]:
    return SIMPLE.get(kind.lstrip("!"), NESTED)


@pytest.mark.parametrize("method", KNOWN)
async def test_every_parameter_may_be_anything(telegram: Telegram, method: str) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a")
    fields = facts.METHODS[method]
    good = {name: value for name, value in GOOD.items() if name in fields}
    for name, kind in fields.items():
        for value in odd_values(kind):
            if (name, value) == ("timeout", 10**20):
                continue  # would be waited for
            status, answer = await telegram.answer(method, **{**good, name: value})
            assert status < 500, (name, value)
            assert answer["ok"] or answer["description"], (name, value)
    for path in ("calls?all=1", "chats/7", "people"):
        await telegram.look(path)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 7, "text": HALF}),
        ("sendMessage", {"chat_id": 7, "text": "a", "reply_markup": {"keyboard": [[HALF]]}}),
        ("sendMessage", {"chat_id": 7, "text": "a", "reply_markup": '{"keyboard": [["\\ud83d"]]}'}),
        ("sendMessage", {"chat_id": 7, "text": "a", HALF: 1}),
        ("getUpdates", {"allowed_updates": [HALF]}),
        ("getMe", {"nothing": HALF}),
    ],
)
async def test_half_of_a_surrogate_pair_is_no_text(
    telegram: Telegram, method: str, params: dict[str, Any]
) -> None:
    await telegram.person()
    assert await telegram.fails(method, **params) == (400, NOT_UTF8)
    await telegram.look("calls?all=1")
    pair = await telegram.call("sendMessage", chat_id=7, text="\U0001f600")
    assert pair["text"] == "😀"


def multipart(head: bytes, content: bytes = b"a") -> bytes:
    return b"--x\r\n" + head + b"\r\n\r\n" + content + b"\r\n--x--\r\n"


NAMED = b'Content-Disposition: form-data; name="text"'
FILE = b'Content-Disposition: form-data; name="document"; filename='
JSON, MULTIPART = "application/json", "multipart/form-data; boundary=x"
URLENCODED = "application/x-www-form-urlencoded"
NO_OBJECT = "Bad Request: can't parse request JSON object"
UNREADABLE = "Bad Request: can't parse request body"


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (JSON, b"{", NO_OBJECT),
        (JSON, b"null", NO_OBJECT),
        (JSON, b'"a"', NO_OBJECT),
        (JSON, b'{"text": NaN}', NO_OBJECT),
        (JSON, b'{"text": 1e999}', NO_OBJECT),
        (JSON, b'{"text": ' + b"9" * 5000 + b"}", NO_OBJECT),
        (JSON, b"[" * 100_000, NO_OBJECT),
        (JSON, b'{"text": ' + b"[" * 200 + b"]" * 200 + b"}", NO_OBJECT),
        (JSON, b'{"text": "\xff"}', NOT_UTF8),
        (URLENCODED, b"text=\xff", NOT_UTF8),
        (URLENCODED, b"text=%ff", NOT_UTF8),
        (MULTIPART, multipart(NAMED, b"\xff"), NOT_UTF8),
        (MULTIPART, multipart(FILE + b'"\xff.pdf"'), NOT_UTF8),
        (MULTIPART, b"nothing of the kind", UNREADABLE),
        (MULTIPART, multipart(NAMED + b"\r\nContent-Transfer-Encoding: x"), UNREADABLE),
        (MULTIPART, multipart(NAMED + b"\r\nContent-Type: \x01"), UNREADABLE),
        ("multipart/form-data", b"x", UNREADABLE),
        ("multipart/form-data; boundary=" + "x" * 100, b"x", UNREADABLE),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    telegram: Telegram, kind: str, body: bytes, said: str
) -> None:
    headers = {"Content-Type": kind}
    path = f"/bot{TOKEN}/sendDocument?chat_id=7"
    answer = await telegram.request("POST", path, data=body, headers=headers)
    assert answer == (400, {"ok": False, "error_code": 400, "description": said})


async def test_a_body_that_is_not_compressed_as_said_is_refused(telegram: Telegram) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": JSON}
    path = f"/bot{TOKEN}/getMe"
    status, answer = await telegram.request("POST", path, data=b"not compressed", headers=headers)
    assert (status, answer["description"]) == (400, UNREADABLE)


async def test_an_oversized_body_is_refused(telegram: Telegram) -> None:
    body, headers = io.BytesIO(b"a" * (81 * 1024 * 1024)), {"Content-Type": JSON}
    path = f"/bot{TOKEN}/getMe"
    status, answer = await telegram.request("POST", path, data=body, headers=headers)
    assert (status, answer["description"]) == (413, "Request Entity Too Large")


@pytest.mark.parametrize("mode", ["HTML", "MarkdownV2"])
async def test_a_link_that_is_none_stays_text(telegram: Telegram, mode: str) -> None:
    await telegram.person()
    text = {"HTML": '<a href="http://[a.b">x</a>', "MarkdownV2": "[x](http://[a.b)"}[mode]
    message = await telegram.call("sendMessage", chat_id=7, text=text, parse_mode=mode)
    assert (message["text"], message.get("entities")) == ("x", None)


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"callback_data": []}, 'Field "callback_data" must be of type String'),
        ({"url": True}, 'Field "url" must be of type String'),
        ({"copy_text": "a"}, 'Field "copy_text" must be of type Object'),
        ({"copy_text": {}}, 'Field "text" must be of type String'),
        ({"web_app": {"url": []}}, 'Field "url" must be of type String'),
    ],
)
async def test_a_button_of_wrong_types_is_refused(
    telegram: Telegram, button: dict[str, Any], reason: str
) -> None:
    await telegram.person()
    markup = {"inline_keyboard": [[{"text": "a", **button}]]}
    refused = await telegram.fails("sendMessage", chat_id=7, text="a", reply_markup=markup)
    assert refused == (400, f"Bad Request: can't parse inline keyboard button: {reason}")


async def test_a_number_stands_for_a_buttons_text(telegram: Telegram) -> None:
    await telegram.person()
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": 5}]]}
    message = await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=markup)
    assert message["reply_markup"]["inline_keyboard"] == [[{"text": "a", "callback_data": "5"}]]


ODD: list[Any] = [
    *(None, True, 0, -1, 10**20, HUGE, 1.5, "", "x", HALF, "١٢"),
    [],
    {},
    [None],
    [{}],
    {"x": 1},
    {"id": []},
    {"inline_keyboard": [[1]]},
    {"type": "private", "id": 10**20},
]
CONTROL: dict[str, dict[str, Any]] = {
    "users": {"id": 9, "first_name": "B", "username": "u", "language_code": "it"},
    "groups": {"id": -5, "title": "t", "forum": True, "members": [7], "admins": [8]},
    "members": {"chat": -100, "user": 7, "status": "left"},
    "topics": {"chat": -100, "thread": 2, "do": "close"},
    "send": {"user": 7, "chat": 7, "thread": None, "reply_to": 1, "text": "a"},
    "press": {"user": 7, "chat": 7, "message": 1, "label": "a"},
    "edit": {"user": 7, "chat": 7, "message": 1, "text": "b"},
    "react": {"user": 7, "chat": 7, "message": 1, "emoji": "x"},
    "block": {"user": 8},
    "unblock": {"user": 8},
    "deactivate": {"user": 8},
    "raw": {"message": {}, "callback_query": {"id": "1", "from": {"id": 7}}},
    "again": {"update_id": 5},
    "limits": {"overall_per_s": 1, "chat_per_s": 1, "chat_burst": 1, "group_per_min": 1},
    "clock": {"advance_s": 1},
}
"""Good bodies, each key of which is then made odd."""
WITHIN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("send", {"photo": {"name": "a", "base64": "aa=="}}),
    ("send", {"location": {"latitude": 1, "longitude": 2}}),
    ("send", {"contact": {"phone_number": "1"}}),
    ("send", {"raw": {"date": 5, "message_thread_id": 5, "from": {}, "reply_markup": {}}}),
    ("raw", {"message": {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}}}),
    ("raw", {"callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": 7}}}}),
)


async def refused_or_done(telegram: Telegram, call: str, body: object) -> None:
    status, answer = await telegram.request("POST", f"/sim/{call}", json=body)
    assert status < 500, (call, body)
    if status != 200:
        assert list(answer) == ["error"], (call, body)
        assert answer["error"], (call, body)


@pytest.mark.parametrize("call", [*CONTROL, "faults", "reset"])
async def test_a_control_call_may_have_anything(telegram: Telegram, call: str) -> None:
    await telegram.forum()
    await telegram.sim("send", {"user": 7, "text": "/start"})
    good = CONTROL.get(call, {})
    bodies: list[object] = [*ODD, *({**good, key: odd} for key in good for odd in ODD)]
    for key in ("kind", "status", "method", "chat", "retry_after", "delay_ms", "times", "x"):
        bodies += [[{"kind": "refuse", key: odd}] for odd in ODD]
    for body in bodies:
        await refused_or_done(telegram, call, body)
        await telegram.sim("faults", [])
        await telegram.sim("limits", None)
    await telegram.look("people")


@pytest.mark.parametrize(("call", "good"), WITHIN)
async def test_what_is_inside_may_be_anything(
    telegram: Telegram, call: str, good: dict[str, Any]
) -> None:
    await telegram.person()
    [(name, inner)] = good.items()
    who = {"user": 7} if call == "send" else {}
    for key in inner:
        for odd in ODD:
            await refused_or_done(telegram, call, {**who, name: {**inner, key: odd}})
            await refused_or_done(telegram, call, {**who, name: {key: odd}})
    await telegram.sim("send", {"user": 7, "text": "Still here"})
    shown = (await telegram.chat())["messages"]
    assert shown[-1]["text"] == "Still here"
    for message in shown:
        number = message["message_id"]
        for method in ("editMessageText", "copyMessage", "pinChatMessage", "deleteMessage"):
            status, _ = await telegram.answer(
                method, chat_id=7, from_chat_id=7, message_id=number, text="a"
            )
            assert status < 500
        await refused_or_done(telegram, "edit", {"user": 7, "message": number, "text": "a"})
        await refused_or_done(telegram, "press", {"user": 7, "label": "a"})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"calls?after={10**30}", 200),
        ("calls?after=-5", 200),
        (f"calls?after={'9' * 5000}", 400),
        ("calls?after=%ff", 400),
        ("chats/abc", 400),
        (f"chats/{10**30}", 404),
        (f"chats/7?after={10**30}", 200),
        ("chats/7?thread=x", 400),
        ("idle?quiet_ms=nan", 400),
        ("idle?timeout_s=-1", 400),
        ("menu", 400),
        ("menu?user=x", 400),
        (f"menu?user={10**30}", 404),
        ("files/%ff", 404),
        ("%ff", 404),
    ],
)
async def test_an_address_may_be_anything(telegram: Telegram, path: str, status: int) -> None:
    await telegram.person()
    url = URL(f"{telegram.url}/sim/{path}", encoded=True)
    async with telegram.http.get(url) as answer:
        body = await answer.json()
    assert answer.status == status
    assert (list(body) == ["error"]) == (status != 200)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "the body is not JSON"),
        (b"\xff", "the body is not JSON"),
        (b"[" * 100_000, "the body is not JSON"),
        (b'{"user": NaN}', "the body is not JSON"),
        (
            json.dumps({"user": HALF}).encode(),
            HALF_IN_BODY,
        ),
        (b"null", "the body is not a JSON object"),
        (b"", "the body is not a JSON object"),
    ],
)
async def test_a_control_body_that_cannot_be_read_says_so(
    telegram: Telegram, body: bytes, error: str
) -> None:
    answer = await telegram.request("POST", "/sim/send", data=body)
    assert answer == (400, {"error": error})


async def test_a_control_body_that_is_too_large_says_so(telegram: Telegram) -> None:
    body = io.BytesIO(b"a" * (81 * 1024 * 1024))
    answer = await telegram.request("POST", "/sim/send", data=body)
    assert answer == (413, {"error": "the body is too large"})
