"""Words that residents never meet, and sentences that can be read in one breath."""

import math
import re

import pytest

from locales.translator import words
from tests.texts.catalogs import TRANSLATED, content, program

MOST_WORDS = 20
BEGUN = (
    "%(name)s answered this meanwhile: %(answer)s",
    "%(name)s answered “%(question)s” meanwhile.",
    "%(name)s answered: %(answer)s",
    "%(name)s asks you to change something. It is with you now.",
    "%(name)s asks you to change something:",
    "%(name)s asks: may the sheet go to a tutor?",
    "%(name)s changed the answer to “%(question)s”.",
    "%(name)s gave your sheet this title: %(title)s",
    "%(name)s has joined your group.",
    "%(name)s has left your group.",
    "%(name)s has taken it.",
    "%(name)s has taken the sheet back. Tutors see it no more.",
    "%(name)s is at this question too.",
    "%(name)s is no longer in your group.",
    "%(name)s is reading the sheet.",
    "%(name)s leads the group now.",
    "%(name)s leads the group.",
    "%(name)s leaves it for now: the sheet stays with you.",
    "%(name)s says: it is ready to send.",
    "%(name)s would rather wait, so the sheet stays with you.",
)
_FORBIDDEN = re.compile(
    r"\b(drafts?|dossiers?|hand-?offs?|stages?|check-?ins?|broadcasts?|slots?|eligib\w+|likely)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?؟](?=[\s»”)\]]|$)|[。！？]|\n")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_A_WORD = 1.6  # signs that a Chinese word has on average: it writes without spaces
# French has a space before these signs that never breaks, so that none begins a line.
_LOOSE_SIGN = re.compile(" [:;?!»]|« ")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def count(sentence: str) -> int:
    """The words of a sentence; Chinese ones by its signs."""
    others = _HAN.sub(" ", sentence).split()
    chinese = math.ceil(len(_HAN.findall(sentence)) / _HAN_A_WORD)
    return chinese + len([word for word in others if any(char.isalnum() for char in word)])


def test_a_sentence_ends_at_its_stop_and_at_the_end_of_a_line() -> None:
    assert sentences("One (two). “Three!” At 16.30\nfour") == [
        "One (two)",
        "“Three",
        "” At 16.30",
        "four",
    ]


def test_no_word_of_the_office_reaches_a_resident() -> None:
    assert [said for said in (*program(), *content()) if _FORBIDDEN.search(said.text)] == []


def test_chinese_is_counted_by_its_signs() -> None:
    assert count("导师是学校里的人") == 5
    assert count("我们在 Dergano 开一间屋子") == 5 + 1


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_a_sentence_has_twenty_words_at_most(language: str) -> None:
    too_long = [
        (said.where, sentence)
        for said in (*program(), *content())
        if said.language == language
        for sentence in sentences(said.text)
        if count(sentence) > MOST_WORDS
    ]
    assert too_long == []


def test_a_french_sign_never_begins_a_line() -> None:
    french = [said for said in (*program(), *content()) if said.language == "fr"]
    assert [said for said in french if _LOOSE_SIGN.search(said.text)] == []


@pytest.mark.parametrize("language", ["it", "es", "fr"])
def test_who_may_have_no_name_stands_where_a_sentence_begins(language: str) -> None:
    """Else "Somebody" and "A tutor", which begin one, would have a capital inside it."""
    said = words(language)
    assert [one for one in BEGUN if not said.one(one).startswith("%(name)s ")] == []
