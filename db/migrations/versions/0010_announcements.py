"""Announcements, with a ledger of who got them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True)


def _to(column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_announcements_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="SET NULL")


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, _KEY, nullable=True) for name in ("person_id", "approver_id")),
        sa.Column("event_id", _KEY, nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        *(sa.Column(name, _JSON, nullable=False) for name in ("content", "audience", "options")),
        sa.Column("mark", sa.String(), nullable=True),
        sa.Column("method", sa.String(), server_default="announce", nullable=False),
        *(
            sa.Column(name, _KEY, server_default=sa.text("0"), nullable=False)
            for name in ("revision", "reached", "last")
        ),
        *(sa.Column(name, _JSON, nullable=True) for name in ("again", "correction")),
        sa.Column("shown", sa.String(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        *(sa.Column(name, _TIME, nullable=True) for name in ("starts_at", "until", "ended_at")),
        _to("person_id", "people"),
        _to("approver_id", "people"),
        _to("event_id", "events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    for column in ("state", "person_id", "approver_id", "event_id"):
        op.create_index(op.f(f"ix_announcements_{column}"), "announcements", [column])
    op.create_table(
        "tapped",
        sa.Column("announcement_id", _KEY, nullable=False),
        sa.Column("button", sa.String(), nullable=False),
        sa.Column("count", _KEY, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_tapped_announcement_id_announcements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("announcement_id", "button", name=op.f("pk_tapped")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("announcement_id", _KEY, nullable=True))
        batch_op.add_column(sa.Column("messages", _JSON, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outbox_announcement_id_announcements"),
            "announcements",
            ["announcement_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(
            "ix_outbox_announcement_id_method_state_id",
            ["announcement_id", "method", "state", "id"],
        )


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE announcement_id IS NOT NULL")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_announcement_id_method_state_id")
        batch_op.drop_constraint(
            op.f("fk_outbox_announcement_id_announcements"), type_="foreignkey"
        )
        batch_op.drop_column("messages")
        batch_op.drop_column("announcement_id")
    for table in ("tapped", "announcements"):
        op.drop_table(table)
