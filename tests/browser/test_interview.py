"""The interview as a resident meets it: the real bot, the real page, a finger or a keyboard."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.bot import RESIDENT
from tests.browser.phones import newest, opened, phone, start, tap, write
from tests.databases import Files
from tests.world import World, world

DESKTOP = ViewportSize(width=1320, height=860)
CHEAP_PHONE = ViewportSize(width=360, height=720)


@pytest.fixture
async def town(files: Files) -> AsyncGenerator[World]:
    async with world(await files.fresh()) as made:
        yield made


@asynccontextmanager
async def open_page(browser: Browser, town: World, size: ViewportSize) -> AsyncGenerator[Page]:
    async with opened(browser, town.emulator.url, size) as page:
        yield page


async def tab_to(page: Page, label: str) -> None:
    """Press Tab until the element of that name has the focus."""
    here = "document.activeElement.ariaLabel || document.activeElement.textContent"
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate(here) == label:
            return
    raise AssertionError(f"the keyboard never comes to {label!r}")


async def test_a_resident_tells_what_is_missing_and_reads_it_again(
    browser: Browser, town: World, screenshots: Path
) -> None:
    await town.person(RESIDENT, "Amina", "en")
    async with open_page(browser, town, DESKTOP) as page:
        await start(page)
        await tap(page, "I have read, go on")
        await tap(page, "I am 14 or older")
        await tap(page, "Tell my idea")
        await tap(page, "I don't have an idea yet")
        await expect(newest(page)).to_contain_text("To begin · 1 of 1")
        await write(page, "dergano")
        await tap(page, "Go on")
        await write(page, "A place where children can play when it rains")
        await expect(newest(page)).to_contain_text("Useful · 2 of 2")
        await page.screenshot(path=screenshots / "interview.png")
        await tap(page, "Children")
        await expect(
            phone(page).get_by_role("button", name="✓ Children", exact=True)
        ).to_be_visible()
        await tap(page, "Go on")
        await expect(newest(page)).to_contain_text("4 of 4 questions have your answer.")
        await tap(page, "Read my answers")
        await tap(page, "Next page")
        await expect(newest(page)).to_contain_text("A place where children can play when it rains")
        await page.screenshot(path=screenshots / "review.png")


async def test_arabic_reads_from_right_to_left_on_a_cheap_phone(
    browser: Browser, town: World, screenshots: Path
) -> None:
    await town.person(RESIDENT, "Amina", "ar")
    async with open_page(browser, town, CHEAP_PHONE) as page:
        await start(page)
        words = newest(page).locator(".text")
        await expect(words).to_contain_text("مدرسة الأحياء")
        assert await words.evaluate("node => getComputedStyle(node).direction") == "rtl"
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert await page.evaluate(wider) is False
        await page.screenshot(path=screenshots / "arabic.png")


async def test_the_interview_needs_no_mouse(browser: Browser, town: World) -> None:
    await town.person(RESIDENT, "Amina", "en")
    async with open_page(browser, town, DESKTOP) as page:
        await expect(phone(page)).to_be_visible()
        for label, then in (
            ("Start", "I have read, go on"),
            ("I have read, go on", "I am 14 or older"),
            ("I am 14 or older", "Tell my idea"),
            ("Tell my idea", "I have a rough idea"),
            ("I have a rough idea", "See an example"),
        ):
            await tab_to(page, label)
            await page.keyboard.press("Enter")
            await expect(
                phone(page).get_by_role("button", name=then, exact=True).last
            ).to_be_visible()
        await tab_to(page, "Message")
        await page.keyboard.type("A bike workshop")
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("To begin · 2 of 2")
