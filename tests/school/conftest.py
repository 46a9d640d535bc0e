"""A database for rules that need rows."""

from collections.abc import AsyncIterator

import pytest

from db.session import Database, connect


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = connect(database_url)
    yield opened
    await opened.close()
