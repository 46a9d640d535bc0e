"""What is kept of announcements: see db/tables.py. Who gets one, and what became of it, are rows of
the outbox that name it: they are its ledger.
"""

import datetime as dt

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Document, Json


class Announcement(Base):
    """What a coordinator writes to many people. `content` has the messages by language, and the
    buttons; `audience` says for whom; `mark` is of exactly this content and audience. `method` is
    what is done now: it is sent, corrected (`revision` counts that), or recalled. Lines of the
    ledger are put by the numbers of people: up to `reached`, and on to `last`. `again` says which
    of them go once more; `correction` is what it is to say, until that is confirmed. `shown` is
    what its screens last said of how far it is; nothing, once they have said the end.
    """

    __tablename__ = "announcements"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    approver_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("events.id", ondelete="SET NULL"), index=True
    )
    subject: Mapped[str | None]
    content: Mapped[dict[str, Json]] = mapped_column(Document)
    audience: Mapped[dict[str, Json]] = mapped_column(Document)
    options: Mapped[dict[str, Json]] = mapped_column(Document)
    mark: Mapped[str | None]
    method: Mapped[str] = mapped_column(default="announce", server_default="announce")
    revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reached: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    last: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    again: Mapped[dict[str, Json] | None] = mapped_column(Document)
    correction: Mapped[dict[str, Json] | None] = mapped_column(Document)
    shown: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    starts_at: Mapped[dt.datetime | None]
    until: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class Tapped(Base):
    """How often a button of an announcement was tapped; nothing says by whom."""

    __tablename__ = "tapped"
    announcement_id: Mapped[int] = mapped_column(
        ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True
    )
    button: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
