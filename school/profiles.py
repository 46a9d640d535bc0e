"""What tutors say of their own work, and when they are away. Whoever says nothing speaks the own
language, takes any topic, and has no usual evenings.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.dossiers import Tutor
from db.tables import Person
from db.types import Json
from db.upsert import insert_new
from school.loading import School
from school.working import midnight

LANGUAGES, FIELDS, EVENINGS, HOUR = "languages", "fields", "evenings", "hour"
USUAL_HOUR = 18
_DAY = dt.timedelta(days=1)
_LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a tutor said: without fields it is any, without evenings none is usual."""

    languages: tuple[str, ...]
    fields: tuple[str, ...] = ()
    evenings: tuple[int, ...] = ()
    hour: int = USUAL_HOUR

    def held(self, name: str) -> Sequence[str | int]:
        """What of one thing holds."""
        held: Mapping[str, Sequence[str | int]] = {
            LANGUAGES: self.languages,
            FIELDS: self.fields,
            EVENINGS: self.evenings,
            HOUR: (self.hour,),
        }
        return held[name]


@dataclass(frozen=True, slots=True)
class Away:
    """The first day on which somebody is not there, and the first one on which they are again."""

    first: dt.date
    back: dt.date

    @property
    def last(self) -> dt.date:
        """The last day away."""
        return self.back - _DAY

    def has(self, day: dt.date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day < self.back


def of(session: Session, person: Person) -> Profile:
    """What a tutor said."""
    return read(session.get(Tutor, person.id), person)


def read(row: Tutor | None, person: Person) -> Profile:
    """What a tutor's row says, and what holds where nothing was said."""
    said = row.profile if row is not None else {}
    hour = said.get(HOUR)
    return Profile(
        tuple(str(one) for one in _list(said, LANGUAGES)) or (person.language,),
        tuple(str(one) for one in _list(said, FIELDS)),
        tuple(one for one in _list(said, EVENINGS) if isinstance(one, int)),
        hour if isinstance(hour, int) else USUAL_HOUR,
    )


def _list(said: Mapping[str, Json], name: str) -> Sequence[Json]:
    found = said.get(name)
    return found if isinstance(found, list) else []


def say(session: Session, person: Person, name: str, value: Json) -> None:
    """Keep one thing that a tutor says."""
    row = _row(session, person)
    row.profile = {**row.profile, name: value}
    session.flush()


def _row(session: Session, person: Person) -> Tutor:
    insert_new(session, Tutor, person_id=person.id, profile={}, away_from=None, away_until=None)
    return session.get_one(Tutor, person.id)


def go_away(session: Session, school: School, person: Person, days: Away) -> None:
    """A tutor is away from the begin of a day to the begin of another."""
    row = _row(session, person)
    row.away_from = midnight(days.first, school.zone)
    row.away_until = midnight(days.back, school.zone)
    session.flush()


def come_back(session: Session, school: School, person: Person, now: dt.datetime) -> None:
    """A tutor is there again, from today on; the days before stay days away."""
    row = _row(session, person)
    today = midnight(now.astimezone(school.zone).date(), school.zone)
    if row.away_from is not None and row.away_from < today:
        row.away_until = today
    else:
        row.away_from = row.away_until = None
    session.flush()


def away(session: Session, school: School, person: Person, now: dt.datetime) -> Away | None:
    """When a tutor is away, now or later; None once that is over."""
    return days_away(session.get(Tutor, person.id), school, now)


def days_away(row: Tutor | None, school: School, now: dt.datetime) -> Away | None:
    """When a tutor is away, as the row says; None where that is over by then."""
    if row is None or row.away_from is None or row.away_until is None or row.away_until <= now:
        return None
    zone = school.zone
    return Away(row.away_from.astimezone(zone).date(), row.away_until.astimezone(zone).date())


def until(first: dt.date, last: dt.date) -> Away | None:
    """So many days, the last one included; None if they are reversed, or more than a year."""
    return Away(first, last + _DAY) if first <= last < first + _LONGEST else None
