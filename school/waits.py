"""Nobody waits in silence: who is told of a sheet that waits too long, and when.

A sheet has steps, each of which has its moment; `Dossier.alerts` is how many were taken. They are
taken by day and in this order; after an outage the last one that is due is taken alone. A tutor's
word begins the wait anew.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Idea, Person
from school import feedback, groups, reminded, reminders, tutors, unasked
from school.dossiers import BACK, TAKEN, WAITING
from school.loading import School
from school.outbox import NOTICE, Once
from school.quiet import Quiet

SHEET = "sheet"  # the kind of the word to people whose sheet waits for them, for who wants none
NUDGED, OFFERED, COORDINATED = 1, 2, 3
_PEOPLE_AFTER = dt.timedelta(days=7)
_PEOPLE_WITHIN = dt.timedelta(days=3)


def moments(session: Session, school: School, dossier: Dossier) -> Sequence[dt.datetime]:
    """When each step of a sheet is due. One that no tutor has: the tutors are nudged, then who
    coordinates. One whose tutor is silent: the tutor is nudged, then shall hand it on, and soon
    after that who coordinates.
    """
    if dossier.state not in (WAITING, TAKEN):
        return ()
    working, span = school.working, dt.timedelta(hours=school.settings.tutoring.claim_hours)
    if dossier.tutor_id is None:
        begun = tutors.waits_since(dossier)
        return working.after(begun, span), working.after(begun, 2 * span)
    first, second = (working.when_over(day) for day in tutors.expected(session, school, dossier))
    return first, second, working.after(second, span)


def due(session: Session, school: School, now: dt.datetime) -> Iterator[tuple[Dossier, int, int]]:
    """Each sheet of which a step is due, locked, with the step, which counts as taken from now on,
    and how many were taken before.
    """
    if reminders.is_quiet(school.quiet, now):
        return
    query = select(Dossier).where(Dossier.state.in_((WAITING, TAKEN))).order_by(Dossier.id)
    for dossier in list(session.scalars(query)):
        if _passed(session, school, dossier, now) != dossier.alerts:
            # Another process may be at it.
            session.refresh(dossier, with_for_update=True)
            step, before = _passed(session, school, dossier, now), dossier.alerts
            dossier.alerts = step
            if step > before:
                yield dossier, step, before


def _passed(session: Session, school: School, dossier: Dossier, now: dt.datetime) -> int:
    return sum(moment <= now for moment in moments(session, school, dossier))


def left_alone(
    session: Session, school: School, now: dt.datetime
) -> Iterator[tuple[Dossier, Sequence[Person]]]:
    """Each sheet that waits for its people for a week, locked, with those of them who may hear of
    it now; for some days, as not everybody may on the first.
    """
    if reminders.is_quiet(school.quiet, now):
        return
    query = select(Dossier).where(
        Dossier.state == BACK, Dossier.alerts == 0, Dossier.since <= now - _PEOPLE_AFTER
    )
    for dossier in list(session.scalars(query.order_by(Dossier.id).with_for_update())):
        if dossier.since <= now - _PEOPLE_AFTER - _PEOPLE_WITHIN:
            dossier.alerts = NUDGED
        yield dossier, _who_may_hear(session, school, dossier, now)


def _who_may_hear(
    session: Session, school: School, dossier: Dossier, now: dt.datetime
) -> Sequence[Person]:
    """As every word that nobody asked for: not who does not want it, nor who hears enough today."""
    idea = session.get_one(Idea, dossier.idea_id)
    numbers = [person.id for person in groups.people_of(session, idea)]
    today = reminders.plans(session, school.events, now, school.quiet)
    later = reminded.to_hear(session, today, numbers)
    later += feedback.to_be_asked(session, numbers, now, school.quiet)
    heard = unasked.heard_since(literal(reminders.midnight(now, school.zone)))
    key = literal(_of_people(dossier)) + cast(Person.id, String)
    query = select(Person, heard).where(
        Person.id.in_(numbers),
        Person.telegram_id.is_not(None),
        Person.unreachable_at.is_(None),
        ~unasked.muted(literal(SHEET)),
        ~unasked.was_put(key),
    )
    a_day = school.events.unasked_a_day
    return [
        person
        for person, count in session.execute(query.order_by(Person.id))
        if count + later[person.id] < a_day
    ]


def _of_people(dossier: Dossier) -> str:
    """What the keys of the word to a sheet's people begin with: one word each round."""
    return f"{SHEET}:{dossier.id}:{dossier.round}:"


def to_people(dossier: Dossier, person: Person, now: dt.datetime, quiet: Quiet) -> Once:
    """By what the word to one of a sheet's people is known."""
    return Once(f"{_of_people(dossier)}{person.id}", quiet.begins_after(now))


def to_staff(dossier: Dossier, what: str, person: Person, now: dt.datetime, quiet: Quiet) -> Once:
    """By what a word about a sheet to somebody who works here is known, in this wait."""
    wait = f"{tutors.waits_since(dossier):%Y%m%dT%H%M%S}"
    key = f"wait:{dossier.id}:{wait}:{what}:{person.id}"
    return Once(key, quiet.begins_after(now), NOTICE)
