"""What all tests share: databases of both kinds, and a world to tell stories in."""

import gc
import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import Files, Server, scratch, server
from tests.world import World, world

KINDS = ["sqlite", "postgresql"]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a fifth of a test's time is waiting."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there once all tests are known stays: looking through it for garbage, again and
    again, took a tenth of the time.
    """
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def files() -> Iterator[Files]:
    with scratch() as folder:
        yield Files(folder)


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest, files: Files) -> Files | Server:
    """Both kinds of database, one after the other."""
    return files if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
async def database_url(databases: Files | Server) -> AsyncIterator[str]:
    """A database of its own with the newest schema and no rows."""
    async with databases.lent() as url:
        yield url


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[World]:
    """The bot on both databases, and an emulator, with nobody in it yet."""
    async with world(database_url) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
