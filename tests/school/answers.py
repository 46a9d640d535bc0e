"""Sheets to judge, without a database."""

import datetime as dt
from typing import Any

from db.tables import Answer
from school.loading import load
from school.sheet import Sheet

SCHOOL = load()
NOW = dt.datetime(2026, 11, 2, 18, 0, tzinfo=dt.UTC)


def sheet(stage: str | None = "project", **given: Any) -> Sheet:
    """A sheet with these answers: a value, or a status where a word is given."""
    all_given = ({"stage": {"choice": stage}} if stage else {}) | given
    return Sheet(
        SCHOOL.questionnaire, {key: answer(key, value) for key, value in all_given.items()}
    )


def answer(key: str, value: Any) -> Answer:
    """One answer."""
    status = value if isinstance(value, str) else "answered"
    words: dict[str, Any] = {} if isinstance(value, str) else value
    return Answer(idea_id=1, question=key, status=status, value=words, changed_at=NOW)


def text(words: str, *voices: int) -> dict[str, Any]:
    """The value of a text answer."""
    return {"text": words, "voices": list(voices)}


def choices(*keys: str, other: str = "") -> dict[str, Any]:
    """The value of an answer of several."""
    return {"choices": list(keys), "other": other}
