"""When a meeting is, in words. Now is Monday the 23rd of November 2026, 10:00 in Rome."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import moments
from school.date_words import LANGUAGES

ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
BUTTON = 24
H = "\u00a0h"


def at(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=ROME).astimezone(dt.UTC)


SIX, EIGHT, HALF_PAST = at(2026, 11, 28, 18), at(2026, 11, 28, 20), at(2026, 11, 28, 18, 30)
WORDS: dict[tuple[str, dt.datetime, dt.datetime | None], str] = {
    ("it", SIX, None): "sabato 28 novembre, ore 18",
    ("it", HALF_PAST, None): "sabato 28 novembre, ore 18:30",
    ("it", SIX, EIGHT): "sabato 28 novembre, ore 18-20",
    ("it", HALF_PAST, EIGHT): "sabato 28 novembre, ore 18:30-20:00",
    ("it", at(2027, 5, 1, 9), None): "sabato 1 maggio 2027, ore 9",
    ("it", at(2026, 11, 28, 8), at(2026, 11, 28, 12)): "sabato 28 novembre, ore 08:00-12:00",
    ("it", at(2026, 11, 28, 22), at(2026, 11, 29, 1)): "sabato 28 novembre, ore 22-1",
    ("it", SIX, at(2026, 11, 29)): "sabato 28 novembre, ore 18-24",
    ("it", SIX, at(2026, 11, 29, 17)): (
        "sabato 28 novembre, ore 18 – domenica 29 novembre, ore 17"
    ),
    ("it", at(2026, 12, 31, 22), at(2027, 1, 1, 12)): (
        "giovedì 31 dicembre, ore 22 – venerdì 1 gennaio 2027, ore 12"
    ),
    ("it", SIX, SIX): "sabato 28 novembre, ore 18",
    ("en", SIX, None): "Saturday 28 November, 18:00",
    ("en", SIX, EIGHT): "Saturday 28 November, 18:00–20:00",
    ("en", at(2027, 5, 1, 8, 30), None): "Saturday 1 May 2027, 08:30",
    ("es", SIX, None): "sábado 28 de noviembre, 18:00 h",
    ("es", SIX, EIGHT): "sábado 28 de noviembre, 18:00-20:00 h",
    ("es", at(2027, 5, 1, 8, 30), None): "sábado 1 de mayo de 2027, 08:30 h",
    ("fr", SIX, None): f"samedi 28 novembre, 18{H}",
    ("fr", HALF_PAST, EIGHT): f"samedi 28 novembre, de 18{H}\u00a030 à 20{H}",
    ("fr", at(2027, 5, 1, 8), None): f"samedi 1er mai 2027, 08{H}",
    ("fr", SIX, at(2026, 11, 29)): f"samedi 28 novembre, de 18{H} à 24{H}",
    ("ar", SIX, None): "السبت 28 نوفمبر، الساعة 18:00",
    ("ar", SIX, EIGHT): "السبت 28 نوفمبر، من 18:00 إلى 20:00",
    ("ar", at(2027, 5, 1, 8, 30), None): "السبت 1 مايو 2027، الساعة 08:30",
    ("zh", SIX, None): "11月28日星期六 18:00",
    ("zh", SIX, EIGHT): "11月28日星期六 18:00–20:00",
    ("zh", at(2027, 5, 1, 8, 30), None): "2027年5月1日星期六 08:30",
    ("de", SIX, None): "Samstag, 28. November 2026, 18:00",
}


@pytest.mark.parametrize(("language", "start", "end"), WORDS)
def test_a_meeting_is_said_as_people_write_it(
    language: str, start: dt.datetime, end: dt.datetime | None
) -> None:
    assert moments.in_words(language, ROME, start, NOW, end) == WORDS[language, start, end]


NEAR = {
    "it": ("oggi, ore 18", "domani, ore 18-20"),
    "en": ("today, 18:00", "tomorrow, 18:00–20:00"),
    "es": ("hoy, 18:00 h", "mañana, 18:00-20:00 h"),
    "fr": (f"aujourd'hui, 18{H}", f"demain, de 18{H} à 20{H}"),
    "ar": ("اليوم، الساعة 18:00", "غدًا، من 18:00 إلى 20:00"),
    "zh": ("今天 18:00", "明天 18:00–20:00"),
    "de": ("Montag, 23. November 2026, 18:00", "Dienstag, 24. November 2026, 18:00–20:00"),
}


@pytest.mark.parametrize("language", NEAR)
def test_today_and_tomorrow_are_called_so(language: str) -> None:
    today, tomorrow = at(2026, 11, 23, 18), at(2026, 11, 24, 18)
    until = tomorrow + dt.timedelta(hours=2)
    assert NEAR[language] == (
        moments.near(language, ROME, today, NOW),
        moments.near(language, ROME, tomorrow, NOW, until),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_days_are_said_whole(language: str) -> None:
    later = at(2026, 11, 25, 18)
    assert moments.near(language, ROME, later, NOW) == moments.in_words(language, ROME, later, NOW)


def test_tomorrow_is_the_school_s_not_that_of_utc() -> None:
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    assert moments.near("it", ROME, at(2026, 11, 24, 18), late) == "oggi, ore 18"
    assert moments.day("it", ROME, late, NOW) == "martedì 24 novembre"


SHORT = {
    "it": "sab 28/11 18:00",
    "en": "Sat 28 Nov 18:00",
    "es": "sáb 28/11 18:00",
    "fr": "sam. 28/11 18:00",
    "ar": "السبت 28/11 18:00",
    "zh": "11月28日周六 18:00",
    "de": "Sa. 28/11 18:00",
}


@pytest.mark.parametrize("language", SHORT)
def test_a_button_says_it_shortly(language: str) -> None:
    assert moments.short(language, ROME, SIX) == SHORT[language]


@settings(deadline=None)  # the first word in a language waits for its names
@given(st.integers(min_value=0, max_value=365), st.sampled_from(LANGUAGES))
def test_a_button_s_words_fit_on_any_day(ahead: int, language: str) -> None:
    assert len(moments.short(language, ROME, SIX + dt.timedelta(days=ahead))) <= BUTTON
