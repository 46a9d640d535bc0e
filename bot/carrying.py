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
_WELL_S = 3.0


class Carrying:
    """`info` may change at any time; a session has what it is when its work begins."""

    def __init__(self, database: Database, info: Mapping[str, Any]) -> None:
        self._database, self._info, self.name = database, info, database.name
        self._away, self._failed_at = False, 0.0

    async def run(self, work: Callable[[Session], T]) -> T:
        """See `Database.run`."""

        def carrying(session: Session) -> T:
            session.info.update(self._info)
            return work(session)

        try:
            done = await self._database.run(carrying)
        except Exception as error:
            if is_lost(error):
                self._lost(error)
            raise
        self._done()
        return done

    def _lost(self, error: Exception) -> None:
        self._failed_at = monotonic()
        if not self._away:
            self._away = True
            log.warning("the database is away", exc_info=error)

    def _done(self) -> None:
        """It is back when nothing failed for a while: on a full disk some work is still done."""
        if self._away and monotonic() - self._failed_at > _WELL_S:
            self._away = False
            log.warning("the database is back")

    async def close(self) -> None:
        """See `Database.close`."""
        await self._database.close()
