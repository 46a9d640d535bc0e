"""A story that is told on the phones of a town."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.browser.phones import newest, tap, write
from tests.world import World


async def set_clocks(town: World, now: dt.datetime) -> None:
    """The school's clock, and that of the phones."""
    await town.sim("clock", {"to": now.isoformat()})
    town.app.clock.set_to(now)


class Scene(NamedTuple):
    """What the story is told with; its pictures have its name."""

    town: World
    page: Page
    folder: Path
    name: str

    async def taps(self, who: int, label: str) -> None:
        async with self.page.expect_response("**/sim/press"):
            await tap(self.page, label, who)
        await self.town.settle()

    async def writes(self, who: int, words: str) -> None:
        async with self.page.expect_response("**/sim/send"):
            await write(self.page, words, who)
        await self.town.settle()

    async def reads(self, who: int, words: str) -> None:
        await expect(newest(self.page, who)).to_contain_text(words)

    async def sweeps(self) -> None:
        """What is due is done, and said."""
        for _ in range(2):
            await self.town.app.sweep()
            await self.town.settle()

    async def shows(self, what: str) -> None:
        await self.page.screenshot(path=self.folder / f"{self.name}-{what}.png")
