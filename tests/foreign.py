"""Somebody else in the bot's PostgreSQL database: holds rows, sees who waits, ends connections."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_PATIENCE_S = 60


@dataclass
class Somebody:
    """One connection is in a transaction and holds what it locks; the other only looks."""

    holding: AsyncConnection
    looking: AsyncConnection

    async def does(self, statement: str) -> None:
        """Run a statement in the transaction."""
        await self.holding.execute(text(statement))

    async def lets_go(self) -> None:
        """Commit."""
        await self.holding.commit()

    async def sees(self, query: str) -> Any:
        """The one value that a query finds now."""
        return (await self.looking.execute(text(query))).scalar_one()

    async def until(self, query: str, value: object) -> None:
        """Wait until a query finds a value."""
        async with asyncio.timeout(_PATIENCE_S):
            while await self.sees(query) != value:
                await a_moment()

    async def until_waiting(self, sessions: int) -> None:
        """Wait until so many others wait for a lock."""
        await self.until(f"SELECT count(*) {_OTHERS} AND wait_event_type = 'Lock'", sessions)

    async def ends_who_waits(self) -> None:
        """End the connections of those that wait for a lock."""
        await self.sees(
            f"SELECT count(pg_terminate_backend(pid)) {_OTHERS} AND wait_event_type = 'Lock'"
        )


async def a_moment(seconds: float = 0.05) -> None:
    """Nobody tells when another process has come so far; whoever asks all the time slows it."""
    loop = asyncio.get_running_loop()
    passed: asyncio.Future[None] = loop.create_future()
    loop.call_later(seconds, passed.set_result, None)
    await passed


@asynccontextmanager
async def somebody(url: str) -> AsyncGenerator[Somebody]:
    """Somebody at a database; what is held then is let go."""
    name = url.replace("postgresql:", "postgresql+asyncpg:")
    engine = create_async_engine(name, poolclass=NullPool)
    async with engine.connect() as holding, engine.connect() as other:
        looking = await other.execution_options(isolation_level="AUTOCOMMIT")
        yield Somebody(holding, looking)
