"""This process among those that share the database. It beats twice a second; who did not beat for
some seconds, by our own clock, is buried. A process that was buried by mistake comes back as
another.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from time import monotonic
from typing import Any

from db.failures import is_lost
from db.session import Database
from school import replicas
from school.delivery import Who
from school.outbox import OWNER

log = logging.getLogger(__name__)
_BEAT_S = 0.5
_SILENT_S = 3.0


class Replica:
    """`who` is what we may send. The number goes into `info`, which sessions carry."""

    def __init__(self, database: Database, info: dict[str, Any]) -> None:
        self._database, self._info = database, info
        self._heard: dict[int, tuple[int, float]] = {}
        self.who = Who(0, for_all=False)

    @property
    def _alone(self) -> bool:
        """A file has one process."""
        return self._database.name == "sqlite"

    async def join(self) -> None:
        """Begin to live."""
        me, uncertain = await self._database.run(partial(replicas.join, alone=self._alone))
        _tell(uncertain)
        self._info[OWNER], self._heard = me, {}
        self.who = Who(me, for_all=self._alone)
        if not self._alone:
            await self._beat()

    async def run(self) -> None:
        """Live until cancelled."""
        while not self._alone:
            await asyncio.sleep(_BEAT_S)
            try:
                await self._beat()
            except Exception as error:
                if not is_lost(error):
                    log.exception("the beat comes again")
        await asyncio.Event().wait()

    async def leave(self) -> None:
        """End; what is unsent is for the others. Without a database they see it by themselves."""
        try:
            await self._database.run(partial(replicas.leave, me=self.who.me))
        except Exception as error:
            log.warning("no leave was taken", exc_info=error)

    async def _beat(self) -> None:
        me = self.who.me
        beats = await self._database.run(partial(replicas.beat, me=me))
        if beats is None:
            log.warning("this process was taken to be dead, and goes on as another")
            await self.join()
            return
        dead = self._silent(beats)
        if dead:
            log.warning("%s of %s processes stopped", len(dead), len(beats))
            _tell(await self._database.run(partial(replicas.bury, dead=dead)))
        self.who = Who(me, for_all=me == min(number for number in beats if number not in dead))

    def _silent(self, beats: Mapping[int, int]) -> dict[int, int]:
        """Those whose beat is the same for too long."""
        now, before = monotonic(), self._heard
        self._heard = {
            number: before[number]
            if number in before and before[number][0] == count
            else (count, now)
            for number, count in beats.items()
        }
        return {
            number: count
            for number, (count, since) in self._heard.items()
            if now - since > _SILENT_S and number != self.who.me
        }


def _tell(uncertain: int) -> None:
    """Only these may be seen twice."""
    if uncertain:
        log.warning("%s messages were being sent when a process stopped", uncertain)
