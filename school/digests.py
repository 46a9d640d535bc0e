"""What waits for a tutor, said once a day at the hour that the tutor chose: on the usual evenings,
else on each working day. What could not be said before the night is not said any more.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.events import Mute
from db.tables import Outgoing, Person
from school import queue, reminders, tutors, unasked
from school.dossiers import TAKEN
from school.loading import School
from school.outbox import NOTICE, Once
from school.tutors import Team, Worker

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Digest:
    """How many sheets wait for a tutor's answer, and how many that fit nobody has."""

    person: Person
    mine: int
    fitting: int


def due(session: Session, school: School, now: dt.datetime) -> Iterator[Digest]:
    """Who is to hear now of what waits; nobody for whom nothing does."""
    if reminders.is_quiet(school.quiet, now):
        return
    team = tutors.team(session, school, now)
    found = [one.person for one in team.workers if _is_hour(school, one, now)]
    told = _without(session, found, now, school)
    unclaimed = _fitting(session, school, team) if told else ()
    for person in told:
        mine = _mine(session, person)
        fits = sum(person.id in numbers for numbers in unclaimed)
        if mine or fits:
            yield Digest(person, mine, fits)


def _is_hour(school: School, worker: Worker, now: dt.datetime) -> bool:
    here = now.astimezone(school.zone)
    day, said = here.date(), worker.said
    evening = day.weekday() in said.evenings and day not in school.working.holidays
    today = evening if said.evenings else school.working.is_day(day)
    return today and here.hour >= said.hour and worker.can_be_asked(day)


def _without(
    session: Session, found: Sequence[Person], now: dt.datetime, school: School
) -> Sequence[Person]:
    """Those of them who want it and were not told today."""
    keys = {once(person, now, school).key: person.id for person in found}
    put = select(Outgoing.dedup_key).where(Outgoing.dedup_key.in_(keys), unasked.counts())
    told = {keys[key] for key in session.scalars(put) if key is not None}
    muted = set(session.scalars(select(Mute.person_id).where(Mute.kind == DIGEST)))
    return [person for person in found if person.id not in told | muted]


def _mine(session: Session, person: Person) -> int:
    mine = (Dossier.tutor_id == person.id) | (Dossier.mediator_id == person.id)
    query = select(func.count()).select_from(Dossier).where(Dossier.state == TAKEN, mine)
    return session.scalar(query) or 0


def _fitting(session: Session, school: School, team: Team) -> Sequence[set[int]]:
    """Whom each sheet fits that nobody has."""
    return [
        {
            person.id
            for person in team.fitting(
                tutors.wanted(session, school, dossier), mediated=dossier.mediator_id is not None
            )
        }
        for dossier in queue.unclaimed(session)
    ]


def once(person: Person, now: dt.datetime, school: School) -> Once:
    """By what a tutor's word of today is known."""
    day = now.astimezone(school.zone).date()
    return Once(f"{DIGEST}:{person.id}:{day}", school.quiet.begins_after(now), NOTICE)
