"""Links into a group: for one person, who uses it up, or for all who have it. A link counts while
its row is there.
"""

import datetime as dt
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.groups import Group, GroupLink
from db.tables import Person
from school import groups

ONCE, ALL = "once", "group"
KINDS = (ONCE, ALL)
MOST = 8  # links of a group at the same time


def of(session: Session, group: Group) -> Sequence[GroupLink]:
    """A group's links, the oldest first."""
    query = select(GroupLink).where(GroupLink.group_id == group.id)
    return list(session.scalars(query.order_by(GroupLink.at, GroupLink.code)))


def make(session: Session, group: Group, kind: str, now: dt.datetime) -> GroupLink | None:
    """A link of a kind into a group that is held; for all it is the one that there is. None where
    there are too many.
    """
    there = of(session, group)
    same = next((link for link in there if link.kind == kind == ALL), None)
    if same is not None or len(there) >= MOST:
        return same
    link = GroupLink(code=secrets.token_urlsafe(12), group_id=group.id, kind=kind, at=now)
    session.add(link)
    session.flush()
    return link


def find(session: Session, code: str) -> tuple[GroupLink, Group] | None:
    """A link that counts, and where it leads."""
    query = select(GroupLink, Group).join(Group, Group.id == GroupLink.group_id)
    found = session.execute(query.where(GroupLink.code == code)).first()
    return (found[0], found[1]) if found is not None else None


def own(session: Session, group: Group, code: str) -> GroupLink | None:
    """One of a group's links."""
    return next((link for link in of(session, group) if link.code == code), None)


def revoke(session: Session, link: GroupLink) -> None:
    """It counts no more."""
    session.delete(link)
    session.flush()


def take(session: Session, code: str, person: Person, now: dt.datetime) -> Group | None:
    """Come into a group by a link; None where it counts no more, or somebody is in a group."""
    found = find(session, code)
    if found is None or groups.hold(session, found[1]) is None:
        return None
    # While one waited for the group, the link may have been used up, or taken back.
    still = select(func.count()).select_from(GroupLink).where(GroupLink.code == code)
    if not session.scalar(still) or not groups.join(session, person, found[1], now):
        return None
    session.execute(delete(GroupLink).where(GroupLink.code == code, GroupLink.kind == ONCE))
    return found[1]
