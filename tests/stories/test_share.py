"""A meeting is passed on: as a message, as a picture with a code, by coordinators as a poster."""

import io
from typing import Any

import pytest
import zxingcpp
from pypdf import PdfReader

from db.events import Event
from school.staff import COORDINATOR
from tests.pictures import grey
from tests.stories.test_staff import works
from tests.stories.test_workshops import FACTS, NOW, TITLE, announced, comes
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def fetched(town: World, file: dict[str, Any]) -> bytes:
    async with town.http.get(f"{town.emulator.url}{file['url']}") as answer:
        return await answer.read()


async def test_as_a_message_with_its_link(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Pass it on")
    assert ada.said[-2] == f"{TITLE}\n{FACTS}\nhttps://t.me/quartieri_bot?start=e-{event.code}"
    assert ada.sees == ["Pass the message above on to whom it may help."]
    assert ada.buttons == ["Picture with a code", "Back"]
    await ada.taps("Back")
    assert ada.sees[0].startswith(TITLE)


async def test_as_a_picture_that_a_camera_reads_with_the_link_below_it(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Pass it on")
    await ada.taps("Picture with a code")
    link = f"https://t.me/quartieri_bot?start=e-{event.code}"
    (message,) = [message for message in ada.messages if "photo" in message]
    assert message["caption"] == f"{TITLE}\n{FACTS}\n{link}"
    [found] = zxingcpp.read_barcodes(grey(await fetched(town, message["photo"][-1])))
    assert found.text == link


async def test_coordinators_have_a_poster_to_print(town: World) -> None:
    event = await announced(town)
    carla = await works(town, COORDINATOR)
    await carla.taps_data(f"share:{event.id}")
    await carla.taps("Poster to print")
    (file,) = [message["document"] for message in carla.messages if "document" in message]
    (page,) = PdfReader(io.BytesIO(await fetched(town, file))).pages
    said = " ".join(page.extract_text().split())
    parts = (TITLE, "Saturday 28 November", "Library Dergano", f"start=e-{event.code}")
    assert (file["file_name"], [part in said for part in parts]) == ("meeting.pdf", [True] * 4)


@pytest.mark.parametrize("verb", ["share", "flyer", "eventposter"])
async def test_what_is_not_announced_is_not_passed_on(town: World, verb: str) -> None:
    event = await announced(town)

    def draft(session: Any) -> None:
        session.get(Event, event.id).state = "draft"

    await town.in_database(draft)
    carla = await works(town, COORDINATOR)
    await carla.taps_data(f"{verb}:{event.id}")
    assert carla.sees[0] == "The next meetings"
    ada = await town.resident()
    await ada.taps_data(f"eventposter:{event.id}")
    kinds = [kind for one in (*carla.messages, *ada.messages) for kind in one if kind == "document"]
    assert kinds == []
