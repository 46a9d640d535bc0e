"""Sheets that wait for a tutor while no tutor speaks the language of their people: somebody else of
the staff may mediate. Who coordinates is asked once for each such wait.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Outgoing, Person
from school import profiles, queue, reminders, staff, tutors
from school.dossiers import WAITING
from school.loading import School
from school.outbox import NOTICE, Once

_OF_USE = dt.timedelta(days=30)  # who is not told by then is asked again, as others are by then


def missing(session: Session, school: School, now: dt.datetime) -> Sequence[Dossier]:
    """The sheets for which a mediator is to be asked for now, locked."""
    if reminders.is_quiet(school.quiet, now):
        return []
    found = [one for one in queue.unclaimed(session) if _may_be(session, one)]
    team = tutors.team(session, school, now) if found else None
    if team is None or not team.workers:
        return []
    needing = [one for one in found if not team.speaks(tutors.wanted(session, school, one))]
    for dossier in needing:
        # Another process may be at it.
        session.refresh(dossier, with_for_update=True)
    return [one for one in needing if _may_be(session, one)]


def _may_be(session: Session, dossier: Dossier) -> bool:
    """Whether a sheet waits for a tutor without a mediator, and nobody was asked for one."""
    waits = dossier.state == WAITING and dossier.mediator_id is None
    return waits and not _was_asked(session, dossier)


def _was_asked(session: Session, dossier: Dossier) -> bool:
    known = Outgoing.dedup_key.startswith(_prefix(dossier), autoescape=True)
    return session.scalar(select(literal(1)).where(exists().where(known))) is not None


def _prefix(dossier: Dossier) -> str:
    return f"mediator:{dossier.id}:{dossier.round}:"


def once(dossier: Dossier, person: Person, now: dt.datetime) -> Once:
    """By what the question to one of those who coordinate is known."""
    return Once(f"{_prefix(dossier)}{person.id}", now + _OF_USE, NOTICE)


def choices(
    session: Session, school: School, dossier: Dossier, languages: Collection[str]
) -> Sequence[Person]:
    """Who may mediate: all of the staff but its tutor and its own people, first who speaks it."""
    own = tutors.wanted(session, school, dossier).own
    found = [
        person
        for person, _ in staff.people(session)
        if person.id not in (*own, dossier.tutor_id, dossier.mediator_id)
    ]
    return sorted(found, key=lambda one: not _speaks(session, one, languages))


def _speaks(session: Session, person: Person, languages: Collection[str]) -> bool:
    return bool({*languages} & {*profiles.of(session, person).languages})
