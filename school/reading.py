"""Turns what a person typed into the value of an answer, by the question's kind.

Nothing is guessed: what can be two things comes back as a doubt, to be asked.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from db.types import Json
from school.neighbourhoods import Neighbourhood, plain, search
from school.questionnaire import NUMBERS, Question

Value: TypeAlias = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Read:
    """A value, ready to be kept."""

    value: Value


@dataclass(frozen=True, slots=True)
class TooLong:
    """More characters than the question takes."""

    length: int
    most: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Several numbers that the text can mean."""

    numbers: list[Decimal]


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A number that the question does not take."""

    number: Decimal
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """Neighbourhoods that the text can mean."""

    places: list[Neighbourhood]


@dataclass(frozen=True, slots=True)
class Unread:
    """Nothing of use to this question."""


Reading: TypeAlias = Read | TooLong | Doubt | OutOfRange | Found | Unread


def read_text(question: Question, text: str) -> Reading:
    """A text question's answer; Telegram counts characters as Unicode does."""
    most = question.most or 0
    return TooLong(len(text), most) if len(text) > most else Read({"text": text, "voices": []})


def read_number(question: Question, numbers: list[Decimal]) -> Reading:
    """A number among those that a text can mean; only those the question takes are in doubt."""
    if question.kind == "number":
        numbers = [number for number in numbers if number == number.to_integral_value()]
    if not numbers:
        return Unread()
    fit = [number for number in numbers if in_range(question, number)]
    if len(fit) > 1:
        return Doubt(fit)
    if fit:
        return Read({"number": as_digits(fit[0])})
    return OutOfRange(numbers[0], question.least, question.most)


def in_range(question: Question, number: Decimal) -> bool:
    """Whether a question takes a number; a share is 100 at most."""
    most = (
        question.most if question.most is not None else 100 if question.kind == "percent" else None
    )
    return number >= question.least and (most is None or number <= most)


def as_digits(number: Decimal) -> str:
    """A number as it is stored: plain figures."""
    return format(number.normalize() + 0, "f")


def match_option(question: Question, text: str) -> str | None:
    """The option or ready answer whose label in any language is what was typed."""
    wanted = plain(text)
    for key, label in (question.options | question.ready).items():
        if wanted and wanted in {plain(words) for words in label.values()}:
            return key
    return None


def match_options(question: Question, text: str) -> tuple[list[str], str]:
    """Options typed with commas between them, and the rest that is none."""
    whole = match_option(question, text)
    if whole:
        return [whole], ""
    pieces = [
        piece.strip()
        for piece in text.replace("،", ",").replace("、", ",").replace(";", ",").split(",")
    ]
    found = [(piece, match_option(question, piece)) for piece in pieces if piece]
    keys = [key for _, key in found if key]
    return keys, ", ".join(piece for piece, key in found if not key) if keys else text.strip()


def toggled(question: Question, chosen: list[str], option: str, *, on: bool) -> list[str]:
    """The options after one was set or taken away; one that stands alone drops the others."""
    if not on:
        return [key for key in chosen if key != option]
    if option in chosen:
        return chosen
    if option in question.alone:
        return [option]
    kept = [key for key in chosen if key not in question.alone]
    return [*kept, option]


def find_places(places: tuple[Neighbourhood, ...], text: str) -> Reading:
    """The neighbourhoods that a text may name."""
    found = search(places, text)
    return Found(found) if found else Unread()


def is_number(question: Question) -> bool:
    """Whether a question takes a number of any kind."""
    return question.kind in NUMBERS
