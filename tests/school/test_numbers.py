"""Numbers as people write them, in the digits of all our scripts."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from school.numbers import read

LOCALES = ("it", "en", "ar", "fr", "de", "es", "de_CH", "hi", "zh", "ur", "bn", "fil")
# Zero of Arabic, Persian, Devanagari, Bengali, full-width and plain digits.
ZEROS = "٠۰०০０0"
WHOLE = st.integers(min_value=0, max_value=10**9)
CENTS = st.decimals(min_value=0, max_value=10**7, places=2)


def in_digits(text: str, zero: str) -> str:
    return text.translate({ord("0") + figure: chr(ord(zero) + figure) for figure in range(10)})


@given(WHOLE, st.sampled_from(ZEROS))
def test_plain_digits_of_any_script_are_certain(number: int, zero: str) -> None:
    assert read(in_digits(str(number), zero)) == [Decimal(number)]


@given(WHOLE, st.sampled_from(LOCALES))
def test_a_number_in_the_style_of_a_country_is_among_what_is_read(number: int, locale: str) -> None:
    assert Decimal(number) in read(format_decimal(number, locale=locale))


@given(CENTS, st.sampled_from(LOCALES))
def test_so_is_one_with_cents_and_it_is_certain(number: Decimal, locale: str) -> None:
    written = format_decimal(number, "#,##0.00", locale=locale)
    assert read(written) == [number]


@given(CENTS)
def test_arabic_signs_are_certain(number: Decimal) -> None:
    written = format_decimal(number, "#,##0.00", locale="ar_EG", numbering_system="arab")
    assert read(written) == [number]


@given(WHOLE, st.sampled_from(["{} euro", "€ {}", "€{}", "circa {}", "{}€", "{} يورو", "{}欧元"]))
def test_words_around_a_number_change_nothing(number: int, around: str) -> None:
    assert read(around.format(number)) == [Decimal(number)]


@given(st.integers(min_value=-(10**9), max_value=-1))
def test_a_minus_is_read(number: int) -> None:
    assert read(str(number)) == [Decimal(number)]


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_each_number_is_one(text: str) -> None:
    numbers = read(text)
    assert all(number.is_finite() for number in numbers)
    assert len(set(numbers)) == len(numbers)


@given(st.text(alphabet="0123456789٠١٢.,'’ -−k千万十mila٫٬", max_size=30))
def test_any_mixture_of_figures_and_signs_is_read_without_an_error(text: str) -> None:
    assert all(number.is_finite() for number in read(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2.000", ["2000", "2"]),
        ("3٫5.2", ["3", "5", "2"]),
        ("2,000", ["2000", "2"]),
        ("0.500", ["0.5"]),
        ("2.000,50", ["2000.5"]),
        ("1.234.567", ["1234567"]),
        ("12,50", ["12.5"]),
        ("3 o 4", ["3", "4"]),
        ("2-3", ["2", "3"]),
        ("10k", ["10000"]),
        ("2 mila", ["2000"]),
        ("5 ألف", ["5000"]),
        ("两千", ["2000"]),
        ("三万五千", ["35000"]),
        ("二〇二六", ["2026"]),
        ("十", ["10"]),
        ("a lot", []),
        ("", []),
    ],
)
def test_what_a_text_can_mean(text: str, numbers: list[str]) -> None:
    assert read(text) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("两千", ["2000"]),
        ("3万", ["30000"]),
        ("1.5万", ["15000"]),
        ("3百", ["300"]),
        ("十五", ["15"]),
        ("十万", ["100000"]),
        ("一百二", ["120"]),
        ("一百零二", ["102"]),
        ("三万五", ["35000"]),
        ("3万5", ["35000"]),
        ("3万500", ["30500"]),
        ("2万5千", ["25000"]),
        ("十二万三千四百五十六", ["123456"]),
        ("二〇二六", ["2026"]),
        ("我们俩", ["2"]),
        ("百分之五十", ["50"]),
        ("三成", ["30"]),
        ("第一年两千", ["2000"]),
        ("两千或者3万", ["2000", "30000"]),
        ("三四千", ["3000", "4000"]),
        ("十七八个", ["17", "18"]),
        ("七八个人", ["7", "8"]),
        ("几千", []),
        ("十几个", []),
        ("一半", []),
        ("我们一起做", []),
    ],
)
def test_chinese_is_read_as_it_is_said(text: str, numbers: list[str]) -> None:
    assert read(text) == [Decimal(number) for number in numbers]
