"""What a certificate says, without paper."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from locales.translator import words
from school.certificates import Attended, Certificate, Printer, length
from school.phrases import as_text
from tests.school.answers import SCHOOL

LAB = Attended(
    "From an idea to a project",
    [dt.datetime(2026, 12, 5, 17, tzinfo=dt.UTC), dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC)],
    300,
)
TALK = Attended("Open evening", [dt.datetime(2026, 3, 1, 17, tzinfo=dt.UTC)], 90)
ONE = Certificate(
    "Ada Lovelace",
    [TALK],
    "K7R2M",
    "quartieri_bot",
    "https://t.me/quartieri_bot?start=verify-K7R2M",
    dt.datetime(2026, 12, 20, 23, 30, tzinfo=dt.UTC),
)
YEAR = replace(ONE, attended=[TALK, LAB], year=2026)


def page(certificate: Certificate, language: str = "en") -> Any:
    return Printer(SCHOOL, words(language)).page(certificate)


def days(language: str, *certificates: Certificate) -> list[str]:
    """The days of the last event of each, with plain spaces."""
    return [
        page(certificate, language)["events"][-1]["days"].replace("\N{NO-BREAK SPACE}", " ")
        for certificate in certificates
    ]


def test_it_says_who_took_part_in_what_and_how_to_check_it() -> None:
    said = page(ONE)
    assert said["check"].pop("picture").startswith("<svg")
    assert said == {
        "school": "The School of Neighbourhoods",
        "kind": "Certificate of attendance",
        "given_to": "This certificate is given to",
        "holder": "Ada Lovelace",
        "taking_part": "for taking part in",
        "events": [
            {
                "title": "Open evening",
                "days": "Sunday,\xa01\xa0March\xa02026",
                "hours": "1 hour and 30 minutes",
            }
        ],
        "total": None,
        "issued": "Given on 21 December 2026",
        "check": {
            "code": "Code K7R2M",
            "how": "To check this certificate, point a phone's camera at the square. "
            "Or write /verify K7R2M to @quartieri_bot on Telegram.",
            "without": "Without Telegram, call +39 02 0000 0000.",
        },
    }


def test_a_year_lists_its_events_with_all_hours_together() -> None:
    said = page(YEAR)
    assert said["taking_part"] == "for taking part in these meetings in 2026"
    assert [(row["title"], row["hours"]) for row in said["events"]] == [
        ("Open evening", "1 hour and 30 minutes"),
        ("From an idea to a project", "5 hours"),
    ]
    assert said["total"] == {"label": "Together", "hours": "6 hours and 30 minutes"}


@pytest.mark.parametrize(
    ("language", "one", "several", "of_a_year"),
    [
        ("it", "domenica 1 marzo 2026", "28 novembre 2026, 5 dicembre 2026", "28 nov, 5 dic"),
        ("en", "Sunday, 1 March 2026", "28 November 2026, 5 December 2026", "28 Nov, 5 Dec"),
        ("zh", "2026年3月1日星期日", "2026年11月28日、2026年12月5日", "11月28日、12月5日"),
    ],
)
def test_days_are_in_words_and_in_their_order(
    language: str, one: str, several: str, of_a_year: str
) -> None:
    lab = replace(ONE, attended=[LAB])
    assert days(language, ONE, lab, YEAR) == [one, several, of_a_year]


def test_a_day_is_the_schools_and_said_once() -> None:
    late = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    twice = Attended("Two on one day", [late, late + dt.timedelta(hours=2)], 60)
    assert days("en", replace(ONE, attended=[twice])) == ["Monday, 2 March 2026"]


@pytest.mark.parametrize(
    ("minutes", "italian", "arabic"),
    [
        (30, "30 minuti", "30 دقيقة"),
        (60, "1 ora", "ساعة واحدة"),
        (61, "1 ora e 1 minuto", "\u200f\u2068ساعة واحدة\u2069 و\u2068دقيقة واحدة\u2069"),
        (120, "2 ore", "ساعتان"),
        (6000, "100 ore", "100 ساعة"),
        (0, "0 ore", "لا ساعات"),
    ],
)
def test_hours_are_said_as_one_says_them(minutes: int, italian: str, arabic: str) -> None:
    said = length(minutes)
    assert [as_text(said, words(language)) for language in ("it", "ar")] == [italian, arabic]


def test_names_are_one_line_as_they_were_typed() -> None:
    said = page(
        replace(ONE, holder=" # Ada\n *Lovelace* <b> ", attended=[replace(TALK, title="a\tb")])
    )
    assert (said["holder"], said["events"][0]["title"]) == ("# Ada *Lovelace* <b>", "a b")


def test_its_file_is_named_by_its_code() -> None:
    names = [Printer(SCHOOL, words(language)).file_name(ONE) for language in ("it", "ar")]
    assert names == ["attestato-K7R2M.pdf", "shahada-K7R2M.pdf"]
