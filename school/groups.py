"""Groups: people who share one sheet. A person is in one group at most; whoever leads it stands in
its row. A sheet is a person's own or a group's, never both; a group always has one.

Whoever changes a group holds it: people are locked first, its sheet then, always in that order.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.groups import Group, GroupLink, Member
from db.tables import Bubble, Idea, Person
from db.upsert import insert_new
from school import interview, people

MOST = 40  # characters of a name
# What becomes of the sheet when somebody leaves: it stays with the group; the last one takes it
# along; it is deleted, because the last one has another.
STAYS, RETURNS, GOES = "stays", "returns", "goes"
MINE = "mine:"  # before a question: texts that wait beside the answer which somebody else gave


@dataclass(frozen=True, slots=True)
class Parting:
    """Somebody is no longer in a group of this name: who is still there, who leads now if another
    one does, what became of the sheet, and whether links into the group went.
    """

    name: str
    rest: Sequence[Person]
    lead: Person | None
    sheet: str
    links: bool = False


def of(session: Session, person: Person) -> Group | None:
    """The group that somebody is in."""
    query = select(Group).join(Member).where(Member.person_id == person.id)
    return session.scalars(query).first()


def members(session: Session, group: Group) -> Sequence[Person]:
    """Its people, in the order in which they came."""
    return [person for person, _ in with_days(session, group)]


def with_days(session: Session, group: Group) -> Sequence[tuple[Person, dt.datetime]]:
    """As `members`, each with when they came."""
    query = select(Person, Member.joined_at).join(Member, Member.person_id == Person.id)
    query = query.where(Member.group_id == group.id).order_by(Member.joined_at, Person.id)
    return [(person, at) for person, at in session.execute(query)]


def others(session: Session, group: Group, person: Person) -> Sequence[Person]:
    """Its people besides one."""
    return [one for one in members(session, group) if one.id != person.id]


def people_of(session: Session, idea: Idea) -> Sequence[Person]:
    """Whose sheet it is: one person, or a group's people."""
    group = whose(session, idea)
    if group is not None:
        return members(session, group)
    return [session.get_one(Person, idea.person_id)] if idea.person_id is not None else []


def whose(session: Session, idea: Idea) -> Group | None:
    """The group whose sheet it is; None of a person alone."""
    return session.get(Group, idea.group_id) if idea.group_id is not None else None


def own_sheet(session: Session, person: Person) -> Idea | None:
    """The sheet that somebody began alone, and keeps while in a group."""
    return session.scalars(select(Idea).where(Idea.person_id == person.id)).first()


def hold(session: Session, group: Group) -> Idea | None:
    """A group's sheet, locked: nobody else changes the group, or answers, until this transaction
    ends. None where the group has ended meanwhile.
    """
    query = select(Idea).where(Idea.group_id == group.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def held(session: Session, person: Person, other: int | None = None) -> Group | None:
    """The group somebody is in, held; another one who is concerned is locked before."""
    if other is not None:
        people.locked(session, other)
    group = of(session, person)
    if group is None or hold(session, group) is None:
        return None
    query = select(Group).join(Member).where(Member.person_id == person.id)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def found(session: Session, person: Person, name: str, now: dt.datetime) -> Group | None:
    """A new group, led by who founds it; a sheet begun alone is taken along. None for somebody who
    is in a group.
    """
    if of(session, person) is not None:
        return None
    group = Group(name=name, lead_id=person.id, created_at=now)
    session.add(group)
    session.flush()
    own = own_sheet(session, person)
    if own is None:
        session.add(Idea(group_id=group.id, created_at=now))
    else:
        own.person_id, own.group_id = None, group.id
    session.flush()
    insert_new(session, Member, person_id=person.id, group_id=group.id, joined_at=now)
    _look_up(person)
    return group


def join(session: Session, person: Person, group: Group, now: dt.datetime) -> bool:
    """Somebody comes into a group that is held; an own sheet is kept. False for somebody who is in
    a group.
    """
    came = insert_new(session, Member, person_id=person.id, group_id=group.id, joined_at=now)
    if came:
        _look_up(person)
    return came


def _look_up(person: Person) -> None:
    """What is asked of somebody is of another sheet: the next free text is nobody's."""
    if interview.is_open(person) or person.expects == people.TITLE:
        person.expects = people.NOBODY
    person.revisiting = None


def leave(session: Session, person: Person) -> Parting | None:
    """Somebody is no longer in the group: what they answered stays there. The lead goes to who came
    first of the others; with the last one the group ends. None for somebody who is in none.
    """
    group = of(session, person)
    heir = next(iter(others(session, group, person)), None) if group is not None else None
    group = held(session, person, heir.id if heir is not None else None)
    return _part(session, person, group) if group is not None else None


def remove(session: Session, lead: Person, number: int) -> tuple[Person, Parting] | None:
    """The lead takes somebody out of the group. Whoever was in it knows its links: they go. None
    where nothing of the kind can be done.
    """
    found = _with(session, lead, number)
    if found is None:
        return None
    group, person = found
    links = delete(GroupLink).where(GroupLink.group_id == group.id).returning(GroupLink.code)
    gone = session.scalars(links).all()
    return person, replace(_part(session, person, group), links=bool(gone))


def hand_on(session: Session, lead: Person, number: int) -> Person | None:
    """The lead makes somebody else the lead; who that is."""
    found = _with(session, lead, number)
    if found is None:
        return None
    group, person = found
    group.lead_id = person.id
    session.flush()
    return person


def _with(session: Session, lead: Person, number: int) -> tuple[Group, Person] | None:
    """The group that somebody leads, held, and another one in it."""
    group = held(session, lead, number)
    if group is None or group.lead_id != lead.id:
        return None
    person = next((one for one in others(session, group, lead) if one.id == number), None)
    return (group, person) if person is not None else None


def outcome(session: Session, person: Person, group: Group) -> str:
    """What becomes of the sheet when somebody leaves."""
    if others(session, group, person):
        return STAYS
    return RETURNS if own_sheet(session, person) is None else GOES


def _part(session: Session, person: Person, group: Group) -> Parting:
    session.execute(delete(Member).where(Member.person_id == person.id))
    _look_up(person)
    rest, ends, lead = members(session, group), outcome(session, person, group), None
    _let_go(session, person, group, ends)
    if not rest:
        _end(session, person, group, ends)
    elif group.lead_id in (None, person.id):
        lead = rest[0]
        group.lead_id = lead.id
    session.flush()
    return Parting(group.name, rest, lead, ends)


def _let_go(session: Session, person: Person, group: Group, ends: str) -> None:
    """Messages of somebody who leaves stay parts of answers, and are nobody's: editing one changes
    nothing any more. Those that are part of no answer go.
    """
    idea = select(Idea.id).where(Idea.group_id == group.id).scalar_subquery()
    own = (Bubble.person_id == person.id) & (Bubble.idea_id == idea)
    session.execute(delete(Bubble).where(own, Bubble.question.startswith(MINE)))
    if ends == STAYS:
        session.execute(update(Bubble).where(own).values(person_id=None))


def _end(session: Session, person: Person, group: Group, ends: str) -> None:
    """The last one has left."""
    idea = session.scalars(select(Idea).where(Idea.group_id == group.id)).one()
    if ends == RETURNS:
        idea.group_id, idea.person_id = None, person.id
    else:
        session.delete(idea)
    session.flush()
    session.delete(group)
