"""Reminders where 100,000 seats are taken: what a sweep costs that has nothing to do, and one that
has to put 10,000 messages while somebody writes. All of it in this process, on both databases, with
nothing sent: this is about what the sweeps and turns take from each other.
"""

import asyncio
import datetime as dt
import gc
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from functools import partial, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any, TypeAlias

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session
from telegram import Update

from bot import sweeps
from bot.sweeps import Sweep
from db.events import Event, Meeting, Seat
from db.session import Database, connect
from db.tables import Answer, Idea, Outgoing, Person
from handlers.process import Context, process
from school import loading
from school.events import PUBLISHED
from school.seats import SEATED
from school.sheet import ANSWERED
from tests.databases import Files, Server, server

PEOPLE, SEATS, LARGE, IDEAS = 20_000, 100_000, 10_000, 10_000
_SMALL = 90  # seats of each of the other events
_DAY = dt.timedelta(days=1)
_EVENING = dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC)  # six o'clock in Rome
_NOTHING_DUE = _EVENING - dt.timedelta(days=20)
_ASKED = _EVENING - _DAY  # whoever has a seat in the large event is asked now
_WAITS = _EVENING + dt.timedelta(days=40, hours=-7)  # ideas wait for three days, in the morning
_RUNS = 5
Row: TypeAlias = dict[str, Any]


def _rows(session: Session) -> None:
    """The large event is on a Saturday; the others in weeks that are past, or later."""
    began = _EVENING - 100 * _DAY
    version = loading.load().notice.version
    people: list[Row] = [
        {
            "telegram_id": 100_000 + number,
            "language": "en",
            "created_at": began,
            "notice_read": version,
            "old_enough_at": began,
        }
        for number in range(1, PEOPLE + 1)
    ]
    session.execute(insert(Person), people)
    others = (SEATS - LARGE) // _SMALL
    events: list[Row] = [_event(number, began) for number in range(1, others + 2)]
    session.execute(insert(Event), events)
    meetings = [_meeting(number, others) for number in range(1, others + 2)]
    session.execute(insert(Meeting), meetings)
    seats = list(_seats(others, began))
    for first in range(0, len(seats), 10_000):
        session.execute(insert(Seat), seats[first : first + 10_000])
    session.execute(text("ANALYZE"))  # PostgreSQL does so by itself within a minute


def _event(number: int, began: dt.datetime) -> Row:
    title = {"en": f"Event {number}"}
    same: Row = {"state": PUBLISHED, "kind": "open", "options": {}, "created_at": began}
    return {"code": f"e{number}", "title": title, "seats": LARGE, **same}


def _meeting(number: int, others: int) -> Row:
    """Half of the others were in the hundred days before, half of them come in the weeks after."""
    away = number % 90 + 1
    starts = _EVENING + away * _DAY * (-1 if number % 2 else 1) if number <= others else _EVENING
    return {"event_id": number, "starts_at": starts, "ends_at": starts + dt.timedelta(hours=2)}


def _seats(others: int, began: dt.datetime) -> Iterator[Row]:
    taken = [(event, place) for event in range(1, others + 1) for place in range(_SMALL)]
    taken += [(others + 1, place) for place in range(LARGE)]
    for number, (event, place) in enumerate(taken):
        yield {
            "event_id": event,
            "person_id": 1 + (place if event > others else number) % PEOPLE,
            "code": f"s{number}",
            "state": SEATED,
            "line_at": began + dt.timedelta(milliseconds=number),
        }


def _ideas(session: Session) -> None:
    """So many ideas were begun three days before the last moment, and wait."""
    day = dt.datetime.combine(_WAITS.date() - 3 * _DAY, dt.time(), dt.UTC)
    numbers = range(1, IDEAS + 1)
    session.query(Person).filter(Person.id <= IDEAS).update({"seen_at": day})
    session.execute(insert(Idea), [{"person_id": n, "created_at": day} for n in numbers])
    value: Row = {"choice": "project"}
    same: Row = {"question": "stage", "status": ANSWERED, "value": value, "changed_at": day}
    session.execute(insert(Answer), [{"idea_id": number, **same} for number in numbers])


def _put(session: Session) -> int:
    return session.scalars(select(func.count(Outgoing.id))).one()


class Writer:
    """Somebody who looks at the help again and again; how long each turn took, in seconds."""

    def __init__(self, database: Database, context: Context, first: int) -> None:
        self.database, self.context, self.number = database, context, first
        self.took: list[float] = []

    async def writes(self) -> None:
        """One turn."""
        self.number += 1
        chat = {"id": 7, "type": "private"}
        sender = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "en"}
        message = {"message_id": self.number, "date": 0, "chat": chat, "from": sender}
        raw = {"update_id": self.number, "message": {**message, "text": "/help"}}
        update = Update.de_json(raw, None)
        began = perf_counter()
        await self.database.run(partial(process, context=self.context, update=update))
        self.took.append(perf_counter() - began)

    async def goes_on(self) -> None:
        """Turn after turn, until cancelled."""
        while True:
            await self.writes()
            await asyncio.sleep(0.01)


def context(now: dt.datetime) -> Context:
    """What turns need."""
    return Context(loading.load(), 42, now)


async def _idle_ms(database: Database, now: dt.datetime, sweep: Sweep) -> float:
    """One sweep that finds nothing to do: the best of some, as the machine has other work too."""
    there = context(now)
    took: list[float] = []
    for _ in range(_RUNS):
        began = perf_counter()
        await sweeps.run(database, lambda: there, sweep)
        took.append(perf_counter() - began)
    return min(took[1:]) * 1000


def timed(sweep: Sweep) -> tuple[list[float], Sweep]:
    """A sweep, and how long each of its transactions has worked, in seconds of its thread: however
    busy the machine is with other things.
    """
    steps: list[float] = []

    @wraps(sweep)
    def timed(*arguments: object) -> object:
        began = thread_time()
        more = sweep(*arguments)
        steps.append(thread_time() - began)
        return more

    return steps, timed


def memory_mib(name: str) -> float:
    """A figure of this process, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def memory_now() -> float:
    """What this process has now; the peak begins anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return memory_mib("VmRSS")


async def _puts(database: Database, now: dt.datetime, sweep: Sweep) -> dict[str, float]:
    """A sweep that puts many messages, while somebody writes."""
    there, before = context(now), await database.run(_put)
    writer = Writer(database, there, int(now.timestamp()))
    for _ in range(20):
        await writer.writes()
    alone = max(writer.took[5:])
    writer.took.clear()
    gc.collect()
    memory = memory_now()
    turns = asyncio.create_task(writer.goes_on())
    steps, watched = timed(sweep)
    began = perf_counter()
    await sweeps.run(database, lambda: there, watched)
    took = perf_counter() - began
    turns.cancel()
    await asyncio.gather(turns, return_exceptions=True)
    put = await database.run(_put) - before - 20 - len(writer.took)
    return {
        "put": put,
        "put_10k_s": round(took, 2),
        "longest_turn_ms": round(max(writer.took) * 1000, 1),
        "longest_alone_ms": round(alone * 1000, 1),
        "put_cpu_s": round(sum(steps), 2),
        "longest_step_cpu_ms": round(max(steps) * 1000, 1),
        "peak_mib_growth": round(memory_mib("VmHWM") - memory, 1),
    }


async def _of(databases: Files | Server) -> dict[str, Any]:
    database = connect(await databases.fresh())
    try:
        await database.run(_rows)
        idle = await _idle_ms(database, _NOTHING_DUE, sweeps.remind)
        found = await _puts(database, _ASKED, sweeps.remind)
        after = await _idle_ms(database, _ASKED + dt.timedelta(minutes=5), sweeps.remind)
        await database.run(_ideas)
        nudges = await _puts(database, _WAITS, sweeps.nudge)
        return {
            "idle_sweep_ms": round(idle, 1),
            **found,
            "sweep_when_all_is_put_ms": round(after, 1),
            "nudges": nudges,
        }
    finally:
        await database.close()


@asynccontextmanager
async def _files() -> AsyncGenerator[Files]:
    with TemporaryDirectory() as folder:
        yield Files(Path(folder))


async def reminders() -> dict[str, Any]:
    """The same on both databases."""
    gc.freeze()  # as the program does once it has started
    async with _files() as files:
        own = await _of(files)
    with server() as postgres:
        other = await _of(postgres)
    load = f"{SEATS} seats of {PEOPLE} people; {LARGE} of one event"
    return {"load": load, **own, "postgresql": other}
