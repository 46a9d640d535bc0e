"""An idea that was begun and waits: a word after three days in which its person did not write, one
more after ten, then none. Of all messages that nobody asked for these come last.

Only who last wrote about the idea hears of it: whoever comes for something else is left in peace,
and so is whose sheet tutors have. Of a group that is one person: the last to answer, or who leads
it where nobody did.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Dossier
from db.groups import Group
from db.prepared import Prepared
from db.tables import Answer, Idea, Person
from school import feedback, people, reminded, reminders, unasked
from school.dossiers import WITH_TUTORS
from school.quiet import Quiet
from school.settings import Events

IDEA = "idea"
_AFTER = (3, 10)  # days
_LATE = (0, 1)  # days by which one may be late, where another message went before
_BEGINS = dt.time(10)
_A_FEW = 50  # people at once
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """So many days in which somebody did not write, since a day."""

    days: int
    since: dt.datetime

    @property
    def prefix(self) -> str:
        """What its keys begin with."""
        return f"{IDEA}:{self.days}:{self.since:%Y-%m-%d}:"

    @property
    def known(self) -> dict[str, Any]:
        """What is asked of the rows."""
        return {"since": self.since, "wrote": self.since - _DAY, "prefix": self.prefix}


_people, _ideas, _answers = table_of(Person), table_of(Idea), table_of(Answer)
_groups, _dossiers = table_of(Group), table_of(Dossier)
_WITH_TUTORS = or_(*(_dossiers.c.state == state for state in WITH_TUTORS))
_WROTE = unasked.moment("wrote")
_LAST = (
    select(_answers.c.person_id)
    .where(_answers.c.idea_id == _ideas.c.id)
    .order_by(_answers.c.changed_at.desc())
    .limit(1)
    .correlate(_ideas)
    .scalar_subquery()
)
_LEAD = (
    select(_groups.c.lead_id)
    .where(_groups.c.id == _ideas.c.group_id)
    .correlate(_ideas)
    .scalar_subquery()
)
_TO_HEAR = _ideas.c.group_id.is_(None) | (func.coalesce(_LAST, _LEAD) == _people.c.id)
_SILENT = Prepared(
    select(_people.c.id, _ideas.c.id, unasked.heard_since(unasked.moment("today")))
    .select_from(_people.join(_ideas, _ideas.c.id == people.idea_number(_people.c.id, _people)))
    .where(
        _people.c.seen_at == unasked.moment("since"),
        _people.c.id > bindparam("person"),
        _people.c.unreachable_at.is_(None),
        _TO_HEAR,
        _people.c.acting_for.is_(None),  # who writes for another works, and their idea waits
        exists().where(_answers.c.idea_id == _ideas.c.id, _answers.c.changed_at >= _WROTE)
        | (_ideas.c.created_at >= _WROTE),
        ~exists().where(_dossiers.c.idea_id == _ideas.c.id, _WITH_TUTORS),
        ~unasked.muted(bindparam("kind", IDEA)),
        ~unasked.was_put(bindparam("prefix", type_=String) + cast(_ideas.c.id, String)),
    )
    .order_by(_people.c.id)
    .limit(_A_FEW)
)


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has gone: a silence, and the last person of it."""

    silence: int
    person: int


@dataclass(frozen=True, slots=True)
class Due:
    """People whose idea may wait, each with the key of the word about it, and where it goes on."""

    people: Sequence[tuple[Person, str]]
    place: Place


def due(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet, after: Place | None = None
) -> Iterator[Due]:
    """Whose idea may wait, a few at a time; whether a question is open is not looked at."""
    if now.astimezone(quiet.zone).time() < _BEGINS or reminders.is_quiet(quiet, now):
        return
    # Also what is due later today goes before.
    today = reminders.plans(session, settings, now, quiet)
    a_day, since = settings.unasked_a_day, reminders.midnight(now, quiet.zone)
    begun = after or Place(0, 0)
    for number, silence in enumerate(silences(now, quiet)):
        person = begun.person if number == begun.silence else 0
        while number >= begun.silence:
            rows = _SILENT.rows(session, **silence.known, person=person, today=since)
            numbers = [row[0] for row in rows]
            later = reminded.to_hear(session, today, numbers)
            later += feedback.to_be_asked(session, numbers, now, quiet)
            wait = {row[0]: row[1] for row in rows if row[2] + later[row[0]] < a_day}
            person = rows[-1][0] if rows else person
            yield Due(_people_of(session, silence, wait), Place(number, person))
            if len(rows) < _A_FEW:
                break


def _people_of(
    session: Session, silence: Silence, wait: Mapping[int, int]
) -> Sequence[tuple[Person, str]]:
    """The people of some ideas."""
    if not wait:
        return []
    query = select(Person).where(Person.id.in_(wait)).order_by(Person.id)
    return [(person, f"{silence.prefix}{wait[person.id]}") for person in session.scalars(query)]


def silences(now: dt.datetime, quiet: Quiet) -> list[Silence]:
    """The silences that are of so many days today."""
    today = dt.datetime.combine(now.astimezone(quiet.zone).date(), dt.time(), dt.UTC)
    return [Silence(days, today - (days + late) * _DAY) for days in _AFTER for late in _LATE]


def deadline(now: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Until when one that is sent now may arrive."""
    return quiet.begins_after(now)
