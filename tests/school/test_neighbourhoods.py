"""A neighbourhood is found as people name it."""

import pytest

from school.loading import load
from school.neighbourhoods import by_id, in_municipio, municipi, nearest, plain, search

PLACES = load().neighbourhoods


def found(words: str) -> list[str]:
    return [place.label for place in search(PLACES, words)]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_each_is_the_first_found_by_its_own_name(place: object) -> None:
    label = getattr(place, "label", "")
    assert found(label)[0] == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("dergano", "Dergano"),
        ("DERGANO!", "Dergano"),
        ("a Dergano", "Dergano"),
        ("zona Dergano", "Dergano"),
        ("Via Imbonati 12", "Dergano"),
        ("citta studi", "Città Studi"),
        ("Citta' Studi", "Città Studi"),
        ("piazza Duomo", "Duomo"),
        ("vicino alla stazione centrale", "Stazione Centrale"),
        ("NoLo", "Loreto - NoLo"),
        ("22 marzo", "XXII Marzo"),
    ],
)
def test_other_spellings_and_words_around_it(words: str, label: str) -> None:
    assert found(words)[0] == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("dergno", "Dergano"),
        ("Quarto Ogiaro", "Quarto Oggiaro"),
        ("giambelino", "Giambellino"),
        ("gratosolio", "Gratosoglio"),
        ("bagio", "Baggio"),
        ("zona dergno", "Dergano"),
    ],
)
def test_typing_errors(words: str, label: str) -> None:
    assert found(words)[0] == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("دومو", "Duomo"),
        ("ديرغانو", "Dergano"),
        ("حي ديرغانو", "Dergano"),
        ("德尔加诺", "Dergano"),
        ("德尔加诺区", "Dergano"),
        ("我住在唐人街", "Paolo Sarpi"),
        ("中央车站", "Stazione Centrale"),
    ],
)
def test_names_in_arabic_and_chinese(words: str, label: str) -> None:
    assert found(words)[0] == label


def test_several_names_in_one_text() -> None:
    assert sorted(found("Dergano, Isola")) == ["Dergano", "Isola"]
    assert sorted(found("Dergano e Isola")) == ["Dergano", "Isola"]


@pytest.mark.parametrize(
    "words",
    ["piazza", "via", "quartiere", "zona", "the street", "", "  ", "??", "pizza", "Timbuktu", "e"],
)
def test_words_that_name_no_place_find_none(words: str) -> None:
    assert found(words) == []


def test_a_name_that_several_share_finds_them_all() -> None:
    assert {"Quarto Oggiaro", "Quarto Cagnino"} <= set(found("quarto"))


def test_at_most_six_are_shown() -> None:
    assert len(found("parco")) == 6


def test_the_three_nearest_to_a_position() -> None:
    labels = [place.label for place in nearest(PLACES, 45.50206, 9.17791)]
    assert len(labels) == 3
    assert labels[0] == "Dergano"


def test_a_border_case_lies_in_both_districts() -> None:
    greco = by_id(PLACES)["13"]
    assert greco in in_municipio(PLACES, "2")
    assert greco in in_municipio(PLACES, "9")


def test_districts_are_in_their_order() -> None:
    assert municipi(PLACES) == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]


def test_plain_is_without_accents_case_and_signs() -> None:
    assert plain("  Ca' Granda – CITTÀ! ") == "ca granda citta"
