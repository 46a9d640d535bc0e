"""PostgreSQL by asyncpg, asked in one trip whether it is there. SQLAlchemy makes a transaction of
that question, which is three trips: as many as all the rest of a short piece of work.
"""

from typing import Any, Literal

from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.util import await_only


class QuickServer(PGDialect_asyncpg):
    """A connection is asked each time before it is used."""

    supports_statement_cache = True

    def do_ping(self, dbapi_connection: Any) -> Literal[True]:
        """Raises SQLAlchemy's error of a lost connection."""
        try:
            await_only(dbapi_connection.driver_connection.execute("SELECT 1"))
        except Exception as error:  # noqa: BLE001 - whatever it is, SQLAlchemy tells which it is
            dbapi_connection._handle_exception(error)  # noqa: SLF001 - as its own ping does
        return True
