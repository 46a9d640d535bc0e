"""Inserts a row unless it is there, or in the place of the one that is: the index decides, on both
databases alike.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base, table_of
from db.prepared import Prepared, given


def insert_new(session: Session, kind: type[Base], /, **values: Any) -> bool:
    """Insert a row; False if one with the same key is there already."""
    return _new(kind, *values).run(session, **values) == 1


def insert_all(session: Session, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns, but for those whose key is there already."""
    insert = _insert(kind, session.get_bind().dialect.name, tuple(rows[0])).on_conflict_do_nothing()
    session.execute(insert, rows)


def put(session: Session, kind: type[Base], key: tuple[str, ...], **values: Any) -> None:
    """Insert a row; one with the same key has its other values changed."""
    _in_place(kind, key, *values).run(session, **values)


def put_each(
    session: Session, kind: type[Base], key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> None:
    """As `put`, of rows that have the same columns, in one go."""
    if rows:
        _in_place(kind, key, *rows[0]).each(session, rows)


@cache
def _new(kind: type[Base], /, *names: str) -> Prepared:
    return Prepared(lambda dialect: _insert(kind, dialect, names).on_conflict_do_nothing())


@cache
def _in_place(kind: type[Base], key: tuple[str, ...], *names: str) -> Prepared:
    def build(dialect: str) -> Any:
        statement = _insert(kind, dialect, names)
        others = {name: statement.excluded[name] for name in names if name not in key}
        return statement.on_conflict_do_update(index_elements=key, set_=others)

    return Prepared(build)


def _insert(kind: type[Base], dialect: str, names: tuple[str, ...]) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    table = table_of(kind)
    return insert(table).values(given(table, names))
