"""Until when an offer of a seat stands: nobody holds one back for more than a third of the time
that is left, nor for longer than a day, and nights do not count.
"""

import datetime as dt

from school.quiet import Quiet

_MOST, _LEAST = dt.timedelta(hours=24), dt.timedelta(minutes=15)
_SHARE = 3  # nobody may hold back a seat for more than this part of the time that is left


def deadline(now: dt.datetime, start: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Until when an offer stands, in UTC: a day, or a third of the time that is left if that is
    less, but a quarter of an hour; quiet hours do not count. They do when it would be too late
    otherwise, as the event itself is in them, or right after.
    """
    until = quiet.after(now, _span(quiet.between(now, start)))
    return until if until <= start else now + _span(start - now)


def _span(left: dt.timedelta) -> dt.timedelta:
    return max(_LEAST, min(_MOST, left / _SHARE))
