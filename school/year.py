"""The certificate of a year: all meetings that somebody came to in it, with their hours. Its code
is that of one of the person's tickets with the year behind it: it confirms that year alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from school import attendance, events, hours, links
from school.certificates import Attended, Certificate
from school.hours import Visit
from school.texts import in_language

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whose hours of a year a code confirms, as they are now."""

    holder: str
    year: int
    minutes: int


def visits(
    session: Session, person: Person, year: int, zone: ZoneInfo, now: dt.datetime
) -> Sequence[Visit]:
    """The meetings of a year that are over and to which a person came, the first one first."""
    found = [
        visit
        for visit in hours.visits(session, person)
        if visit.meeting.ends_at <= now and _year(visit, zone) == year
    ]
    return found[::-1]


def _year(visit: Visit, zone: ZoneInfo) -> int:
    return visit.meeting.starts_at.astimezone(zone).year


def years(session: Session, person: Person, zone: ZoneInfo, now: dt.datetime) -> Sequence[int]:
    """The years of which a person can have a certificate, the last one first."""
    over = (visit for visit in hours.visits(session, person) if visit.meeting.ends_at <= now)
    return list(dict.fromkeys(_year(visit, zone) for visit in over))


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which year a certificate is made, in a language, at a school's clock, by a bot."""

    year: int
    zone: ZoneInfo
    language: str
    bot: str
    now: dt.datetime


def certificate(session: Session, person: Person, asked: Asked) -> Certificate | None:
    """The certificate as it can be printed; None where there are no hours."""
    found = visits(session, person, asked.year, asked.zone, asked.now)
    code = _code(session, person, asked.year)
    if not found or code is None:
        return None
    link = links.opens(asked.bot, links.about(links.CERTIFICATE, code))
    attended = _attended(found, asked.language)
    holder = person.name or ""
    return Certificate(holder, attended, code, asked.bot, link, asked.now, asked.year)


def _attended(found: Sequence[Visit], language: str) -> list[Attended]:
    """By event, in the order of their first meetings."""
    rows: dict[int, tuple[Event, list[Visit]]] = {}
    for visit in found:
        rows.setdefault(visit.event.id, (visit.event, []))[1].append(visit)
    return [
        Attended(
            in_language(events.title(event), language),
            [visit.meeting.starts_at for visit in own],
            sum(visit.minutes for visit in own),
        )
        for event, own in rows.values()
    ]


def _code(session: Session, person: Person, year: int) -> str | None:
    """The first seat with which the person came somewhere stands for the person."""
    query = (
        select(Seat.code)
        .join(Attendance, Attendance.seat_id == Seat.id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Seat.person_id == person.id)
        .group_by(Seat.id)
        .order_by(func.min(Meeting.starts_at), Seat.id)
    )
    code = session.scalars(query).first()
    return f"{code}-{year}" if code is not None else None


def confirmed(session: Session, words: str, zone: ZoneInfo, now: dt.datetime) -> Confirmed | None:
    """What a code confirms, however it is typed; None where it is of no year's certificate."""
    plain = attendance.plain_code(words)
    code, year = plain[:-_DIGITS], plain[-_DIGITS:]
    seat = attendance.by_code(session, code) if year.isdecimal() else None
    if seat is None:
        return None
    person = attendance.holder(session, seat)
    minutes = sum(visit.minutes for visit in visits(session, person, int(year), zone, now))
    return Confirmed(person.name or "", int(year), minutes) if minutes else None
