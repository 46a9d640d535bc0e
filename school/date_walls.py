"""Joins days and hours to meetings in wall time, one row for each way to understand them."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from school import date_days, date_hours
from school.date_hours import Span
from school.date_shapes import Said

Why: TypeAlias = date_days.Why | date_hours.Why
Wall: TypeAlias = tuple[dt.datetime, dt.datetime | None]

MOST_TIMES = 60
_WEEK = dt.timedelta(days=7)


def find(said: Said, here: dt.datetime) -> Iterator[tuple[list[Wall], Why | None]]:
    """Meetings that may be meant, each row with why there are others; `here` is the wall time of
    now. None if there is no such day.
    """
    if said.hours is None:
        return
    spans, doubt = date_hours.spans(said.hours)
    for span in spans:
        found = [date_days.find(day, here.date(), _first(here, span[0])) for day in said.days]
        whys: list[Why] = [one.why for one in found if one.why]
        if len(spans) > 1:
            whys.append(doubt)
        for days in product(*(one.dates for one in found)):
            for row in _rows(said, days, span):
                yield row, whys[0] if whys else None


def _first(here: dt.datetime, minutes: int) -> dt.date:
    """The first day on which an hour is still to come."""
    today = here.date()
    return today if _at(today, minutes) > here else today + dt.timedelta(days=1)


def _rows(said: Said, days: tuple[dt.date, ...], span: Span) -> Iterator[list[Wall]]:
    start, end = span
    if said.last is None:
        series = _series(said, days)
        row: list[Wall] = [
            (_at(day, start), None if end is None else _at(day, end)) for day in series
        ]
        if row:
            yield row
        return
    begins = _at(days[0], start)
    for ends in _ends(said.last, days[0]):
        if ends > begins:
            yield [(begins, ends)]


def _ends(last: Said, first: dt.date) -> Iterator[dt.datetime]:
    """Ends with a day of their own."""
    spans = date_hours.spans(last.hours)[0] if last.hours else []
    for day in date_days.find(last.days[0], first, first).dates:
        yield from (_at(day, start) for start, _ in spans)


def _series(said: Said, days: tuple[dt.date, ...]) -> list[dt.date]:
    """The days, or each of them week by week; until a day that counts itself."""
    weekly = said.weekly
    if weekly is None:
        return list(days)
    until = date_days.find(weekly.until, days[0], days[0]) if weekly.until else None
    if until and (until.why or not until.dates):
        return []
    each = [day + _WEEK * number for number in range(weekly.times or MOST_TIMES) for day in days]
    return [day for day in each if until is None or day <= until.dates[0]]


def _at(day: dt.date, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
