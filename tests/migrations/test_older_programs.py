"""A program of the release before goes on working on the schema of the next: steps only add, and
what they add needs no value that an older program would not give.
"""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, inspect

from db.migrate import migrating, revisions, upgrade
from tests.databases import Files, Server

STEPS = list(pairwise(revisions()))
Schema = dict[str, dict[str, Any]]


def _schema(connection: Connection) -> Schema:
    looked = inspect(connection)
    return {
        table: {str(column["name"]): column for column in looked.get_columns(table)}
        for table in looked.get_table_names()
    }


async def _at(url: str, revision: str) -> Schema:
    found: list[Schema] = []
    await upgrade(url, revision)
    await migrating(url, lambda connection: found.append(_schema(connection)))
    return found[0]


def in_the_way(before: Schema, after: Schema) -> list[str]:
    """What a program that knows only the schema before would stumble over."""
    found: list[str] = []
    for table, columns in before.items():
        now = after.get(table, {})
        found += [f"{table}.{name} is gone" for name in columns if name not in now]
        for name, column in now.items():
            was_free = name not in columns or columns[name]["nullable"]
            needed = not column["nullable"] and column["default"] is None
            if was_free and needed:
                found.append(f"{table}.{name} needs a value")
    return found


@pytest.mark.parametrize(("below", "revision"), STEPS)
async def test_a_step_only_adds_what_an_older_program_can_leave_out(
    databases: Files | Server, below: str, revision: str
) -> None:
    url = await databases.empty()
    before = await _at(url, below)
    assert in_the_way(before, await _at(url, revision)) == []


def test_what_is_in_the_way_is_found() -> None:
    free, needed = {"nullable": True, "default": None}, {"nullable": False, "default": None}
    before: Schema = {"people": {"id": needed, "name": free}, "ideas": {"id": needed}}
    after: Schema = {"people": {"id": needed, "name": needed, "age": needed, "city": free}}
    assert in_the_way(before, after) == [
        "people.name needs a value",
        "people.age needs a value",
        "ideas.id is gone",
    ]
