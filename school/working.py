"""Working hours: a span of each working day in the school's zone, in which alone the time runs that
a sheet may wait. All sums are of real time, whatever the clocks do.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from school import elapsed

_DAY = dt.timedelta(days=1)
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
        return elapsed.between(self._open(start), end)

    def after(self, start: dt.datetime, span: dt.timedelta) -> dt.datetime:
        """The first moment by which so much working time has passed, in UTC."""
        return elapsed.after(self._open(start), span)

    def when_over(self, day: dt.date) -> dt.datetime:
        """When work begins again after a day, in UTC."""
        return self.after(midnight(day + _DAY, self.zone), elapsed.NOTHING)

    def _open(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The working spans from a moment on, in UTC."""
        day, done = start.astimezone(self.zone).date(), start.astimezone(dt.UTC)
        while True:
            opens, closes = (elapsed.moment(day, at, self.zone) for at in (self.begins, self.ends))
            # Clocks that go back show the begin of a span after its end.
            if self.is_day(day) and closes > max(opens, done):
                yield max(opens, done), closes
            day += _DAY


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """When a day begins, in UTC."""
    return elapsed.moment(day, dt.time(), zone)
