"""Which card is read first, and what a card's sentence may not say."""

import datetime as dt

import pytest

from db.groups import Card
from school.company import names_an_address, ordered
from school.loading import load
from school.neighbourhoods import apart, by_id

PLACES = load().neighbourhoods
NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
ID = {place.label: place.id for place in PLACES} | {"city": "city", "elsewhere": "elsewhere"}


def card(place: str, field: str = "sport", hours: int = 0) -> Card:
    return Card(place=ID[place], field=field, words="", at=NOW + dt.timedelta(hours=hours))


def order(own: Card, *cards: Card) -> list[int]:
    """The cards' places in the order in which they are read."""
    return [cards.index(one) for one in ordered(own, cards, PLACES)]


def test_the_same_neighbourhood_comes_before_the_same_district_before_what_is_nearer() -> None:
    own = card("Dergano")
    assert order(own, card("city"), card("Baggio"), card("Bovisa"), card("Dergano")) == [3, 2, 1, 0]


def test_in_the_same_neighbourhood_the_same_topic_comes_first_and_then_the_newest() -> None:
    own = card("Dergano")
    others = (card("Dergano", "care", 9), card("Dergano", hours=1), card("Dergano", hours=2))
    assert order(own, *others) == [2, 1, 0]


def test_a_neighbourhood_comes_before_another_topic_elsewhere() -> None:
    own = card("Dergano")
    assert order(own, card("Bovisa"), card("Dergano", "care")) == [1, 0]


def test_of_other_districts_the_nearest_comes_first() -> None:
    own = card("Dergano")
    known = by_id(PLACES)
    far, near = card("Baggio"), card("Isola")
    home = known[own.place]
    assert apart(home, known[near.place]) < apart(home, known[far.place])
    assert order(own, far, near) == [1, 0]


@pytest.mark.parametrize("place", ["city", "elsewhere"])
def test_who_is_nowhere_in_particular_meets_the_like_first(place: str) -> None:
    assert order(card(place), card("Dergano"), card(place)) == [1, 0]


def test_a_neighbourhood_that_is_known_no_more_comes_last() -> None:
    gone = Card(place="gone", field="sport", words="", at=NOW)
    assert order(card("Dergano"), gone, card("Baggio")) == [1, 0]


@pytest.mark.parametrize(
    "words",
    [
        *("@ada", "write to @ada_1", "https://x.example", "WWW.x.it", "t.me/ada", "tg://x"),
        *("02 0000 0000", "333.123.45.67", "+39 (333) 1234567", "ada@x.it"),
    ],
)
def test_where_somebody_is_to_be_reached_is_seen(words: str) -> None:
    assert names_an_address(words)


@pytest.mark.parametrize(
    "words",
    [
        *("I can sew", "Saturday 28 at 18:00", "from 2026 on, 3 people", "10.30 - 12.00"),
        *("5 + 5 = 10", "Ada: 20 seats", "我会缝纫", "أخيط الملابس"),
    ],
)
def test_what_is_no_address_is_none(words: str) -> None:
    assert not names_an_address(words)
