"""Says when a meeting is, in the language of whoever reads it, as people there write it.

The year is said only where it is not the present one. Every form is read back by school/dates.py as
the same time: so a start before nine has a zero. Names are CLDR's; a language that has no fashion
here has CLDR's dates. From right to left, callers isolate.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

_EARLY, _MIDNIGHT = 9, 24
_HALF_A_DAY = dt.timedelta(hours=12)
# CLDR's dates of a language without a country are those of its largest one.
_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True, slots=True)
class _Fashion:
    """How a language writes: dates as CLDR's patterns; hours with {h}, {hh} of two figures, {m}:
    `whole` is an hour without minutes, unless `one_style` asks for both hours alike. `first` is the
    first day of a month.
    """

    day: str
    with_year: str
    short: str = "EEE d/M"
    at: str = "{start}"
    between: str = "{start}–{end}"
    clock: str = "{hh}:{m}"
    whole: str = "{hh}:{m}"
    one_style: bool = True
    comma: str = ", "
    first: str = "d"
    today: str = ""
    tomorrow: str = ""


_FASHIONS = {
    "it": _Fashion(
        day="EEEE d MMMM",
        with_year="EEEE d MMMM y",
        at="ore {start}",
        between="ore {start}-{end}",
        clock="{h}:{m}",
        whole="{h}",
        today="oggi",
        tomorrow="domani",
    ),
    "en": _Fashion(
        day="EEEE d MMMM",
        with_year="EEEE d MMMM y",
        short="EEE d MMM",
        today="today",
        tomorrow="tomorrow",
    ),
    "es": _Fashion(
        day="EEEE d 'de' MMMM",
        with_year="EEEE d 'de' MMMM 'de' y",
        at="{start} h",
        between="{start}-{end} h",
        today="hoy",
        tomorrow="mañana",
    ),
    "fr": _Fashion(
        day="EEEE d MMMM",
        with_year="EEEE d MMMM y",
        between="de {start} à {end}",
        clock="{h}\u00a0h\u00a0{m}",
        whole="{h}\u00a0h",
        first="'1er'",
        one_style=False,
        today="aujourd'hui",
        tomorrow="demain",
    ),
    "ar": _Fashion(
        day="EEEE d MMMM",
        with_year="EEEE d MMMM y",
        at="الساعة {start}",
        between="من {start} إلى {end}",
        comma="، ",
        today="اليوم",
        tomorrow="غدًا",
    ),
    "zh": _Fashion(
        day="M月d日EEEE",
        with_year="y年M月d日EEEE",
        short="M月d日EEE",
        comma=" ",
        today="今天",
        tomorrow="明天",
    ),
}


def in_words(
    language: str,
    zone: ZoneInfo,
    start: dt.datetime,
    now: dt.datetime,
    end: dt.datetime | None = None,
) -> str:
    """Such as "sabato 28 novembre, ore 18-20"; an end after more than a night has its own day."""
    return _said(language, day(language, zone, start, now), zone, start, now, end)


def near(
    language: str,
    zone: ZoneInfo,
    start: dt.datetime,
    now: dt.datetime,
    end: dt.datetime | None = None,
) -> str:
    """Such as "oggi, ore 18" and "domani, ore 18"; later days as `in_words`. It is true for a day
    only: for what is read at once.
    """
    fashion = _fashion(language)
    ahead = (start.astimezone(zone).date() - now.astimezone(zone).date()).days
    word = {0: fashion.today, 1: fashion.tomorrow}.get(ahead)
    return _said(language, word or day(language, zone, start, now), zone, start, now, end)


def day(language: str, zone: ZoneInfo, start: dt.datetime, now: dt.datetime) -> str:
    """Such as "sabato 28 novembre"."""
    fashion, here = _fashion(language), start.astimezone(zone)
    this_year = here.year == now.astimezone(zone).year
    return _date(language, here, fashion.day if this_year else fashion.with_year)


def hours(language: str, zone: ZoneInfo, start: dt.datetime, end: dt.datetime | None = None) -> str:
    """Such as "ore 18" or "ore 18:30-20:00"; an end that is not after the start is not said."""
    fashion, begins = _fashion(language), start.astimezone(zone)
    if end is None or end <= start:
        return fashion.at.format(start=_clocks(fashion, begins)[0])
    first, last = _clocks(fashion, begins, end.astimezone(zone))
    return fashion.between.format(start=first, end=last)


def short(language: str, zone: ZoneInfo, start: dt.datetime) -> str:
    """Such as "sab 28/11 18:00", for a button: 24 characters at most, never a year."""
    here = start.astimezone(zone)
    return f"{_date(language, here, _fashion(language).short)} {here:%H:%M}"


def _said(
    language: str,
    the_day: str,
    zone: ZoneInfo,
    start: dt.datetime,
    now: dt.datetime,
    end: dt.datetime | None,
) -> str:
    comma = _fashion(language).comma
    if end and _on_another_day(start.astimezone(zone), end.astimezone(zone)):
        begins = f"{the_day}{comma}{hours(language, zone, start)}"
        return f"{begins} – {in_words(language, zone, end, now)}"
    return f"{the_day}{comma}{hours(language, zone, start, end)}"


def _on_another_day(start: dt.datetime, end: dt.datetime) -> bool:
    """A night's end needs no day of its own."""
    apart = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return end.date() != start.date() and apart > _HALF_A_DAY


def _fashion(language: str) -> _Fashion:
    found = _FASHIONS.get(language)
    if found:
        return found
    full = Locale.parse(language).date_formats["full"].pattern
    return _Fashion(day=full, with_year=full)


def _date(language: str, at: dt.datetime, pattern: str) -> str:
    first = _fashion(language).first
    shown = pattern.replace(" d ", f" {first} ") if at.day == 1 else pattern
    return format_date(at, shown, locale=_LOCALES.get(language, language))


def _clocks(fashion: _Fashion, *times: dt.datetime) -> list[str]:
    """The hours of a meeting in one style; a start before nine has a zero, and so has its end."""
    early = times[0].hour < _EARLY
    full = fashion.one_style and (early or any(at.minute for at in times))
    return [
        (fashion.clock if at.minute or full else fashion.whole).format(
            h=_hour(at, early=early), hh=f"{at.hour:02}", m=f"{at.minute:02}"
        )
        for at in times
    ]


def _hour(at: dt.datetime, *, early: bool) -> str:
    """An hour without a zero, if the start is not early; then midnight is an end."""
    if early:
        return f"{at.hour:02}"
    return str(_MIDNIGHT if at.hour == at.minute == 0 else at.hour)
