"""The life of an announcement on three phones: composed, sent, on its way, corrected, recalled."""

import datetime as dt
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from school.staff import COORDINATOR
from tests.browser.bot import COORDINATOR as CARLA
from tests.browser.bot import RESIDENT as AMINA
from tests.browser.bot import TUTOR as MARCO
from tests.browser.phones import opened, texts
from tests.browser.scenes import Scene, set_clocks
from tests.databases import Files
from tests.stories.test_announce_progress import stuck
from tests.stories.test_staff import works
from tests.world import World, world

SIZE = ViewportSize(width=1320, height=1000)
NOW = dt.datetime(2037, 11, 20, 9, 0, tzinfo=dt.UTC)
FIRST, MENDED = "We meet at five in the library.", "We meet at six in the courtyard."
ARABIC_WORDS = "نلتقي في الخامسة في المكتبة."


@pytest.fixture
async def town(files: Files) -> AsyncGenerator[World]:
    async with world(await files.fresh()) as made:
        await set_clocks(made, NOW)
        yield made


async def test_the_life_of_an_announcement(
    browser: Browser, town: World, screenshots: Path
) -> None:
    await town.resident(AMINA, "Amina", "ar")
    await town.resident(MARCO, "Marco", "en")
    await works(town, COORDINATOR, number=CARLA)
    async with opened(browser, town.emulator.url, SIZE) as page:
        scene = Scene(town, page, screenshots, "announcement")
        for part in (composed, sent, on_its_way, corrected, recalled):
            await part(scene)


async def composed(scene: Scene) -> None:
    """In two languages, for all, about a subject; a look at it before it goes."""
    await scene.writes(CARLA, "/announce")
    await scene.taps(CARLA, "New announcement")
    await scene.writes(CARLA, FIRST)
    await scene.taps(CARLA, "Languages")
    await scene.taps(CARLA, "العربية")
    await scene.writes(CARLA, ARABIC_WORDS)
    for label in ("For whom", "Add people", "Everybody", "Back"):
        await scene.taps(CARLA, label)
    for label in ("About what", "News of the school"):
        await scene.taps(CARLA, label)
    await scene.reads(CARLA, "3 people get it.")
    await scene.shows("1-composed")
    await scene.taps(CARLA, "Look at it")
    await scene.reads(CARLA, "This is how people get it.")
    await scene.taps(CARLA, "Back")


async def sent(scene: Scene) -> None:
    """Each gets it in the own language."""
    await scene.taps(CARLA, "Send it now")
    await scene.sweeps()
    await scene.reads(AMINA, ARABIC_WORDS)
    await scene.reads(MARCO, FIRST)
    await expect(texts(scene.page, CARLA).filter(has_text="nobody is left")).to_be_visible()
    await scene.shows("2-sent")


async def on_its_way(scene: Scene) -> None:
    """One message says how far it is, and is held and let go."""
    await stuck(scene.town, 1, 1)
    await scene.sweeps()
    said = texts(scene.page, CARLA)
    await expect(said.filter(has_text="Still to come: 1")).to_be_visible()
    await scene.taps(CARLA, "Pause")
    await expect(said.filter(has_text="It rests: nobody gets it now.")).to_be_visible()
    await scene.shows("3-paused")
    await scene.taps(CARLA, "Go on")
    await scene.taps(CARLA, "See the report")
    await scene.reads(CARLA, "2 people got it.")
    await scene.shows("4-report")


async def corrected(scene: Scene) -> None:
    """The words change wherever they were sent."""
    await scene.taps(CARLA, "Correct it")
    await scene.taps(CARLA, "English")
    await scene.writes(CARLA, MENDED)
    await scene.reads(CARLA, "Correct it like this?")
    await scene.shows("5-correction")
    await scene.taps(CARLA, "Correct it now")
    await scene.sweeps()
    await scene.reads(MARCO, MENDED)
    await scene.reads(AMINA, ARABIC_WORDS)
    await expect(texts(scene.page, CARLA).filter(has_text="Corrected: 2")).to_be_visible()
    await scene.shows("6-corrected")


async def recalled(scene: Scene) -> None:
    """It is gone wherever it was sent."""
    await scene.taps(CARLA, "Recall it")
    await scene.taps(CARLA, "Delete it everywhere")
    await scene.sweeps()
    await expect(texts(scene.page, AMINA).filter(has_text=ARABIC_WORDS)).to_have_count(0)
    await expect(texts(scene.page, CARLA).filter(has_text="It is recalled")).to_be_visible()
    await scene.shows("7-recalled")
