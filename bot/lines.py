"""The lines of announcements that this process is sending: how many at once, and when the next may
go. They leave connections free for answers, and are taken in groups that are worth a transaction.
"""

import datetime as dt
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy.orm import Session

from bot.announcing import Announcing, Calls, cost
from bot.pace import Pace
from bot.replica import Replica
from school import ledger
from school.delivery import End
from school.ledger import Ended, Line, News
from school.quiet import Quiet

log = logging.getLogger(__name__)
_AT_ONCE = 80
_WORTH = 20
_AFTER_S = 0.02  # what is due at a moment is asked for so much later
_SOON_S = 1.0  # a chat that just got something gets the next so much later


@dataclass(slots=True, repr=False)  # asyncio shows what a task is made of
class Lines:
    """`next_at` is when the next may go, by a steady clock: what waits for the pace, or goes again
    after a pause.
    """

    announcing: Announcing
    pace: Pace
    replica: Replica
    quiet: Quiet
    next_at: float = 0.0
    closed: bool = False
    _ended: list[Ended] = field(default_factory=list[Ended])
    _busy: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def sending(self) -> Collection[int]:
        """The numbers of the lines that are being sent."""
        return self._busy.values()

    @property
    def has_ended(self) -> bool:
        """Whether there are ends to write."""
        return bool(self._ended)

    def close(self) -> None:
        """No others are sent."""
        self.closed, self.next_at = True, 0.0

    def ended(self) -> list[Ended]:
        """The ends to write."""
        ended, self._ended = self._ended, []
        return ended

    def give_back(self, ended: Sequence[Ended]) -> None:
        """They could not be written."""
        self._ended = [*ended, *self._ended]

    def written(self, ended: Sequence[Ended]) -> None:
        """They are."""
        for one in ended:
            del self._busy[one.line.chat_id]

    def turn_over(
        self,
        session: Session,
        ended: Sequence[Ended],
        held: Collection[int],
        now: dt.datetime,
        *,
        rest: bool,
    ) -> list[tuple[Line, Calls]]:
        """Write ends down, and take lines that may go now; none where all is to rest."""
        self._comes_later(ledger.record(session, ended, now))
        if rest or self.closed or not self.replica.who.for_all:
            return []
        over = {one.line.chat_id for one in ended}
        busy = {*held, *(chat for chat in self._busy if chat not in over)}
        going = ledger.news(session, now, self.quiet)
        room = self._room(len(ended)) if going else 0
        taken: list[tuple[Line, Calls]] = []
        for one in going:
            if len(taken) < room and self._learn(session, one):
                most = max(1, (room - len(taken)) // self.announcing.dearest(one))
                lines = ledger.take(session, self.replica.who.me, one, now, most)
                taken += self._let_go(session, lines, busy, now)
        return taken

    def _comes_later(self, seconds: float) -> None:
        """Something may go in so many seconds."""
        now = monotonic()
        if seconds:
            self.next_at = max(self.next_at, now + seconds + _AFTER_S)
        elif self.next_at <= now:
            self.next_at = 0.0

    def _room(self, ended: int) -> int:
        """How many may be sent now."""
        free = _AT_ONCE - len(self._busy) + ended
        if free < _WORTH:
            return 0
        room, wait = self.pace.room(monotonic())
        self._comes_later(wait)
        return min(free, room)

    def _learn(self, session: Session, one: News) -> bool:
        if not self.announcing.knows(one.version):
            said = ledger.words(session, one.number)
            if said is None:
                return False
            self.announcing.learn(one.version, said)
        return True

    def _let_go(
        self, session: Session, lines: Sequence[Line], held: set[int], now: dt.datetime
    ) -> list[tuple[Line, Calls]]:
        """Those whose chats may be spoken to now; the others come later."""
        go: list[tuple[Line, Calls]] = []
        later: list[Ended] = []
        for line in lines:
            soon = line.too_soon or line.chat_id in held
            wait = _SOON_S if soon else self.pace.own(line.chat_id, monotonic())
            if wait:
                later.append(Ended(line, End.AGAIN, wait_s=wait))
                continue
            held.add(line.chat_id)
            calls = self.announcing.calls(line)
            self.pace.count(line.chat_id, monotonic(), cost(calls))
            go.append((line, calls))
        self._comes_later(ledger.record(session, later, now))
        return go

    def begin(self, line: Line) -> None:
        """A line is being sent from now on."""
        self._busy[line.chat_id] = line.id

    async def tell(self, line: Line, calls: Calls) -> Ended:
        """Send it; its end is to be written, too."""
        try:
            ended = await self.announcing.tell(line, calls)
        except Exception:
            log.exception("row %s cannot be sent", line.id)
            ended = Ended(line, End.FAILED, "fault")
        self._ended.append(ended)
        return ended
