"""Who writes to the bot, and whose the next free text is.

Nobody is kept who has not read the notice and is not old enough: `is_known` says who is.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, bindparam, delete, func, inspect, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.groups import Member
from db.prepared import Prepared, attached, given
from db.tables import Handle, Idea, Outgoing, Person
from db.upsert import insert_new

NOBODY, INTERVIEW, REVIEW, TITLE, NAME = "nobody", "interview", "review", "title", "name"
EVENT = "event"  # with its number and what is asked of it
CODE = "code"  # of a ticket, with the number of the meeting
MATERIALS = "materials"  # of an event, with its number
GUEST = "guest"  # somebody's name, with the numbers of the event and the meeting
WRITES = "writes"  # to an event's people: a meeting, to whom, and the message once it is there
ANNOUNCES = "announces"  # an announcement: its number and what is asked of it
GROUP = "group"  # the name of a group
AWAY = "away"  # the days on which a tutor is away
CARD = "card"  # of who looks for company: place, topic and the message with the sentence
HELPS = "helps"  # the name of somebody without Telegram
MOVES = "moves"  # the name, or a ticket's code, of somebody whose account is lost
# A question to a human, and what is added to it.
ASKS, ADDS = "question_to_person", "more_to_person"
TUTOR = "tutor"  # a word to whoever of the school has the sheet
# What one who came would do better, with the number of the seat, and whose the text was before.
FEEDBACK = "feedback"

_people, _ideas = table_of(Person), table_of(Idea)
_CHANGING = [column.name for column in _people.c if not column.primary_key]
# Rows that name the person may be written meanwhile, by those who share a sheet.
_BY_ACCOUNT = Prepared(
    select(_people)
    .where(_people.c.telegram_id == bindparam("account"))
    .with_for_update(key_share=True)
)
_SAVE = Prepared(
    update(_people).where(_people.c.id == bindparam("id")).values(given(_people, _CHANGING))
)
_members = table_of(Member)


def idea_number(person: ColumnElement[int], of: FromClause | None = None) -> ColumnElement[int]:
    """The number of the idea that somebody writes, the group's or else the own one: of a person
    who is named, or of each row of a statement that has people.
    """
    own, shared, members = _ideas.alias(), _ideas.alias(), _members.alias()
    its = members.c.group_id == shared.c.group_id
    of_group = select(shared.c.id).join(members, its).where(members.c.person_id == person)
    alone = select(own.c.id).where(own.c.person_id == person)
    found = (one.correlate(of).scalar_subquery() for one in (of_group, alone))
    return func.coalesce(*found)


_IDEA_OF = Prepared(select(_ideas).where(_ideas.c.id == idea_number(bindparam("person"))))
_HOLD = Prepared(select(_ideas.c.id).where(_ideas.c.id == bindparam("idea")).with_for_update())
_GROUP_AT = [column.name for column in _ideas.c].index("group_id")


def find(session: Session, telegram_id: int) -> Person | None:
    """The person of a Telegram account, locked for this transaction."""
    return _BY_ACCOUNT.one(session, Person, account=telegram_id)


def save(session: Session, person: Person) -> None:
    """Write what a turn changed of its person, who leaves the session: its own way to find out what
    to write takes eight times as long.
    """
    state = inspect(person)
    if state.persistent and state.modified:
        _SAVE.run(session, **{name: getattr(person, name) for name in ("id", *_CHANGING)})
        session.expunge(person)


def add(session: Session, telegram_id: int, language: str, now: dt.datetime) -> Person:
    """A person just met. Two at once: the second fails on the unique account and comes again."""
    person = Person(telegram_id=telegram_id, language=language, created_at=now, expects=NOBODY)
    seen(person, now)
    session.add(person)
    session.flush()
    return person


def seen(person: Person, now: dt.datetime) -> None:
    """The person is there today: reachable, and not to be deleted soon."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if person.seen_at != today or person.warned_at is not None:
        person.seen_at, person.warned_at = today, None
    if person.unreachable_at is not None:
        person.unreachable_at = None


def locked(session: Session, person_id: int) -> Person | None:
    """A person by the row's number, locked for this transaction."""
    query = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    return session.scalars(query).first()


def is_known(person: Person) -> bool:
    """Whether the person has read the notice and is old enough: only then is anything kept."""
    return person.notice_read is not None and person.old_enough_at is not None


def leave_no_trace(session: Session, person: Person) -> None:
    """Delete a person and all that belongs to the chat."""
    chat = person.telegram_id
    session.execute(delete(Outgoing).where(Outgoing.chat_id == chat, Outgoing.state == "queued"))
    session.execute(delete(Handle).where(Handle.chat_id == chat))
    session.execute(delete(Person).where(Person.id == person.id))


def forget_strangers(session: Session, before: dt.datetime) -> None:
    """Delete who came before a time and never read the notice or said an age."""
    strangers = select(Person).where(
        Person.telegram_id.is_not(None),
        (Person.notice_read.is_(None)) | (Person.old_enough_at.is_(None)),
        Person.created_at < before,
    )
    for person in session.scalars(strangers):
        leave_no_trace(session, person)


def set_reachable(session: Session, telegram_id: int, since: dt.datetime | None) -> None:
    """Set a person aside from a time on, or with None take the person back."""
    session.execute(
        update(Person).where(Person.telegram_id == telegram_id).values(unreachable_at=since)
    )


def let_go(session: Session, person: Person) -> Sequence[Person]:
    """Nobody writes for a person any more: who did, none of whose texts is the person's now."""
    query = select(Person).where(Person.acting_for == person.id).order_by(Person.id)
    writing = list(session.scalars(query))
    session.execute(
        update(Person)
        .where(Person.acting_for == person.id)
        .values(acting_for=None, expects=NOBODY, revisiting=None)
    )
    return writing


def idea_of(session: Session, person: Person) -> Idea | None:
    """The idea whose sheet the person writes: of the one helped at present, of the person's group,
    else the own one; None where none was begun. A group's is locked, as several write it.
    """
    whose = writer(person)
    rows = _IDEA_OF.rows(session, person=whose)
    if not rows or rows[0][_GROUP_AT] is None:
        return attached(session, Idea, rows[0]) if rows else None
    # While one waits, the group may change: what stands then is asked for anew.
    _HOLD.rows(session, idea=rows[0][0])
    return _IDEA_OF.one(session, Idea, person=whose)


def writer(person: Person) -> int:
    """Whose words the person writes: of the one helped at present, else the own."""
    return person.acting_for or person.id


def own_idea(session: Session, person: Person) -> Idea | None:
    """As `idea_of`, whomever the person writes for."""
    return _IDEA_OF.one(session, Idea, person=person.id)


def begin_idea(session: Session, person: Person, now: dt.datetime) -> Idea:
    """As `idea_of`, begun now if there is none."""
    whose = writer(person)
    found = _IDEA_OF.one(session, Idea, person=whose)
    if found is not None:
        return found
    insert_new(session, Idea, person_id=whose, created_at=now)
    return _IDEA_OF.only(session, Idea, person=whose)
