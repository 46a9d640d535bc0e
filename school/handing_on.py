"""Whose a sheet is among tutors: it is given to another one, or goes back to all. Its people keep
what they have; a sheet that waits for them goes on waiting for them.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Handle, Person
from school import desk, dossiers, staff
from school.dossiers import BACK, TAKEN, WAITING

_WITH_A_TUTOR = (TAKEN, BACK)
OPEN = (WAITING, *_WITH_A_TUTOR)  # those in which somebody is to act


def may(dossier: Dossier, person: Person, roles: Collection[str]) -> bool:
    """Whether somebody may hand a sheet on: its tutor, or who coordinates."""
    if staff.COORDINATOR in roles:
        return dossier.state in OPEN
    return dossier.tutor_id == person.id and dossier.state in _WITH_A_TUTOR


def may_mediate(dossier: Dossier, roles: Collection[str]) -> bool:
    """Whether somebody may name who mediates."""
    return staff.COORDINATOR in roles and dossier.state in OPEN


def give(dossier: Dossier, person: Person, now: dt.datetime) -> None:
    """A sheet has this tutor from now on."""
    dossier.tutor_id, dossier.taken_at, dossier.read_at = person.id, now, None
    if dossier.state != BACK:
        dossiers.move(dossier, TAKEN, now)


def to_all(dossier: Dossier, now: dt.datetime) -> None:
    """A sheet has no tutor any more: whoever likes takes it."""
    dossier.tutor_id = dossier.taken_at = dossier.read_at = None
    if dossier.state == TAKEN:
        dossiers.move(dossier, WAITING, now)


def held(session: Session, person: Person) -> Sequence[Dossier]:
    """The sheets that somebody has as their tutor, locked."""
    query = select(Dossier).where(Dossier.tutor_id == person.id).order_by(Dossier.id)
    return list(session.scalars(query.with_for_update()))


def mediated(session: Session, person: Person) -> Sequence[Dossier]:
    """The sheets that somebody mediates, locked."""
    query = select(Dossier).where(Dossier.mediator_id == person.id).order_by(Dossier.id)
    return list(session.scalars(query.with_for_update()))


def standing(session: Session, chat: int, dossier: Dossier | None = None) -> Sequence[Handle]:
    """What stands of a sheet in a chat, or of all sheets."""
    prefix = desk.slot(dossier, "") if dossier is not None else "d:"
    query = select(Handle).where(Handle.chat_id == chat, Handle.slot.like(f"{prefix}%"))
    return list(session.scalars(query.order_by(Handle.message_id)))
