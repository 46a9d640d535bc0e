"""Before tutors see a sheet all its people agree. Who was asked and is silent for some days can be
left out by whoever leads the group; who said "not yet" cannot. A row that says anything but "yes"
is there only while somebody wants to send the sheet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.dossiers import Consent, Dossier
from db.groups import Group
from db.tables import Idea, Person
from db.upsert import insert_new
from school import dossiers
from school.dossiers import ASKED, ASKING, BACK, CLOSED, NO, YES

DAY = dt.timedelta(days=1)  # who is silent is asked once more on each


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who of a sheet's people agreed, would rather wait, is silent, or was not asked yet; when the
    last one was asked who is silent.
    """

    agreed: list[Person] = field(default_factory=list[Person])
    waiting: list[Person] = field(default_factory=list[Person])
    silent: list[Person] = field(default_factory=list[Person])
    unasked: list[Person] = field(default_factory=list[Person])
    asked_at: dt.datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all agreed."""
        return not (self.waiting or self.silent or self.unasked)

    @property
    def missing(self) -> list[Person]:
        """Who was asked and did not agree."""
        return [*self.waiting, *self.silent]

    def without_silent_from(self, days: int) -> dt.datetime | None:
        """From when on it can go without the silent; None where that would not do."""
        if self.asked_at is None or self.waiting or self.unasked or not self.agreed:
            return None
        return self.asked_at + days * DAY


def of(session: Session, dossier: Dossier, people: Sequence[Person]) -> Agreement:
    """What a sheet's people said."""
    columns = select(Consent.person_id, Consent.said, Consent.at)
    found = session.execute(columns.where(Consent.dossier_id == dossier.id))
    rows = {number: (said, at) for number, said, at in found}
    by: dict[str | None, list[Person]] = {YES: [], NO: [], ASKED: [], None: []}
    for person in people:
        by[rows[person.id][0] if person.id in rows else None].append(person)
    asked = [rows[person.id][1] for person in by[ASKED]]
    return Agreement(by[YES], by[NO], by[ASKED], by[None], max(asked, default=None))


def ask(
    session: Session, dossier: Dossier, people: Sequence[Person], by: Person, now: dt.datetime
) -> list[Person] | None:
    """Somebody wants to send the sheet, and so agrees; returns who else is asked now. None where
    its state does not allow that.
    """
    was_closed = dossier.state == CLOSED
    if not dossiers.act(dossier, dossiers.ASK, now):
        return None
    if was_closed:
        dossier.tutor_id = dossier.mediator_id = dossier.taken_at = None
    dossiers.agree(session, dossier, by, now)
    return ask_more(session, dossier, people, now)


def ask_more(
    session: Session, dossier: Dossier, people: Sequence[Person], now: dt.datetime
) -> list[Person]:
    """Ask those of some people who were not asked; returns them."""
    return [
        person
        for person in people
        if insert_new(
            session, Consent, dossier_id=dossier.id, person_id=person.id, said=ASKED, at=now
        )
    ]


def state(session: Session, idea: Idea) -> str | None:
    """The state of a sheet's dossier; None where nobody wants to send it."""
    said = exists().where(Consent.dossier_id == Dossier.id)
    begun = or_(Dossier.state != ASKING, said)
    return session.scalar(select(Dossier.state).where(Dossier.idea_id == idea.id, begun))


def withdraw(session: Session, dossier: Dossier, now: dt.datetime) -> bool:
    """Its people take it back, or do not want to send it now; False where it is too late."""
    if not dossiers.act(dossier, dossiers.WITHDRAW, now):
        return False
    end(session, dossier)
    return True


def is_open(dossier: Dossier, them: Agreement) -> bool:
    """Whether anybody is being asked now, so that what somebody says counts."""
    if dossier.state == ASKING:
        return bool(them.agreed or them.missing)
    return dossier.state == BACK and bool(them.missing)


def may_go_without(
    session: Session, idea: Idea, them: Agreement, person: Person, days: int, now: dt.datetime
) -> bool:
    """Whether somebody may send the sheet without those who are silent: only who leads the group,
    and only once they had some days.
    """
    at = them.without_silent_from(days)
    return leads(session, idea, person) and at is not None and at <= now


def end(session: Session, dossier: Dossier) -> None:
    """Nobody is asked any longer, and who agreed is asked anew the next time."""
    session.execute(delete(table_of(Consent)).where(Consent.dossier_id == dossier.id))


def end_silent(session: Session, dossier: Dossier) -> None:
    """The sheet went without those who were silent: they are asked anew the next time."""
    mine = Consent.dossier_id == dossier.id
    session.execute(delete(table_of(Consent)).where(mine, Consent.said != YES))


def leads(session: Session, idea: Idea, person: Person) -> bool:
    """Whether somebody leads the group whose sheet it is."""
    group = session.get(Group, idea.group_id) if idea.group_id is not None else None
    return group is not None and group.lead_id == person.id


def lead(session: Session, idea: Idea) -> Person | None:
    """Who leads the group whose sheet it is."""
    group = session.get(Group, idea.group_id) if idea.group_id is not None else None
    return session.get(Person, group.lead_id) if group is not None and group.lead_id else None
