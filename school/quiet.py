"""Quiet hours: a span of each day in the school's zone in which nobody is disturbed, and in which
time that people were given stands still. All sums are of real time, whatever the clocks do.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from school import elapsed

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when it is quiet, as clocks in the zone show it; never where both are equal."""

    zone: ZoneInfo
    begins: dt.time = dt.time(21)
    ends: dt.time = dt.time(8)

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How much of the time between two moments is not quiet; nothing if they are reversed."""
        return elapsed.between(self._open(start), end)

    def begins_after(self, moment: dt.datetime) -> dt.datetime:
        """When it is quiet next, after a moment that is not, in UTC."""
        return next(self._open(moment))[1]

    def after(self, start: dt.datetime, span: dt.timedelta) -> dt.datetime:
        """The first moment by which so much time has passed that is not quiet, in UTC."""
        return elapsed.after(self._open(start), span)

    def awake(self, moment: dt.datetime) -> dt.datetime:
        """The first moment from this one on that is not quiet, in UTC."""
        return self.after(moment, elapsed.NOTHING)

    def _open(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The spans that are not quiet from a moment on, in UTC."""
        day, done = start.astimezone(self.zone).date() - _DAY, start.astimezone(dt.UTC)
        while True:
            closing = day if self.ends < self.begins else day + _DAY
            opens = elapsed.moment(day, self.ends, self.zone)
            closes = elapsed.moment(closing, self.begins, self.zone)
            # An hour that the clocks skip may be before one that they show.
            if closes > max(opens, done):
                yield max(opens, done), closes
                done = closes
            day += _DAY
