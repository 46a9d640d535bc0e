"""Dates that each phone shows in its own zone and language: entities of type `date_time`."""

from emulator.json_types import Json
from emulator.refusals import bad

_SIGNS = frozenset("tTdDwW")


def date_fields(unix: str, wanted: str) -> Json:
    """The fields of a date entity.

    Args:
        unix: the moment, in unix seconds.
        wanted: signs of what to show; empty, "r" (relative), or of t, T, d, D, w.

    Raises:
        Refused: 400, one of them is wrong.
    """
    if not unix.isdigit() or unix.startswith("0"):
        raise bad("can't parse entities: Invalid date specified")
    fields: Json = {"type": "date_time", "unix_time": int(unix)}
    if wanted:
        fields["date_time_format"] = "r" if wanted == "r" else _canonical(wanted)
    return fields


def _canonical(wanted: str) -> str:
    """The week day, then the date, then the time; the longer form of each wins."""
    if not set(wanted) <= _SIGNS:
        raise bad("can't parse entities: Invalid date format used")
    day = "w" if set("wW") & set(wanted) else ""
    date = "D" if "D" in wanted else "d" if "d" in wanted else ""
    time = "T" if "T" in wanted else "t" if "t" in wanted else ""
    return day + date + time
