"""Health and metrics on their own port: what they say when all is well, and when it is not."""

import json
import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.health import Health, Pulse
from bot.metrics import Metrics, refusal
from bot.settings import read
from bot.transport import NotSentError
from db.tables import Outgoing
from school import outbox
from tests.databases import server
from tests.ports import free_port
from tests.world import Json, World, world

WELL: Json = {
    "ok": True,
    "database": True,
    "token": True,
    "sender": True,
    "backlog": 0,
    "lease": True,
}
WORD = "Zanzibar"


@pytest.fixture
async def watched(database_url: str) -> AsyncIterator[World]:
    async with world(database_url, health_port=free_port()) as town:
        yield town


async def _get(town: World, path: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{town.settings['health_port']}{path}"
    async with town.http.get(url) as answer:
        return answer.status, await answer.text()


async def _health(town: World) -> tuple[int, Json]:
    """The status, and all but how long ago the last update was."""
    status, said = await _get(town, "/health")
    known = json.loads(said)
    known.pop("last_update")
    return status, known


async def _samples(town: World, name: str) -> dict[str, float]:
    """The samples of a metric, by their labels."""
    status, said = await _get(town, "/metrics")
    assert status == 200
    found = re.findall(rf"^{name}{{(.*)}} (.*)$", said, re.MULTILINE)
    return {labels: float(value) for labels, value in found}


async def test_all_is_well(watched: World) -> None:
    assert await _health(watched) == (200, WELL)


async def test_the_last_update_is_told(watched: World) -> None:
    _, before = await _get(watched, "/health")
    await watched.resident()
    _, after = await _get(watched, "/health")
    assert json.loads(before)["last_update"] is None
    assert 0 <= json.loads(after)["last_update"] < 60


async def test_what_waits_is_counted(watched: World) -> None:
    now = watched.app.clock.now()

    def put(session: Session) -> None:
        row = Outgoing(chat_id=1, lane=outbox.BULK, state=outbox.SENDING, method="sendMessage")
        row.body, row.language, row.not_before = {"text": WORD}, "en", now
        session.add(row)

    await watched.in_database(put)
    assert await _health(watched) == (200, {**WELL, "backlog": 1})
    rows = await _samples(watched, "quartieri_outbox")
    assert len(rows) == 20
    assert {labels: count for labels, count in rows.items() if count} == {
        'lane="bulk",state="sending"': 1
    }


def _word(number: int, chat: int = 1001) -> Json:
    """An update with a message, as Telegram sends it."""
    who = {"id": chat, "first_name": WORD}
    talk = {"chat": {**who, "type": "private"}, "from": {**who, "is_bot": False}}
    return {"update_id": number, "message": {"message_id": 1, "date": 0, "text": WORD, **talk}}


async def test_updates_are_counted_by_kind_and_outcome(watched: World) -> None:
    app = watched.app
    assert await app.handle(_word(9_000))
    assert await app.handle(_word(9_000))
    assert await app.handle({"update_id": 9_001, "message": {"text": WORD}})
    assert await app.handle({"update_id": 9_002, WORD: {}})
    assert await _samples(watched, "quartieri_updates_total") == {
        'kind="message",outcome="done"': 1,
        'kind="message",outcome="again"': 1,
        'kind="message",outcome="fault"': 1,
        'kind="other",outcome="done"': 1,
    }
    assert await _samples(watched, "quartieri_turn_seconds_count") == {
        'outcome="done"': 2,
        'outcome="again"': 1,
        'outcome="fault"': 1,
    }


async def test_what_cannot_be_done_is_counted_and_said(watched: World) -> None:
    ada = await watched.resident()
    await watched.in_database(lambda session: session.execute(text("DROP TABLE wishes")))
    await ada.taps_data("wish")
    assert ada.sees[0].startswith("Something went wrong on our side.")
    updates = await _samples(watched, "quartieri_updates_total")
    assert updates['kind="callback_query",outcome="fault"'] == 1


async def test_a_database_that_is_away_is_told_and_comes_back() -> None:
    with server() as postgres:
        url = await postgres.fresh()
        async with world(url, health_port=free_port()) as town:
            postgres.stop()
            assert not await town.app.handle(_word(9_000))
            away = {**WELL, "ok": False, "database": False, "backlog": None}
            assert await _health(town) == (503, away)
            assert await _samples(town, "quartieri_outbox") == {}
            updates = await _samples(town, "quartieri_updates_total")
            assert updates == {'kind="message",outcome="away"': 1}
            postgres.start()
            assert await _health(town) == (200, WELL)


async def test_a_token_that_is_refused_is_told_until_it_is_taken(watched: World) -> None:
    refused = {"method": "getMe", "kind": "refuse", "status": 401, "times": 1}
    await watched.sim("faults", [refused])
    with pytest.raises(InvalidToken):
        await watched.app.api.call("getMe")
    assert await _health(watched) == (503, {**WELL, "ok": False, "token": False})
    await watched.app.api.call("getMe")
    assert await _health(watched) == (200, WELL)


async def test_a_sender_that_stands_still_is_told(watched: World) -> None:
    app = watched.app
    still = Pulse(app.database, still_s=0.0)
    health = Health(app.database, app.clock, Metrics(), still, app.replica)
    well, known = await health.report()
    assert (well, known["database"], known["sender"]) == (False, True, False)


async def test_refusals_are_counted_by_kind(watched: World) -> None:
    ada = await watched.resident()
    await watched.sim(
        "faults", [{"method": "sendMessage", "kind": "refuse", "status": 400, "times": 1}]
    )
    await ada.says("/help")
    counts = await _samples(watched, "quartieri_telegram_refusals_total")
    assert counts['kind="bad_request"'] == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(5), "too_many"),
        (Forbidden(WORD), "forbidden"),
        (BadRequest(WORD), "bad_request"),
        (NotSentError(WORD), "not_sent"),
    ],
    ids=str,
)
def test_a_refusal_has_a_kind_and_no_words(error: BadRequest, kind: str) -> None:
    assert refusal(error) == kind


async def test_neither_shows_a_word_an_id_or_the_token(watched: World) -> None:
    ada = await watched.resident(88_001, WORD)
    await ada.says(f"{WORD} lamps")
    await ada.taps_data(WORD)
    shown = (await _get(watched, "/health"))[1] + (await _get(watched, "/metrics"))[1]
    assert re.findall(rf"{WORD}|88001|EMULATOR", shown) == []


async def test_nothing_else_is_there(watched: World) -> None:
    assert (await _get(watched, "/telegram"))[0] == 404


@pytest.mark.parametrize("port", [{}, {"health_port": ""}], ids=["unset", "empty"])
def test_without_a_port_nobody_listens(port: Json) -> None:
    assert read(token="42:X", **port).health_port is None
