"""How a test points at things on the page."""

from playwright.async_api import Locator, Page

from tests.browser.bot import RESIDENT


def phone(page: Page, user: int = RESIDENT) -> Locator:
    return page.locator(f'[data-phone="{user}"]')


def bubble(page: Page, message: int, user: int = RESIDENT) -> Locator:
    return phone(page, user).locator(f'[data-message="{message}"]')


def texts(page: Page, user: int = RESIDENT) -> Locator:
    return phone(page, user).locator(".bubble .text")


async def write(page: Page, text: str, user: int = RESIDENT) -> None:
    field = phone(page, user).get_by_label("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")
