"""A story on the phones of the emulator's page, told by what people do there and see."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.browser.phones import newest, phone, tap, write
from tests.world import World


async def set_clocks(town: World, now: dt.datetime) -> None:
    """The school's clock, and that of the phones."""
    await town.sim("clock", {"to": now.isoformat()})
    town.app.clock.set_to(now)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a story is told with; each thing that is done ends once the bot has said all."""

    town: World
    page: Page
    folder: Path
    name: str

    async def taps(self, who: int, label: str) -> None:
        """Somebody taps the newest button with this label, on a phone or in a group's chat."""
        async with self.page.expect_response("**/sim/press"):
            await tap(self.page, label, who)
        await self.town.settle()

    async def writes(self, who: int, words: str) -> None:
        """Somebody writes."""
        async with self.page.expect_response("**/sim/send"):
            await write(self.page, words, who)
        await self.town.settle()

    async def sweeps(self) -> None:
        """What is due is done, and said."""
        for _ in range(2):
            await self.town.app.sweep()
            await self.town.settle()

    async def replies(self, who: int, to: Locator, words: str) -> None:
        """Somebody replies to a message."""
        await to.get_by_role("button", name="Actions").click()
        await self.page.get_by_role("button", name="Reply").click()
        await self.writes(who, words)

    async def reads(self, who: int, words: str) -> None:
        """What the bot said last has these words."""
        await expect(newest(self.page, who)).to_contain_text(words)

    def said(self, who: int, words: str) -> Locator:
        """The newest bubble with these words."""
        return phone(self.page, who).locator(".bubble").filter(has_text=words).last

    async def shows(self, name: str) -> None:
        """What all phones show now is kept as a picture."""
        picture = self.folder / f"{self.name}-{name}.png"
        await self.page.screenshot(path=picture, animations="disabled")
