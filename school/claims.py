"""A link by which somebody takes over what is kept of a person: of one whose idea was written down
by those who work here, or of one whose account is lost. It works once and for some days, and as
long as whoever made it coordinates; of its secret only a hash is kept.

Roles never come along: they are given anew to an account that somebody knows.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.groups import Claim
from db.tables import Person, Role
from school import people, staff
from school.attendance import by_code
from school.merging import Merger
from school.neighbourhoods import plain
from school.quiet import Quiet

VALID = dt.timedelta(days=7)
_ALIKE = 4  # people of one name that are shown


def make(session: Session, person: Person, by: Person, now: dt.datetime) -> str:
    """A link to a person's data: its secret. Those made before count no more."""
    drop(session, person)
    secret = secrets.token_urlsafe(16)
    row = Claim(mark=_mark(secret), person_id=person.id, by_id=by.id, expires_at=now + VALID)
    session.add(row)
    session.flush()
    return secret


def drop(session: Session, person: Person) -> None:
    """No link to a person's data counts any more."""
    session.execute(delete(Claim).where(Claim.person_id == person.id))


def find(session: Session, secret: str, now: dt.datetime) -> Claim | None:
    """What a link is about, while it counts."""
    coordinates = exists().where(Role.person_id == Claim.by_id, Role.role == staff.COORDINATOR)
    query = select(Claim).where(
        Claim.mark == _mark(secret),
        Claim.expires_at > now,
        coordinates,
        Claim.by_id != Claim.person_id,
    )
    return session.scalars(query).first()


def take(session: Session, secret: str, now: dt.datetime) -> tuple[Claim, Person] | None:
    """Use a link up: what it is about, and whose data that is, locked for this transaction. None
    where it counts no more: of two at once the second finds it used.
    """
    if find(session, secret, now) is None:
        return None
    used = delete(Claim).where(Claim.mark == _mark(secret)).returning(Claim)
    claim = session.scalars(used, execution_options={"synchronize_session": False}).first()
    person = people.locked(session, claim.person_id) if claim is not None else None
    return (claim, person) if claim is not None and person is not None else None


def end_roles(session: Session, person: Person) -> Sequence[str]:
    """Roles do not go along to another account: those that somebody had."""
    held = staff.roles_of(session, person)
    for role in held:
        staff.take(session, person, role)
    return held


def take_over(
    session: Session, person: Person, account: Person, now: dt.datetime, quiet: Quiet
) -> list[tuple[Event, list[Seat]]]:
    """All that is kept of a person is the account's from now on, with what that has already, whose
    row goes. Returns to whom seats are offered that are free now, by event.
    """
    drop(session, person)
    drop(session, account)
    came = {
        "telegram_id": account.telegram_id,
        "language": account.language,
        "notice_read": account.notice_read,
        "old_enough_at": account.old_enough_at,
        "name": person.name or account.name,
    }
    offered = Merger(session, person, account).merge(now, quiet)
    for name, value in came.items():
        setattr(person, name, value)
    person.expects, person.revisiting, person.came_for = people.NOBODY, None, None
    person.acting_for = person.unreachable_at = None
    people.seen(person, now)
    session.flush()
    return offered


def forget_old(session: Session, now: dt.datetime) -> None:
    """Delete those that nobody used in time."""
    session.execute(delete(Claim).where(Claim.expires_at <= now))


def known(session: Session, words: str) -> Sequence[Person]:
    """Who may be meant by a chosen name or a ticket's code, the newest first."""
    seat = by_code(session, words)
    if seat is not None:
        return [session.get_one(Person, seat.person_id)]
    wanted = plain(words)
    query = select(Person).where(Person.name.is_not(None)).order_by(Person.id.desc())
    found = [one for one in session.scalars(query) if plain(one.name or "") == wanted]
    return found[:_ALIKE] if wanted else []


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
