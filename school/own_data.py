"""What is kept of a person, by table, and how it is found, deleted and handed out.

The school's data.toml says of each kind of record what becomes of it; here is only how a table's
rows are known to be somebody's. A table that is in neither cannot be: the content is refused.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    String,
    cast,
    delete,
    exists,
    func,
    inspect,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from db.announcements import Announcement, Tapped
from db.base import Base, table_of
from db.dossiers import Comment, Consent, Desk, Dossier, Relay, Tutor, Version
from db.events import Attendance, Event, Feedback, Meeting, Mute, Place, Seat
from db.groups import Assistance, Card, Claim, Group, GroupLink, Introduction, Member
from db.session import erase
from db.tables import (
    Answer,
    Attachment,
    Bubble,
    Condition,
    Deed,
    Forgotten,
    Handle,
    Idea,
    Inquiry,
    Invitation,
    Outgoing,
    Person,
    Replica,
    Role,
    Source,
    Update,
    Wish,
)
from db.types import Json
from school import forgotten, groups, inquiries, people
from school.outbox import ANNOUNCE, SENDING
from school.settings import OwnData

Whose: TypeAlias = Callable[[Person], ColumnElement[bool]]
Row: TypeAlias = dict[str, Json]
DELETED, ANONYMOUS, KEPT = "deleted", "anonymous", "kept"


def _of_idea(table: type[Answer | Attachment | Dossier]) -> Whose:
    return lambda person: table.idea_id.in_(select(Idea.id).where(Idea.person_id == person.id))


def _of_dossier(table: type[Version | Comment]) -> Whose:
    own = select(Dossier.id).join(Idea, Idea.id == Dossier.idea_id)
    return lambda person: table.dossier_id.in_(own.where(Idea.person_id == person.id))


def _of_seat(table: type[Attendance | Feedback]) -> Whose:
    return lambda person: table.seat_id.in_(select(Seat.id).where(Seat.person_id == person.id))


def _in_chat(table: type[Outgoing | Handle]) -> Whose:
    """In the person's own chat; what the person asked, in the chat of whoever answers; and what
    stands of the own sheet where tutors see it.
    """

    def whose(person: Person) -> ColumnElement[bool]:
        slots = literal(inquiries.PREFIX) + Inquiry.code + literal(":%")
        asked = exists().where(Inquiry.person_id == person.id, table.slot.like(slots))
        number = cast(Dossier.id, String)
        topic, inside = literal("topic:") + number, literal("d:") + number + literal(":%")
        own = exists().where(Dossier.idea_id == Idea.id, Idea.person_id == person.id)
        handed = own.where((table.slot == topic) | table.slot.like(inside))
        return (table.chat_id == person.telegram_id) | asked | handed

    return whose


# Whose a row is; children come before their parents, and what is found by others before those.
_WHOSE: Mapping[type[Base], Whose] = {
    Outgoing: _in_chat(Outgoing),
    Handle: _in_chat(Handle),
    Bubble: lambda person: Bubble.person_id == person.id,
    Relay: lambda person: Relay.person_id == person.id,
    Comment: _of_dossier(Comment),
    Version: _of_dossier(Version),
    Consent: lambda person: Consent.person_id == person.id,
    Dossier: _of_idea(Dossier),
    Attachment: _of_idea(Attachment),
    Answer: _of_idea(Answer),
    Idea: lambda person: Idea.person_id == person.id,
    Member: lambda person: Member.person_id == person.id,
    Card: lambda person: Card.person_id == person.id,
    Introduction: lambda person: (
        (Introduction.person_id == person.id) | (Introduction.other_id == person.id)
    ),
    Assistance: lambda person: Assistance.person_id == person.id,
    Claim: lambda person: Claim.person_id == person.id,
    Wish: lambda person: Wish.person_id == person.id,
    Inquiry: lambda person: Inquiry.person_id == person.id,
    Attendance: _of_seat(Attendance),
    Feedback: _of_seat(Feedback),
    Seat: lambda person: Seat.person_id == person.id,
    Mute: lambda person: Mute.person_id == person.id,
    Tutor: lambda person: Tutor.person_id == person.id,
    Role: lambda person: Role.person_id == person.id,
    Invitation: lambda person: Invitation.person_id == person.id,
    Deed: lambda person: Deed.person_id == person.id,
    Person: lambda person: Person.id == person.id,
}
# What else is in a person's copy: the group, and of its sheet what the person gave. Files say
# nothing of who sent them, but for voices that are answers.
_GIVEN: Mapping[type[Base], Whose] = {
    Group: lambda person: Group.id.in_(
        select(Member.group_id).where(Member.person_id == person.id)
    ),
    Answer: lambda person: Answer.person_id == person.id,
    Attachment: lambda person: Attachment.id.in_(
        select(Bubble.attachment_id).where(Bubble.person_id == person.id)
    ),
}
# Nothing in these says whose a row is.
_NOBODYS: tuple[type[Base], ...] = (
    *(Update, Forgotten, Source, Condition, Replica),
    *(Place, Event, Meeting),
    *(Group, GroupLink, Desk),
    *(Announcement, Tapped),
)


# These may stay when nothing says any more whose they were.
_LOOSE: tuple[type[Base], ...] = (Inquiry, Invitation, Deed)


def _can(table: type[Base]) -> tuple[str, ...]:
    return (DELETED, ANONYMOUS) if table in _LOOSE else (DELETED,)


# Each table with what may become of its rows when their person goes.
TABLES: Mapping[str, tuple[str, ...]] = {
    **{table.__tablename__: _can(table) for table in _WHOSE},
    **{table.__tablename__: (KEPT,) for table in _NOBODYS},
}

# Those of which old rows go by the clock: only their kinds can be kept for some days.
BY_DAYS = frozenset(
    table.__tablename__
    for table in (Update, Forgotten, Inquiry, Outgoing, Deed, Announcement, Tapped)
)


def forget(session: Session, data: OwnData, person: Person, now: dt.datetime) -> None:
    """Do to all rows of a person what the school's table says; only a mark of it stays. What was
    written in a group's sheet is the group's, and says no more by whom.

    What is being sent this moment is left, but of announcements: the last word to its person, a row
    with `farewell`, is said after it and takes it along.
    """
    people.let_go(session, person)
    if person.telegram_id is not None:
        forgotten.note(session, person.telegram_id, now)
    groups.leave(session, person)
    ends = {table: kept.on_forget for kept in data.kinds.values() for table in kept.tables}
    for table, whose in _WHOSE.items():
        if ends[table.__tablename__] == ANONYMOUS:
            statement = update(table_of(table)).values(person_id=None)
        else:
            statement = delete(table_of(table))
        if table is Outgoing:
            said = (Outgoing.state != SENDING) | (Outgoing.lane == ANNOUNCE)
            statement = statement.where(said)
        session.execute(statement.where(whose(person)))
    session.expunge(person)
    erase(session)


def days(data: OwnData, table: type[Base]) -> int | None:
    """For how many days rows of a table are kept at most; None where there is no such limit."""
    return next(kept.days for kept in data.kinds.values() if table.__tablename__ in kept.tables)


def due(data: OwnData, table: type[Base], now: dt.datetime) -> dt.datetime | None:
    """The time before which rows of a table are to go; None where there is no such time."""
    most = days(data, table)
    return now - dt.timedelta(days=most) if most is not None else None


def to_warn(session: Session, data: OwnData, now: dt.datetime, most: int) -> list[Person]:
    """People who did not write for so long that they are to hear of it, locked."""
    since = now - dt.timedelta(days=data.untouched_days - data.warning_days)
    unwarned = Person.warned_at.is_(None) & Person.telegram_id.is_not(None)
    return _untouched(session, since, unwarned, most)


def to_forget(session: Session, data: OwnData, now: dt.datetime, most: int) -> list[Person]:
    """People who were warned in time and still did not write, locked; who has no Telegram can't be
    warned.
    """
    warned = Person.warned_at <= now - dt.timedelta(days=data.warning_days)
    warned |= Person.telegram_id.is_(None)
    return _untouched(session, now - dt.timedelta(days=data.untouched_days), warned, most)


def _untouched(
    session: Session, since: dt.datetime, which: ColumnElement[bool], most: int
) -> list[Person]:
    # Rows of an older release know no day of the last word.
    unknown = Person.seen_at.is_(None) & (Person.created_at < since)
    query = select(Person).where((Person.seen_at < since) | unknown, which)
    return list(session.scalars(query.order_by(Person.id).limit(most).with_for_update()))


def count(session: Session, person: Person) -> dict[str, int]:
    """How many rows of each table are the person's."""
    return {
        table.__tablename__: session.scalar(
            select(func.count()).select_from(table).where(_handed_out(table)(person))
        )
        or 0
        for table in _WHOSE
    }


def export(session: Session, person: Person) -> dict[str, Json]:
    """All rows of a person by table, as JSON; of a group's sheet what the person gave."""
    tables = dict.fromkeys([*_WHOSE, *_GIVEN])
    return {table.__tablename__: _rows(session, table, person) for table in tables}


def _rows(session: Session, table: type[Base], person: Person) -> list[Json]:
    query = select(table).where(_handed_out(table)(person))
    return [_row(row) for row in session.scalars(query.order_by(*_key(table)))]


def _key(table: type[Base]) -> Sequence[ColumnElement[Any]]:
    return list(table_of(table).primary_key.columns)


def _handed_out(table: type[Base]) -> Whose:
    """Which rows are in a person's copy."""
    whose = [found[table] for found in (_WHOSE, _GIVEN) if table in found]
    return lambda person: or_(*(one(person) for one in whose))


def files(session: Session, person: Person) -> list[str]:
    """The ids by which Telegram knows a person's files."""
    query = select(Attachment.file_id).where(_handed_out(Attachment)(person))
    return list(dict.fromkeys(session.scalars(query.order_by(Attachment.id))))


def _row(row: Base) -> Row:
    columns = [attribute.key for attribute in inspect(type(row)).column_attrs]
    return {column: _plain(getattr(row, column)) for column in columns}


def _plain(value: Any) -> Json:
    return value.isoformat() if isinstance(value, dt.datetime) else value
