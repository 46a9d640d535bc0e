"""Inserts a row unless it is there: the unique index decides, on both databases alike."""

from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Base


def insert_new(session: Session, kind: type[Base], **values: Any) -> bool:
    """Insert a row; False if one with the same key is there already."""
    connection = session.connection()
    statement = _statement(kind, connection.dialect.name)
    return connection.execute(statement, values).rowcount == 1


@cache
def _statement(kind: type[Base], dialect: str) -> Executable:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(kind.metadata.tables[kind.__tablename__]).on_conflict_do_nothing()
