"""What is kept of the school's meetings and of who has a seat: see db/tables.py."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Document, Json


class Place(Base):
    """Where events are; remembered for the next one."""

    __tablename__ = "places"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Event(Base):
    """What one takes a seat in, with one meeting or several. Its texts are by language; `options`
    is what need not be set. `sequence` counts what changed since it was published.
    """

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str | None]
    title: Mapped[dict[str, Json]] = mapped_column(Document)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    seats: Mapped[int | None]
    options: Mapped[dict[str, Json]] = mapped_column(Document)
    sequence: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[dt.datetime]


class Meeting(Base):
    """One date of an event."""

    __tablename__ = "meetings"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[dt.datetime] = mapped_column(index=True)
    ends_at: Mapped[dt.datetime]
    cancelled_at: Mapped[dt.datetime | None]


class Seat(Base):
    """Somebody's seat in an event, or a place in its waiting list: `line_at` is since when. `code`
    is what its ticket shows, `coming` the event's `sequence` for which the person said so. It is
    for `party` people, who come together.
    """

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("ix_seats_event_id_state_line_at", "event_id", "state", "line_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    line_at: Mapped[dt.datetime]
    offered_until: Mapped[dt.datetime | None] = mapped_column(index=True)
    coming: Mapped[int | None]
    party: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Attendance(Base):
    """Somebody was at a meeting, and how that is known."""

    __tablename__ = "attendances"
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[dt.datetime]
    how: Mapped[str]


class Feedback(Base):
    """What somebody who came said of an event afterwards: answers by question."""

    __tablename__ = "feedback"
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True
    )
    answers: Mapped[dict[str, Json]] = mapped_column(Document)
    at: Mapped[dt.datetime]


class Mute(Base):
    """A kind of message that somebody does not want."""

    __tablename__ = "mutes"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
