"""What all tables have in common."""

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Double, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase

from db.types import Key, Utc


class Base(DeclarativeBase):
    """The parent of all tables; constraints have names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: Utc,
        int: Key,
        str: String,
        float: Double,
    }

    def __setattr__(self, name: str, value: object) -> None:
        """What is set to what it is was not changed: a flush would look through it for nothing."""
        if name not in self.__dict__ or self.__dict__[name] != value:
            super().__setattr__(name, value)


def table_of(kind: type[Base]) -> Table:
    """The table of a class, for statements that go by columns alone."""
    return kind.metadata.tables[kind.__tablename__]
