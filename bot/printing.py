"""Pages as PDF, each made in a process of its own: the memory that a page takes is given back, and
one that never comes to its end is ended. So it is when the bot stops.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping

from db.types import Json

_COMMAND = (sys.executable, "-P", "-m", "bot.typesetting")
MOST_SECONDS = 20.0


class PrintingError(Exception):
    """A page could not be made, or not in time."""


async def pdf(
    template: str,
    page: Mapping[str, Json],
    language: str,
    *,
    right_to_left: bool,
    seconds: float = MOST_SECONDS,
) -> bytes:
    """A page of data, laid out by a template; every string in it is somebody's words.

    Raises PrintingError, also where it takes longer than `seconds`.
    """
    given = json.dumps([template, dict(page), language, right_to_left, seconds]).encode()
    child = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, stdout=PIPE)
    try:
        made, _ = await child.communicate(given)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise PrintingError(f"the page was not made: {child.returncode}")
    return made
