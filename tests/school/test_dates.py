"""Dates as coordinators write them. Now is Monday the 23rd of November 2026, 10:00 in Rome."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import moments
from school.date_words import LANGUAGES
from school.dates import (
    Doubt,
    Meeting,
    Missing,
    NoSuchDay,
    NoSuchHour,
    Past,
    Read,
    Reading,
    Unread,
    read,
)

ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
ISOLATED = "\u2068{}\u2069"


def said(meetings: tuple[Meeting, ...]) -> str:
    """Meetings in Rome's time, in one line."""
    return "; ".join(one(meeting) for meeting in meetings)


def one(meeting: Meeting) -> str:
    start = meeting.start.astimezone(ROME)
    end = meeting.end.astimezone(ROME) if meeting.end else None
    day = end and (f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}")
    return f"{start:%Y-%m-%d %H:%M}" + (f" > {day}" if day else "")


def here(text: str) -> Reading:
    return read(text, NOW, ROME)


def choices(text: str) -> tuple[str, list[str]]:
    found = here(text)
    assert isinstance(found, Doubt)
    return found.about, [said(choice.meetings) for choice in found.choices]


SATURDAY = "2026-11-28 18:00"
TO_EIGHT = "2026-11-28 18:00 > 20:00"
TOMORROW = "2026-11-24 18:00"
THREE = "2026-11-28 18:00 > 20:00; 2026-12-05 18:00 > 20:00; 2026-12-12 18:00 > 20:00"
CERTAIN = {
    # Italian
    "sabato 28 ore 18": SATURDAY,
    "Sabato 28 novembre, ore 18": SATURDAY,
    "sab. 28 nov. h 18.30": "2026-11-28 18:30",
    "28/11 18:00": SATURDAY,
    "28/11 18": SATURDAY,
    "28-11 ore 18": SATURDAY,
    "28/11/26 ore 18:00": SATURDAY,
    "28.11.2026 18-20": TO_EIGHT,
    "28.11 18.30": "2026-11-28 18:30",
    "28 novembre alle 18 fino alle 20": TO_EIGHT,
    "28 novembre dalle 18 alle 20": TO_EIGHT,
    "dalle 18 alle 20 di sabato 28": TO_EIGHT,
    "28 novembre tra le 18 e le 20": TO_EIGHT,
    "Quando: sabato 28 novembre, 18-20": TO_EIGHT,
    "sabato ore 18-20": TO_EIGHT,
    "ore 18 di sabato 28": SATURDAY,
    "28 novenbre ore 18": SATURDAY,
    "sabbato 28 ore 18": SATURDAY,
    "domani alle 9.30": "2026-11-24 09:30",
    "domani 18:00": TOMORROW,
    "domani alle 06.00": "2026-11-24 06:00",
    "dopodomani alle 18": "2026-11-25 18:00",
    "stasera alle 8": "2026-11-23 20:00",
    "oggi ore 18": "2026-11-23 18:00",
    "oggi alle 6": "2026-11-23 18:00",
    "domani mattina dalle 9 alle 13": "2026-11-24 09:00 > 13:00",
    "domani mattina 11-1": "2026-11-24 11:00 > 13:00",
    "domani sera 8-10": "2026-11-24 20:00 > 22:00",
    "domani 9.10": "2026-11-24 09:10",
    "sabato 9.30": "2026-11-28 09:30",
    "ogni settimana da sabato 28/11 per tre volte, dalle 18 alle 20": THREE,
    "domani alle 6 e mezza di sera": "2026-11-24 18:30",
    "sabato sera 28 novembre ore 8": "2026-11-28 20:00",
    "domani a mezzogiorno": "2026-11-24 12:00",
    "5/6 ore 18": "2027-06-05 18:00",
    "il 3 ore 18": "2026-12-03 18:00",
    "il 31 ore 18": "2026-12-31 18:00",
    "mar 24 nov ore 18": TOMORROW,
    "24 mar ore 18": "2027-03-24 18:00",
    "giovedì 28 ore 18": "2027-01-28 18:00",
    "lunedì della prossima settimana ore 18": "2026-11-30 18:00",
    "lunedì alle 9": "2026-11-30 09:00",
    "28 novembre 22-2": "2026-11-28 22:00 > 2026-11-29 02:00",
    "28 novembre 18-24": "2026-11-28 18:00 > 2026-11-29 00:00",
    "28 novembre ore 18 per 2 ore": TO_EIGHT,
    "sabato 28, 5 e 12 dicembre ore 18-20": THREE,
    "sabato 28 e domenica 29 ore 18": "2026-11-28 18:00; 2026-11-29 18:00",
    "sabato 28 ore 18 e domenica 29 ore 10": "2026-11-28 18:00; 2026-11-29 10:00",
    "28/11, 5/12 e 12/12 ore 18-20": THREE,
    "ogni sabato dal 28/11 per 3 volte, 18-20": THREE,
    "ogni sabato dal 28/11 al 12/12 ore 18-20": THREE,
    "tutti i sabati dal 28 novembre, 3 incontri, dalle 18 alle 20": THREE,
    "12/12 18-20\n28/11 18-20; 5/12 18-20": THREE,
    # English
    "Saturday 28 Nov 6pm": SATURDAY,
    "Sat 28 Nov at 6 in the evening": SATURDAY,
    "November 28th, 2026, 6 p.m.": SATURDAY,
    "Nov 28, 6-8pm": TO_EIGHT,
    "Nov 28, 6pm - 8": TO_EIGHT,
    "28 November from 18 to 20": TO_EIGHT,
    "28/11 18:00 for 2 hours": TO_EIGHT,
    "28 Nov 11-1pm": "2026-11-28 11:00 > 13:00",
    "28 Nov 9-5pm": "2026-11-28 09:00 > 17:00",
    "tomorrow at half past 6 pm": "2026-11-24 18:30",
    "Dec 5, 12 and 19 at 18:00": "2026-12-05 18:00; 2026-12-12 18:00; 2026-12-19 18:00",
    "every Saturday from 28 Nov, 3 times, 6-8pm": THREE,
    "each Saturday x3 18-20": THREE,
    "11/28 18:00": SATURDAY,
    # Spanish
    "28 de noviembre a las 18": SATURDAY,
    "El sábado 28 de noviembre de 2026, de 18 a 20 h": TO_EIGHT,
    "sabado 28 a las 6 de la tarde": SATURDAY,
    "mañana a las 9 de la mañana": "2026-11-24 09:00",
    "pasado mañana a las 18:00 h": "2026-11-25 18:00",
    "miércoles a las 18:30": "2026-11-25 18:30",
    "todos los sábados, 3 veces, 18-20": THREE,
    # French
    "samedi 28 à 18h30": "2026-11-28 18:30",
    "samedi 28 novembre, de 18h à 20h": TO_EIGHT,
    "samedi 28 novembre 18 h 15": "2026-11-28 18:15",
    "le 1er décembre à 20 heures": "2026-12-01 20:00",
    "demain à 6 h du soir": TOMORROW,
    "aujourd’hui à 18h": "2026-11-23 18:00",
    # Arabic
    "السبت 28 نوفمبر الساعة 18": SATURDAY,
    "السبت ٢٨ نوفمبر من ١٨ إلى ٢٠": TO_EIGHT,
    "٢٨/١١ الساعة ١٨:٠٠": SATURDAY,
    "غدًا الساعة 6 مساءً": TOMORROW,
    "28 نونبر الساعة 18": SATURDAY,
    "28 تشرين الثاني، الساعة 6 م": SATURDAY,
    # Chinese
    "11月28日18点": SATURDAY,
    "2026年11月28日星期六 18:00-20:00": TO_EIGHT,
    "十一月二十八日下午六点到八点": TO_EIGHT,
    "明天晚上6点半": "2026-11-24 18:30",
    "二十八号晚上六点": SATURDAY,
    "本周六18:00": SATURDAY,
    "下周六18点": "2026-12-05 18:00",
    "每周六从11月28日起共3次 18:00–20:00": THREE,
    # Figures of other scripts, and as computers write
    "२८/११ १८:००": SATURDAY,
    "2026-11-28 18:00-20:00": TO_EIGHT,
    "2026-11-28 18:00 - 2026-11-29 20:00": "2026-11-28 18:00 > 2026-11-29 20:00",
    # The clock goes back at three on the 31st of October 2027: half past two comes twice.
    "31/10/2027 ore 02:30": "2027-10-31 02:30",
}


@pytest.mark.parametrize("text", CERTAIN)
def test_what_means_one_thing_is_read(text: str) -> None:
    found = here(text)
    assert isinstance(found, Read)
    assert said(found.meetings) == CERTAIN[text]


DOUBTS: dict[str, tuple[str, list[str]]] = {
    "alle sei, domani": ("half", ["2026-11-24 06:00", TOMORROW]),
    "domani alle sei": ("half", ["2026-11-24 06:00", TOMORROW]),
    "غدا في السادسة": ("half", ["2026-11-24 06:00", TOMORROW]),
    "domani alle 6": ("half", ["2026-11-24 06:00", TOMORROW]),
    "mañana a las 6:30": ("half", ["2026-11-24 06:30", "2026-11-24 18:30"]),
    "28/11 6-8": ("half", ["2026-11-28 06:00 > 08:00", TO_EIGHT]),
    "sabato 29 ore 18": ("weekday", [SATURDAY, "2026-11-29 18:00"]),
    "venerdì 28 novembre ore 18": ("weekday", ["2026-11-27 18:00", SATURDAY]),
    "domenica 28 novembre ore 18": (
        "weekday",
        [SATURDAY, "2026-11-29 18:00", "2027-11-28 18:00"],
    ),
    "domani 28 novembre ore 18": ("weekday", [TOMORROW, SATURDAY]),
    "domani sabato ore 18": ("weekday", [TOMORROW, SATURDAY]),
    "giovedì prossimo 18:00": ("next", ["2026-11-26 18:00", "2026-12-03 18:00"]),
    "next Saturday 18:00": ("next", [SATURDAY, "2026-12-05 18:00"]),
    "samedi prochain à 18h": ("next", [SATURDAY, "2026-12-05 18:00"]),
    "el próximo sábado a las 18": ("next", [SATURDAY, "2026-12-05 18:00"]),
    "السبت القادم الساعة 18": ("next", [SATURDAY, "2026-12-05 18:00"]),
    "lunedì alle 18": ("today", ["2026-11-23 18:00", "2026-11-30 18:00"]),
    "20/11 ore 18": ("past", ["2027-11-20 18:00"]),
    "venerdì 20 novembre ore 18": ("past", ["2027-11-20 18:00"]),
    "28/11 20-18": ("end", [TO_EIGHT, "2026-11-28 20:00 > 2026-11-29 18:00"]),
    "28/11 18-8": ("end", [TO_EIGHT, "2026-11-28 18:00 > 2026-11-29 08:00"]),
    "28/11 18-18": ("end", [SATURDAY, "2026-11-28 18:00 > 2026-11-29 18:00"]),
    "mar 24 ore 18": ("meaning", [TOMORROW, "2027-03-24 18:00"]),
    "domenica 23 novembre ore 18": ("weekday", ["2026-11-23 18:00"]),
    "domenica 29 marzo 2:30": (
        "weekday",
        ["2027-03-28 14:30", "2027-03-29 02:30", "2027-03-29 14:30"],
    ),
    "sabato 12 h 18": ("meaning", ["2026-11-28 12:18", "2026-12-12 18:00"]),
}


@pytest.mark.parametrize("text", DOUBTS)
def test_what_can_be_two_things_is_asked(text: str) -> None:
    assert choices(text) == DOUBTS[text]


@pytest.mark.parametrize("text", [*DOUBTS, "28/11 18:00\nsabato 29 alle 6-7; 5/12 18:00"])
def test_the_text_of_a_choice_is_read_as_that_choice(text: str) -> None:
    found = here(text)
    assert isinstance(found, Doubt)
    for choice in found.choices:
        again = here(choice.text)
        assert isinstance(again, Read)
        assert set(choice.meetings) <= set(again.meetings)


def test_several_doubts_are_asked_one_after_the_other() -> None:
    first = here("sabato 29 ore 18\ndomani alle 6")
    assert isinstance(first, Doubt)
    assert first.piece == "sabato 29 ore 18"
    second = here(first.choices[0].text)
    assert isinstance(second, Doubt)
    assert second.piece == "domani alle 6"
    assert here(second.choices[1].text) == here(f"{TOMORROW}\n{SATURDAY}")


OTHERS: dict[str, Reading] = {
    "sabato 28": Missing("sabato 28", "hour"),
    "sabato 18": Missing("sabato 18", "hour"),
    "28/11": Missing("28/11", "hour"),
    "11月28日": Missing("11月28日", "hour"),
    "ore 18": Missing("ore 18", "day"),
    "alle 6": Missing("alle 6", "day"),
    "de 18 a 20": Missing("de 18 a 20", "day"),
    "28/11 18:00\nore 20": Missing("ore 20", "day"),
    "ogni sabato ore 18": Missing("ogni sabato ore 18", "count"),
    "oggi alle 9": Past("oggi alle 9", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
    "20/11/2026 18:00": Past("20/11/2026 18:00", dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)),
    "31/11 ore 18": NoSuchDay("31/11 ore 18"),
    "29 febbraio ore 18": NoSuchDay("29 febbraio ore 18"),
    "28/3/2027 ore 02:30": NoSuchHour("28/3/2027 ore 02:30", dt.datetime(2027, 3, 28, 2, 30)),  # noqa: DTZ001 - a wall time that is nowhere
    "28/3/2027 alle 2:30": NoSuchHour("28/3/2027 alle 2:30", dt.datetime(2027, 3, 28, 2, 30)),  # noqa: DTZ001 - as above
    "sabato 28 o domenica 29 ore 18": Unread("sabato 28 o domenica 29 ore 18", ("o",)),
    "Gala in the library": Unread("Gala in the library", ("gala", "library")),
    "ogni 2 settimane sabato 28 ore 18": Unread("ogni 2 settimane sabato 28 ore 18", ()),
    "domani mattina alle 20": Unread("domani mattina alle 20", ()),
    "demain à dix-huit heures": Unread("demain à dix-huit heures", ("dix", "huit", "heures")),
    "domani alle 9,30": Unread("domani alle 9,30", ()),
    "dal 5 al 7 dicembre ore 18": Unread("dal 5 al 7 dicembre ore 18", ()),
    "alle 18 e 30": Unread("alle 18 e 30", ()),
    "5-7 dicembre ore 18": Unread("5-7 dicembre ore 18", ()),
    "28/13 ore 18": Unread("28/13 ore 18", ()),
    "28/11 ore 25": Unread("28/11 ore 25", ()),
    "28/11 ore 18:75": Unread("28/11 ore 18:75", ()),
    "": Unread("", ()),
}


@pytest.mark.parametrize("text", OTHERS)
def test_what_cannot_be_read_says_why(text: str) -> None:
    assert here(text) == OTHERS[text]


def test_a_series_keeps_its_hour_over_the_change_of_the_clock() -> None:
    found = here("ogni sabato dal 20/3/2027 per 2 volte ore 18")
    assert isinstance(found, Read)
    assert [one.start.hour for one in found.meetings] == [17, 17]
    found = here("ogni domenica dal 21/3/2027 per 2 volte ore 18")
    assert isinstance(found, Read)
    assert [one.start.hour for one in found.meetings] == [17, 16]


def test_a_doubled_hour_is_the_first() -> None:
    found = here("31/10/2027 ore 02:30")
    assert found == Read((Meeting(dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)),))


def test_another_language_brings_its_names_of_days_and_months() -> None:
    assert read("Samstag, 28. November, 18:00", NOW, ROME, ("de",)) == here(SATURDAY)


# The first text in a language waits for its names.
UNHURRIED = settings(deadline=None)
MINUTES = st.integers(min_value=1, max_value=364 * 24 * 60)
LASTS = st.one_of(st.none(), st.integers(min_value=1, max_value=48 * 60))
NIGHT = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis gives it its zone
    max_value=dt.datetime(2030, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(dt.UTC),
)


def is_sure(at: dt.datetime) -> bool:
    """Whether a wall time is one time only, the first."""
    return at.astimezone(ROME).fold == 0


@UNHURRIED
@given(NIGHT, MINUTES, LASTS, st.sampled_from(LANGUAGES))
def test_what_we_say_is_read_back(
    now: dt.datetime, ahead: int, lasts: int | None, language: str
) -> None:
    start = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=ahead)
    end = start + dt.timedelta(minutes=lasts) if lasts else None
    if not is_sure(start) or (end and not is_sure(end)):
        return
    expected = Read((Meeting(start, end),))
    whole = moments.in_words(language, ROME, start, now, end)
    assert read(whole, now, ROME) == expected
    assert read(ISOLATED.format(whole), now, ROME) == expected
    assert read(moments.near(language, ROME, start, now, end), now, ROME) == expected


@UNHURRIED
@given(NIGHT, MINUTES, st.sampled_from(LANGUAGES))
def test_so_is_what_a_button_says(now: dt.datetime, ahead: int, language: str) -> None:
    start = now.replace(second=0, microsecond=0) + dt.timedelta(minutes=ahead)
    if not is_sure(start):
        return
    assert read(moments.short(language, ROME, start), now, ROME) == Read((Meeting(start),))


@UNHURRIED
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    here(text)


PIECES = st.sampled_from(
    (
        *("28", "5", "11", "18", "20", "6", "28/11", "18:30", "9.10", "2026", "31", "0", "99"),
        *("sabato", "mar", "novembre", "domani", "prossimo", "ogni", "per", "3", "volte", "周六"),
        *("alle", "dalle", "fino", "sera", "pm", "mezza", "h", "x", "点", "السبت", "م"),
        *("-", "e", ",", ";"),
    )
)


def is_in_order(meetings: tuple[Meeting, ...]) -> bool:
    return all(one.start > NOW and (one.end is None or one.start < one.end) for one in meetings)


@UNHURRIED
@given(st.lists(PIECES, max_size=14))
def test_so_are_words_of_dates_in_any_order_and_what_is_read_is_still_to_come(
    words: list[str],
) -> None:
    found = here(" ".join(words))
    if isinstance(found, Read):
        assert is_in_order(found.meetings)
    if isinstance(found, Doubt):
        assert all(is_in_order(choice.meetings) for choice in found.choices)
        assert len(set(found.choices)) == len(found.choices)
        assert len(found.choices) > 1 or found.about in ("past", "weekday")


@UNHURRIED
@given(st.lists(PIECES, max_size=14))
def test_the_text_of_any_choice_leaves_no_doubt(words: list[str]) -> None:
    found = here(" ".join(words).replace(";", ","))
    if isinstance(found, Doubt):
        again = [here(choice.text) for choice in found.choices]
        assert again == [Read(tuple(dict.fromkeys(choice.meetings))) for choice in found.choices]
