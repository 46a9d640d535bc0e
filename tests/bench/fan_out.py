"""Lines of an announcement for 100,000 people, while somebody writes; nothing is sent. What it took
is printed as JSON: `python -m tests.bench.fan_out URL`
"""

import asyncio
import gc
import json
import sys
from functools import partial
from time import perf_counter
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from bot import sweeps
from db.announcements import Announcement
from db.session import connect
from db.tables import Outgoing, Person
from school import announcements, loading
from tests.bench import ours
from tests.bench.reminders import Writer, context, memory_mib, memory_now, timed

PEOPLE = 100_000
_PART = 10_000


def people(session: Session, first: int) -> None:
    """Some people who have read the notice."""
    version = loading.load().notice.version
    known = {"language": "en", "created_at": ours.NOW, "notice_read": version}
    rows: list[dict[str, Any]] = [
        {**known, "telegram_id": 100_000 + number, "old_enough_at": ours.NOW}
        for number in range(first, first + _PART)
    ]
    session.execute(insert(Person), rows)


def _announcement(session: Session) -> None:
    session.execute(text("ANALYZE"))  # PostgreSQL does so by itself within a minute
    one = Announcement(
        state=announcements.DRAFT,
        content={"en": {"messages": [{"method": "sendMessage", "params": {"text": "News"}}]}},
        audience={"to": ["all"], "not": ["tutors"]},
        options={},
        created_at=ours.NOW,
    )
    session.add(one)
    session.flush()
    assert announcements.start(session, one, ours.NOW)


def _put(session: Session) -> int:
    return session.scalars(select(func.count(Outgoing.id)).where(Outgoing.lane == 3)).one()


async def main() -> None:
    """Measure."""
    database, there = connect(sys.argv[1]), context(ours.NOW)
    for first in range(0, PEOPLE, _PART):
        await database.run(partial(people, first=first))
    writer = Writer(database, there, int(ours.NOW.timestamp()))
    for _ in range(20):
        await writer.writes()
    alone = max(writer.took[5:])
    writer.took.clear()
    await database.run(_announcement)
    gc.collect()
    gc.freeze()
    memory = memory_now()
    turns = asyncio.create_task(writer.goes_on())
    steps, sweep = timed(sweeps.announce)
    began = perf_counter()
    await sweeps.run(database, lambda: there, sweep)
    took = perf_counter() - began
    turns.cancel()
    await asyncio.gather(turns, return_exceptions=True)
    assert await database.run(_put) >= PEOPLE
    figures = {
        "seconds": took,
        "peak_mib": memory_mib("VmHWM"),
        "growth_mib": memory_mib("VmHWM") - memory,
        "longest_turn_ms": max(writer.took) * 1000,
        "longest_alone_ms": alone * 1000,
        "longest_step_cpu_ms": max(steps) * 1000,
        "cpu_s": sum(steps),
    }
    await database.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(main())
