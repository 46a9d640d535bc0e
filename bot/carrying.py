"""A database whose sessions carry what the process knows and rows need: the key of the marks, and
the number of this process. All work passes here: that the database went away, and that it is back,
is logged once, whoever met it.
"""

import logging
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.failures import is_lost
from db.session import Database

T = TypeVar("T")
log = logging.getLogger(__name__)


class Carrying:
    """`info` may change at any time; a session has what it is when its work begins."""

    def __init__(self, database: Database, info: Mapping[str, Any]) -> None:
        self._database, self._info, self.name = database, info, database.name
        self._away, self._since = False, monotonic()

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""

        def carrying(session: Session) -> T:
            session.info.update(self._info)
            return work(session)

        began = monotonic()
        try:
            done = await self._database.run(carrying)
        except Exception as error:
            if is_lost(error):
                self._is(began, error)
            raise
        self._is(began, None)
        return done

    def _is(self, began: float, error: Exception | None) -> None:
        """Note how it is; work that began before the last change says nothing of it."""
        away = error is not None
        if away == self._away or began < self._since:
            return
        self._away, self._since = away, monotonic()
        said = "the database is away" if away else "the database is back"
        log.warning(said, exc_info=error)

    async def close(self) -> None:
        """See `Database.close`."""
        await self._database.close()
