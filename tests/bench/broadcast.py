"""One says something to many: how fast that goes at Telegram's limit and without one, side by side
with what other libraries do, and what becomes of somebody who chats meanwhile. Emulator and sender
each are a process of their own; what came, and when, is read from the emulator's list of calls.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import time
from typing import Any

import aiohttp
from sqlalchemy.orm import Session

from db.session import connect
from tests.bench import ours
from tests.bench.load import FIRST, TOKEN, Bot
from tests.bench.peers.talk import NEWS
from tests.databases import server

ALLOWED = 30  # a second
LIMITED, UNLIMITED, ONE_BY_ONE = 600, 6_000, 1_500  # people
RUNS = 3
_CHATS_PER_S, _IDLE = 2, 40  # what somebody says a second, and how often while nothing else goes on
_TALKERS = 20
_PEERS = {
    "ptb": "tests.bench.peers.ptb_broadcast",
    "aiogram": "tests.bench.peers.aiogram_broadcast",
}
_WAIT_S, _LOOK_S = 0.5, 0.05


@dataclass(frozen=True, slots=True)
class Telegram:
    """The emulator, from outside."""

    url: str
    http: aiohttp.ClientSession

    async def sim(self, call: str, body: object = None) -> Any:
        """A call of its control API."""
        method = "GET" if body is None else "POST"
        async with self.http.request(method, f"{self.url}/sim/{call}", json=body) as answer:
            return await answer.json()

    async def calls(self) -> list[dict[str, Any]]:
        """Those that speak."""
        found = (await self.sim("calls"))["calls"]
        return [call for call in found if call["method"].startswith(("send", "edit"))]


@asynccontextmanager
async def telegram(people: int, limit: int) -> AsyncGenerator[Telegram]:
    """An emulator that allows so much a second, with people; 0 is no limit."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.telegram", str(people)),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    try:
        async with aiohttp.ClientSession() as http:
            made = Telegram(url, http)
            if limit:
                limits = {"overall_per_s": limit, "chat_per_s": 1}
                await made.sim("limits", limits)
            yield made
    finally:
        process.terminate()
        await process.wait()


def _announcement(session: Session, people: int) -> None:
    """It was confirmed; whoever sends it puts the lines."""
    ours.add(session, people)
    ours.announce(session, people, NEWS)


@asynccontextmanager
async def bot(
    there: Telegram, folder: Path, work: Any, per_second: float
) -> AsyncGenerator[tuple[Bot, str]]:
    """This bot, on a database of its own in which some work was done."""
    environment = await ours.settings(folder, 0)
    url = environment["QUARTIERI_DATABASE_URL"]
    database = connect(url)
    await database.run(work)
    await database.close()
    own = {"QUARTIERI_API_URL": there.url, "QUARTIERI_PER_SECOND": str(per_second)}
    process = await asyncio.create_subprocess_exec(
        *ours.COMMAND, env={**os.environ, **environment, **own}
    )
    try:
        while not (await there.sim("calls?all=1"))["calls"]:  # noqa: ASYNC110 - it is elsewhere
            await asyncio.sleep(_LOOK_S)
        yield Bot(process, 0.0), url
    finally:
        process.terminate()
        await process.wait()


async def _sent(there: Telegram, people: int) -> list[dict[str, Any]]:
    """All calls, once everybody was sent the news."""
    while True:
        known = await there.sim(f"chats/{FIRST + people - 1}")
        calls = await there.calls() if known["messages"] else []
        chats = {c["params"]["chat_id"] for c in calls if c["status"] == 200 and _is_news(c)}
        if len(chats) >= people:
            return calls
        await asyncio.sleep(_WAIT_S)


def _is_news(call: Mapping[str, Any]) -> bool:
    return call["params"].get("text") == NEWS


def _figures(calls: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How many a second were sent, from the first of the news to the last of it."""
    news = [call["at"] for call in calls if call["status"] == 200 and _is_news(call)]
    meanwhile = [call for call in calls if news[0] <= call["at"] <= news[-1]]
    sent = sum(call["status"] == 200 for call in meanwhile)
    refused = sum(call["status"] == 429 for call in meanwhile)
    # The first stands at the beginning of its interval.
    return {"sent_per_s": (sent - 1) / (news[-1] - news[0]), "refused_429": refused}


@dataclass(slots=True)
class Chat:
    """People who ask for help in turn, evenly; `asked` is when, by the number of the message."""

    there: Telegram
    asked: list[tuple[int, float]]

    async def says(self) -> None:
        """One of them asks."""
        whose = FIRST + len(self.asked) % _TALKERS
        self.asked.append((whose, time()))
        await self.there.sim("send", {"user": whose, "text": "/help"})

    async def goes_on(self, times: int) -> None:
        """They ask so often, at a steady pace."""
        began = asyncio.get_running_loop().time()
        for number in range(times):
            await self.says()
            rest = began + (number + 1) / _CHATS_PER_S - asyncio.get_running_loop().time()
            await asyncio.sleep(max(rest, 0))

    def p95_ms(self, calls: Sequence[Mapping[str, Any]]) -> float:
        """From the asking to the first answer that was stored."""
        answers = [call for call in calls if call["status"] == 200 and not _is_news(call)]
        took = [
            next(c["at"] for c in answers if c["params"]["chat_id"] == whose and c["at"] > at) - at
            for whose, at in self.asked
        ]
        return quantiles(took, n=20)[18] * 1000


async def limited() -> dict[str, float]:
    """At the limit, while people chat; and what an answer takes while nothing else goes on."""
    with TemporaryDirectory() as folder:
        async with telegram(LIMITED, ALLOWED) as there:
            work = partial(ours.add, people=_TALKERS)
            async with bot(there, Path(folder) / "idle", work, ALLOWED):
                idle = Chat(there, [])
                await idle.says()
                await idle.goes_on(_IDLE)
                await there.sim("idle?quiet_ms=300")
                idle_ms = idle.p95_ms(await there.calls())
        async with telegram(LIMITED, ALLOWED) as there:
            work = partial(_announcement, people=LIMITED)
            async with bot(there, Path(folder) / "busy", work, ALLOWED):
                busy = Chat(there, [])
                seconds = LIMITED / ALLOWED
                talk = asyncio.create_task(busy.goes_on(int(seconds * _CHATS_PER_S)))
                calls = await _sent(there, LIMITED)
                await talk
                await there.sim("idle?quiet_ms=300")
                busy_ms = busy.p95_ms(await there.calls())
    return {**_figures(calls), "idle_ms": idle_ms, "busy_ms": busy_ms}


async def unlimited() -> dict[str, float]:
    """Without pace and limits, with the ledger written."""
    with TemporaryDirectory() as folder:
        async with telegram(UNLIMITED, 0) as there:
            work = partial(_announcement, people=UNLIMITED)
            async with bot(there, Path(folder), work, 0) as (process, _):
                figures = _figures(await _sent(there, UNLIMITED))
                return {**figures, "peak_mib": process.status_mib("VmHWM")}


async def peer(name: str, people: int, limit: int) -> dict[str, float]:
    """Another library."""
    async with telegram(people, limit) as there:
        environment = {
            "BENCH_API_URL": there.url,
            "BENCH_TOKEN": TOKEN,
            "BENCH_FIRST": str(FIRST),
            "BENCH_PEOPLE": str(people),
            "BENCH_PER_SECOND": str(limit),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", _PEERS[name]), env={**os.environ, **environment}
        )
        await process.wait()
        return _figures(await there.calls())


async def fan_out(url: str) -> dict[str, float]:
    """Lines for 100,000 people, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.fan_out", url), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return json.loads(said)


async def _fan_outs() -> dict[str, dict[str, float]]:
    found: dict[str, list[dict[str, float]]] = {"sqlite": [], "postgresql": []}
    for _ in range(RUNS):
        with TemporaryDirectory() as folder:
            url = (await ours.settings(Path(folder), 0))["QUARTIERI_DATABASE_URL"]
            found["sqlite"].append(await fan_out(url))
        with server() as postgres:
            found["postgresql"].append(await fan_out(await postgres.fresh()))
    return {name: _medians(figures, 2) for name, figures in found.items()}


def _medians(rows: Sequence[Mapping[str, float]], digits: int = 1) -> dict[str, float]:
    return {key: round(median(row[key] for row in rows), digits) for key in rows[0]}


async def broadcast() -> dict[str, Any]:
    """All of it, in turn."""
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(RUNS):
        found.setdefault("limited", []).append(await limited())
        for name in _PEERS:
            found.setdefault(f"limited_{name}", []).append(await peer(name, LIMITED, ALLOWED))
        found.setdefault("unlimited", []).append(await unlimited())
        found.setdefault("unlimited_ptb", []).append(await peer("ptb", ONE_BY_ONE, 0))
        found.setdefault("unlimited_aiogram", []).append(await peer("aiogram", UNLIMITED, 0))
    figures: dict[str, Any] = {name: _medians(rows) for name, rows in found.items()}
    fans = await _fan_outs()
    own = fans["sqlite"]
    return {
        "allowed_per_s": ALLOWED,
        **figures,
        "reply_p95_ms_idle": figures["limited"].pop("idle_ms"),
        "reply_p95_ms_busy": figures["limited"].pop("busy_ms"),
        "fanout_100k_s": own["seconds"],
        "fanout_peak_mib": own["peak_mib"],
        "fanout": own,
        "fanout_postgresql": fans["postgresql"],
    }
