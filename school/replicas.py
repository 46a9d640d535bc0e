"""The processes that share a database. Each beats; one that stops is taken to be dead, and what it
had to send is sent by the others. No clock is compared: whoever looks counts by its own.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared
from db.tables import Replica
from school import delivery

_table = table_of(Replica)
_BEAT = Prepared(
    update(_table).where(_table.c.id == bindparam("me")).values(beat=_table.c.beat + 1)
)
_ALL = Prepared(select(_table.c.id, _table.c.beat))


def join(session: Session, *, alone: bool) -> tuple[int, int]:
    """A new process: its number, and how many messages the dead were sending. `alone`: no other can
    live, so all that is there is dead.
    """
    uncertain = 0
    if alone:
        session.execute(delete(_table))
        uncertain = delivery.adopt(session)
    made = session.execute(insert(_table).values(beat=0).returning(_table.c.id))
    return made.scalar_one(), uncertain


def beat(session: Session, me: int) -> Mapping[int, int] | None:
    """Live on. The beats of all that live; None for one that was taken to be dead."""
    return dict(_ALL.rows(session)) if _BEAT.run(session, me=me) else None


def bury(session: Session, dead: Mapping[int, int]) -> int:
    """Remove those that did not beat since; what they had to send is free for the others. Returns
    how many messages they were sending.
    """
    for number, beats in dead.items():
        session.execute(delete(_table).where(_table.c.id == number, _table.c.beat == beats))
    return delivery.adopt(session)


def leave(session: Session, me: int) -> None:
    """This process ends; what it leaves unsent is free for the others."""
    session.execute(delete(_table).where(_table.c.id == me))
    delivery.adopt(session)
