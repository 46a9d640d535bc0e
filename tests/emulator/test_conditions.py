"""Idle, faults, limits, clock, reset: the conditions under which a bot works."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from tests.emulator.telegram import TOKEN, Telegram

BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def idle(telegram: Telegram, query: str = "quiet_ms=1&timeout_s=0.05") -> bool:
    answer = await telegram.look(f"idle?{query}")
    assert list(answer) == ["idle"]
    return answer["idle"]


async def test_idle_when_nothing_ever_happened(telegram: Telegram) -> None:
    assert await idle(telegram)


async def test_an_update_is_awaited_until_it_is_confirmed(telegram: Telegram) -> None:
    await telegram.person()
    sent = await telegram.sim("send", {"user": 7, "text": "a"})
    assert not await idle(telegram)
    await telegram.call("getUpdates")
    assert not await idle(telegram)
    await telegram.call("getUpdates", offset=sent["update_id"] + 1)
    assert await idle(telegram)


async def test_a_button_is_awaited_until_it_is_answered(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a", reply_markup=BUTTON)
    query = await telegram.sim("press", {"user": 7, "label": "Yes"})
    await telegram.updates()
    assert not await idle(telegram)
    await telegram.call("answerCallbackQuery", callback_query_id=query["callback_query_id"])
    assert await idle(telegram)


async def test_idle_waits_for_quiet(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.call("sendMessage", chat_id=7, text="a")
    assert not await idle(telegram, "quiet_ms=10000&timeout_s=0.05")
    assert await idle(telegram, "quiet_ms=20&timeout_s=5")


async def test_a_poll_that_waits_is_no_call(telegram: Telegram) -> None:
    poll = asyncio.ensure_future(telegram.call("getUpdates", timeout=20))
    assert await idle(telegram, "quiet_ms=50&timeout_s=5")
    await telegram.person()
    [update] = await poll
    assert update["message"]["text"] == "/start"


async def test_an_injected_delay_is_awaited(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("faults", [{"kind": "slow", "delay_ms": 300}])
    call = asyncio.ensure_future(telegram.call("sendMessage", chat_id=7, text="a"))
    async with asyncio.timeout(5):
        while await telegram.texts() == ["/start"]:
            pass
    assert not await idle(telegram)
    assert await idle(telegram, "quiet_ms=1&timeout_s=5")
    assert (await call)["text"] == "a"


async def test_an_announced_retry_after_is_awaited(telegram: Telegram) -> None:
    await telegram.person()
    fault = {"kind": "refuse", "status": 429, "retry_after": 1}
    await telegram.sim("faults", [fault])
    await telegram.answer("sendMessage", chat_id=7, text="a")
    assert not await idle(telegram)
    assert await idle(telegram, "quiet_ms=1&timeout_s=5")


async def test_a_clock_move_is_awaited_by_who_follows_the_clock(telegram: Telegram) -> None:
    await telegram.sim("clock", {"advance_s": 1})
    assert await idle(telegram)  # nobody follows it
    await telegram.look("clock")
    await telegram.sim("clock", {"advance_s": 1})
    assert not await idle(telegram)
    await telegram.look("clock")
    assert await idle(telegram)


async def test_the_pages_own_look_at_the_clock_follows_nothing(telegram: Telegram) -> None:
    await telegram.request("GET", "/sim/clock", headers={"Sec-Fetch-Mode": "cors"})
    await telegram.sim("clock", {"advance_s": 1})
    assert await idle(telegram)


@pytest.mark.parametrize("query", ["quiet_ms=x", "timeout_s=-1", "timeout_s=nan"])
async def test_a_wrong_wait_is_refused(telegram: Telegram, query: str) -> None:
    name = query.partition("=")[0]
    answer = await telegram.request("GET", f"/sim/idle?{query}")
    assert answer == (400, {"error": f"'{name}' is a number of 0 or more"})


async def refused(telegram: Telegram, **params: Any) -> tuple[int, Any, str | None]:
    """Status, body and Retry-After of a sendMessage."""
    body = {"chat_id": 7, "text": "a", **params}
    url = f"{telegram.url}/bot{TOKEN}/sendMessage"
    async with telegram.http.post(url, json=body) as answer:
        return answer.status, await answer.json(), answer.headers.get("Retry-After")


async def test_refuse_answers_500_without_effect(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("faults", [{"kind": "refuse"}])
    body = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert await refused(telegram) == (500, body, None)
    assert (await refused(telegram))[0] == 200
    assert await telegram.texts() == ["/start", "a"]


async def test_refuse_with_a_status_and_retry_after(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("faults", [{"kind": "refuse", "status": 429, "retry_after": 3}])
    body = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert await refused(telegram) == (429, body, "3")


@pytest.mark.parametrize(("kind", "texts"), [("reset", ["/start"]), ("lost", ["/start", "a"])])
async def test_a_cut_connection_without_and_with_effect(
    telegram: Telegram, kind: str, texts: list[str]
) -> None:
    await telegram.person()
    await telegram.sim("faults", [{"kind": kind}])
    with pytest.raises(aiohttp.ClientConnectionError):
        await telegram.answer("sendMessage", chat_id=7, text="a")
    assert await telegram.texts() == texts
    [call] = (await telegram.look("calls"))["calls"]
    assert (call["method"], call["status"]) == ("sendMessage", None)


async def test_html_is_a_bad_gateway_without_effect(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("faults", [{"kind": "html"}])
    url = f"{telegram.url}/bot{TOKEN}/sendMessage"
    async with telegram.http.post(url, json={"chat_id": 7, "text": "a"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert await telegram.texts() == ["/start"]


async def test_the_first_fault_that_fits_wins_and_is_used_up(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.person(8)
    await telegram.sim(
        "faults",
        [
            {"method": "sendmessage", "chat": 8, "kind": "refuse", "status": 503},
            {"kind": "refuse", "status": 500, "times": 2},
        ],
    )
    statuses = [(await refused(telegram, chat_id=chat))[0] for chat in (7, 8, 8, 8)]
    assert statuses == [500, 503, 500, 200]


async def test_without_a_method_getupdates_is_spared(telegram: Telegram) -> None:
    await telegram.sim("faults", [{"kind": "refuse"}, {"kind": "refuse", "method": "getUpdates"}])
    assert (await telegram.answer("getUpdates"))[0] == 500
    assert (await telegram.answer("getUpdates"))[0] == 200
    assert (await telegram.answer("getMe"))[0] == 500


async def test_faults_are_replaced_and_cleared(telegram: Telegram) -> None:
    await telegram.sim("faults", [{"kind": "refuse", "times": 9}])
    await telegram.sim("faults", [])
    assert (await telegram.answer("getMe"))[0] == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "faults are a list of objects"),
        ([1], "fault 0 is not an object"),
        ([{"kind": "boom"}], "fault 0: 'kind' is one of html, lost, refuse, reset, slow"),
        ([{"kind": "slow"}, {"kind": "slow", "x": 1}], "fault 1: unknown key 'x'"),
        ([{"kind": "slow", "delay_ms": "1"}], "fault 0: 'delay_ms' is a number"),
        ([{"kind": "refuse", "status": 200}], "fault 0: 'status' is from 400 to 599"),
    ],
)
async def test_wrong_faults_are_refused(telegram: Telegram, body: object, error: str) -> None:
    assert await telegram.sim_fails("faults", body) == (400, error)


async def send(telegram: Telegram, chat: int, times: int) -> list[int]:
    return [
        (await telegram.answer("sendMessage", chat_id=chat, text=str(number)))[0]
        for number in range(times)
    ]


async def test_no_limits_at_the_start(telegram: Telegram) -> None:
    await telegram.person()
    assert await send(telegram, 7, 60) == [200] * 60


async def test_the_overall_limit_holds_as_much_as_its_rate(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"overall_per_s": 3})
    assert (await send(telegram, 7, 4))[:3] == [200] * 3
    await telegram.sim("limits", {"overall_per_s": 0.001})
    assert await send(telegram, 7, 2) == [200, 429]


async def test_beyond_a_limit_retry_after_is_told(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"overall_per_s": 0.1})
    await send(telegram, 7, 1)
    status, answer, header = await refused(telegram)
    assert (status, answer["parameters"], header) == (429, {"retry_after": 10}, "10")
    assert answer["description"] == "Too Many Requests: retry after 10"


async def test_the_limit_of_a_chat_is_its_own(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.person(8)
    await telegram.sim("limits", {"chat_per_s": 0.001, "chat_burst": 2})
    assert await send(telegram, 7, 3) == [200, 200, 429]
    assert await send(telegram, 8, 3) == [200, 200, 429]


async def test_a_chats_burst_is_20_by_default(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"chat_per_s": 0.001})
    assert await send(telegram, 7, 21) == [200] * 20 + [429]


async def test_a_group_has_a_limit_per_minute(telegram: Telegram) -> None:
    group = await telegram.forum()
    await telegram.person()
    await telegram.sim("limits", {"group_per_min": 2})
    assert await send(telegram, group, 3) == [200, 200, 429]
    assert await send(telegram, 7, 5) == [200] * 5


async def test_a_refused_call_takes_nothing(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"overall_per_s": 2, "chat_per_s": 0.001, "chat_burst": 1})
    await telegram.person(8)
    assert await send(telegram, 99, 5) == [400] * 5
    assert await send(telegram, 7, 4) == [200, 429, 429, 429]
    assert await send(telegram, 8, 1) == [200]


async def test_only_calls_that_speak_are_limited(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"overall_per_s": 0.001})
    await send(telegram, 7, 1)
    for method in ("editMessageText", "copyMessage", "forwardMessage", "sendChatAction"):
        assert (await telegram.answer(method, chat_id=7))[0] == 429
    await telegram.call("deleteMessage", chat_id=7, message_id=2)


async def test_limits_are_lifted(telegram: Telegram) -> None:
    await telegram.person()
    await telegram.sim("limits", {"overall_per_s": 0.001})
    await telegram.sim("limits")
    assert await send(telegram, 7, 3) == [200] * 3


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "limits are an object, or null"),
        ({"per_s": 1}, None),
        ({"chat_per_s": 0}, "'chat_per_s' is a number above 0 and up to 1,000,000, or null"),
        ({"chat_per_s": "1"}, "'chat_per_s' is a number above 0 and up to 1,000,000, or null"),
    ],
)
async def test_wrong_limits_are_refused(
    telegram: Telegram, body: object, error: str | None
) -> None:
    names = "overall_per_s, chat_per_s, chat_burst, group_per_min"
    expected = error or f"unknown limit 'per_s'; there are {names}"
    assert await telegram.sim_fails("limits", body) == (400, expected)


async def now(telegram: Telegram) -> datetime:
    answer = await telegram.look("clock")
    assert answer["now"].endswith("Z")
    return datetime.fromisoformat(answer["now"])


async def test_the_clock_runs_and_can_be_moved_forward(telegram: Telegram) -> None:
    start = await now(telegram)
    told = await telegram.sim("clock", {"advance_s": 3600})
    moved = await now(telegram)
    assert timedelta(hours=1) <= moved - start < timedelta(hours=1, seconds=30)
    assert told["now"].endswith("Z")
    goal = start + timedelta(days=2)
    await telegram.sim("clock", {"to": goal.isoformat()})
    assert timedelta() <= await now(telegram) - goal < timedelta(seconds=30)
    await telegram.person()
    date = (await telegram.chat())["messages"][0]["date"]
    assert abs(date - goal.timestamp()) < 30


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"advance_s": -1}, "the clock cannot go back"),
        ({"to": "2001-01-01T00:00:00Z"}, "the clock cannot go back"),
        ({"advance_s": 1e300}, "the clock cannot go beyond the year 9000"),
        ({"to": "2101-01-01T00:00:00"}, "'to' needs a time zone, such as a final Z"),
        ({"to": "soon"}, "Invalid isoformat string: 'soon'"),
        ({"advance_s": "1"}, "'advance_s' is a number of seconds"),
        ({}, "one of 'advance_s' and 'to' is needed"),
    ],
)
async def test_a_wrong_move_is_refused(telegram: Telegram, body: object, error: str) -> None:
    assert await telegram.sim_fails("clock", body) == (400, error)


async def test_reset_forgets_all_but_ids(telegram: Telegram) -> None:
    await telegram.person()
    sent = await telegram.sim("send", {"user": 7, "text": "a"})
    await telegram.sim("faults", [{"kind": "refuse"}])
    await telegram.sim("limits", {"overall_per_s": 0.001})
    await telegram.sim("reset")
    assert (await telegram.look("people"))["people"] == []
    assert (await telegram.request("GET", "/sim/chats/7"))[0] == 404
    assert await idle(telegram)
    assert await telegram.updates() == []
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    assert (await telegram.chat())["messages"] == []
    again = await telegram.sim("send", {"user": 7, "text": "b"})
    assert again == {"message_id": 3, "update_id": sent["update_id"] + 1}
    assert await send(telegram, 7, 2) == [200, 200]
