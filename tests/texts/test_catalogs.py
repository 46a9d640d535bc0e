"""Every catalog is whole, and says in its language what the English says, no more and no less."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from babel import Locale
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from emulator.entities.html import parse_html
from locales import gather
from locales.translator import SOURCE, available, catalog, words
from school.loading import load
from tests.texts.catalogs import TRANSLATED, messages, program, texts

_PARAMETER = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"</?([a-z-]+)[^>]*>")
_SLASH_FORM = re.compile(r"\w/\w|\w\(\w{1,3}\)|\w[*ə](?:\s|$)")


def parameters(text: str) -> set[str]:
    return set(_PARAMETER.findall(text))


def without_parameters(text: str) -> str:
    return _PARAMETER.sub("", text)


def tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def wrong(language: str, same: Callable[[str, str], bool]) -> list[Message]:
    """The messages of which one form has something else than the English has."""
    return [
        message
        for message in messages(language)
        if not all(same(form, texts(message, SOURCE)[-1]) for form in texts(message, language))
    ]


def test_every_language_of_the_school_has_a_catalog() -> None:
    assert set(load().languages) - set(available()) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_has_the_words_of_the_code_and_nothing_else(language: str) -> None:
    written = gather.path(language).read_text(encoding="utf-8")
    assert written == gather.up_to_date(language), "run: make words"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_untranslated_or_unsure(language: str) -> None:
    unfinished = [
        message.id
        for message in messages(language)
        if message.fuzzy or not all(form.strip() for form in texts(message, language))
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_parameters_of_its_english(language: str) -> None:
    """Only a count may be missing: Arabic has a word for one and for two of a thing."""

    def same(form: str, english: str) -> bool:
        return parameters(form) | {"count"} == parameters(english) | {"count"}

    assert wrong(language, same) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_count_is_missing_only_among_plurals(language: str) -> None:
    single = [message for message in messages(language) if not message.pluralizable]
    assert [m.id for m in single if parameters(str(m.string)) != parameters(str(m.id))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_but_named_parameters_begins_with_a_percent_sign(language: str) -> None:
    loose = [
        form
        for message in messages(language)
        for form in texts(message, language)
        if parameters(form) and "%" in without_parameters(form)
    ]
    assert loose == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_as_many_forms_as_the_language(language: str) -> None:
    forms = get_plural(Locale.parse(language)).num_plurals
    plurals = [message for message in messages(language) if message.pluralizable]
    assert catalog(language).num_plurals == forms
    assert {len(texts(message, language)) for message in plurals} == {forms}


def test_a_count_has_its_own_form_in_arabic() -> None:
    file, files = "%(count)s file", "%(count)s files"
    arabic = words("ar")
    assert [arabic.many(file, files, count) for count in (0, 1, 2, 3, 10, 11, 99, 100)] == [
        "لا ملفات",
        "ملف واحد",
        "ملفان",
        "%(count)s ملفات",
        "%(count)s ملفات",
        "%(count)s ملفًا",
        "%(count)s ملفًا",
        "%(count)s ملف",
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_tags_of_its_english(language: str) -> None:
    def same(form: str, english: str) -> bool:
        return tags(form) == tags(english)

    assert wrong(language, same) == []


def test_all_words_are_html_that_telegram_takes() -> None:
    """It raises at a tag that Telegram does not know or that is not closed."""
    plain = [parse_html(said.text)[0] for said in program()]
    assert [text for text in plain if "<" in text or ">" in text] == []


def test_nobody_is_spoken_to_in_two_genders_at_once() -> None:
    assert [said for said in program() if _SLASH_FORM.search(_TAG.sub("", said.text))] == []
