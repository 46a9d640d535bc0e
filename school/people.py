"""Who writes to the bot, and whose the next free text is.

Nobody is kept who has not read the notice and is not old enough: `is_known` says who is.
"""

import datetime as dt

from sqlalchemy import bindparam, delete, inspect, select, update
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared, given
from db.tables import Handle, Idea, Outgoing, Person
from db.upsert import insert_new

NOBODY, INTERVIEW, REVIEW, TITLE, NAME = "nobody", "interview", "review", "title", "name"
EVENT = "event"  # with its number and what is asked of it
CODE = "code"  # of a ticket, with the number of the meeting
MATERIALS = "materials"  # of an event, with its number
GUEST = "guest"  # somebody's name, with the numbers of the event and the meeting
WRITES = "writes"  # to an event's people: a meeting, to whom, and the message once it is there
# A question to a human, and what is added to it.
ASKS, ADDS = "question_to_person", "more_to_person"
# What one who came would do better, with the number of the seat, and whose the text was before.
FEEDBACK = "feedback"

_people, _ideas = table_of(Person), table_of(Idea)
_CHANGING = [column.name for column in _people.c if not column.primary_key]
_BY_ACCOUNT = Prepared(
    select(_people).where(_people.c.telegram_id == bindparam("account")).with_for_update()
)
_SAVE = Prepared(
    update(_people).where(_people.c.id == bindparam("id")).values(given(_people, _CHANGING))
)
_IDEA_OF = Prepared(select(_ideas).where(_ideas.c.person_id == bindparam("person")))


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
    query = select(Person).where(Person.id == person_id).with_for_update()
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


def idea_of(session: Session, person: Person) -> Idea | None:
    """The person's idea, if one was begun."""
    return _IDEA_OF.one(session, Idea, person=person.id)


def begin_idea(session: Session, person: Person, now: dt.datetime) -> Idea:
    """The person's idea, begun now if there is none."""
    insert_new(session, Idea, person_id=person.id, created_at=now)
    return _IDEA_OF.only(session, Idea, person=person.id)
