"""Puts the signs of school/date_words.py together to days and hours, in every way that they allow.

A run of signs is the hours, all others are the days. Nothing is left over: a sign that fits nowhere
makes the whole no date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from school.date_hours import Hours, with_halves
from school.date_hours import read as read_hours

_YEARS = range(1900, 2200)
_LONGEST = 9  # signs of a run with the hours
_NUMERIC = r"(?P<d>\d\d?)(?:(?P<slash>/)|\.)(?P<m>\d\d?)(?:/(?P<y>\d{4}|\d\d))?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        "(?P<next>N|NW|TW)?",
        r"(?:N )?(?P<d>\d\d?)",
        r"(?:N )?(?P<d>\d\d?) M(?P<m>\d+)(?: (?P<y>\d{4}))?",
        r"(?:(?P<y>\d{4}) )?M(?P<m>\d+) (?P<d>\d\d?)",
        r"M(?P<m>\d+) (?P<d>\d\d?) (?:& )?(?P<y>\d{4})",
        f"(?:N )?{_NUMERIC}",
    )
)
_TIMES = re.compile(r"(?:FOR )?\b(\d\d?) X\b|\bX (\d\d?)\b(?![:./])")
_UNTIL = re.compile(r" - (\d+/\d+(?:/\d+)?|\d+ M\d+(?: \d{4})?)(?= |$)")


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day as it was said: `weekday` is 0 on Monday, `ahead` counts days from today, `next` is
    one of the signs N, NW, TW.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    ahead: int | None = None
    next: str = ""


@dataclass(frozen=True, slots=True)
class Weekly:
    """So many times, or until a day; neither if it was not said."""

    times: int | None = None
    until: DaySaid | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said; without days or without hours it lacks them. `last` is the day and the hour
    of the end, if the end has a day of its own.
    """

    days: tuple[DaySaid, ...] = ()
    hours: Hours | None = None
    weekly: Weekly | None = None
    last: "Said | None" = None

    @property
    def whole(self) -> bool:
        """Whether it has a day and an hour."""
        return bool(self.days and self.hours)


def parts(tokens: Sequence[str]) -> list[list[Said]]:
    """One part or several with "and" between, each with all that it can mean."""
    said = _all(tokens)
    if any(one.whole for one in said):
        return [said]
    found, begin = list[list[Said]](), 0
    for end in [*(at for at, sign in enumerate(tokens) if sign == "&"), len(tokens)]:
        part = [one for one in _all(tokens[begin:end]) if one.whole]
        if part:
            found.append(part)
            begin = end + 1
    return found if begin > len(tokens) else [said]


def _all(tokens: Sequence[str]) -> list[Said]:
    """All that signs can mean as one: days alone where that is possible, else days and hours."""
    row, half = with_halves(" ".join(tokens))
    row, weekly = _weekly(row)
    signs = _stripped(row.split())
    days = _days(signs)
    if days:
        return [Said(days, None, weekly)]
    said = [Said(days, hours, weekly) for days, hours in _divided(signs, half)]
    said = said or ([] if weekly or half else list(_until_another_day(signs)))
    if said:
        return list(dict.fromkeys(said))
    hours = read_hours(signs, half)
    return [Said((), hours, weekly)] if hours else []


def _weekly(row: str) -> tuple[str, Weekly | None]:
    """The signs without those of a series, and the series; "every two weeks" is none."""
    if not re.search(r"\bE\b(?! \d)", row):
        return row, None
    row = re.sub(r"\bE\b|< (?=\d+/|\d+ M|[MWT]\d)", "", row)
    times, until = _TIMES.search(row), _UNTIL.search(row)
    row = _UNTIL.sub(" ", _TIMES.sub(" ", row))
    last = _day(until[1].split()) if until else None
    return row, Weekly(int(times[1] or times[2]) if times else None, last)


def _divided(signs: list[str], half: str = "") -> Iterator[tuple[tuple[DaySaid, ...], Hours]]:
    """Every run that can be the hours while all the rest is days; a bare number is one at the end
    only.
    """
    for begin in range(len(signs)):
        for end in range(begin + 1, min(begin + _LONGEST, len(signs)) + 1):
            run, after = signs[begin:end], signs[end:]
            if not _can_be_hours(run, signs[:begin], after):
                continue
            hours = read_hours(run, half)
            days = _days(_stripped(signs[:begin]) + _stripped(after)) if hours else ()
            if hours and days:
                yield days, hours


def _can_be_hours(run: list[str], before: list[str], after: list[str]) -> bool:
    """Whether a run stands where hours stand: "12 e 19 alle 18" leaves the 19 to the days,
    "alle 18 e 30" is no 30th.
    """
    if after[:1] == ["&"] and (before or re.match(r"\d\d?( [^M]|$)", " ".join(after[1:]))):
        return False
    if re.search("[<@h:ap]", run[0]):
        return True
    a_day = "@" in run and before[-1:] == ["&"]
    return bool(before) and not after and not a_day


def _until_another_day(signs: list[str]) -> Iterator[Said]:
    """A day and an hour, and another day and hour of the end."""
    for at, sign in enumerate(signs):
        if sign == "-":
            for first in _divided(_stripped(signs[:at])):
                for last in _divided(_stripped(signs[at + 1 :])):
                    if len(first[0]) == len(last[0]) == 1 and first[1].is_one and last[1].is_one:
                        yield Said(*first, last=Said(*last))


def _stripped(signs: Sequence[str]) -> list[str]:
    """Without commas and words for "and" around."""
    return re.sub(r"^(?:& ?)+|(?: ?&)+$", "", re.sub("&(?: &)+", "&", " ".join(signs))).split()


def _days(signs: list[str]) -> tuple[DaySaid, ...]:
    """A day, or several with "and" between; none if there is anything else."""
    said = _day(signs)
    if said:
        return (said,)
    items = [_day(item.split()) for item in " ".join(signs).split(" & ")]
    days = tuple(item for item in items if item)
    return _completed(days) if len(days) == len(items) > 1 else ()


def _day(signs: list[str]) -> DaySaid | None:
    weekdays = [int(sign[1:]) for sign in signs if re.fullmatch(r"W\d", sign)]
    ahead = [int(sign[1:]) for sign in signs if re.fullmatch(r"T\d", sign)]
    rest = " ".join(sign for sign in signs if not re.fullmatch(r"[WT]\d", sign))
    found = next((match for shape in _DATES if (match := shape.fullmatch(rest))), None)
    if not found or len(weekdays) > 1 or len(ahead) > 1 or not signs:
        return None
    said = _dated(found.groupdict())
    if not said or (said.next and not weekdays) or (said.day and not said.month and ahead):
        return None
    if said.day and not said.month and weekdays and signs[0][0] != "W":
        return None
    if ahead and "." in rest:  # "domani 9.10" has an hour
        return None
    return replace(said, weekday=next(iter(weekdays), None), ahead=next(iter(ahead), None))


def _dated(found: dict[str, str | None]) -> DaySaid | None:
    """The figures of a date; 11/28 can only be the 28th of November."""
    day, month, year = (int(found.get(key) or 0) or None for key in "dmy")
    if day and month and day <= 12 < month and found.get("slash"):
        day, month = month, day
    if (day or 1) > 31 or (month or 1) > 12 or (found.get("d") and not day):
        return None
    if found.get("m") and not month:
        return None
    full = year + 2000 if year and year < 100 else year
    if full and full not in _YEARS:
        return None
    return DaySaid(day=day, month=month, year=full, next=found.get("next") or "")


def _completed(days: tuple[DaySaid, ...]) -> tuple[DaySaid, ...]:
    """Days of a list with the month, the year and the weekday that were said once for all."""
    if all(one.day for one in days) and not any(one.weekday is not None for one in days[1:]):
        days = tuple(replace(one, weekday=days[0].weekday) for one in days)
    if not any(one.month for one in days):
        return days
    if days[-1].month is None:
        return _from_the_first(days)
    filled = [days[-1]]
    for one in reversed(days[:-1]):
        if one.day is None:
            return ()
        filled.append(one if one.month else before(one, filled[-1]))
    return tuple(reversed(filled))


def before(one: DaySaid, later: DaySaid) -> DaySaid:
    """A day without a month that was said before another: "28, 5 e 12 dicembre"."""
    if (one.day or 0) < (later.day or 0):
        return replace(one, month=later.month, year=later.year)
    back = (later.month or 1) - 1
    year = later.year - 1 if later.year and not back else later.year
    return replace(one, month=back or 12, year=year)


def _from_the_first(days: tuple[DaySaid, ...]) -> tuple[DaySaid, ...]:
    """Days after the month: "Nov 5, 12 and 19"."""
    first, numbers = days[0], [one.day or 0 for one in days]
    if not first.month or any(one.month for one in days[1:]) or numbers != sorted(set(numbers)):
        return ()
    return tuple(replace(one, month=first.month, year=first.year) for one in days)
