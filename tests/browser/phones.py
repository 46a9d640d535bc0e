"""How a test points at things on the page."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import NamedTuple, cast

from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.bot import RESIDENT

STANDING = """
async (log) => {
  const moving = log.getAnimations({ subtree: true });
  await Promise.allSettled(moving.map((animation) => animation.finished));
  const found = log.querySelectorAll("[data-message]");
  return [...found].map((node) => {
    const box = node.getBoundingClientRect();
    return [Number(node.dataset.message), [box.x, box.y]];
  });
}
"""
"""Where the bubbles of a log stand: all at one moment, when none of them comes in any more."""


class Place(NamedTuple):
    """The upper left corner of a bubble, in pixels."""

    x: float
    y: float


def phone(page: Page, user: int = RESIDENT) -> Locator:
    return page.locator(f'[data-phone="{user}"]')


def bubble(page: Page, message: int, user: int = RESIDENT) -> Locator:
    return phone(page, user).locator(f'[data-message="{message}"]')


async def places(page: Page, *messages: int, user: int = RESIDENT) -> list[Place]:
    """Where these bubbles stand, once all of them are there."""
    for message in messages:
        await expect(bubble(page, message, user)).to_be_visible()
    measured = await phone(page, user).get_by_role("log").evaluate(STANDING)
    found = dict(cast("list[tuple[int, list[float]]]", measured))
    return [Place(*found[message]) for message in messages]


def texts(page: Page, user: int = RESIDENT) -> Locator:
    return phone(page, user).locator(".bubble .text")


async def write(page: Page, text: str, user: int = RESIDENT) -> None:
    field = phone(page, user).get_by_label("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")


@asynccontextmanager
async def opened(browser: Browser, url: str, size: ViewportSize) -> AsyncGenerator[Page]:
    """The page of an emulator."""
    context = await browser.new_context(viewport=size)
    page = await context.new_page()
    await page.goto(url)
    yield page
    await context.close()


def newest(page: Page, user: int = RESIDENT) -> Locator:
    """What the bot said last."""
    return phone(page, user).locator(".bubble:not(.mine)").last


async def tap(page: Page, label: str, user: int = RESIDENT) -> None:
    await phone(page, user).get_by_role("button", name=label, exact=True).last.click()


async def start(page: Page, user: int = RESIDENT) -> None:
    await phone(page, user).get_by_role("button", name="Start", exact=True).click()
