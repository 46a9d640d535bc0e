"""Working hours: a span of each working day in the school's zone, in which alone the time runs that
a sheet may wait. All sums are of real time, whatever the clocks do.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = dt.timedelta(days=1)
_NOTHING = dt.timedelta()
WEEKDAYS = frozenset({0, 1, 2, 3, 4})


@dataclass(frozen=True, slots=True)
class Working:
    """On which weekdays, 0 is Monday, and from when to when, as clocks in the zone show it; never
    on a holiday.
    """

    zone: ZoneInfo
    days: frozenset[int] = WEEKDAYS
    begins: dt.time = dt.time(9)
    ends: dt.time = dt.time(18)
    holidays: frozenset[dt.date] = frozenset()

    def is_day(self, day: dt.date) -> bool:
        """Whether somebody works on a day."""
        return day.weekday() in self.days and day not in self.holidays

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How much working time is between two moments; nothing if they are reversed."""
        total = _NOTHING
        for opens, closes in self._open(start):
            if opens >= end:
                return total
            total += min(closes, end) - opens
        return total

    def after(self, start: dt.datetime, span: dt.timedelta) -> dt.datetime:
        """The first moment by which so much working time has passed, in UTC."""
        left = span
        for opens, closes in self._open(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError("days end")

    def when_over(self, day: dt.date) -> dt.datetime:
        """When work begins again after a day, in UTC."""
        return self.after(midnight(day + _DAY, self.zone), _NOTHING)

    def _open(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The working spans from a moment on, in UTC."""
        day, done = start.astimezone(self.zone).date(), start.astimezone(dt.UTC)
        while True:
            opens, closes = self._at(day, self.begins), self._at(day, self.ends)
            # Clocks that go back show the begin of a span after its end.
            if self.is_day(day) and closes > max(opens, done):
                yield max(opens, done), closes
            day += _DAY

    def _at(self, day: dt.date, clock: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, clock, self.zone).astimezone(dt.UTC)


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """When a day begins, in UTC."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
