"""All rows of a database as lines of JSON, the same for both kinds: what was copied from one can be
put into the other. Tables are read as they are found: an older schema has no models any more.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable, Generator, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    make_url,
    select,
)
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_AT_ONCE = 1000
_ALEMBIC = "alembic_version"
T = TypeVar("T")


async def snapshot(url: str, work: Callable[[Connection], T]) -> T:
    """Read a database as it is at one moment, while others go on writing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return of_file(Path(str(parsed.database)), work)
    engine = create_async_engine(
        parsed.set(drivername="postgresql+asyncpg"),
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
    )
    async with engine.connect() as connection:
        return await connection.run_sync(work)


def of_file(path: Path, work: Callable[[Connection], T]) -> T:
    """As `snapshot`, of a SQLite file. Raises FileNotFoundError where there is none."""
    if not path.exists():
        raise FileNotFoundError(f"there is no database {path}")
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)

    # The driver begins no transaction to read: each query would see another moment.
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    with engine.connect() as connection:
        return work(connection)


def everything(connection: Connection) -> list[Table]:
    """The tables that are there, parents first, with the one that tells the schema."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return metadata.sorted_tables


def tables(connection: Connection) -> list[Table]:
    """The tables that hold something of the school, parents first."""
    return [table for table in everything(connection) if table.name != _ALEMBIC]


def read(connection: Connection, table: Table) -> Generator[str]:
    """A table's rows, one line each, in the order of their keys."""
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)).mappings():
        plain = {str(name): _plain(value) for name, value in row.items()}
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Put lines into a table; how many they were."""
    count = 0
    rest = iter(lines)
    while some := list(islice(rest, _AT_ONCE)):
        connection.execute(insert(table), [_typed(table, json.loads(line)) for line in some])
        count += len(some)
    _go_on_counting(connection, table)
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters know nothing of keys that were given."""
    if connection.dialect.name != "postgresql":
        return
    numbers = (column for column in table.primary_key if isinstance(column.type, Integer))
    for column in numbers:
        connection.exec_driver_sql(
            f"SELECT setval(found::regclass, (SELECT max({column.name}) FROM {table.name}))"  # noqa: S608 - our own schema's names
            f" FROM pg_get_serial_sequence('{table.name}', '{column.name}') AS found"
            f" WHERE found IS NOT NULL"
        )
