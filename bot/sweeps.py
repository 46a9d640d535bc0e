"""What happens by the clock. A sweep may run at any time and any number of times: it asks the rows
what is due, and remembers nothing itself.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from apscheduler.schedulers.asyncio import (  # pyright: ignore[reportMissingTypeStubs] - has none
    AsyncIOScheduler,
)
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.clock import Clock
from db.session import Database
from db.tables import Update
from school import delivery, people

log = logging.getLogger(__name__)
Sweep = Callable[[Session, dt.datetime], None]


def forget_updates(session: Session, now: dt.datetime) -> None:
    """Telegram keeps an update for a day; a week later none comes again."""
    session.execute(delete(Update).where(Update.at < now - dt.timedelta(days=7)))


def forget_ended_calls(session: Session, now: dt.datetime) -> None:
    """Calls that failed are of use to an operator for a week."""
    delivery.forget_ended(session, now - dt.timedelta(days=7))


def forget_strangers(session: Session, now: dt.datetime) -> None:
    """Who opened the chat and went no further is forgotten after a day."""
    people.forget_strangers(session, now - dt.timedelta(days=1))


# Seconds between two runs, and what runs.
SWEEPS: tuple[tuple[int, Sweep], ...] = (
    (3600, forget_updates),
    (3600, forget_ended_calls),
    (3600, forget_strangers),
)


async def run(database: Database, clock: Clock, sweep: Sweep) -> None:
    """Run one sweep now."""
    try:
        await database.run(lambda session: sweep(session, clock.now()))
    except Exception:
        log.exception("the sweep %s comes again", sweep.__name__)


async def run_all(database: Database, clock: Clock) -> None:
    """Run every sweep now: the clock was moved."""
    for _, sweep in SWEEPS:
        await run(database, clock, sweep)


def ticker(database: Database, clock: Clock) -> AsyncIOScheduler:
    """A scheduler that only ticks; nothing is kept in it."""
    scheduler = AsyncIOScheduler(timezone=dt.UTC, job_defaults={"misfire_grace_time": None})
    for seconds, sweep in SWEEPS:
        scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - as above
            partial(run, database, clock, sweep), "interval", seconds=seconds
        )
    return scheduler
