"""Answers in the words of whoever reads them: options by their label, numbers as usual there."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import cast

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent

from handlers.turn import Turn
from school.neighbourhoods import by_id
from school.phrases import Phrase, joined, t, tn
from school.questionnaire import Question
from school.sheet import SKIPPED, UNKNOWN, Given, chosen_of


def number(turn: Turn, question: Question, value: str | int | Decimal) -> str:
    """An amount of a question, with its unit."""
    amount, language = Decimal(value), turn.person.language
    if question.kind == "money":
        shown = format_currency(amount, turn.school.settings.currency, locale=language)
        return re.sub(r"\D00(?!\d)", "", shown) if amount == amount.to_integral_value() else shown
    if question.kind == "percent":
        return format_percent(amount / 100, locale=language, decimal_quantization=False)
    return format_decimal(amount, locale=language)


def option(turn: Turn, question: Question, key: str) -> str:
    """The label of an option, a ready answer or a neighbourhood; its key if it is gone."""
    label = question.options.get(key) or question.ready.get(key)
    if label:
        return turn.text(label)
    place = by_id(turn.school.neighbourhoods).get(key)
    return place.label if place else key


def answer(turn: Turn, question: Question, given: Given) -> Phrase:
    """A finished answer, whole."""
    if given.status == UNKNOWN:
        return t("I don't know yet")
    if given.status == SKIPPED:
        return t("skipped")
    value = given.value
    if "number" in value:
        plus = question.quick_plus and value["number"] == str(question.quick[-1])
        return number(turn, question, str(value["number"])) + ("+" if plus else "")
    if "files" in value:
        return tn("%(count)s file", "%(count)s files", len(cast("list[int]", value["files"])))
    if "text" in value and "ready" not in value:
        return _words(str(value["text"]), len(cast("list[int]", value.get("voices", []))))
    labels = [option(turn, question, key) for key in chosen_of(value) if key != "other"]
    own = [str(value["other"])] if value.get("other") else []
    return _listed([*labels, *own], turn.person.language)


def _listed(items: Sequence[str], language: str) -> str:
    """Items in a row, with what a language has between them: a comma, or its word for "and"."""
    between = Locale.parse(language).list_patterns["standard"]["middle"]
    return reduce(between.format, items) if items else ""


def _words(text: str, voices: int) -> Phrase:
    spoken = tn("a voice message", "%(count)s voice messages", voices) if voices else None
    return joined("\n", *(part for part in (text or None, spoken) if part))


def shortened(phrase: Phrase, most: int) -> Phrase:
    """A phrase that is somebody's words, cut at a word where it is long."""
    if isinstance(phrase, dict) and "j" in phrase:
        parts = cast("list[Phrase]", phrase["of"])
        return joined(", ", *(shortened(part, most) for part in parts))
    if not isinstance(phrase, str) or len(phrase) <= most:
        return phrase
    cut = phrase[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
