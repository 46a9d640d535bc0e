"""Sheets to judge, without a database."""

from typing import Any

from school.loading import load
from school.sheet import Given, Sheet

SCHOOL = load()


def sheet(stage: str | None = "project", **given: Any) -> Sheet:
    """A sheet with these answers: a value, or a status where a word is given."""
    all_given = ({"stage": {"choice": stage}} if stage else {}) | given
    return Sheet(SCHOOL.questionnaire, {key: answer(value) for key, value in all_given.items()})


def answer(value: Any) -> Given:
    """One answer."""
    status = value if isinstance(value, str) else "answered"
    words: dict[str, Any] = {} if isinstance(value, str) else value
    return Given(status, words)


def text(words: str, *voices: int) -> dict[str, Any]:
    """The value of a text answer."""
    return {"text": words, "voices": list(voices)}


def choices(*keys: str, other: str = "") -> dict[str, Any]:
    """The value of an answer of several."""
    return {"choices": list(keys), "other": other}
