"""The hours of somebody who came: the lengths of meetings, by the year in the school's zone. They
say what one did; nothing is closed to whoever has fewer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting to which somebody came."""

    event: Event
    meeting: Meeting

    @property
    def minutes(self) -> int:
        """How long it was."""
        return round((self.meeting.ends_at - self.meeting.starts_at).total_seconds() / 60)


def visits(session: Session, person: Person) -> Sequence[Visit]:
    """All meetings to which a person came, the last one first."""
    query = (
        select(Event, Meeting)
        .join(Meeting, Meeting.event_id == Event.id)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(Seat, Seat.id == Attendance.seat_id)
        .where(Seat.person_id == person.id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return [Visit(event, meeting) for event, meeting in session.execute(query)]


def by_year(found: Sequence[Visit], zone: ZoneInfo) -> Mapping[int, int]:
    """The minutes of each year, the last one first."""
    years: dict[int, int] = {}
    for visit in found:
        year = visit.meeting.starts_at.astimezone(zone).year
        years[year] = years.get(year, 0) + visit.minutes
    return years
