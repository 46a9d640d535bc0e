"""What is kept of groups, of who looks for company, and of people whom somebody else helps: see
db/tables.py.
"""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class Group(Base):
    """People who want to start something together; its sheet is the idea that is the group's."""

    __tablename__ = "groups"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    lead_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[dt.datetime]


class Member(Base):
    """Somebody's place in a group; nobody is in two. `question` is the one that was shown last to
    the person, at `asked_at`; that is null once somebody else changed its answer.
    """

    __tablename__ = "members"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[dt.datetime]
    question: Mapped[str | None]
    asked_at: Mapped[dt.datetime | None]


class GroupLink(Base):
    """A link into a group, for one person or for all who have it; it counts while it is here."""

    __tablename__ = "group_links"
    code: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    at: Mapped[dt.datetime]


class Card(Base):
    """What somebody who looks for company lets others read."""

    __tablename__ = "cards"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[str]
    field: Mapped[str]
    words: Mapped[str]
    at: Mapped[dt.datetime]


class Introduction(Base):
    """Somebody wants to meet somebody who looks for company."""

    __tablename__ = "introductions"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[str]
    at: Mapped[dt.datetime]


class Assistance(Base):
    """Whose sheet a coordinator fills in, without Telegram, and when the notice was given."""

    __tablename__ = "assistances"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    notice: Mapped[str]
    noticed_at: Mapped[dt.datetime]


class Claim(Base):
    """A link by which somebody takes over what is kept of a person, once; of its secret only a hash
    is kept.
    """

    __tablename__ = "claims"
    mark: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
