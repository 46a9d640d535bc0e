"""Inserts a row unless it is there: the unique index decides, on both databases alike."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Base


def insert_new(session: Session, kind: type[Base], **values: Any) -> bool:
    """Insert a row; False if one with the same key is there already."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table: Table = kind.metadata.tables[kind.__tablename__]
    insert = dialect.insert(table).values(values).on_conflict_do_nothing()
    return session.connection().execute(insert).rowcount == 1
