"""For whom an announcement is: a union of criteria, less other ones. A criterion is a word and what
it is about, such as "stage:project"; the table says whom each means.

Nobody is written to who is away, without Telegram, has not read the notice or muted the subject.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from sqlalchemy import ColumnElement, String, cast, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Dossier
from db.events import Attendance, Mute, Seat
from db.groups import Card
from db.tables import Answer, Person, Role
from db.types import Json
from school import dossiers, neighbourhoods, people, seats, staff
from school.loading import School
from school.sheet import ANSWERED

TO, NOT = "to", "not"
_SUBJECT = "subject:"
_people = table_of(Person)
_IDEA = people.idea_number(_people.c.id, _people)
Condition: TypeAlias = ColumnElement[bool]


def _everybody(_school: School) -> Condition:
    return true()


def _answered(question: str) -> Condition:
    return (Answer.idea_id == _IDEA) & (Answer.question == question) & (Answer.status == ANSWERED)


def _stage(_school: School, stage: str) -> Condition:
    return exists().where(_answered("stage"), Answer.value["choice"].as_string() == stage)


def _place(_school: School, *places: str) -> Condition:
    said = cast(Answer.value["places"], String)
    named = (said.contains(f'"{place}"', autoescape=True) for place in places)
    return exists().where(_answered("where"), or_(false(), *named))


def _municipio(school: School, municipio: str) -> Condition:
    there = neighbourhoods.in_municipio(school.neighbourhoods, municipio)
    return _place(school, *(place.id for place in there))


def _language(_school: School, language: str) -> Condition:
    return Person.language == language


def _event(_school: School, number: str, state: str | None = None) -> Condition:
    if not number.isdecimal():
        raise ValueError(f"no event has the number {number!r}")
    here = (Seat.person_id == Person.id) & (Seat.event_id == int(number))
    return exists().where(here, _SEATS[state])


_came = exists().where(Attendance.seat_id == Seat.id)
_line = Seat.state.in_((seats.WAITING, seats.OFFERED))
_SEATS: Mapping[str | None, Condition] = {
    None: (Seat.state == seats.SEATED) | _line,
    "seated": Seat.state == seats.SEATED,
    "waiting": _line,
    "came": _came,
    "missed": (Seat.state == seats.SEATED) & ~_came,
}


def _groups(_school: School, state: str) -> Condition:
    if state not in GROUPS:
        raise ValueError(f"no sheet is {state!r}")
    of_theirs = Dossier.idea_id == _IDEA
    if state == "none":
        handed = exists().where(of_theirs, Dossier.state.in_(dossiers.WITH_TUTORS))
        return _IDEA.is_not(None) & ~handed
    return exists().where(of_theirs, Dossier.state == state)


# In which states sheets are that people can be written to about; "none": not with a tutor.
GROUPS = (*dossiers.WITH_TUTORS, "none")


def _role(role: str, _school: School) -> Condition:
    return exists().where(Role.person_id == Person.id, Role.role == role)


def _company(_school: School) -> Condition:
    return exists().where(Card.person_id == Person.id)


# THE table: whom a criterion means.
CRITERIA: Mapping[str, Callable[..., Condition]] = {
    "all": _everybody,
    "stage": _stage,  # stage:project
    "place": _place,  # place:79
    "municipio": _municipio,  # municipio:4
    "language": _language,  # language:ar
    "event": _event,  # event:5, event:5:seated, :waiting, :came, :missed
    "groups": _groups,  # groups:waiting, :taken, :back, :ready, :none
    "tutors": partial(_role, staff.TUTOR),
    "coordinators": partial(_role, staff.COORDINATOR),
    "company": _company,
}


def means(school: School, criterion: str) -> Condition:
    """Whom a criterion means. Raises ValueError for one that means nothing."""
    name, *about = criterion.split(":")
    try:
        return CRITERIA[name](school, *about)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{criterion!r} says nobody") from error


def condition(
    school: School, audience: Mapping[str, Json], subject: str | None = None
) -> Condition:
    """Whether a person is of an audience, and may be written to. Raises ValueError."""
    wanted = [means(school, one) for one in _listed(audience, TO)]
    unwanted = [means(school, one) for one in _listed(audience, NOT)]
    return reachable(subject) & or_(false(), *wanted) & ~or_(false(), *unwanted)


def _listed(audience: Mapping[str, Json], key: str) -> Sequence[str]:
    found = audience.get(key)
    return [str(one) for one in found] if isinstance(found, list) else []


def muting(subject: str) -> str:
    """The kind of mute of who does not want a subject."""
    return f"{_SUBJECT}{subject}"


def reachable(subject: str | None = None) -> Condition:
    """Whether a person can be written to, and wants the subject."""
    there = (
        Person.telegram_id.is_not(None)
        & Person.unreachable_at.is_(None)
        & Person.notice_read.is_not(None)
        & Person.old_enough_at.is_not(None)
    )
    if subject is None:
        return there
    muted = exists().where(Mute.person_id == Person.id, Mute.kind == muting(subject))
    return there & ~muted


def count(session: Session, them: Condition) -> int:
    """How many people fit a condition."""
    return session.scalar(select(func.count(Person.id)).where(them)) or 0


def examples(session: Session, them: Condition, most: int = 5) -> Sequence[Person]:
    """Some of them, the newest first."""
    query = select(Person).where(them).order_by(Person.id.desc()).limit(most)
    return list(session.scalars(query))
