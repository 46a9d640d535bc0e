"""What a demo begins with: those of the emulator's people who work here have their roles."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.tables import Person
from school import people, staff
from school.loading import School

# Number, name and role, as the emulator has them.
Seed = Iterable[tuple[int, str, str]]


def prepare(session: Session, school: School, seed: Seed, now: dt.datetime) -> None:
    """Give the roles, where a demo begins; one that goes on is left as it is."""
    for number, name, role in seed:
        if role in staff.ROLES and people.find(session, number) is None:
            staff.give(session, _known(session, school, number, name, now), role, now)


def _known(session: Session, school: School, number: int, name: str, now: dt.datetime) -> Person:
    """Somebody who works here has read the notice and is old enough."""
    person = people.add(session, number, school.languages[0], now)
    person.name, person.notice_read, person.old_enough_at = name, school.notice.version, now
    return person
