"""What people want to hear of once it is announced: any meeting, those of a kind, those in or near
a neighbourhood. Whoever was told is told once, and asks anew for more.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.events import Event, Place
from db.prepared import Prepared
from db.tables import Person, Wish
from db.upsert import insert_new
from school import fitting, neighbourhoods
from school.neighbourhoods import Neighbourhood

ANY = "meeting"
_KIND, _NEAR = "kind.", "near."
_wishes = table_of(Wish)
_OF = Prepared(select(_wishes.c.about).where(_wishes.c.person_id == bindparam("person")))


def of_kind(kind: str) -> str:
    """The wish for meetings of a kind."""
    return f"{_KIND}{kind}"


def near(neighbourhood: str) -> str:
    """The wish for meetings in or near a neighbourhood."""
    return f"{_NEAR}{neighbourhood}"


def of(session: Session, person: Person) -> AbstractSet[str]:
    """What a person wants to hear of."""
    return {about for (about,) in _OF.rows(session, person=person.id)}


def add(session: Session, person: Person, about: str, now: dt.datetime) -> None:
    """A person wants to hear of something, once is enough; of any meeting, or of some."""
    others = Wish.about != ANY if about == ANY else Wish.about == ANY
    session.execute(delete(Wish).where(Wish.person_id == person.id, others))
    insert_new(session, Wish, person_id=person.id, about=about, at=now)


def take_back(session: Session, person: Person, about: str) -> None:
    """A person does not want to hear of it any more."""
    session.execute(delete(Wish).where(Wish.person_id == person.id, Wish.about == about))


def fulfilled(
    event: Event, place: Place | None, known: tuple[Neighbourhood, ...]
) -> Collection[str]:
    """What an event is, of all that can be wished for."""
    around: list[Neighbourhood] = []
    if place is not None and place.latitude is not None and place.longitude is not None:
        around = neighbourhoods.nearest(known, place.latitude, place.longitude)
    where = {*fitting.places(event), *(one.id for one in around)}
    return {ANY, of_kind(event.kind or ""), *map(near, where)}


def fulfil(session: Session, abouts: Collection[str]) -> Sequence[Person]:
    """Those who want to be told of any of these, and can be: each once, and they are told now."""
    there = select(Person.id).where(Person.unreachable_at.is_(None))
    wishing = delete(Wish).where(Wish.about.in_(abouts), Wish.person_id.in_(there))
    numbers = {*session.scalars(wishing.returning(Wish.person_id))}
    return list(session.scalars(select(Person).where(Person.id.in_(numbers)).order_by(Person.id)))
