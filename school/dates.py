"""Reads when a meeting is as a coordinator writes it, in the languages and figures of the school.

Nothing is guessed: what can be two things comes back as a doubt with its readings; what is
missing, past or not there at all is named. The day stands before the month, as Europe writes.
Meetings are one a line, between semicolons, or with "and". An hour that the clock skips is named,
one that it has twice is the first. Of a doubt, each choice comes with the text that says it without
doubt: that is read again, so several doubts are asked one after the other, and nothing but the text
is kept.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from school import date_walls
from school.date_shapes import Said, parts
from school.date_walls import MOST_TIMES, Wall, Why
from school.date_words import LANGUAGES, unknown, variants

About: TypeAlias = Why | Literal["meaning"]
Lack: TypeAlias = Literal["day", "hour", "count"]

_MOST = 6  # choices; more are no help
_MOST_PIECES = 60
_MOST_TRIED = 64


@dataclass(frozen=True, slots=True)
class Meeting:
    """When it begins and, if that was said, ends: aware, in UTC."""

    start: dt.datetime
    end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One meeting or several, the first one first."""

    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a piece of text, and the whole text with that piece written so."""

    meetings: tuple[Meeting, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A piece that can mean several things, or hardly the one that it says. Whatever the choices,
    let people write anew: the date may be a mistake.

    What it is about: the "weekday" is not that of the date; "next" is this week or the next;
    today's weekday is "today" or in a week; the date has just "past", the choice is next year's;
    which "half" of the day; whether the "end" is on the next day; a word with two "meaning"s.
    """

    piece: str
    about: About
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece that lacks something; a series lacks a count."""

    piece: str
    what: Lack


@dataclass(frozen=True, slots=True)
class Past:
    """A piece whose meeting has begun."""

    piece: str
    start: dt.datetime


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """A piece with a day that no calendar has: the 31st of November."""

    piece: str


@dataclass(frozen=True, slots=True)
class NoSuchHour:
    """A piece with an hour, of the school's zone, that the change of the clock skips."""

    piece: str
    wall: dt.datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that is no date, with its words that nobody knows."""

    piece: str
    words: tuple[str, ...]


Reading: TypeAlias = Read | Doubt | Missing | Past | NoSuchDay | NoSuchHour | Unread
_Problem: TypeAlias = Past | NoSuchDay | NoSuchHour


@dataclass(slots=True)
class _Meant:
    """All that a part can mean, why that is several things, and what stands against the first."""

    rows: list[tuple[Meeting, ...]]
    about: About | None
    problem: _Problem

    @property
    def stopped(self) -> bool:
        """Whether it cannot be; of an hour that is skipped no twin is taken."""
        skipped = isinstance(self.problem, NoSuchHour) and self.about in (None, "half", "end")
        return skipped or not self.rows

    @property
    def open(self) -> bool:
        """Whether it has to be asked: always, if the weekday or the year is not what was said."""
        return len(self.rows) > 1 or self.about in ("weekday", "past")


def read(
    text: str, now: dt.datetime, zone: ZoneInfo, languages: Sequence[str] = LANGUAGES
) -> Reading:
    """The meetings of a text; else what stands against the first piece that is not certain."""
    pieces = [piece.strip() for piece in re.split("[\n;；؛]", text) if piece.strip()]
    if len(pieces) > _MOST_PIECES:
        return Unread(text, ())
    meetings: set[Meeting] = set()
    for at, piece in enumerate(pieces):
        found = _piece(piece, now, zone, languages)
        if isinstance(found, Doubt):
            return _in_text(found, pieces[:at], pieces[at + 1 :])
        if not isinstance(found, Read):
            return found
        meetings.update(found.meetings)
    return Read(tuple(sorted(meetings, key=_start))) if meetings else Unread(text, ())


def _start(meeting: Meeting) -> tuple[dt.datetime, dt.datetime]:
    return meeting.start, meeting.end or meeting.start


def _piece(piece: str, now: dt.datetime, zone: ZoneInfo, languages: Sequence[str]) -> Reading:
    rows = variants(piece, languages)
    words = unknown(list(chain(*rows)))
    said = _joined([parts(row) for row in rows])
    if words or not said or not all(said):
        return Unread(piece, tuple(dict.fromkeys(words)))
    lacking: list[Lack] = [what for what in map(_lacking, chain(*said)) if what]
    if lacking:
        return Missing(piece, lacking[0])
    found = [_meant(one, piece, now, zone) for one in said]
    problem = next((one.problem for one in found if one.stopped), None)
    return problem or _decided(piece, found, zone)


def _joined(rows: list[list[list[Said]]]) -> list[list[Said]]:
    """The parts of a piece with the meanings of all rows; rows that say less are left out."""
    full = [row for row in rows if row and all(one and one[0].whole for one in row)]
    same = [row for row in full if len(row) == len(full[0])]
    best = same or [row for row in rows if any(row)][:1]
    return [list(dict.fromkeys(chain(*meanings))) for meanings in zip(*best, strict=True)]


def _lacking(said: Said) -> Lack | None:
    """What was not said."""
    if not said.days:
        return "day"
    if not said.hours:
        return "hour"
    weekly = said.weekly
    counted = weekly is None or weekly.until or weekly.times in range(1, MOST_TIMES + 1)
    return None if counted else "count"


def _meant(said: list[Said], piece: str, now: dt.datetime, zone: ZoneInfo) -> _Meant:
    """The rows of meetings in wall time, as far as they are there and still to come."""
    meant = _Meant([], "meaning" if len(said) > 1 else None, NoSuchDay(piece))
    here = now.astimezone(zone).replace(tzinfo=None)
    found = chain(*(date_walls.find(one, here) for one in said))
    for number, (walls, about) in enumerate(islice(found, _MOST_TRIED)):
        row = [_meeting(piece, wall, now, zone) for wall in walls]
        problem = next((one for one in row if not isinstance(one, Meeting)), None)
        meetings = tuple(one for one in row if isinstance(one, Meeting))
        if problem is None and meetings not in meant.rows:
            meant.rows.append(meetings)
            meant.about = meant.about or about
        meant.problem = problem if problem and not number else meant.problem
    return meant


def _meeting(piece: str, wall: Wall, now: dt.datetime, zone: ZoneInfo) -> Meeting | _Problem:
    """A meeting between two wall times, or what stands against it."""
    start, end = (_utc(one, zone) if one else None for one in wall)
    if start is None:
        return NoSuchHour(piece, wall[0])
    if wall[1] and end is None:
        return NoSuchHour(piece, wall[1])
    return Meeting(start, end) if start > now else Past(piece, start)


def _utc(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
    """None in the hour that the clock skips; of a doubled one the first."""
    at = wall.replace(tzinfo=zone).astimezone(dt.UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == wall else None


def _decided(piece: str, found: list[_Meant], zone: ZoneInfo) -> Read | Doubt:
    """What is certain, or the choices there are."""
    all_rows = islice(product(*(one.rows for one in found)), _MOST)
    rows = [tuple(sorted(chain(*row), key=_start)) for row in all_rows]
    abouts: list[About] = [one.about for one in found if one.about and one.open]
    if not abouts:
        return Read(rows[0])
    rows.sort(key=lambda row: row[0].start)
    choices = tuple(Choice(row, "; ".join(_written(one, zone) for one in row)) for row in rows)
    return Doubt(piece, abouts[0], choices)


def _written(meeting: Meeting, zone: ZoneInfo) -> str:
    """A meeting as it is read without doubt."""
    start = meeting.start.astimezone(zone)
    said = f"{start:%Y-%m-%d %H:%M}"
    if meeting.end is None:
        return said
    end = meeting.end.astimezone(zone)
    return said + (f"-{end:%H:%M}" if end.date() == start.date() else f" - {end:%Y-%m-%d %H:%M}")


def _in_text(doubt: Doubt, before: list[str], after: list[str]) -> Doubt:
    """The doubt with choices that are the whole text."""
    choices = tuple(
        replace(choice, text="\n".join([*before, choice.text, *after])) for choice in doubt.choices
    )
    return replace(doubt, choices=choices)
