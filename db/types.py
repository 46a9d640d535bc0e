"""Column types. A time is aware and in UTC, or it is refused: SQLite would drop its zone."""

import datetime as dt
from typing import Any, TypeAlias

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

# SQLite numbers rows by itself only in a column declared INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")
Document = JSON(none_as_null=True)


class Utc(TypeDecorator[dt.datetime]):
    """An aware time, stored in UTC. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - TypeDecorator's signature
        """On the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - as above
        """On the way out."""
        return value and value.replace(tzinfo=dt.UTC)
