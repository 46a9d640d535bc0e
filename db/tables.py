"""What is kept. One class a table; no relationships, no behaviour: rules live in school/."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Document, Json


class Update(Base):
    """An update that is done; the same one coming again finds its row here."""

    __tablename__ = "updates"
    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)


class Person(Base):
    """Somebody who wrote to the bot, or whom a coordinator noted by name: they have no Telegram
    account, and can't be reached. `expects` says whose the next free text is. `seen_at` is the
    day of the last word, no hour; `warned_at` is set while the person knows of a deletion to come.
    `name` is the one that the person chose; `came_for` is what a link was about, until it is shown;
    `acting_for` is whose sheet a coordinator fills in at present.
    """

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(unique=True)
    language: Mapped[str]
    created_at: Mapped[dt.datetime]
    notice_read: Mapped[str | None]
    old_enough_at: Mapped[dt.datetime | None]
    unreachable_at: Mapped[dt.datetime | None]
    seen_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    warned_at: Mapped[dt.datetime | None]
    expects: Mapped[str] = mapped_column(default="nobody")
    revisiting: Mapped[str | None]
    name: Mapped[str | None]
    came_for: Mapped[str | None]
    acting_for: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )


class Role(Base):
    """What somebody may do besides what every resident may; roles add up."""

    __tablename__ = "roles"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class Invitation(Base):
    """A link that gives a role once; of its secret only a hash is kept."""

    __tablename__ = "invitations"
    mark: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)


class Deed(Base):
    """One line of the audit trail: what one of the staff did, to what, and to whom."""

    __tablename__ = "deeds"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    whom_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )
    what: Mapped[str]
    about: Mapped[dict[str, Json]] = mapped_column(Document)


class Idea(Base):
    """What somebody wants to start in a neighbourhood, alone or as a group; the sheet is its
    answers.
    """

    __tablename__ = "ideas"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), unique=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), unique=True
    )
    title: Mapped[str | None]
    created_at: Mapped[dt.datetime]


class Answer(Base):
    """The answer to one question, by its key in the questionnaire, and who gave it last."""

    __tablename__ = "answers"
    idea_id: Mapped[int] = mapped_column(
        ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    value: Mapped[dict[str, Json]] = mapped_column(Document)
    changed_at: Mapped[dt.datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True
    )


class Attachment(Base):
    """A file that Telegram keeps for us; a voice may be the answer to a question."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    file_id: Mapped[str]
    name: Mapped[str | None]
    seconds: Mapped[int | None]
    album: Mapped[str | None]
    at: Mapped[dt.datetime]


class Bubble(Base):
    """A message of a person that is part of an answer, or waits to be (question is null). In the
    sheet of a group that the person has left it is nobody's, and still a part of its answer.
    """

    __tablename__ = "bubbles"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    message_id: Mapped[int]
    idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("ideas.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str | None]
    words: Mapped[str]
    attachment_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachments.id", ondelete="CASCADE")
    )
    at: Mapped[dt.datetime]


class Wish(Base):
    """Something a person wants to be told about once it is there."""

    __tablename__ = "wishes"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class Inquiry(Base):
    """A question to a human, by a code; its words are with whoever answers, and not here."""

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(unique=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    answered_at: Mapped[dt.datetime | None]


class Outgoing(Base):
    """One call to the Bot API that is still to be made, or whose end must be remembered. `owner` is
    the process whose turn it was, or that took it over. Of an announcement it is a line of the
    ledger, and `messages` are the numbers of what was sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_lane_id", "state", "lane", "id"),
        Index("ix_outbox_chat_id_lane_id", "chat_id", "lane", "id"),
        Index(
            "ix_outbox_announcement_id_method_state_id",
            *("announcement_id", "method", "state", "id"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    lane: Mapped[int]
    state: Mapped[str]
    method: Mapped[str]
    body: Mapped[dict[str, Json]] = mapped_column(Document)
    language: Mapped[str]
    slot: Mapped[str | None]
    dedup_key: Mapped[str | None] = mapped_column(unique=True)
    not_before: Mapped[dt.datetime]
    deadline: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    uncertain: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    outcome: Mapped[str | None]
    owner: Mapped[int | None]
    announcement_id: Mapped[int | None] = mapped_column(
        ForeignKey("announcements.id", ondelete="CASCADE")
    )
    messages: Mapped[dict[str, Json] | None] = mapped_column(Document)


class Replica(Base):
    """A process of the bot that lives: its beats say so. The one with the least number speaks for
    all of them.
    """

    __tablename__ = "replicas"
    id: Mapped[int] = mapped_column(primary_key=True)
    beat: Mapped[int]


class Handle(Base):
    """The message that stands in a chat's slot, or the topic, so that later calls can name it."""

    __tablename__ = "handles"
    __table_args__ = (Index("ix_handles_chat_id_message_id", "chat_id", "message_id"),)
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int]


class Forgotten(Base):
    """Somebody who was forgotten, by a keyed hash of the account: a restored copy is told so."""

    __tablename__ = "forgotten"
    mark: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]


class Source(Base):
    """How often a poster's code was opened on a day; nothing says by whom."""

    __tablename__ = "sources"
    code: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Condition(Base):
    """The state of what is watched for the operator, so that each change of it is told once."""

    __tablename__ = "conditions"
    name: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[dt.datetime]
