"""What is watched for the operator: a change of its state is told once, whoever sees it first and
however often the program starts anew.
"""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.tables import Condition, Outgoing
from db.upsert import insert_new, put
from school.delivery import ENDED, UNFINISHED
from school.outbox import ANNOUNCE, CALLS

FINE, BAD = "fine", "bad"


def state(session: Session, name: str) -> str:
    """The last state that was told."""
    query = select(Condition.state).where(Condition.name == name)
    return session.scalar(query) or FINE


def changed(session: Session, name: str, now_is: str, now: dt.datetime) -> bool:
    """Write a state down; True for the one who changed it."""
    insert_new(session, Condition, name=name, state=FINE, at=now)
    here = (Condition.name == name) & (Condition.state != now_is)
    change = update(Condition).where(here).values(state=now_is, at=now)
    return session.connection().execute(change).rowcount == 1


def looked_at(session: Session, name: str, now: dt.datetime) -> dt.datetime:
    """When something was looked at the last time; now it is. The first time is now, too."""
    row = session.get(Condition, name, with_for_update=True, populate_existing=True)
    before = row.at if row is not None else now
    put(session, Condition, ("name",), name=name, state=FINE, at=now)
    return before


def outbox(session: Session) -> Mapping[tuple[int, str], int]:
    """How many rows the outbox has, by lane and state; of announcements only what is still to be
    done.
    """
    known = Outgoing.state.in_((*UNFINISHED, *ENDED)) & Outgoing.lane.in_(CALLS)
    going = Outgoing.state.in_(UNFINISHED) & (Outgoing.lane == ANNOUNCE)
    lane, state = Outgoing.lane, Outgoing.state
    parts = (
        select(lane, state, func.count()).where(which).group_by(state, lane)
        for which in (known, going)
    )
    return {(row[0], row[1]): row[2] for part in parts for row in session.execute(part)}
