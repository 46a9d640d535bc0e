"""Answers in the words of whoever reads them: options by their label, numbers and dates as usual
there.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from school.loading import School
from school.neighbourhoods import by_id
from school.phrases import Phrase, from_the_right, isolated, joined, t, tn
from school.questionnaire import Question
from school.settings import Sort
from school.sheet import SKIPPED, UNKNOWN, Given, chosen_of
from school.texts import in_language

CHECKS: dict[Sort, Phrase] = {
    "strong": t("Strong"),
    "missing": t("Missing"),
    "question": t("A tutor may ask"),
    "example": t("For example"),
}
# CLDR's dates of a language without a country are those of its largest one.
_DATES = {"en": "en_GB"}


def number(school: School, language: str, question: Question, value: str | int | Decimal) -> str:
    """An amount of a question, with its unit."""
    amount = Decimal(value)
    if question.kind == "money":
        shown = format_currency(amount, school.settings.currency, locale=language)
        return re.sub(r"\D00(?!\d)", "", shown) if amount == amount.to_integral_value() else shown
    if question.kind == "percent":
        return format_percent(amount / 100, locale=language, decimal_quantization=False)
    return format_decimal(amount, locale=language)


def option(school: School, language: str, question: Question, key: str) -> str:
    """The label of an option, a ready answer or a neighbourhood; its key if it is gone."""
    label = question.options.get(key) or question.ready.get(key)
    if label:
        return in_language(label, language)
    place = by_id(school.neighbourhoods).get(key)
    return place.label if place else key


def answer(school: School, language: str, question: Question, given: Given) -> Phrase:
    """A finished answer, whole."""
    if given.status == UNKNOWN:
        return t("I don't know yet")
    if given.status == SKIPPED:
        return t("skipped")
    value = given.value
    if "number" in value:
        plus = question.quick_plus and value["number"] == str(question.quick[-1])
        return number(school, language, question, str(value["number"])) + ("+" if plus else "")
    if "files" in value:
        return tn("%(count)s file", "%(count)s files", len(cast("list[int]", value["files"])))
    if "text" in value and "ready" not in value:
        return _words(str(value["text"]), len(cast("list[int]", value.get("voices", []))))
    keys = [key for key in chosen_of(value) if key != "other"]
    own = [str(value["other"])] if value.get("other") else []
    return listed([*(option(school, language, question, key) for key in keys), *own], language)


def listed(items: Sequence[str], language: str) -> str:
    """Items in a row, with what a language has between them. From right to left each keeps its own
    direction, as neighbourhoods have Latin names.
    """
    shown = [apart(item, language) for item in items] if len(items) > 1 else items
    return between(language).join(shown)


def between(language: str) -> str:
    """What a language has between items in a row: a comma, or its word for "and"."""
    return Locale.parse(language).list_patterns["standard"]["middle"].format("", "")


def apart(item: str, language: str) -> str:
    """One of several in a row: what is written from right to left, or stands in such a row, keeps
    its own direction.
    """
    mixed = Locale.parse(language).text_direction == "rtl" or from_the_right(item)
    return isolated(item) if mixed else item


def dates(language: str) -> str:
    """Whose way it is to write a date in a language: Europe's."""
    return _DATES.get(language, language)


def day(at: dt.date, language: str) -> str:
    """A day with its weekday, the day before the month as in Europe."""
    return format_date(at, "full", locale=dates(language))


def short_day(at: dt.date, language: str) -> str:
    """A short form of a day, without its year."""
    return format_skeleton("MMMd", at, locale=dates(language))


def moment(at: dt.datetime, language: str) -> str:
    """A short form of a day, without its year, and the time, of an aware time in its own zone."""
    locale = dates(language)
    parts = (format_skeleton(part, at, tzinfo=at.tzinfo, locale=locale) for part in ("MMMd", "Hm"))
    return ", ".join(parts)


def percent(amount: int, language: str) -> str:
    """A share of a hundred."""
    return format_percent(amount / 100, locale=language)


def _words(text: str, voices: int) -> Phrase:
    spoken = tn("a voice message", "%(count)s voice messages", voices) if voices else None
    return joined("\n", *(part for part in (text or None, spoken) if part))
