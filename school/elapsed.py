"""Time that runs only in some spans: how much of it is between two moments, and when so much of it
has passed. Spans come in their order, without an end.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

NOTHING = dt.timedelta()


def between(spans: Iterator[tuple[dt.datetime, dt.datetime]], end: dt.datetime) -> dt.timedelta:
    """How much of it there is until a moment; nothing where the spans begin later."""
    total = NOTHING
    for opens, closes in spans:
        if opens >= end:
            return total
        total += min(closes, end) - opens
    return total


def after(spans: Iterator[tuple[dt.datetime, dt.datetime]], span: dt.timedelta) -> dt.datetime:
    """The first moment by which so much of it has passed."""
    left = span
    for opens, closes in spans:
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("days end")


def moment(day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    """When clocks in a zone show a time of a day, in UTC."""
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)
