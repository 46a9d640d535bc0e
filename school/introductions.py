"""Somebody wants to meet somebody who looks for company. They are introduced once both said yes. A
no is told to nobody: whoever asked sees that there is no answer, and after some days the question
is over, as if none had come. Whom somebody does not want to see is out of sight, both ways, for
ever.

A question has one row, of who asks and of who is asked; what somebody does not want to see has one
the same way.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from db.groups import Card, Introduction
from db.tables import Person
from db.upsert import put
from school.phrases import t
from school.refusal import Refusal

# WANTED: the other is not told yet. AGREED: both said yes, and who asked is not told yet.
WANTED, ASKED, REFUSED, LAPSED = "wanted", "asked", "refused", "lapsed"
AGREED, MET, HIDDEN = "agreed", "met", "hidden"
REPORTED = "reported"  # hidden, and somebody who coordinates is to look at the card
OPEN = (WANTED, ASKED, REFUSED)
MOST = 5  # questions that wait for an answer
_LAPSES = dt.timedelta(days=14)
_FORGOTTEN = dt.timedelta(days=180)
_NEXT = {WANTED: ASKED, AGREED: MET}


def in_sight(number: int) -> ColumnElement[bool]:
    """Whether somebody, by number, may see a card: nobody of the two hid the other, they have not
    met, and no question of theirs lapsed. A question that is open keeps the card in sight, so that
    a no is not seen.
    """
    mine = (Introduction.person_id == number) & (Introduction.other_id == Card.person_id)
    theirs = (Introduction.person_id == Card.person_id) & (Introduction.other_id == number)
    settled = Introduction.state.in_((AGREED, MET, HIDDEN, REPORTED))
    out = exists().where(mine, settled | (Introduction.state == LAPSED))
    open_ = exists().where(mine, Introduction.state.in_(OPEN))
    return ~out & or_(open_, ~exists().where(theirs, settled))


def find(session: Session, person: int, other: int) -> Introduction | None:
    """The question that one asked another, as it is now."""
    query = select(Introduction).where(
        Introduction.person_id == person, Introduction.other_id == other
    )
    query = query.with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).first()


def is_open(row: Introduction | None, now: dt.datetime) -> bool:
    """Whether a question can still be answered."""
    return row is not None and row.state in OPEN and now < row.at + _LAPSES


def to_answer(
    session: Session, person: Person, asking: int, now: dt.datetime
) -> Introduction | None:
    """What somebody was asked and can still answer; nothing of whom they do not want to see."""
    row, back = find(session, asking, person.id), find(session, person.id, asking)
    hidden = back is not None and back.state in (HIDDEN, REPORTED)
    return row if is_open(row, now) and not hidden else None


def waiting(session: Session, person: Person, now: dt.datetime) -> int:
    """How many questions of somebody have no answer yet."""
    query = select(func.count()).where(
        Introduction.person_id == person.id,
        Introduction.state.in_(OPEN),
        Introduction.at > now - _LAPSES,
    )
    return session.scalar(query) or 0


def ask(session: Session, person: Person, other: int, now: dt.datetime) -> Introduction:
    """Somebody wants to meet the person of a card. Where that one has asked before, it is a yes.
    Raises Refusal where too many have not answered yet.
    """
    theirs = find(session, other, person.id)
    if theirs is not None and is_open(theirs, now):
        agree(session, theirs)
        return theirs
    mine = find(session, person.id, other)
    if mine is not None and mine.state != LAPSED:
        return mine
    if waiting(session, person, now) >= MOST:
        raise Refusal(
            t("You have asked %(most)s people. Please wait until one of them answers.", most=MOST)
        )
    _put(session, person.id, other, WANTED, now)
    return session.get_one(Introduction, (person.id, other), populate_existing=True)


def agree(session: Session, row: Introduction) -> None:
    """Who was asked says yes. Where both had asked, the other question is answered too."""
    row.state = AGREED
    back = find(session, row.other_id, row.person_id)
    if back is not None and back.state in OPEN:
        back.state = MET


def refuse(row: Introduction) -> None:
    """Who was asked says no, and can still say yes."""
    row.state = REFUSED


def hide(session: Session, person: Person, other: int, now: dt.datetime) -> None:
    """Somebody does not want to see another any more: that holds both ways. A question of that one
    has no answer, and lapses.
    """
    _hide(session, person, other, HIDDEN, now)


def report(session: Session, person: Person, other: int, now: dt.datetime) -> None:
    """As `hide`, and the card is to be looked at."""
    _hide(session, person, other, REPORTED, now)


def _hide(session: Session, person: Person, other: int, state: str, now: dt.datetime) -> None:
    theirs = find(session, other, person.id)
    if theirs is not None and theirs.state in (*OPEN, AGREED):
        theirs.state = REFUSED
    _put(session, person.id, other, state, now)


def is_reported(session: Session, number: int) -> bool:
    """Whether a card waits to be looked at."""
    query = select(Introduction.person_id).where(
        Introduction.other_id == number, Introduction.state == REPORTED
    )
    return session.scalar(query.limit(1)) is not None


def settle(session: Session, number: int) -> None:
    """A card was looked at; who reported it does not see its person all the same."""
    here = (Introduction.other_id == number) & (Introduction.state == REPORTED)
    session.execute(update(Introduction).where(here).values(state=HIDDEN))


def _put(session: Session, person: int, other: int, state: str, now: dt.datetime) -> None:
    keys = {"person_id": person, "other_id": other}
    put(session, Introduction, ("person_id", "other_id"), **keys, state=state, at=now)


def withdraw(session: Session, person: Person) -> None:
    """Somebody does not look for company any more: nobody waits for an answer."""
    own = (Introduction.person_id == person.id) | (Introduction.other_id == person.id)
    session.execute(
        update(Introduction).where(own, Introduction.state.in_(OPEN)).values(state=LAPSED)
    )


def to_tell(session: Session) -> Sequence[Introduction]:
    """The questions and the answers of which nobody was told yet."""
    query = select(Introduction).where(Introduction.state.in_(_NEXT))
    return list(session.scalars(query.order_by(Introduction.at)))


def told(session: Session, row: Introduction) -> bool:
    """It is told now; False where somebody else was first, or it was told before."""
    if row.state not in _NEXT:
        return False
    here = (Introduction.person_id == row.person_id) & (Introduction.other_id == row.other_id)
    changed = update(Introduction).where(here, Introduction.state == row.state)
    done = session.scalar(
        changed.values(state=_NEXT[row.state]).returning(Introduction.person_id),
        execution_options={"synchronize_session": False},
    )
    return done is not None


def lapse(session: Session, now: dt.datetime) -> None:
    """Questions that had no answer for long are over; those that are long over are forgotten."""
    old = (Introduction.at <= now - _LAPSES) & Introduction.state.in_(OPEN)
    session.execute(update(Introduction).where(old).values(state=LAPSED))
    gone = (Introduction.at <= now - _FORGOTTEN) & (Introduction.state == LAPSED)
    session.execute(delete(Introduction).where(gone))
