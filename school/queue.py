"""The sheets that wait: for a tutor, for their people, for anybody; and how long people waited for
the first word.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Executable, func, select
from sqlalchemy.orm import Session

from db.dossiers import Comment, Dossier, Relay, Version
from db.tables import Person
from school import staff
from school.dossiers import BACK, TAKEN, WAITING

MINE, UNCLAIMED, TAKEN_BY_OTHERS, WITH_PEOPLE = "mine", "unclaimed", "others", "people"
PAGE = 8
_NAMING = "sentence"  # the question whose answer stands for a title
_SPAN = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet in the list, in one of its parts."""

    part: str
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Figures:
    """How long the first word took, of how many sheets; how many have none yet, and for how long
    the first of these waits.
    """

    median: dt.timedelta | None
    answered: int
    open: int
    oldest: dt.timedelta | None


def listed(session: Session, person: Person, roles: Collection[str]) -> Sequence[Entry]:
    """What waits, as far as it concerns somebody: all of it whoever coordinates."""
    mine = (Dossier.tutor_id == person.id) | (Dossier.mediator_id == person.id)
    mine = func.coalesce(mine, False)
    everything = staff.COORDINATOR in roles
    parts: list[tuple[str, ColumnElement[bool]]] = [
        (MINE, (Dossier.state == TAKEN) & mine),
        (UNCLAIMED, is_unclaimed()),
    ]
    if everything:
        parts.append((TAKEN_BY_OTHERS, (Dossier.state == TAKEN) & ~mine & ~is_unclaimed()))
    back = Dossier.state == BACK
    parts.append((WITH_PEOPLE, back if everything else back & mine))
    return [Entry(part, dossier) for part, which in parts for dossier in _waiting(session, which)]


def is_unclaimed() -> ColumnElement[bool]:
    """Whether no tutor has a sheet that waits for one."""
    return (Dossier.state == WAITING) | ((Dossier.state == TAKEN) & Dossier.tutor_id.is_(None))


def unclaimed(session: Session) -> Sequence[Dossier]:
    """The sheets that no tutor has."""
    return _waiting(session, is_unclaimed())


def _waiting(session: Session, which: ColumnElement[bool]) -> Sequence[Dossier]:
    """What waits longest comes first."""
    query = select(Dossier).where(which).order_by(Dossier.since, Dossier.id)
    return list(session.scalars(query))


def sees(dossier: Dossier, person: Person, roles: Collection[str]) -> bool:
    """Whether somebody may open a sheet from the list."""
    if dossier.state not in (WAITING, TAKEN, BACK):
        return False
    mine = person.id in (dossier.tutor_id, dossier.mediator_id)
    return mine or dossier.tutor_id is None or staff.COORDINATOR in roles


def name(session: Session, dossier: Dossier) -> str | None:
    """What a sheet is called, as it was handed in: its title, else its sentence; None without."""
    version = session.get(Version, (dossier.id, dossier.round))
    if version is None:
        return None
    title = version.content.get("title")
    return str(title) if title else sentence(session, dossier)


def sentence(session: Session, dossier: Dossier) -> str | None:
    """The idea in a sentence, as it was handed in."""
    version = session.get(Version, (dossier.id, dossier.round))
    answers = version.content.get("answers") if version is not None else None
    given = answers.get(_NAMING) if isinstance(answers, dict) else None
    value = given.get("value") if isinstance(given, dict) else None
    words = value.get("text") if isinstance(value, dict) else None
    return str(words) if words else None


def figures(session: Session, now: dt.datetime) -> Figures:
    """How long people wait for the first word, of the sheets of the last months."""
    first = select(Version.dossier_id, func.min(Version.at)).group_by(Version.dossier_id)
    begun = _times(session, first)
    said = _first_words(session)
    took = [
        said[number] - at for number, at in begun.items() if number in said and at >= now - _SPAN
    ]
    still = session.scalars(select(Dossier.id).where(Dossier.state.in_((WAITING, TAKEN))))
    ages = [now - begun[number] for number in still if number in begun and number not in said]
    middle = median(span.total_seconds() for span in took) if took else None
    return Figures(
        dt.timedelta(seconds=middle) if middle is not None else None,
        len(took),
        len(ages),
        max(ages, default=None),
    )


def _first_words(session: Session) -> dict[int, dt.datetime]:
    """When a tutor first said something to the people of each sheet, in any way."""
    ways = (
        select(Comment.dossier_id, func.min(Comment.sent_at))
        .where(Comment.sent_at.is_not(None))
        .group_by(Comment.dossier_id),
        select(Relay.dossier_id, func.min(Relay.at))
        .where(Relay.to == "group")
        .group_by(Relay.dossier_id),
        select(Dossier.id, Dossier.answered_at).where(Dossier.answered_at.is_not(None)),
    )
    found = defaultdict[int, list[dt.datetime]](list)
    for way in ways:
        for number, at in _times(session, way).items():
            found[number].append(at)
    return {number: min(times) for number, times in found.items()}


def _times(session: Session, query: Executable) -> dict[int, dt.datetime]:
    rows: Sequence[Any] = session.execute(query).all()
    return {row[0]: row[1] for row in rows}
