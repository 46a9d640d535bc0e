"""Meetings of the school, where they are, and who has a seat."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_DEGREES: sa.Double[float] = sa.Double()
_INDEXED = (
    ("events", "state"),
    ("meetings", "event_id"),
    ("meetings", "starts_at"),
    ("seats", "person_id"),
    ("seats", "offered_until"),
)


def _to(table: str, column: str, parent: str, ending: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ending)


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("latitude", _DEGREES, nullable=True),
        sa.Column("longitude", _DEGREES, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("name", name=op.f("uq_places_name")),
    )
    op.create_table(
        "events",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("title", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("place_id", _KEY, nullable=True),
        sa.Column("seats", _KEY, nullable=True),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sequence", _KEY, server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        _to("events", "place_id", "places"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("code", name=op.f("uq_events_code")),
    )
    op.create_table(
        "meetings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("event_id", _KEY, nullable=False),
        sa.Column("starts_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        _to("meetings", "event_id", "events", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_table(
        "seats",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("event_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("line_at", _TIME, nullable=False),
        sa.Column("offered_until", _TIME, nullable=True),
        _to("seats", "event_id", "events", "CASCADE"),
        _to("seats", "person_id", "people", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("code", name=op.f("uq_seats_code")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_seats_event_id_person_id")),
    )
    for table, column in _INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    order = ["event_id", "state", "line_at"]
    op.create_index(op.f("ix_seats_event_id_state_line_at"), "seats", order)


def downgrade() -> None:
    for table in ("seats", "meetings", "events", "places"):
        op.drop_table(table)
