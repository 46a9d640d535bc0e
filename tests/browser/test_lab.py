"""The life of one lab on three phones: announced, full, passed on, moved, held, remembered."""

import datetime as dt
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from db.events import Event, Seat
from locales import translator
from school.staff import COORDINATOR
from tests.browser.bot import COORDINATOR as CARLA
from tests.browser.bot import RESIDENT as AMINA
from tests.browser.bot import TUTOR as MARCO
from tests.browser.phones import opened, phone, texts
from tests.browser.scene import Scene, set_clocks
from tests.databases import Files
from tests.stories.test_staff import works
from tests.world import World, world

SIZE = ViewportSize(width=1320, height=1000)
# The phones' clock never goes back: a year that will be ahead for long, with the days of 2026.
NOW = dt.datetime(2037, 11, 20, 9, 0, tzinfo=dt.UTC)
LAB = """Lab
A shop of one's own
Saturday 28 at 18-20
Library Dergano, via Baldinucci 76
1"""
MOVED = "This meeting has changed."
ARABIC = translator.words("ar").one


@pytest.fixture
async def town(files: Files) -> AsyncGenerator[World]:
    async with world(await files.fresh()) as made:
        await set_clocks(made, NOW)
        yield made


async def scans(scene: Scene, who: int) -> None:
    """The poster's code, with the phone's camera."""
    (event,) = await scene.town.rows(Event)
    await scene.town.sim("send", {"user": who, "text": f"/start e-{event.code}"})
    await scene.town.settle()


async def strikes(scene: Scene, day: int, hour: int) -> None:
    """It is that hour of November, by the clocks of Rome."""
    await set_clocks(scene.town, NOW.replace(day=day, hour=hour - 1))
    await scene.town.app.sweep()
    await scene.town.settle()


async def test_the_life_of_one_lab(browser: Browser, town: World, screenshots: Path) -> None:
    await town.resident(AMINA, "Amina", "ar")
    await town.resident(MARCO, "Marco", "en")
    await works(town, COORDINATOR, number=CARLA)
    async with opened(browser, town.emulator.url, SIZE) as page:
        scene = Scene(town, page, screenshots, "lab")
        for part in (announced, full, passed_on, moved, reminded, held, remembered):
            await part(scene)


async def announced(scene: Scene) -> None:
    await scene.writes(CARLA, "/event")
    await scene.taps(CARLA, "New event")
    await scene.writes(CARLA, LAB)
    await scene.reads(CARLA, "Only coordinators see this until you announce it.")
    await scene.taps(CARLA, "Announce it")
    await scene.shows("1-announced")


async def full(scene: Scene) -> None:
    """Amina is the first; Marco comes too late."""
    await scans(scene, AMINA)
    await scene.taps(AMINA, ARABIC("Take a seat"))
    await expect(phone(scene.page, AMINA).locator(".bubble img")).to_be_visible()
    await scans(scene, MARCO)
    await scene.taps(MARCO, "Wait for a seat")
    await scene.reads(MARCO, "You are number 1 in the waiting list.")
    await scene.shows("2-full")


async def passed_on(scene: Scene) -> None:
    """Amina can't come: two taps, and the seat is Marco's if he wants it."""
    await scene.taps(AMINA, ARABIC("I can't come"))
    await scene.taps(AMINA, ARABIC("Free the seat"))
    await scene.reads(MARCO, "A seat is free for you")
    await scene.shows("3-offered")
    await scene.taps(MARCO, "Take the seat")
    await expect(phone(scene.page, MARCO).locator(".bubble img")).to_be_visible()


async def moved(scene: Scene) -> None:
    """One change, and Marco's phone has it all: what was, what is, the calendar file once more."""
    await scene.writes(CARLA, "/event")
    await scene.taps(CARLA, "Change: A shop of on…")
    await scene.taps(CARLA, "When")
    await scene.writes(CARLA, "Sunday 29 at 18-20")
    await scene.taps(CARLA, "Change it")
    await expect(texts(scene.page, MARCO).filter(has_text=MOVED)).to_be_visible()
    await scene.shows("4-moved")


async def reminded(scene: Scene) -> None:
    await strikes(scene, 28, 18)
    await scene.reads(MARCO, "Are you coming?")
    await scene.taps(MARCO, "I'm coming")
    await scene.reads(MARCO, "All right, see you there.")
    await scene.shows("5-reminded")


async def held(scene: Scene) -> None:
    """Carla taps whoever comes."""
    await strikes(scene, 29, 18)
    codes = {seat.person_id: seat.code for seat in await scene.town.rows(Seat)}
    code = codes[max(codes)]
    await scene.writes(CARLA, "/today")
    await scene.taps(CARLA, "A shop of one's own")
    await scene.taps(CARLA, "Who is here?")
    await scene.taps(CARLA, code)
    await scene.reads(CARLA, "Here: 1.")
    await scene.shows("6-held")


async def remembered(scene: Scene) -> None:
    """Afterwards there are hours, and a certificate."""
    await strikes(scene, 30, 10)
    await scene.writes(MARCO, "/me")
    await scene.reads(MARCO, "You have 2 hours of the 100 that the school offers this year.")
    await scans(scene, MARCO)
    await scene.taps(MARCO, "Get my certificate")
    await scene.writes(MARCO, "Marco Rossi")
    await scene.taps(MARCO, "Go on")
    await expect(phone(scene.page, MARCO).get_by_text("certificate-")).to_be_visible()
    await scene.shows("7-remembered")
