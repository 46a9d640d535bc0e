"""A real browser, one for all tests, and an emulator of its own for each of them."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from emulator import server
from tests.browser.bot import Bot

# As long as a busy machine may need: what is there is not waited for.
expect.set_options(timeout=20_000)

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=QUIET
        )
        yield started
        await started.close()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    """An emulator with the three people of the demo, and the bot's side of it."""
    async with (
        await server.start(port=0, seed=True) as running,
        aiohttp.ClientSession() as http,
    ):
        yield Bot(http, running.url)


@pytest.fixture
async def page(browser: Browser, bot: Bot) -> AsyncIterator[Page]:
    """The emulator's page, wide enough for three phones."""
    context = await browser.new_context(viewport={"width": 1320, "height": 860})
    opened = await context.new_page()
    await opened.goto(bot.url)
    yield opened
    await context.close()


@pytest.fixture
def screenshots() -> Path:
    folder = Path("var/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
