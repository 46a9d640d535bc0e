"""Who works at the school: how one gets a role, what each role may do, and the trail of what was
done. `may` is the one place that says yes or no.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared
from db.tables import Deed, Invitation, Person, Role
from db.types import Json
from db.upsert import insert_new
from school.phrases import t
from school.refusal import Refusal

TUTOR, COORDINATOR = "tutor", "coordinator"
ROLES = (TUTOR, COORDINATOR)
VALID = dt.timedelta(days=7)  # an invitation
PAGE = 8  # lines of the trail on a screen

_roles = table_of(Role)
_ROLES_OF = Prepared(select(_roles.c.role).where(_roles.c.person_id == bindparam("person")))

# What staff can do, and who may. At the door a tutor adds somebody by name while a seat is free;
# more people than seats are let in, and people are noted for days to come, by who coordinates.
MAY: Mapping[str, Collection[str]] = {
    "home": ROLES,
    "events": (COORDINATOR,),
    "today": ROLES,
    "door": ROLES,
    "crowd": (COORDINATOR,),
    "roll": (COORDINATOR,),
    "feedback": (COORDINATOR,),
    "materials": ROLES,
    "write": (COORDINATOR,),
    "queue": ROLES,
    "tutor": (TUTOR,),
    "staff": (COORDINATOR,),
    "trail": (COORDINATOR,),
    "desk": ROLES,
    "assist": (COORDINATOR,),
    "cards": (COORDINATOR,),
    "announce": (COORDINATOR,),
}


def may(roles: Collection[str], action: str) -> bool:
    """Whether somebody with these roles may do something."""
    return any(role in MAY[action] for role in roles)


def roles_of(session: Session, person: Person) -> tuple[str, ...]:
    """A person's roles, in their order; none for a resident."""
    held = {role for (role,) in _ROLES_OF.rows(session, person=person.id)}
    return tuple(role for role in ROLES if role in held)


def people(session: Session) -> Sequence[tuple[Person, tuple[str, ...]]]:
    """All who have a role, with their roles, who came first before the others."""
    held: dict[int, list[str]] = {}
    found: dict[int, Person] = {}
    query = select(Person, Role.role).join(Role, Role.person_id == Person.id)
    for person, role in session.execute(query.order_by(Role.at, Person.id)):
        found[person.id] = person
        held.setdefault(person.id, []).append(role)
    return [(found[one], tuple(r for r in ROLES if r in roles)) for one, roles in held.items()]


def give(session: Session, person: Person, role: str, now: dt.datetime) -> bool:
    """Give a role; False where the person has it."""
    return insert_new(session, Role, person_id=person.id, role=role, at=now)


def take(session: Session, person: Person, role: str) -> None:
    """Take a role away. Raises Refusal for the last coordinator's: somebody must be able to invite
    the next one.
    """
    # Two who take each other's role at once: the second waits for the first.
    session.execute(update(Role).where(Role.role == COORDINATOR).values(role=COORDINATOR))
    here = (Role.person_id == person.id) & (Role.role == role)
    others = select(func.count()).select_from(Role).where(Role.role == role, ~here)
    if role == COORDINATOR and not session.scalar(others):
        raise Refusal(
            t("There is no other coordinator. Invite somebody first, then this role can go.")
        )
    session.execute(delete(Role).where(here))


def invite(session: Session, role: str, by: Person | None, now: dt.datetime) -> str:
    """An invitation to a role, for whoever comes first within some days: its secret."""
    secret = secrets.token_urlsafe(16)
    number = by.id if by is not None else None
    row = Invitation(mark=_mark(secret), role=role, person_id=number, expires_at=now + VALID)
    session.add(row)
    session.flush()
    return secret


def accept(session: Session, secret: str, person: Person, now: dt.datetime) -> str | None:
    """The role of an invitation, which the person has now; None where it is used up or too old."""
    taken = delete(Invitation).where(Invitation.mark == _mark(secret)).returning(Invitation)
    invitation = session.scalars(taken).first()
    if invitation is None or invitation.expires_at <= now:
        return None
    give(session, person, invitation.role, now)
    by = session.get(Person, invitation.person_id) if invitation.person_id is not None else None
    note(session, by, "joined", now, whom=person, role=invitation.role)
    return invitation.role


def forget_invitations(session: Session, now: dt.datetime) -> None:
    """Delete those that nobody took in time."""
    session.execute(delete(Invitation).where(Invitation.expires_at <= now))


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def note(
    session: Session,
    by: Person | None,
    what: str,
    now: dt.datetime,
    *,
    whom: Person | None = None,
    **about: Json,
) -> None:
    """Note what one of the staff did; nobody is the operator. `about` has no words of residents."""
    number, other = by.id if by else None, whom.id if whom else None
    about |= {} if by else {"operator": True}
    session.add(Deed(at=now, person_id=number, whom_id=other, what=what, about=about))


def trail(session: Session, page: int) -> tuple[Sequence[Deed], int]:
    """A page of what was done, newest first, counted from 0; and how many pages there are."""
    count = session.scalar(select(func.count()).select_from(Deed)) or 0
    query = select(Deed).order_by(Deed.id.desc()).offset(page * PAGE).limit(PAGE)
    return list(session.scalars(query)), max(-(-count // PAGE), 1)


def forget_deeds(session: Session, before: dt.datetime) -> None:
    """Delete what was noted before a time."""
    session.execute(delete(Deed).where(Deed.at < before))


def coordinators(session: Session) -> Sequence[Person]:
    """Those who coordinate and can be reached."""
    return [
        person
        for person, roles in people(session)
        if COORDINATOR in roles and person.unreachable_at is None
    ]
