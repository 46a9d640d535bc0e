"""People without Telegram whose idea a coordinator writes down for them: only once they were given
the notice, and that is noted. While somebody writes for another, the sheet in hand is that one's
(school/people.py, `idea_of`); it ends with the role, and when the person is gone or has come.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.dossiers import Consent, Dossier
from db.groups import Assistance
from db.tables import Person
from db.upsert import put
from school import by_name, dossiers, interview
from school.neighbourhoods import plain

PAGE = 6
_ALIKE = 4  # people of one name that are shown


def begin(session: Session, by: Person, person: Person, notice: str, now: dt.datetime) -> None:
    """Somebody writes for a person, who was given a version of the notice."""
    known = of(session, person)
    if known is None or known.notice != notice:
        values = {"by_id": by.id, "notice": notice, "noticed_at": now}
        put(session, Assistance, ("person_id",), person_id=person.id, **values)
    by_name.touch(person, now)
    by.acting_for = person.id
    by.revisiting = None


def stop(by: Person) -> None:
    """Somebody writes for nobody else any more; the next text is nobody's."""
    interview.pause(by)
    by.acting_for = by.revisiting = None


def of(session: Session, person: Person) -> Assistance | None:
    """Since when somebody is helped, and what notice was given; None for anybody else."""
    query = select(Assistance).where(Assistance.person_id == person.id)
    return session.scalars(query, execution_options={"populate_existing": True}).first()


def find(session: Session, number: int) -> Person | None:
    """Somebody who is helped, locked for this transaction."""
    person = by_name.find(session, number)
    return person if person is not None and of(session, person) is not None else None


def helped(session: Session, page: int) -> tuple[Sequence[Person], bool]:
    """A page, counted from 0, of those who are helped, by name; and whether there are more."""
    query = (
        select(Person)
        .join(Assistance, Assistance.person_id == Person.id)
        .where(Person.telegram_id.is_(None))
        .order_by(func.lower(Person.name), Person.id)
        .offset(page * PAGE)
        .limit(PAGE + 1)
    )
    found = list(session.scalars(query))
    return found[:PAGE], len(found) > PAGE


def alike(session: Session, name: str) -> Sequence[Person]:
    """Those without Telegram who have a name, the newest first."""
    query = select(Person).where(Person.telegram_id.is_(None)).order_by(Person.id.desc())
    wanted = plain(name)
    found = [one for one in session.scalars(query) if plain(one.name or "") == wanted]
    return found[:_ALIKE]


def has_agreed(session: Session, dossier: Dossier, person: Person) -> bool:
    """Whether somebody agreed that tutors read a sheet."""
    said = select(Consent.said).where(
        Consent.dossier_id == dossier.id, Consent.person_id == person.id
    )
    return session.scalar(said) == dossiers.YES
