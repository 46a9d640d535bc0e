"""Alembic's own command line works from the repository's root, as pyproject.toml sets it up."""

import asyncio
import sys
from pathlib import Path

from tests.databases import Files, Server

ROOT = Path(__file__).parents[2]
WHICH = "FAILED: which database? write alembic -x url=sqlite:///var/quartieri.db ...\n"


async def _alembic(*words: str) -> tuple[int, str]:
    """Run it; its exit status and the last line that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "alembic",
        *words,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode().splitlines(keepends=True)[-1:][0] if said else ""


async def test_up_check_and_down(databases: Files | Server) -> None:
    url = f"url={await databases.empty()}"
    assert await _alembic("-x", url, "check") == (
        255,
        "FAILED: Target database is not up to date.\n",
    )
    assert await _alembic("-x", url, "upgrade", "head") == (0, "")
    assert await _alembic("-x", url, "check") == (0, "No new upgrade operations detected.\n")
    assert await _alembic("-x", url, "downgrade", "base") == (0, "")


async def test_without_a_database_it_says_how_to_name_one() -> None:
    assert await _alembic("check") == (255, WHICH)
