"""An idea that was begun and waits: a word after three days in which its person did not write, one
more after ten, then none. Of all messages that nobody asked for these come last.

Only who last wrote about the idea hears of it: whoever comes for something else is left in peace.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select
from sqlalchemy.orm import Session

from db.tables import Answer, Idea, Outgoing, Person
from school import feedback, reminders
from school.quiet import Quiet
from school.settings import Events

IDEA = "idea"
_AFTER = (3, 10)  # days
_LATE = (0, 1)  # days by which one may be late, where another message went before
_BEGINS = dt.time(10)
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


def find(
    session: Session, settings: Events, now: dt.datetime, quiet: Quiet
) -> Iterator[tuple[Person, str]]:
    """People whose idea may wait, each with the key of the word about it; whether a question is
    open is not looked at.
    """
    if now.astimezone(quiet.zone).time() < _BEGINS or reminders.is_quiet(quiet, now):
        return
    # Also what is due later today goes before.
    today = reminders.plans(session, settings, now, quiet)
    asked = feedback.waits(session, now, quiet)
    heard = reminders.heard(today, now, quiet) + asked
    for silence in silences(now, quiet):
        query = _silent(silence).where(heard < settings.unasked_a_day)
        for person, idea in session.execute(query).all():
            yield person, f"{silence.prefix}{idea}"


def silences(now: dt.datetime, quiet: Quiet) -> list[Silence]:
    """The silences that are of so many days today."""
    today = dt.datetime.combine(now.astimezone(quiet.zone).date(), dt.time(), dt.UTC)
    return [Silence(days, today - (days + late) * _DAY) for days in _AFTER for late in _LATE]


def _silent(silence: Silence) -> Select[Person, int]:
    return (
        select(Person, Idea.id)
        .join(Idea, Idea.person_id == Person.id)
        .where(Person.seen_at == silence.since, Person.unreachable_at.is_(None))
        .where(_wrote_of_it(silence.since), ~reminders.muted(IDEA), ~_was_put(silence))
        .order_by(Person.id)
    )


def _wrote_of_it(day: dt.datetime) -> ColumnElement[bool]:
    answered = exists().where(Answer.idea_id == Idea.id, Answer.changed_at >= day - _DAY)
    return answered | (Idea.created_at >= day - _DAY)


def _was_put(silence: Silence) -> ColumnElement[bool]:
    key = literal(silence.prefix) + cast(Idea.id, String)
    return exists().where(Outgoing.dedup_key == key, reminders.counts())


def deadline(now: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Until when one that is sent now may arrive."""
    return quiet.begins_after(now)
