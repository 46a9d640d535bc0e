"""Groups with a sheet of their own, and sheets that are handed to tutors."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True)
_NEW = (
    *("groups", "members", "group_links", "cards", "introductions", "assistances", "claims"),
    *("dossiers", "consents", "versions", "comments", "relays", "tutors", "desks"),
)
_INDEXED = (
    ("groups", "lead_id"),
    ("members", "group_id"),
    ("group_links", "group_id"),
    ("introductions", "other_id"),
    ("assistances", "by_id"),
    ("claims", "person_id"),
    ("claims", "by_id"),
    ("claims", "expires_at"),
    ("dossiers", "state"),
    ("dossiers", "tutor_id"),
    ("dossiers", "mediator_id"),
    ("consents", "person_id"),
    ("versions", "person_id"),
    ("comments", "person_id"),
    ("relays", "dossier_id"),
    ("relays", "person_id"),
    ("desks", "person_id"),
)


def _key(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _KEY, nullable=nullable)


def _words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _TIME, nullable=nullable)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, _KEY, server_default=sa.text("0"), nullable=False)


def _to(table: str, column: str, parent: str, ending: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ending)


def _table(name: str, key: Sequence[str], *parts: Any) -> None:
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")))


def _answers_and_their_parts() -> None:
    """An answer says who gave it; its bubbles may be nobody's."""
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(_key("person_id", nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_answers_person_id_people"),
            "people",
            ["person_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(op.f("ix_answers_person_id"), ["person_id"])
    op.execute(
        "UPDATE answers SET person_id ="
        " (SELECT ideas.person_id FROM ideas WHERE ideas.id = answers.idea_id)"
    )
    with op.batch_alter_table("bubbles", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=_KEY, nullable=True)


def upgrade() -> None:
    _table(
        "groups",
        ["id"],
        *(_key("id"), _words("name"), _key("lead_id", nullable=True), _time("created_at")),
        _to("groups", "lead_id", "people", "SET NULL"),
    )
    _table(
        "members",
        ["person_id"],
        *(_key("person_id"), _key("group_id"), _time("joined_at")),
        *(_words("question", nullable=True), _time("asked_at", nullable=True)),
        *(_to("members", "person_id", "people"), _to("members", "group_id", "groups")),
    )
    _table(
        "group_links",
        ["code"],
        *(_words("code"), _key("group_id"), _words("kind"), _time("at")),
        _to("group_links", "group_id", "groups"),
    )
    _table(
        "cards",
        ["person_id"],
        *(_key("person_id"), _words("place"), _words("field"), _words("words"), _time("at")),
        _to("cards", "person_id", "people"),
    )
    _table(
        "introductions",
        ["person_id", "other_id"],
        *(_key("person_id"), _key("other_id"), _words("state"), _time("at")),
        _to("introductions", "person_id", "people"),
        _to("introductions", "other_id", "people"),
    )
    _table(
        "assistances",
        ["person_id"],
        *(_key("person_id"), _key("by_id", nullable=True), _words("notice"), _time("noticed_at")),
        _to("assistances", "person_id", "people"),
        _to("assistances", "by_id", "people", "SET NULL"),
    )
    _table(
        "claims",
        ["mark"],
        *(_words("mark"), _key("person_id"), _key("by_id", nullable=True), _time("expires_at")),
        *(_to("claims", "person_id", "people"), _to("claims", "by_id", "people", "SET NULL")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(_key("acting_for", nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_people_acting_for_people"),
            "people",
            ["acting_for"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(op.f("ix_people_acting_for"), ["acting_for"])
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=_KEY, nullable=True)
        batch_op.add_column(_key("group_id", nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_ideas_group_id_groups"), "groups", ["group_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_unique_constraint(op.f("uq_ideas_group_id"), ["group_id"])
    _answers_and_their_parts()
    _table(
        "dossiers",
        ["id"],
        *(_key("id"), _key("idea_id"), _words("state")),
        *(_key("tutor_id", nullable=True), _key("mediator_id", nullable=True)),
        *(_count("round"), _time("since"), _time("handed_at", nullable=True)),
        *(_time("taken_at", nullable=True), _time("read_at", nullable=True)),
        *(_time("answered_at", nullable=True), _count("alerts")),
        sa.Column("languages", _JSON, nullable=True),
        _to("dossiers", "idea_id", "ideas"),
        _to("dossiers", "tutor_id", "people", "SET NULL"),
        _to("dossiers", "mediator_id", "people", "SET NULL"),
        sa.UniqueConstraint("idea_id", name=op.f("uq_dossiers_idea_id")),
    )
    _table(
        "consents",
        ["dossier_id", "person_id"],
        *(_key("dossier_id"), _key("person_id")),
        sa.Column("said", sa.String(), server_default=sa.text("'yes'"), nullable=False),
        _time("at"),
        *(_to("consents", "dossier_id", "dossiers"), _to("consents", "person_id", "people")),
    )
    _table(
        "versions",
        ["dossier_id", "number"],
        *(_key("dossier_id"), _key("number"), _key("person_id", nullable=True), _time("at")),
        sa.Column("content", _JSON, nullable=False),
        _to("versions", "dossier_id", "dossiers"),
        _to("versions", "person_id", "people", "SET NULL"),
    )
    _table(
        "comments",
        ["id"],
        *(_key("id"), _key("dossier_id"), _key("number"), _words("question"), _words("words")),
        *(_key("person_id", nullable=True), _time("sent_at", nullable=True)),
        _to("comments", "dossier_id", "dossiers"),
        _to("comments", "person_id", "people", "SET NULL"),
        sa.UniqueConstraint(
            *("dossier_id", "number", "question"),
            name=op.f("uq_comments_dossier_id_number_question"),
        ),
    )
    _table(
        "relays",
        ["id"],
        *(_key("id"), _key("dossier_id"), _key("person_id")),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        *(_key("message_id"), _words("to"), _words("album", nullable=True), _time("at")),
        *(_to("relays", "dossier_id", "dossiers"), _to("relays", "person_id", "people")),
        sa.UniqueConstraint(*("chat_id", "message_id"), name=op.f("uq_relays_chat_id_message_id")),
    )
    _table(
        "tutors",
        ["person_id"],
        _key("person_id"),
        sa.Column("profile", _JSON, nullable=False),
        *(_time("away_from", nullable=True), _time("away_until", nullable=True)),
        _to("tutors", "person_id", "people"),
    )
    _table(
        "desks",
        ["chat_id"],
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(_words("title"), _key("person_id", nullable=True)),
        *(_time("at"), _time("lost_at", nullable=True)),
        _to("desks", "person_id", "people", "SET NULL"),
    )
    for table, column in _INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_handles_chat_id_message_id", "handles", ["chat_id", "message_id"])


def downgrade() -> None:
    """A group's sheet is nobody's before: it goes with the group. So do parts of who left."""
    op.drop_index("ix_handles_chat_id_message_id", table_name="handles")
    for table in reversed(_NEW[7:]):
        op.drop_table(table)
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_answers_person_id"))
        batch_op.drop_constraint(op.f("fk_answers_person_id_people"), type_="foreignkey")
        batch_op.drop_column("person_id")
    for table in ("bubbles", "attachments", "answers"):
        op.execute(
            f"DELETE FROM {table} WHERE idea_id IN"  # noqa: S608 - our own names
            " (SELECT id FROM ideas WHERE person_id IS NULL)"
        )
    op.execute("DELETE FROM ideas WHERE person_id IS NULL")
    op.execute("DELETE FROM bubbles WHERE person_id IS NULL")
    with op.batch_alter_table("bubbles", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=_KEY, nullable=False)
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_ideas_group_id"), type_="unique")
        batch_op.drop_constraint(op.f("fk_ideas_group_id_groups"), type_="foreignkey")
        batch_op.drop_column("group_id")
        batch_op.alter_column("person_id", existing_type=_KEY, nullable=False)
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_people_acting_for"))
        batch_op.drop_constraint(op.f("fk_people_acting_for_people"), type_="foreignkey")
        batch_op.drop_column("acting_for")
    for table in reversed(_NEW[:7]):
        op.drop_table(table)
