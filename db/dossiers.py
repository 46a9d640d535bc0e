"""What is kept of sheets that were handed to tutors, and of tutors: see db/tables.py."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Document, Json


class Dossier(Base):
    """A sheet on its way to a tutor and back. `round` is the number of its newest version; `since`
    is since when it waits for whoever is to act next; `alerts` how often somebody was told that it
    waits, in this state; `languages` are those of the answers, where somebody said which.
    """

    __tablename__ = "dossiers"
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(index=True)
    tutor_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    mediator_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    round: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    since: Mapped[dt.datetime]
    handed_at: Mapped[dt.datetime | None]
    taken_at: Mapped[dt.datetime | None]
    read_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    alerts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    languages: Mapped[list[str] | None] = mapped_column(Document)


class Consent(Base):
    """What somebody said, asked whether a sheet may go to a tutor: "yes", "no", or "asked" while
    there is no answer; `at` is when that was.
    """

    __tablename__ = "consents"
    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    said: Mapped[str] = mapped_column(default="yes", server_default=text("'yes'"))
    at: Mapped[dt.datetime]


class Version(Base):
    """A sheet as it was handed in: title and answers."""

    __tablename__ = "versions"
    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    at: Mapped[dt.datetime]
    content: Mapped[dict[str, Json]] = mapped_column(Document)


class Comment(Base):
    """What a tutor says of one answer of a version; it is the group's once it was sent."""

    __tablename__ = "comments"
    __table_args__ = (UniqueConstraint("dossier_id", "number", "question"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    number: Mapped[int]
    question: Mapped[str]
    words: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    sent_at: Mapped[dt.datetime | None]


class Relay(Base):
    """A message that was passed on between a tutor and a sheet's people, by where it came from; its
    words are kept nowhere. `to` is "tutor" or "group"; messages of one album are one to whoever
    wrote them.
    """

    __tablename__ = "relays"
    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int]
    to: Mapped[str]
    album: Mapped[str | None]
    at: Mapped[dt.datetime]


class Tutor(Base):
    """What a tutor said about the own work: `profile` has languages, fields, evenings (0 is Monday)
    and the hour of the digest.
    """

    __tablename__ = "tutors"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    profile: Mapped[dict[str, Json]] = mapped_column(Document)
    away_from: Mapped[dt.datetime | None]
    away_until: Mapped[dt.datetime | None]


class Desk(Base):
    """The supergroup with topics where tutors work, and who bound it; `lost_at` since when the bot
    can do nothing there.
    """

    __tablename__ = "desks"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    at: Mapped[dt.datetime]
    lost_at: Mapped[dt.datetime | None]
