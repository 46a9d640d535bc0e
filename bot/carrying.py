"""A database whose sessions carry what the process knows and rows need: the key of the marks, and
the number of this process.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.session import Database

T = TypeVar("T")


class Carrying:
    """`info` may change at any time; a session has what it is when its work begins."""

    def __init__(self, database: Database, info: Mapping[str, Any]) -> None:
        self._database, self._info, self.name = database, info, database.name

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""

        def carrying(session: Session) -> T:
            session.info.update(self._info)
            return work(session)

        return await self._database.run(carrying)

    async def close(self) -> None:
        """See `Database.close`."""
        await self._database.close()
