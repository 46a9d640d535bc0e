"""Answers for the person of a turn: school/wording.py in the person's language, cut where long."""

from decimal import Decimal
from typing import cast

from babel import Locale

from handlers.turn import Turn
from school import wording
from school.phrases import Phrase, joined, t
from school.questionnaire import Question
from school.sheet import Given


def number(turn: Turn, question: Question, value: str | int | Decimal) -> str:
    """An amount of a question, with its unit."""
    return wording.number(turn.school, turn.person.language, question, value)


def option(turn: Turn, question: Question, key: str) -> str:
    """The label of an option, a ready answer or a neighbourhood; its key if it is gone."""
    return wording.option(turn.school, turn.person.language, question, key)


def answer(turn: Turn, question: Question, given: Given) -> Phrase:
    """A finished answer, whole."""
    return wording.answer(turn.school, turn.person.language, question, given)


def shortened(phrase: Phrase, most: int) -> Phrase:
    """A phrase that is somebody's words, cut at a word where it is long."""
    if isinstance(phrase, dict) and "j" in phrase:
        parts = cast("list[Phrase]", phrase["of"])
        return joined(", ", *(shortened(part, most) for part in parts))
    if not isinstance(phrase, str) or len(phrase) <= most:
        return phrase
    cut = phrase[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def too_long(length: int, most: int) -> Phrase:
    """A text does not fit."""
    return t(
        "Your text has %(length)s characters, and %(most)s fit here.", length=length, most=most
    )


def own_name(code: str) -> str:
    """A language's name in itself."""
    return (Locale.parse(code).get_language_name() or code).capitalize()
