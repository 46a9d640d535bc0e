"""Rows for any schema, found by looking at the database: old revisions have no models any more."""

import datetime as dt
from typing import Any, TypeAlias

from sqlalchemy import JSON, Connection, MetaData, Table, insert, select

Rows: TypeAlias = dict[str, list[dict[str, Any]]]

_ALEMBIC = "alembic_version"
_WHEN = dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC)


def tables(connection: Connection) -> list[Table]:
    """The tables that are there, parents first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _ALEMBIC]


def fill(connection: Connection) -> None:
    """Two rows for each table that has none: all numbers of a row are 1, or 2, so keys fit."""
    for table in tables(connection):
        if connection.execute(select(table)).first() is None:
            for number in (1, 2):
                values = {column.name: _value(column, number) for column in table.columns}
                connection.execute(insert(table).values(values))


def _value(column: Any, number: int) -> Any:
    if isinstance(column.type, JSON):
        return {"number": number}
    made = {int: number, float: number + 0.5, str: f"{column.name} {number}", dt.datetime: _WHEN}
    return made[column.type.python_type]


def read(connection: Connection) -> Rows:
    """All rows of all tables."""
    return {
        table.name: [
            dict(row)
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in tables(connection)
    }


def shared(rows: Rows, others: Rows) -> Rows:
    """The rows as far as the other schema has their tables and columns."""
    return {
        name: [{key: value for key, value in row.items() if key in others[name][0]} for row in kept]
        for name, kept in rows.items()
        if others.get(name)
    }
