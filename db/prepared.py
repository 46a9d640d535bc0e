"""Statements that every turn runs: compiled once for each database, then given to the driver as
they are. SQLAlchemy's own way around a small statement costs six times what SQLite needs for it.

Values are converted as their columns' types say. What the session still holds back is not written
before: whoever needs that flushes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import BindParameter, Connection, Dialect, Executable, Table, bindparam
from sqlalchemy.orm import Session, class_mapper, make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from db.base import Base, table_of

Row: TypeAlias = tuple[Any, ...]
Kind = TypeVar("Kind", bound=Base)
Convert: TypeAlias = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in a database's words: its values in their order, and how each is converted;
    `constants` are those that it brings along.
    """

    words: str
    values: tuple[tuple[str, Convert], ...]
    constants: Mapping[str, Any]
    columns: tuple[Convert, ...]

    def parameters(self, given: Mapping[str, Any]) -> Row:
        all_of = {**self.constants, **given} if self.constants else given
        return tuple(
            all_of[name] if convert is None else convert(all_of[name])
            for name, convert in self.values
        )

    def row(self, found: Row) -> Row:
        return tuple(
            value if convert is None else convert(value)
            for value, convert in zip(found, self.columns, strict=True)
        )


class Prepared:
    """A statement whose values all come with the call; where the databases differ, what makes it
    for a dialect's name.
    """

    def __init__(self, statement: Executable | Callable[[str], Executable]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, session: Session, **values: Any) -> list[Row]:
        """What a statement finds, or returns of what it changed."""
        compiled, cursor = self._execute(session, values)
        found = [compiled.row(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def run(self, session: Session, **values: Any) -> int:
        """Do what changes rows; how many it changed."""
        _, cursor = self._execute(session, values)
        cursor.close()
        return int(cursor.rowcount)

    def each(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Do what changes rows once for each of some values, in one go."""
        if rows:
            connection = session.connection()
            compiled = self._for(connection)
            cursor = connection.connection.cursor()
            cursor.executemany(compiled.words, [compiled.parameters(values) for values in rows])
            cursor.close()

    def all(self, session: Session, kind: type[Kind], **values: Any) -> list[Kind]:
        """The rows of a statement that selects a whole table, as the session's objects."""
        return [attached(session, kind, row) for row in self.rows(session, **values)]

    def one(self, session: Session, kind: type[Kind], **values: Any) -> Kind | None:
        """As `all`, the first of them."""
        found = self.rows(session, **values)
        return attached(session, kind, found[0]) if found else None

    def only(self, session: Session, kind: type[Kind], **values: Any) -> Kind:
        """As `one`, where there is certainly a row. Raises LookupError."""
        found = self.one(session, kind, **values)
        if found is None:
            raise LookupError(f"no {kind.__name__} where one must be")
        return found

    def _execute(self, session: Session, values: Mapping[str, Any]) -> tuple[_Compiled, Any]:
        connection = session.connection()
        compiled = self._for(connection)
        cursor = connection.connection.cursor()
        cursor.execute(compiled.words, compiled.parameters(values))
        return compiled, cursor

    def _for(self, connection: Connection) -> _Compiled:
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            made = self._statement
            statement = made if isinstance(made, Executable) else made(dialect.name)
            self._compiled[dialect.name] = _compile(statement, dialect)
        return self._compiled[dialect.name]


def given(table: Table, names: Iterable[str]) -> dict[str, BindParameter[Any]]:
    """The values of columns, to come with the call under the columns' names."""
    return {name: bindparam(name, type_=table.c[name].type) for name in names}


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    if compiled.prefetch:
        raise ValueError(f"{compiled}: give a value for each of {compiled.prefetch}")
    values = tuple(
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup
    )
    selected = statement.selected_columns if statement.is_select else statement.exported_columns
    columns = tuple(
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in selected
    )
    constants = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Compiled(str(compiled), values, constants, columns)


def attached(session: Session, kind: type[Kind], row: Row) -> Kind:
    """A row of a whole table as an object that the session watches; the one that it has already, if
    there is one.
    """
    # Not by its constructor, which would note each value as a change.
    made: Kind = class_mapper(kind).class_manager.new_instance()
    vars(made).update(zip(table_of(kind).c.keys(), row, strict=True))
    make_transient_to_detached(made)
    key = identity_key(instance=made)
    if key in session.identity_map:
        return session.identity_map[key]
    session.add(made)
    return made
