"""Phrases become words only when they are sent: escaped, in one language, in its direction."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.translator import SOURCE, Words, words
from school.phrases import as_html, as_text, bold, joined, lines, linked, paragraphs, t, tn
from school.wording import listed

ENGLISH = words(SOURCE)
ARABIC = Words("ar", right_to_left=True)


@given(st.text())
def test_somebody_s_own_words_are_escaped_in_a_text_and_whole_in_a_label(own: str) -> None:
    assert html.unescape(as_html(own, ENGLISH)) == html.unescape(html.escape(own, quote=False))
    assert as_text(own, ENGLISH) == own


def test_signs_of_html_do_no_harm() -> None:
    assert as_html(t("I read: “%(words)s”", words="<b>&"), ENGLISH) == "I read: “&lt;b&gt;&amp;”"


def test_percent_signs_in_parameters_and_texts_stay() -> None:
    assert as_html(t("I read: “%(words)s”", words="100% %(name)s"), ENGLISH) == (
        "I read: “100% %(name)s”"
    )
    assert as_html("100%", ENGLISH) == "100%"


def test_a_link_is_markup_in_texts_only() -> None:
    phrase = linked(t("Hello %(name)s", name="Ada <3"), 'tg://user?id=1&x="<b>')
    link = '<a href="tg://user?id=1&amp;x=&quot;&lt;b&gt;">Hello Ada &lt;3</a>'
    assert as_html(phrase, ENGLISH) == link
    assert as_text(phrase, ENGLISH) == "Hello Ada <3"


def test_bold_is_markup_in_texts_only() -> None:
    phrase = bold(t("Hello %(name)s", name="Ada <3"))
    assert as_html(phrase, ENGLISH) == "<b>Hello Ada &lt;3</b>"
    assert as_text(phrase, ENGLISH) == "Hello Ada <3"


def test_lines_leave_out_what_is_none_and_paragraphs_what_is_empty() -> None:
    assert as_text(lines("a", None, "b"), ENGLISH) == "a\nb"
    assert as_text(paragraphs("a", None, "", "b"), ENGLISH) == "a\n\nb"
    assert as_text(joined(", ", "a", "b"), ENGLISH) == "a, b"


def test_a_count_chooses_its_form() -> None:
    said = [as_text(tn("%(count)s file", "%(count)s files", n), ENGLISH) for n in (0, 1, 2)]
    assert said == ["0 files", "1 file", "2 files"]


def test_arabic_has_its_six_forms() -> None:
    singular, plural = "%(count)s file is with your idea.", "%(count)s files are with your idea."
    forms = {words("ar").many(singular, plural, count) for count in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6


def test_names_and_numbers_are_isolated_in_right_to_left_sentences() -> None:
    phrase = t("%(part)s · %(number)s of %(total)s", part="Utile", number=2, total=4)
    assert as_html(phrase, ARABIC) == "\u200f\u2068Utile\u2069 · 2 of 4"
    assert as_html(phrase, ENGLISH) == "Utile · 2 of 4"


def test_a_name_from_the_right_does_not_turn_a_sentence_from_the_left() -> None:
    phrase = t("%(name)s, %(day)s", name="أمينة", day="20 nov")
    assert as_html(phrase, ENGLISH) == "\u200e\u2068أمينة\u2069, 20 nov"
    assert as_html(t("Remind %(name)s", name="أمينة"), ENGLISH) == "Remind \u2068أمينة\u2069"


def test_a_phrase_is_plain_data_so_that_a_row_can_keep_it() -> None:
    phrase = paragraphs(bold(tn("%(count)s file", "%(count)s files", 2)), t("x %(y)s", y="z"))
    assert json.loads(json.dumps(phrase)) == phrase


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("it", "Dergano, Isola"),
        ("zh", "Dergano、Isola"),
        ("ar", "\u2068Dergano\u2069 و\u2068Isola\u2069"),
    ],
)
def test_a_row_of_names_reads_in_the_direction_of_its_language(language: str, row: str) -> None:
    assert listed(["Dergano", "Isola"], language) == row
    assert listed(["Isola"], language) == "Isola"


def test_a_name_from_the_right_keeps_its_place_in_a_row_from_the_left() -> None:
    assert listed(["أمينة", "Bea"], "it") == "\u2068أمينة\u2069, Bea"
