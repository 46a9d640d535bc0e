"""Reads days as people write them: the last one of several, or the first and the last. Words and
shapes of days are those of school/dates.py; an hour is none. Where a day may be two, none is taken.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from school import date_days
from school.date_shapes import DaySaid, before, parts
from school.date_words import LANGUAGES, unknown, variants

_FROM, _UNTIL = "<", "-"
Days = tuple[dt.date, dt.date]


def read(text: str, today: dt.date, languages: Sequence[str] = LANGUAGES) -> Days | None:
    """The first and the last day of a text; the first one is today where it says one alone. None
    for what is no certain day, for days that are over, and for what is reversed.
    """
    found = {_days(row, today) for row in variants(text, languages) if not unknown(row)} - {None}
    days = found.pop() if len(found) == 1 else None
    return days if days is not None and today <= days[0] <= days[1] else None


def _days(row: Sequence[str], today: dt.date) -> Days | None:
    """The days that a row of signs says."""
    cuts = [-1, *(at for at, sign in enumerate(row) if sign == _UNTIL), len(row)]
    pieces = [[*row[begin + 1 : end]] for begin, end in pairwise(cuts)]
    said = [_said([sign for sign in piece if sign != _FROM]) for piece in pieces if piece]
    whole = [one for one in said if one is not None]
    if len(whole) != len(said) or len(whole) not in (1, 2):
        return None
    *before_it, last = whole
    first = _found(_completed(before_it[0], last), today, today) if before_it else today
    end = _found(last, today, first) if first is not None else None
    return (first, end) if first is not None and end is not None else None


def _said(piece: Sequence[str]) -> DaySaid | None:
    """The one day that signs say, without an hour."""
    said = [one for meanings in parts(piece) for one in meanings]
    if len(said) != 1 or said[0].hours is not None or len(said[0].days) != 1:
        return None
    return said[0].days[0]


def _completed(first: DaySaid, last: DaySaid) -> DaySaid:
    """The first day with the month that was said once for both: "dal 3 al 10 gennaio"."""
    alone = first.day is not None and first.month is None and last.month is not None
    return before(first, last) if alone else first


def _found(said: DaySaid, today: dt.date, first: dt.date) -> dt.date | None:
    """The one day that is meant, from another one on."""
    found = date_days.find(said, today, first)
    return found.dates[0] if len(found.dates) == 1 and found.why is None else None
