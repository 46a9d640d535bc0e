"""Which sheets fit which tutors, and by when an answer can be expected."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Tutor
from db.tables import Idea, Person, Role
from school import dossiers, groups, profiles, staff
from school.dossiers import BACK, TAKEN, WAITING
from school.loading import School
from school.profiles import Away, Profile
from school.sheet import chosen_of, of_idea

FIELD = "field"  # the question that says what an idea is about
_EVENINGS = 2  # one to read a sheet, one to answer
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sheet asks of a tutor: one of these languages, and a field if it says one; `own` are
    the numbers of its people, who read it for nobody.
    """

    languages: frozenset[str]
    field: str | None
    own: frozenset[int]


def wanted(session: Session, school: School, dossier: Dossier) -> Wanted:
    """What a sheet asks of its tutor."""
    idea = session.get_one(Idea, dossier.idea_id)
    own = groups.people_of(session, idea)
    given = of_idea(session, school.questionnaire, idea).given(FIELD)
    chosen = chosen_of(given.value) if given is not None else []
    return Wanted(
        frozenset(dossiers.languages(dossier, own, school.languages)),
        next(iter(chosen), None),
        frozenset(person.id for person in own),
    )


@dataclass(frozen=True, slots=True)
class Worker:
    """A tutor, what was said of the work, and when the tutor is away."""

    person: Person
    said: Profile
    free: Away | None

    def can_be_asked(self, today: dt.date) -> bool:
        """Whether the tutor is there and can be written to."""
        away_now = self.free is not None and self.free.has(today)
        return self.person.unreachable_at is None and not away_now


@dataclass(frozen=True, slots=True)
class Team:
    """All tutors at a moment, who came first before the others, and how many sheets each has."""

    workers: Sequence[Worker]
    loads: Mapping[int, int]
    today: dt.date

    def there(self, without: Collection[int] = ()) -> Sequence[Person]:
        """Those who can be asked now, but for some."""
        return [
            worker.person
            for worker in self.workers
            if worker.person.id not in without and worker.can_be_asked(self.today)
        ]

    def speaks(self, asked: Wanted) -> bool:
        """Whether anybody speaks a language of a sheet's people, be it one who is away."""
        return any(
            asked.languages & {*worker.said.languages}
            for worker in self.workers
            if worker.person.id not in asked.own
        )

    def fitting(self, asked: Wanted, *, mediated: bool) -> list[Person]:
        """Whom a sheet fits, the best one first: they are there, and speak a language of its people
        or have a mediator for it; whose topics it is, who has little to do, who came first.
        """
        ranks = dict[int, tuple[bool, bool, int]]()
        for worker in self.workers:
            number, said = worker.person.id, worker.said
            spoken = bool(asked.languages & {*said.languages})
            topic = not said.fields or asked.field is None or asked.field in said.fields
            if spoken or mediated:
                ranks[number] = not spoken, not topic, self.loads.get(number, 0)
        found = [one for one in self.there(asked.own) if one.id in ranks]
        return sorted(found, key=lambda one: ranks[one.id])


def team(session: Session, school: School, now: dt.datetime) -> Team:
    """All tutors as they are now."""
    query = select(Person, Tutor).join(Role, Role.person_id == Person.id)
    query = query.outerjoin(Tutor, Tutor.person_id == Person.id)
    query = query.where(Role.role == staff.TUTOR).order_by(Role.at, Person.id)
    workers = [
        Worker(person, profiles.read(row, person), profiles.days_away(row, school, now))
        for person, row in session.execute(query)
    ]
    return Team(workers, _loads(session), now.astimezone(school.zone).date())


def _loads(session: Session) -> Mapping[int, int]:
    """How many sheets each tutor has at present."""
    query = select(Dossier.tutor_id, func.count()).where(
        Dossier.tutor_id.is_not(None), Dossier.state.in_((TAKEN, BACK))
    )
    return {
        number: count
        for number, count in session.execute(query.group_by(Dossier.tutor_id))
        if number is not None
    }


def fitting(session: Session, school: School, dossier: Dossier, now: dt.datetime) -> list[Person]:
    """The tutors whom a sheet fits, the best one first."""
    asked = wanted(session, school, dossier)
    mediated = dossier.mediator_id is not None
    return team(session, school, now).fitting(asked, mediated=mediated)


def answers(dossier: Dossier, person: Person) -> bool:
    """Whether somebody answers a sheet's people: its tutor, or who mediates."""
    return person.id in (dossier.tutor_id, dossier.mediator_id)


def expected_by(
    session: Session, school: School, dossier: Dossier, now: dt.datetime
) -> dt.date | None:
    """By which day its people can expect a word: of the tutor who has it, else of one who takes it.
    A day that was not kept is followed by one more. None where that is over too, and where it is
    not a tutor's turn.
    """
    if dossier.state not in (WAITING, TAKEN):
        return None
    today = now.astimezone(school.zone).date()
    return next((day for day in expected(session, school, dossier) if day >= today), None)


def expected(session: Session, school: School, dossier: Dossier) -> Sequence[dt.date]:
    """The days by which a word was and is expected: within the time for it, and as long again."""
    begun = waits_since(dossier)
    if dossier.tutor_id is None:
        span = dt.timedelta(hours=school.settings.tutoring.claim_hours)
        ends = (school.working.after(begun, span), school.working.after(begun, 2 * span))
        return [end.astimezone(school.zone).date() for end in ends]
    person = session.get_one(Person, dossier.tutor_id)
    row = session.get(Tutor, person.id)
    said, free = profiles.read(row, person), profiles.days_away(row, school, begun)
    first = answer_day(school, said, free, begun.astimezone(school.zone).date())
    return [first, answer_day(school, said, free, first)]


def waits_since(dossier: Dossier) -> dt.datetime:
    """Since when its people wait for a word: since it is where it is, or since the last one."""
    said = dossier.answered_at if dossier.tutor_id is not None else None
    return dossier.since if said is None else max(dossier.since, said)


def answer_day(school: School, said: Profile, free: Away | None, begun: dt.date) -> dt.date:
    """By which day a tutor answers what came on a day: by the second of the usual evenings, and
    within the working days for it; days away and holidays are none of either.
    """
    working, day = school.working, begun
    left, evenings = school.settings.tutoring.answer_days, list[dt.date]()
    while left > 0 and len(evenings) < _EVENINGS:
        day += _DAY
        if free is not None and free.has(day):
            continue
        if day.weekday() in said.evenings and day not in working.holidays:
            evenings.append(day)
        left -= working.is_day(day)
    return evenings[-1] if evenings else day
