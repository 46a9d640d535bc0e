"""Cards of people who look for company: a neighbourhood, a topic, one sentence, and nothing that
says whose they are. Only who has a card reads the others', and nobody who is in a group has one. A
card is shown for some weeks, then its person has to want it again.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from db.groups import Card, Member
from db.tables import Person
from db.upsert import put
from school import introductions, neighbourhoods, reminders, unasked
from school.neighbourhoods import Neighbourhood
from school.quiet import Quiet

MOST = 200  # letters of the sentence
OTHER = "other"  # a topic that is none of the questionnaire's
_SHOWN = dt.timedelta(days=60)
_ASKED = dt.timedelta(days=53)  # then it is asked whether it shall stay
# How somebody could be reached, or led elsewhere: that is for later, and for both.
_ADDRESS = re.compile(r"@\w|://|\bwww\.|\bt\.me\b|\d(?:[\s./()-]{0,2}\d){6}", re.IGNORECASE)

Places: TypeAlias = Mapping[str, Neighbourhood]


def of(session: Session, person: Person) -> Card | None:
    """The card that somebody shows."""
    return session.get(Card, person.id)


def is_alone(session: Session, person: Person) -> bool:
    """Whether somebody is in no group."""
    query = select(Member.person_id).where(Member.person_id == person.id)
    return session.scalar(query) is None


def names_an_address(words: str) -> bool:
    """Whether a sentence says where its person is to be reached."""
    return _ADDRESS.search(words) is not None


def show(
    session: Session, person: Person, place: str, field: str, words: str, now: dt.datetime
) -> None:
    """Show a card, in the place of the one that there was."""
    said = {"place": place, "field": field, "words": words}
    put(session, Card, ("person_id",), person_id=person.id, **said, at=now)


def keep(card: Card, now: dt.datetime) -> None:
    """It is shown anew from now on."""
    card.at = now


def until(card: Card) -> dt.datetime:
    """When it goes by itself."""
    return card.at + _SHOWN


def take_down(session: Session, person: Person) -> bool:
    """Take a card down: nobody waits for an answer to it any longer. False where there is none."""
    introductions.withdraw(session, person)
    gone = delete(Card).where(Card.person_id == person.id).returning(Card.person_id)
    return session.scalar(gone) is not None


def is_shown(card: Card | None, now: dt.datetime) -> bool:
    """Whether a card's time is not over."""
    return card is not None and now < until(card)


def others(
    session: Session, own: Card, known: tuple[Neighbourhood, ...], now: dt.datetime
) -> Sequence[Card]:
    """The cards that somebody with a card can read, the nearest first."""
    query = select(Card).where(Card.person_id != own.person_id, *_in_sight(now))
    found = session.scalars(query.where(introductions.in_sight(own.person_id)))
    return ordered(own, list(found), known)


def of_number(session: Session, number: int, now: dt.datetime) -> Card | None:
    """The card of somebody who still looks for company, whoever may see it."""
    return session.scalars(select(Card).where(Card.person_id == number, *_in_sight(now))).first()


def other(session: Session, own: Card, number: int, now: dt.datetime) -> Card | None:
    """One of them, by its person's number."""
    query = select(Card).where(Card.person_id == number, Card.person_id != own.person_id)
    return session.scalars(
        query.where(*_in_sight(now), introductions.in_sight(own.person_id))
    ).first()


def _in_sight(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    reachable = exists().where(Person.id == Card.person_id, Person.unreachable_at.is_(None))
    return Card.at > now - _SHOWN, reachable, ~exists().where(Member.person_id == Card.person_id)


def ordered(own: Card, cards: Sequence[Card], known: tuple[Neighbourhood, ...]) -> Sequence[Card]:
    """The same neighbourhood first, then the same district, then what is nearer; of these the same
    topic first, and the newest.
    """
    places = neighbourhoods.by_id(known)

    def rank(card: Card) -> tuple[int, bool, float, float]:
        here, there = places.get(own.place), places.get(card.place)
        near = next(step for step, holds in enumerate(_NEAR) if holds(own, card, places))
        apart = neighbourhoods.apart(here, there) if here and there else 0.0
        return near, card.field != own.field, apart, -card.at.timestamp()

    return sorted(cards, key=rank)


def _one_district(own: Card, card: Card, places: Places) -> bool:
    here, there = places.get(own.place), places.get(card.place)
    return here is not None and there is not None and bool({*here.municipi} & {*there.municipi})


# How near two cards are: the first that holds.
_NEAR: Sequence[Callable[[Card, Card, Places], bool]] = (
    lambda own, card, _places: own.place == card.place,
    _one_district,
    lambda own, card, places: own.place in places and card.place in places,
    lambda _own, _card, _places: True,
)


def over(session: Session, now: dt.datetime) -> Sequence[Person]:
    """Those whose card's time is over, or who are in a group by now."""
    grouped = exists().where(Member.person_id == Card.person_id)
    query = select(Person).join(Card, Card.person_id == Person.id)
    return list(session.scalars(query.where((Card.at <= now - _SHOWN) | grouped)))


def to_ask(
    session: Session, a_day: int, now: dt.datetime, quiet: Quiet
) -> Sequence[tuple[Person, Card]]:
    """Those who are to be asked whether their card shall stay, of whom nobody heard too much
    today; whether they were asked before, the key says.
    """
    if reminders.is_quiet(quiet, now):
        return []
    heard = unasked.heard_since(unasked.moment("today"))
    query = (
        select(Person, Card)
        .join(Card, Card.person_id == Person.id)
        .where(Card.at <= now - _ASKED, Card.at > now - _SHOWN)
        .where(Person.unreachable_at.is_(None), heard < a_day)
    )
    found = session.execute(query, {"today": reminders.midnight(now, quiet.zone)})
    return [(person, card) for person, card in found]


def key(card: Card) -> str:
    """What the question is known by, once for each time that a card is shown."""
    return f"card:{card.person_id}:{card.at:%Y-%m-%d}"
