"""Finds the days that a day as it was said can be; one is certain, none does not exist.

Without a year or a month the next one is meant. A weekday that does not fit its date is never
overlooked.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from school.date_shapes import DaySaid

Why: TypeAlias = Literal["weekday", "next", "today", "past"]

_SOON = 3  # "sabato 28" is one of the next three 28ths, or a mistake
_JUST_PASSED = dt.timedelta(days=90)  # such a date is rather a mistake than one of next year
_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be meant, and why it is open which; a past date has next year's alone."""

    dates: tuple[dt.date, ...]
    why: Why | None = None


def find(said: DaySaid, today: dt.date, first: dt.date) -> Days:
    """The days; `first` is the first one on which the hour is still to come."""
    if said.day is None:
        found = _by_weekday(said, today, first) if said.ahead is None else _ahead(said, today)
    elif said.month is None:
        found = _by_number(said, said.day, first)
    else:
        found = _by_month(said, said.day, said.month, today, first)
    if said.day is not None and said.ahead is not None:
        return _both(found, today + said.ahead * _DAY)
    return found


def _by_weekday(said: DaySaid, today: dt.date, first: dt.date) -> Days:
    """With "next" it can be the coming one or that of next week; a weekday that is today's can be
    today or in a week.
    """
    weekday = said.weekday or 0
    monday = today - today.weekday() * _DAY
    if said.next in ("NW", "TW"):
        return Days((monday + weekday * _DAY + (_WEEK if said.next == "NW" else 0 * _DAY),))
    if said.next:
        coming = _on(weekday, today + _DAY)
        open_ = coming < monday + _WEEK
        return Days((coming, coming + _WEEK), "next") if open_ else Days((coming,))
    coming = _on(weekday, first)
    return Days((coming, coming + _WEEK), "today") if coming == today else Days((coming,))


def _ahead(said: DaySaid, today: dt.date) -> Days:
    day = today + (said.ahead or 0) * _DAY
    if said.weekday in (None, day.weekday()):
        return Days((day,))
    return Days((day, _on(said.weekday or 0, today + _DAY)), "weekday")


def _by_number(said: DaySaid, number: int, first: dt.date) -> Days:
    """The next such day of a month; with a weekday the next that falls on it, if that is soon."""
    months = (_month(first, ahead) for ahead in range(12))
    days = [day for year, month in months if (day := _date(year, month, number)) and day >= first]
    fit = [day for day in days[:_SOON] if said.weekday in (None, day.weekday())]
    if fit:
        return Days((fit[0],))
    return Days((days[0], _on(said.weekday or 0, first)), "weekday")


def _by_month(said: DaySaid, number: int, month: int, today: dt.date, first: dt.date) -> Days:
    year = said.year or first.year
    day = _date(year, month, number)
    if said.year is None and (month, number) < (first.month, first.day):
        year += 1
        day = _date(year, month, number)
    if day is None:
        return Days(())
    before = None if said.year else _date(year - 1, month, number)
    if said.weekday is not None and day.weekday() == said.weekday:
        return Days((day,))
    if before and today - before <= _JUST_PASSED and said.weekday in (None, before.weekday()):
        return Days((day,), "past")
    if said.weekday is None:
        return Days((day,))
    after = None if said.year else _date(year + 1, month, number)
    return _not_on_its_weekday(day, after, said.weekday, first)


def _not_on_its_weekday(day: dt.date, after: dt.date | None, weekday: int, first: dt.date) -> Days:
    """The date, the weekday beside it, and the same date a year later if it falls on it."""
    beside = day + ((weekday - day.weekday() + 3) % 7 - 3) * _DAY
    later = [after] if after and after.weekday() == weekday else []
    days = [one for one in (day, beside, *later) if one >= first]
    return Days(tuple(sorted(days or [day])), "weekday")


def _both(found: Days, ahead: dt.date) -> Days:
    """A day that was said twice: "domani 28 novembre"."""
    if ahead in found.dates:
        return Days((ahead,))
    return Days(tuple(sorted({*found.dates, ahead})), "weekday") if found.dates else found


def _on(weekday: int, first: dt.date) -> dt.date:
    """The first such weekday from a day on."""
    return first + (weekday - first.weekday()) % 7 * _DAY


def _month(first: dt.date, ahead: int) -> tuple[int, int]:
    years, month = divmod(first.month - 1 + ahead, 12)
    return first.year + years, month + 1


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
