"""Quiet hours: a span of each day in the school's zone in which nobody is disturbed, and in which
time that people were given stands still. All sums are of real time, whatever the clocks do.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = dt.timedelta(days=1)
_NOTHING = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when it is quiet, as clocks in the zone show it; never where both are equal."""

    zone: ZoneInfo
    begins: dt.time = dt.time(21)
    ends: dt.time = dt.time(8)

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """How much of the time between two moments is not quiet; nothing if they are reversed."""
        total = _NOTHING
        for opens, closes in self._open(start):
            if opens >= end:
                return total
            total += min(closes, end) - opens
        return total

    def begins_after(self, moment: dt.datetime) -> dt.datetime:
        """When it is quiet next, after a moment that is not, in UTC."""
        return next(self._open(moment))[1]

    def after(self, start: dt.datetime, span: dt.timedelta) -> dt.datetime:
        """The first moment by which so much time has passed that is not quiet, in UTC."""
        left = span
        for opens, closes in self._open(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError("days end")

    def _open(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """The spans that are not quiet from a moment on, in UTC."""
        day, done = start.astimezone(self.zone).date() - _DAY, start.astimezone(dt.UTC)
        while True:
            closing = day if self.ends < self.begins else day + _DAY
            opens, closes = self._at(day, self.ends), self._at(closing, self.begins)
            # An hour that the clocks skip may be before one that they show.
            if closes > max(opens, done):
                yield max(opens, done), closes
                done = closes
            day += _DAY

    def _at(self, day: dt.date, clock: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, clock, self.zone).astimezone(dt.UTC)
