"""Alembic's hook: runs the migrations on the connection that `db.migrate` hands over."""

import asyncio
from typing import Any, Literal

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection

from db import announcements, dossiers, events, groups, tables
from db.base import Base
from db.migrate import migrating
from db.types import Utc

# All tables are known once their modules are read.
_METADATA = Base.metadata if (tables, events, groups, dossiers, announcements) else None


def render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own types as SQLAlchemy's, so that old migrations never import our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


def run(connection: Connection) -> None:
    """Do what Alembic was told to do, on a connection that is in a transaction."""
    context.configure(
        connection=connection,
        target_metadata=_METADATA,
        render_as_batch=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_here() -> None:
    """Run on the connection given, or for the command line on the database of `-x url=`."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not isinstance(url, str):
        raise CommandError("which database? write alembic -x url=sqlite:///var/quartieri.db ...")
    asyncio.run(migrating(url, run))


run_here()
