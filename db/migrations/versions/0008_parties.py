"""Seats for several people, what people said afterwards, and people without Telegram."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("seat_id", _KEY, nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], name=op.f("fk_feedback_seat_id_seats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("party", _KEY, server_default=sa.text("1"), nullable=False))
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.alter_column("telegram_id", existing_type=_KEY, nullable=True)


def downgrade() -> None:
    """People without an account are unknown before: they go."""
    op.execute("DELETE FROM people WHERE telegram_id IS NULL")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.alter_column("telegram_id", existing_type=_KEY, nullable=False)
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_column("party")
    op.drop_table("feedback")
