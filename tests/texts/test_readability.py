"""The Italian is plain, by Gulpease: 89 + (300 * sentences - 10 * letters) / words, from 0 to 100;
60 and more is read with ease by whoever has been to school for eight years.

Counted is every Italian text of the program and of the school, without its parameters and tags.
One of eight words or more is judged by itself: none may be below 45. Shorter ones (labels, names,
one short question) say nothing alone, as one long word makes or breaks them: they are left out of
the average too, which they would only raise. The figures are written to var/readability.txt.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.texts.catalogs import Said, content, program
from tests.texts.test_wording import sentences

LEAST, AVERAGE, ENOUGH_WORDS = 45, 60, 8
REPORT = Path(__file__).parents[2] / "var" / "readability.txt"
_PARAMETER_OR_TAG = re.compile(r"%\(\w+\)s|<[^>]*>|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")


class Judged(NamedTuple):
    """A text with its index."""

    gulpease: float
    said: Said


def plain(text: str) -> str:
    """A text without what stands for something else."""
    return _PARAMETER_OR_TAG.sub(" ", text)


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def gulpease(text: str) -> float:
    found = words(text)
    letters = sum(map(len, found))
    ended = sum(bool(words(sentence)) for sentence in sentences(plain(text)))
    return min(100, 89 + (300 * ended - 10 * letters) / len(found))


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    italian = [said for said in (*program(), *content()) if said.language == "it"]
    long = [said for said in italian if len(words(said.text)) >= ENOUGH_WORDS]
    return sorted(Judged(gulpease(said.text), said) for said in long)


def test_the_index_is_counted_as_its_formula_says() -> None:
    idea = "Una buona idea è utile, nuova per il quartiere e <b>sostenibile</b>. %(words)s"
    assert gulpease(idea) == 89 + (300 - 10 * 49) / 11


def test_no_italian_text_is_hard_to_read(judged: list[Judged]) -> None:
    assert [text for text in judged if text.gulpease < LEAST] == []


def test_the_italian_is_easy_to_read_on_average(judged: list[Judged]) -> None:
    average = sum(text.gulpease for text in judged) / len(judged)
    least = judged[0].gulpease
    figures = f"Gulpease of {len(judged)} Italian texts: {average:.1f}, the least {least:.1f}"
    hardest = [f"{text.gulpease:.1f} {text.said.where}: {text.said.text}" for text in judged[:10]]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join([figures, "", "The ten hardest:", *hardest, ""]), encoding="utf-8")
    assert average >= AVERAGE
