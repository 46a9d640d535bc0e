"""How calls come in and answers go out; where the emulator listens; the page's files."""

import aiohttp
import pytest

from emulator import server
from tests.emulator.telegram import TOKEN, Telegram


async def test_getme(telegram: Telegram) -> None:
    me = await telegram.call("getMe")
    told = (me["id"], me["is_bot"], me["username"])
    assert told == (42, True, "quartieri_bot")


@pytest.mark.parametrize("name", ["sendMessage", "sendmessage", "SENDMESSAGE"])
async def test_a_method_is_named_in_any_case(telegram: Telegram, name: str) -> None:
    await telegram.person()
    assert (await telegram.call(name, chat_id=7, text="a"))["text"] == "a"


async def test_parameters_come_in_a_query_a_form_json_or_multipart(telegram: Telegram) -> None:
    await telegram.person()
    path = f"/bot{TOKEN}/sendMessage"
    await telegram.request("GET", f"{path}?chat_id=7&text=query")
    await telegram.request("POST", f"{path}?chat_id=7", params={"text": "query and POST"})
    await telegram.request("POST", path, data={"chat_id": "7", "text": "form"})
    await telegram.request("POST", path, json={"chat_id": 7, "text": "json"})
    multipart = aiohttp.FormData({"chat_id": "7", "text": "multipart"}, default_to_multipart=True)
    await telegram.request("POST", path, data=multipart)
    texts = ["/start", "query", "query and POST", "form", "json", "multipart"]
    assert await telegram.texts() == texts


async def test_nested_values_come_as_json_texts_too(telegram: Telegram) -> None:
    await telegram.person()
    markup = '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'
    sent = await telegram.call("sendMessage", chat_id="7", text="a", reply_markup=markup)
    shown = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    assert sent["reply_markup"] == shown
    refused = await telegram.fails("sendMessage", chat_id=7, text="a", reply_markup="{")
    assert refused == (400, "Bad Request: can't parse reply markup JSON object")


async def test_a_body_that_is_no_json_is_refused(telegram: Telegram) -> None:
    headers = {"Content-Type": "application/json"}
    path = f"/bot{TOKEN}/getMe"
    status, answer = await telegram.request("POST", path, data=b"[", headers=headers)
    said = "Bad Request: can't parse request JSON object"
    assert (status, answer) == (400, {"ok": False, "error_code": 400, "description": said})


@pytest.mark.parametrize("token", ["42:OTHER", "43:EMULATOR", "x"])
async def test_a_wrong_token_is_401(telegram: Telegram, token: str) -> None:
    said = "Unauthorized: invalid token specified"
    body = {"ok": False, "error_code": 401, "description": said}
    assert await telegram.request("GET", f"/bot{token}/getMe") == (401, body)
    assert await telegram.request("GET", f"/file/bot{token}/x") == (401, body)


async def test_another_token_can_be_told() -> None:
    async with (
        await server.start(port=0, token="77:OTHER") as running,
        aiohttp.ClientSession() as http,
        http.get(f"{running.url}/bot77:OTHER/getMe") as answer,
    ):
        assert (await answer.json())["result"]["id"] == 77


async def test_a_token_begins_with_the_bots_number() -> None:
    with pytest.raises(ValueError, match="a token begins with the bot's number"):
        await server.start(port=0, token="secret")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104
async def test_only_loopback_is_listened_on(host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        await server.start(host=host, port=0)


async def test_another_address_is_listened_on_when_told() -> None:
    running = await server.start(host="0.0.0.0", port=0, allow_remote=True)  # noqa: S104
    await running.stop()
    assert running.url == f"http://0.0.0.0:{running.port}"


async def test_a_seed_makes_three_people() -> None:
    async with (
        await server.start(port=0, seed=True) as running,
        aiohttp.ClientSession() as http,
        http.get(f"{running.url}/sim/people") as answer,
    ):
        people = (await answer.json())["people"]
    told = [(one["id"], one["first_name"], one["label"], one["language_code"]) for one in people]
    assert told == [
        (1001, "Amina", "resident", "it"),
        (1002, "Marco", "tutor", "it"),
        (1003, "Giulia", "coordinator", "it"),
    ]


async def test_the_page_is_at_the_root(telegram: Telegram) -> None:
    async with telegram.http.get(telegram.url) as answer:
        told = (answer.status, answer.content_type, answer.headers["Cache-Control"])
        assert told == (200, "text/html", "no-cache")
    async with telegram.http.get(f"{telegram.url}/page/main.js") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")


@pytest.mark.parametrize("path", ["nothing.js", "../server.py", "%2e%2e/server.py"])
async def test_nothing_but_the_page_is_served(telegram: Telegram, path: str) -> None:
    async with telegram.http.get(f"{telegram.url}/page/{path}") as answer:
        assert answer.status == 404
