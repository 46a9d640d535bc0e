"""Words that residents never meet, and sentences that can be read in one breath."""

import re

import pytest

from tests.texts.catalogs import content, program

MOST_WORDS = 20
_FORBIDDEN = re.compile(
    r"\b(drafts?|dossiers?|hand-?offs?|stages?|check-?ins?|broadcasts?|slots?|eligib\w+|likely)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?؟](?=[\s»”)\]]|$)|\n")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def count(sentence: str) -> int:
    return len([word for word in sentence.split() if any(char.isalnum() for char in word)])


def test_a_sentence_ends_at_its_stop_and_at_the_end_of_a_line() -> None:
    assert sentences("One (two). “Three!” At 16.30\nfour") == [
        "One (two)",
        "“Three",
        "” At 16.30",
        "four",
    ]


def test_no_word_of_the_office_reaches_a_resident() -> None:
    assert [said for said in (*program(), *content()) if _FORBIDDEN.search(said.text)] == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_sentence_has_twenty_words_at_most(language: str) -> None:
    too_long = [
        (said.where, sentence)
        for said in (*program(), *content())
        if said.language == language
        for sentence in sentences(said.text)
        if count(sentence) > MOST_WORDS
    ]
    assert too_long == []
