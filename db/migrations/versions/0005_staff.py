"""Who works at the school and what they did; a chosen name, and what a link was about."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_INDEXED = (
    ("invitations", "person_id"),
    ("invitations", "expires_at"),
    ("deeds", "at"),
    ("deeds", "person_id"),
    ("deeds", "whom_id"),
)


def _person(table: str, ending: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_people")
    return sa.ForeignKeyConstraint([column], ["people.id"], name=name, ondelete=ending)


def upgrade() -> None:
    op.create_table(
        "roles",
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        _person("roles", "CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_roles")),
    )
    op.create_table(
        "invitations",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("expires_at", _TIME, nullable=False),
        _person("invitations", "CASCADE"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_invitations")),
    )
    op.create_table(
        "deeds",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("whom_id", _KEY, nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(none_as_null=True), nullable=False),
        _person("deeds", "SET NULL"),
        _person("deeds", "SET NULL", "whom_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    for table, column in _INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("came_for", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("came_for")
        batch_op.drop_column("name")
    for table in ("deeds", "invitations", "roles"):
        op.drop_table(table)
