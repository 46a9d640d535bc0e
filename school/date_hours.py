"""Reads from when until when, in minutes of a day; what can be before or after noon stays both.

An hour from 1 to 8 can be one of the evening, unless a leading zero, an "a.m." or a word says
which: from 9 on its twin lies in the quiet hours, when nobody meets.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Why: TypeAlias = Literal["half", "end"]
Span: TypeAlias = tuple[int, int | None]

_NOON, _DAY = 12 * 60, 24 * 60
_TWINS = range(60, 9 * 60)
_CLOCK = r"\d\d?(?:[:.]\d\d)?[ap]?"
_RUN = re.compile(
    rf"(?P<before>(?:[<@h] )*)(?P<start>{_CLOCK})"
    rf"(?: (?P<until>[-@&])(?: [@<])? (?P<end>{_CLOCK})| FOR (?P<lasts>\d\d?(?::\d\d)?)(?: @)?)?"
)
_SPELLING = (
    (re.compile(r"< (?=M\d|\d{4})"), ""),
    (re.compile(r"(W\d) & (?=\d|M\d)"), r"\1 "),
    (re.compile(r"\bNOON\b"), "12:00p"),
    (re.compile(r"(?<![\w/.:])(\d\d?)(?::00)?(?: &)? HALF\b"), r"\1:30"),
    (re.compile(r"\bHALF (\d\d?)\b(?![:./])"), r"\1:30"),
)
_HALF_BEHIND = re.compile(r"(?<![\w/.:])(\d\d?(?:[:.]\d\d)?) ([APS])\b")
_HALF_BEFORE = re.compile(r"\b([APS]) (\d\d?:\d\d)(?!\w)")


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour in minutes; `half` (a, p) was said with it. One that is `sure` counts 24 hours."""

    minutes: int
    half: str = ""
    sure: bool = False

    @property
    def twin(self) -> int | None:
        """The same figure after noon, if the figure leaves that open."""
        return None if self.sure or self.minutes >= _NOON else self.minutes + _NOON


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, or for how many minutes."""

    start: Clock
    end: Clock | None = None
    lasts: int | None = None

    @property
    def is_one(self) -> bool:
        """Whether there is a start and nothing else."""
        return self.end is None and self.lasts is None


def with_halves(row: str) -> tuple[str, str]:
    """Signs with what was said of noon joined to its hour; what stands elsewhere ("sabato sera")
    comes apart from them.
    """
    for pattern, sign in _SPELLING:
        row = pattern.sub(sign, row)
    row = _HALF_BEHIND.sub(lambda match: _halved(match[1], match[2]) or match[0], row)
    row = _HALF_BEFORE.sub(lambda match: _halved(match[2], match[1]) or match[0], row)
    signs = row.split()
    halves = [sign for sign in signs if sign in ("A", "P", "S")]
    if len(halves) != 1:
        return row, ""
    return " ".join(sign for sign in signs if sign != halves[0]), halves[0]


def read(run: Sequence[str], half: str = "") -> Hours | None:
    """The hours that a run of signs says, if it says nothing else; a half of the day that was said
    elsewhere is that of the start.
    """
    found = _RUN.fullmatch(" ".join(run))
    if not found or (found["until"] == "&" and "<" not in found["before"]):
        return None
    said = found["start"]
    if half and said[-1].isdigit() and not said.startswith("0"):
        said = _halved(said, half) or ""
    start = _clock(said)
    end = _clock(found["end"]) if found["end"] else None
    if not start or start.minutes == _DAY or (found["end"] and not end):
        return None
    return Hours(start, end, _minutes(found["lasts"]) if found["lasts"] else None)


def spans(hours: Hours) -> tuple[list[Span], Why]:
    """All that the hours can mean, minutes of the end counted on past midnight; and what is in
    doubt: "half" of the day, or the "end".
    """
    starts = _starts(hours)
    if hours.end is None:
        lasts = hours.lasts
        return [(start, start + lasts if lasts else None) for start in starts], "half"
    said = hours.start
    each = [
        _until(start, hours.end, marked=bool(said.half) or start == said.twin) for start in starts
    ]
    return [span for found in each for span in found], "half" if len(starts) > 1 else "end"


def _starts(hours: Hours) -> list[int]:
    """The start; "6-8 pm" has the half of its end, if it comes before that."""
    start, end = hours.start, hours.end
    if start.twin is None:
        return [start.minutes]
    if end and end.half:
        later = end.half == "p" and start.twin < end.minutes
        return [start.twin if later else start.minutes]
    return [start.minutes, start.twin] if start.minutes in _TWINS else [start.minutes]


def _until(start: int, end: Clock, *, marked: bool) -> list[Span]:
    """An end after the start, or on the next day within twelve hours; else what may be meant: after
    a start with a half of its own ("6 pm - 8") the next such figure.
    """
    if end.minutes > start:
        return [(start, end.minutes)]
    next_day = (start, end.minutes + _DAY)
    if next_day[1] - start <= _NOON:
        return [next_day]
    if end.twin and end.twin > start:
        return [(start, end.twin)] if marked else [(start, end.twin), next_day]
    return [(end.minutes, start) if end.minutes < start else (start, None), next_day]


def _clock(said: str) -> Clock | None:
    """A clock with its half, if it is one."""
    bare = said.rstrip("ap")
    minutes, mark = _minutes(bare) if bare else None, said[len(bare) :]
    if minutes is None:
        return None
    if mark:
        minutes = minutes % _NOON + (_NOON if mark == "p" else 0)
    return Clock(minutes, mark, sure=bool(mark) or said.startswith("0") or minutes >= _NOON)


def _minutes(said: str) -> int | None:
    """Minutes of "18", "18:30", "18.30"."""
    hour, _, minute = said.replace(".", ":").partition(":")
    total = int(hour) * 60 + int(minute or 0)
    return total if total <= _DAY and int(minute or 0) < 60 else None


def _halved(said: str, half: str) -> str | None:
    """A clock marked a or p. Twelve in the evening is midnight; an hour after twelve has no need
    of a half, and none before noon.
    """
    hour = int(re.split("[:.]", said)[0])
    if hour > 12:
        return said if hour <= 24 and half != "A" else None
    if half == "S" and hour == 12:
        return said.replace("12", "24", 1)
    return f"{said}{'a' if half == 'A' else 'p'}" if hour else None
