"""Two rows that are one person become one. All that points at the one that goes points at the other
afterwards, whatever table it is in; where both have something of which there can be one only, the
other's stays. Two sheets, or two groups, are never made one: then nothing is done, and why is said.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Table,
    UniqueConstraint,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from db.base import Base, table_of
from db.events import Event, Seat
from db.groups import Introduction, Member
from db.tables import Answer, Attachment, Bubble, Idea, Person, Role
from school import own_data, seats
from school.introductions import HIDDEN, REPORTED
from school.quiet import Quiet
from school.seats import LEFT, OFFERED, SEATED, WAITING

WORKS, SHEETS, GROUPS = "works", "sheets", "groups"  # why two rows cannot become one
_BEST = (SEATED, OFFERED, WAITING, LEFT)
_EARLIER = 2**32  # more than a chat has messages


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points at a table, and the columns with which it is unique, if it is."""

    table: Table
    column: str
    unique: Sequence[frozenset[str]]


def obstacle(session: Session, person: Person, gone: Person) -> str | None:
    """Why `gone` cannot become a part of `person`: it works here, or both have a sheet or a group
    of their own.
    """
    if session.scalar(select(Role.role).where(Role.person_id == gone.id).limit(1)) is not None:
        return WORKS
    if _has_sheet(session, person) and _has_sheet(session, gone):
        return SHEETS
    one, other = _group(session, person), _group(session, gone)
    return GROUPS if one is not None and other is not None and one != other else None


def _has_sheet(session: Session, person: Person) -> bool:
    """Whether anything was said of an own idea."""
    given = exists().where(Answer.idea_id == Idea.id) | exists().where(
        Attachment.idea_id == Idea.id
    )
    query = select(Idea.id).where(Idea.person_id == person.id, given)
    return session.scalar(query) is not None


def _group(session: Session, person: Person) -> int | None:
    return session.scalar(select(Member.group_id).where(Member.person_id == person.id))


@dataclass(frozen=True, slots=True)
class Merger:
    """Makes `gone` a part of `person`; there must be no obstacle."""

    session: Session
    person: Person
    gone: Person

    def merge(self, now: dt.datetime, quiet: Quiet) -> list[tuple[Event, list[Seat]]]:
        """Do it. Returns to whom seats are offered that are free now, by event."""
        self.session.flush()
        self._leave_empty_sheet()
        self._keep_out_of_sight()
        self._set_apart()
        offered = self._join_seats(now, quiet)
        self.session.flush()
        for reference in references(table_of(Person)):
            self._point(reference, self.gone.id, self.person.id)
        people = table_of(Person)
        self.session.execute(delete(people).where(people.c.id == self.gone.id))
        self.session.expunge(self.gone)
        self.session.expire_all()
        return offered

    def _leave_empty_sheet(self) -> None:
        """Of two ideas one may be just begun: the other stays."""
        own, other = (_has_sheet(self.session, one) for one in (self.person, self.gone))
        empty = self.gone if own or not other else self.person
        ideas = table_of(Idea)
        both = select(ideas.c.id).where(ideas.c.person_id == self.gone.id)
        if self.session.scalar(both) is not None:
            self.session.execute(delete(ideas).where(ideas.c.person_id == empty.id))

    def _keep_out_of_sight(self) -> None:
        """Whom one of the two did not want to see, or who did not want to see one of them, stays
        out of sight; between the two there is nothing.
        """
        table, two = table_of(Introduction), (self.person.id, self.gone.id)
        between = table.c.person_id.in_(two) & table.c.other_id.in_(two)
        self.session.execute(delete(table).where(between))
        hidden = table.alias()
        for mine, theirs in (("person_id", "other_id"), ("other_id", "person_id")):
            same = exists().where(
                hidden.c[mine] == self.gone.id,
                hidden.c[theirs] == table.c[theirs],
                hidden.c.state.in_((HIDDEN, REPORTED)),
            )
            here = table.c[mine] == self.person.id
            self.session.execute(update(table).where(here, same).values(state=HIDDEN))

    def _set_apart(self) -> None:
        """Messages of an earlier chat keep their order, and are none of the chat that comes: they
        go below all numbers that there are.
        """
        table = table_of(Bubble)
        here, number = table.c.person_id == self.person.id, table.c.message_id
        spread = select(func.max(number) - func.min(number)).where(here)
        down = max(_EARLIER, (self.session.scalar(spread) or 0) + 1)
        self.session.execute(update(table).where(here).values(message_id=number - down))

    def _join_seats(self, now: dt.datetime, quiet: Quiet) -> list[tuple[Event, list[Seat]]]:
        """Of two seats in an event the better one stays, with all that was noted of both."""
        offered: list[tuple[Event, list[Seat]]] = []
        own = select(Seat).where(Seat.person_id == self.person.id)
        mine = {seat.event_id: seat for seat in self.session.scalars(own)}
        others = select(Seat).where(Seat.person_id == self.gone.id, Seat.event_id.in_(mine))
        for seat in self.session.scalars(others).all():
            event = self.session.get_one(Event, seat.event_id)
            better, worse = sorted((mine[event.id], seat), key=_rank)
            for reference in references(table_of(Seat)):
                self._point(reference, worse.id, better.id)
            offered.append((event, list(seats.take_away(self.session, event, worse, now, quiet))))
        return offered

    def _point(self, reference: Reference, old: int, new: int) -> None:
        """Rows point at another one from now on; where that has a row already, it stays."""
        table = reference.table
        column = table.c[reference.column]
        for unique in reference.unique:
            same = self._has_already(table, reference.column, unique, new)
            self.session.execute(delete(table).where(column == old, same))
        self.session.execute(update(table).where(column == old).values({reference.column: new}))

    @staticmethod
    def _has_already(
        table: Table, column: str, unique: frozenset[str], new: int
    ) -> ColumnElement[bool]:
        other = table.alias()
        rest = [other.c[name] == table.c[name] for name in unique if name != column]
        return exists().where(other.c[column] == new, *rest)


def _rank(seat: Seat) -> tuple[int, int]:
    return _BEST.index(seat.state), seat.id


def references(target: Table) -> Iterator[Reference]:
    """All columns that point at a table."""
    for name in own_data.TABLES:
        table = Base.metadata.tables[name]
        keys = [frozenset(column.name for column in table.primary_key)]
        keys += [
            frozenset(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        ]
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield Reference(table, column.name, [key for key in keys if column.name in key])
