"""An emulator with people who all wrote once, in a process of its own: it says its address, and
lives until it is ended. `python -m tests.bench.telegram 600`
"""

import asyncio
import gc
import sys

from emulator.server import start
from emulator.state import Person
from tests.bench.load import FIRST, TOKEN


async def main() -> None:
    """Serve."""
    async with await start(port=0, token=TOKEN) as emulator:
        for number in range(FIRST, FIRST + int(sys.argv[1])):
            emulator.world.people[number] = Person(number, f"Person {number}", wrote=True)
        gc.freeze()
        print(emulator.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
