"""Messages that nobody asked for: how many a person got, which were put, who does not want them."""

import datetime as dt

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, or_, select

from db.base import table_of
from db.events import Mute
from db.tables import Outgoing, Person
from school.outbox import BULK, LATE

_people, _mutes, _outbox = table_of(Person), table_of(Mute), table_of(Outgoing)


def moment(name: str) -> BindParameter[dt.datetime]:
    """A moment that comes with the call."""
    return bindparam(name, type_=_outbox.c.not_before.type)


def muted(kind: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the person does not want a kind of message."""
    return exists().where(_mutes.c.person_id == _people.c.id, _mutes.c.kind == kind)


def was_put(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a message of a key is there."""
    return exists().where(_outbox.c.dedup_key == key, counts())


def heard_since(since: ColumnElement[dt.datetime]) -> ColumnElement[int]:
    """How many of them the person got."""
    query = select(func.count(_outbox.c.id)).where(
        _outbox.c.chat_id == _people.c.telegram_id,
        _outbox.c.lane == BULK,
        _outbox.c.dedup_key.isnot(None),
        _outbox.c.not_before >= since,
        counts(),
    )
    return query.scalar_subquery()


def counts() -> ColumnElement[bool]:
    """One that came too late to be sent is none."""
    return or_(_outbox.c.outcome.is_(None), _outbox.c.outcome != LATE)
