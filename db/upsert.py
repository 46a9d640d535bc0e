"""Inserts a row unless it is there, or in the place of the one that is: the index decides, on both
databases alike.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Base


def insert_new(session: Session, kind: type[Base], **values: Any) -> bool:
    """Insert a row; False if one with the same key is there already."""
    connection = session.connection()
    statement = _new(kind, connection.dialect.name)
    return connection.execute(statement, values).rowcount == 1


def put_all(session: Session, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; one with the same primary key has its other values changed."""
    session.execute(_in_place(kind, session.connection().dialect.name), list(rows))


def _insert(kind: type[Base], dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(kind.metadata.tables[kind.__tablename__])


@cache
def _new(kind: type[Base], dialect: str) -> Executable:
    return _insert(kind, dialect).on_conflict_do_nothing()


@cache
def _in_place(kind: type[Base], dialect: str) -> Executable:
    statement = _insert(kind, dialect)
    table = kind.metadata.tables[kind.__tablename__]
    keys = list(table.primary_key)
    others = {
        column.name: statement.excluded[column.name]
        for column in table.c
        if column not in set(keys)
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=others)
