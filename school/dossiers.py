"""Sheets on their way to a tutor and back. A sheet has one row here from the moment somebody asks
to send it; its state says who is to act next. `NEXT` is the one place that says what may be done in
which state. The rows are the truth: what chats show follows.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Consent, Dossier
from db.groups import Member
from db.tables import Idea, Person
from db.upsert import insert_new, put
from school import groups
from school.sheet import ANSWERED, Sheet
from school.staff import COORDINATOR, TUTOR

# ASKING: its people are asked whether they agree. WAITING: no tutor has it yet. TAKEN: a tutor has
# it. BACK: changes are asked for, its people are to act. READY: ready to be sent. CLOSED: put away.
ASKING, WAITING, TAKEN, BACK, READY, CLOSED = (
    *("asking", "waiting", "taken"),
    *("back", "ready", "closed"),
)
# Those in which tutors see it.
WITH_TUTORS = (WAITING, TAKEN, BACK, READY)

# What its people do, then what tutors do.
ASK, SEND, WITHDRAW = "ask", "send", "withdraw"
TAKE, CHANGE, FINISH, CLOSE = "take", "change", "finish", "close"
NEXT: Mapping[tuple[str, str], str] = {
    (ASKING, ASK): ASKING,
    (BACK, ASK): BACK,
    (CLOSED, ASK): ASKING,
    (ASKING, SEND): WAITING,
    (BACK, SEND): TAKEN,
    (ASKING, WITHDRAW): ASKING,
    (WAITING, WITHDRAW): ASKING,
    (WAITING, TAKE): TAKEN,
    (TAKEN, CHANGE): BACK,
    (READY, CHANGE): BACK,
    (TAKEN, FINISH): READY,
    **{(state, CLOSE): CLOSED for state in WITH_TUTORS},
}
YES, NO, ASKED = "yes", "no", "asked"  # what somebody said who was asked


def of_idea(session: Session, idea: Idea | None) -> Dossier | None:
    """The dossier of a sheet, locked for this transaction."""
    if idea is None:
        return None
    query = select(Dossier).where(Dossier.idea_id == idea.id).with_for_update(key_share=True)
    return session.scalars(query).first()


def find(session: Session, number: int) -> Dossier | None:
    """A dossier by its number, locked for this transaction."""
    return session.scalars(
        select(Dossier).where(Dossier.id == number).with_for_update(key_share=True)
    ).first()


def begin(session: Session, idea: Idea, now: dt.datetime) -> Dossier:
    """The dossier of a sheet, made now if there is none; locked for this transaction."""
    found = of_idea(session, idea)
    if found is not None:
        return found
    new = {"idea_id": idea.id, "state": ASKING, "since": now, "round": 0, "alerts": 0}
    insert_new(session, Dossier, **new)
    return session.scalars(
        select(Dossier).where(Dossier.idea_id == idea.id).with_for_update(key_share=True)
    ).one()


def is_of(session: Session, number: int, person: Person) -> bool:
    """Whether a dossier's sheet is somebody's, alone or in a group."""
    query = select(Idea).join(Dossier, Dossier.idea_id == Idea.id).where(Dossier.id == number)
    idea = session.scalars(query).first()
    if idea is None:
        return False
    return any(one.id == person.id for one in groups.people_of(session, idea))


def with_tutors(session: Session) -> Sequence[Dossier]:
    """All that tutors see, locked for this transaction, whoever waits longest first."""
    query = select(Dossier).where(Dossier.state.in_(WITH_TUTORS)).order_by(Dossier.since)
    return list(session.scalars(query.with_for_update(key_share=True)))


def move(dossier: Dossier, state: str, now: dt.datetime) -> None:
    """Bring it into a state, in which it waits from now on."""
    dossier.state, dossier.since, dossier.alerts = state, now, 0


def can(dossier: Dossier, action: str) -> bool:
    """Whether something may be done with it in its state."""
    return (dossier.state, action) in NEXT


def act(dossier: Dossier, action: str, now: dt.datetime) -> bool:
    """Do something with it; False where its state does not allow that. A sheet of which nobody
    has charge goes to whoever is free.
    """
    state = NEXT.get((dossier.state, action))
    if state is None:
        return False
    if state == TAKEN and action == SEND and dossier.tutor_id is None:
        state = WAITING
    if state != dossier.state:
        move(dossier, state, now)
    return True


def has_charge(dossier: Dossier, person: Person, roles: Collection[str]) -> bool:
    """Whether one of the staff answers its people: its tutor, who mediates, or who coordinates."""
    own = TUTOR in roles and dossier.tutor_id == person.id
    return COORDINATOR in roles or own or (bool(roles) and dossier.mediator_id == person.id)


def take(dossier: Dossier, person: Person, now: dt.datetime) -> bool:
    """One of the staff takes it; False where somebody has it, or it is to be had no longer."""
    if not act(dossier, TAKE, now):
        return False
    dossier.tutor_id, dossier.taken_at = person.id, now
    return True


def tutor(session: Session, dossier: Dossier) -> Person | None:
    """Who has it."""
    return session.get(Person, dossier.tutor_id) if dossier.tutor_id is not None else None


def read(dossier: Dossier, now: dt.datetime) -> bool:
    """Whoever has it looked into the newest version; False where that was known."""
    if dossier.read_at is not None:
        return False
    dossier.read_at = now
    return True


def agree(session: Session, dossier: Dossier, person: Person, now: dt.datetime) -> None:
    """Somebody agrees that tutors read the sheet."""
    say(session, dossier, person, YES, now)


def say(session: Session, dossier: Dossier, person: Person, said: str, now: dt.datetime) -> None:
    """Note what somebody says who was asked."""
    values = {"dossier_id": dossier.id, "person_id": person.id, "said": said, "at": now}
    put(session, Consent, ("dossier_id", "person_id"), **values)


def is_sendable(sheet: Sheet) -> bool:
    """Whether enough is there for a tutor to begin with: how far it is, and the idea in a
    sentence. All else may be open.
    """
    given = sheet.given("sentence") if sheet.question("sentence") else None
    return given is not None and given.status == ANSWERED


def people(session: Session, dossier: Dossier) -> Sequence[Person]:
    """Whose sheet it is."""
    return groups.people_of(session, session.get_one(Idea, dossier.idea_id))


def only_of(session: Session, person: Person) -> list[Dossier]:
    """The dossiers of sheets that have nobody else."""
    own = select(Member.group_id).where(Member.person_id == person.id)
    query = (
        select(Dossier)
        .join(Idea, Idea.id == Dossier.idea_id)
        .with_for_update(of=Dossier, key_share=True)
    )
    mine = (Idea.person_id == person.id) | Idea.group_id.in_(own)
    found = session.scalars(query.where(mine)).all()
    return [one for one in found if len(people(session, one)) == 1]


def languages(dossier: Dossier | None, people: Sequence[Person], known: Sequence[str]) -> list[str]:
    """The languages of the answers: those that its people said, else the ones they speak."""
    said = dossier.languages if dossier is not None else None
    spoken = said or {person.language for person in people}
    return [code for code in known if code in spoken]
