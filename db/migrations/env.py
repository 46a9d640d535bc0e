"""Alembic's hook: runs the migrations on the connection that `db.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine

from db.tables import Base
from db.types import Utc


def render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own types as SQLAlchemy's, so that old migrations never import our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def run() -> None:
    """Migrate the connection given, or for the command line the database of `-x url=`."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        url = context.get_x_argument(as_dictionary=True)["url"]
        connection = create_engine(url).connect()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
