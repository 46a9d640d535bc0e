"""Who works here adds what is handed on to an event; whoever took part gets it as it came."""

from typing import Any

import pytest

from db.events import Event
from school import events, materials
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_hours import came
from tests.stories.test_reminders import at, seated, strikes
from tests.stories.test_staff import trail, works
from tests.stories.test_today import at_the_door
from tests.stories.test_workshops import STARTS, TITLE, announced
from tests.world import Phone, World

LINK = "The slides: https://example.org/slides?a=1&b=2 <b>"
HOW = (
    "Send a text with a link, a document or a picture: I add it.\n"
    "Whoever has a seat gets them from the first meeting on."
)
HEAD = f"Materials\n{TITLE}"


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(at(20, 9))


async def adds(town: World) -> Phone:
    """A tutor adds a text, a document and a picture on the day."""
    tom = await at_the_door(town, TUTOR)
    await tom.taps_data("day:1")
    await tom.taps("Materials")
    await tom.says(LINK)
    await tom.sends_file("document", "plan.pdf", caption="Our plan")
    await tom.sends_file("photo", "all.jpg")
    return tom


async def test_a_text_a_document_and_a_picture_are_added_and_one_is_taken_away(
    town: World,
) -> None:
    event = await announced(town)
    tom = await adds(town)
    listed = "1. The slides: https://example.o…\n2. plan.pdf\n3. without words"
    assert tom.sees == ["It is added.", HEAD, listed, HOW]
    assert tom.rows[1] == ["plan.pdf", "Delete"]
    await tom.taps("plan.pdf")
    assert tom.messages[-2]["caption"] == "Our plan"
    assert tom.sees == [HEAD, listed, HOW]
    await tom.taps_data("evunfile:1:2")
    await tom.taps_data("evunfile:1:2")
    assert tom.sees == [HEAD, "1. The slides: https://example.o…\n2. without words", HOW]
    await tom.says("More")
    assert tom.sees[2].endswith("3. More")
    await tom.taps("Back")
    assert tom.sees[0].startswith(TITLE)
    carla = await works(town, COORDINATOR)
    done = [line for line in await trail(carla) if line.endswith(f"materials, {TITLE}")]
    assert len(done) == 4
    assert [item.number for item in materials.of(await kept(town, event))] == [1, 3, 4]


async def kept(town: World, event: Event) -> Event:
    return next(row for row in await town.rows(Event) if row.id == event.id)


async def test_who_came_gets_them_from_the_thanks_and_from_the_past_event(town: World) -> None:
    ada = await seated(town, await announced(town))
    await adds(town)
    await came(town, 1)
    await strikes(town, at(29, 10), ada)
    for key in ("use", "next", "better"):
        await ada.taps_data(f"fbskip:1:{key}")
    assert ada.buttons == ["Materials", "Get my certificate", "Home"]
    await ada.taps("Materials")
    text, document, photo, card = ada.messages[-4:]
    assert (text["text"], document["caption"]) == (LINK, "Our plan")
    assert (document["document"]["file_name"], "photo" in photo) == ("plan.pdf", True)
    assert card["text"].startswith(TITLE)
    assert ada.buttons == ["Materials", "Get my certificate", "All meetings"]
    await ada.says("/me")
    await ada.taps(TITLE)
    assert "Materials" in ada.buttons
    await ada.says("/workshops")
    await ada.taps("My seats")
    await ada.taps(TITLE)
    assert "Materials" in ada.buttons


async def test_who_has_a_seat_sees_them_from_the_first_meeting_on_and_nobody_else(
    town: World,
) -> None:
    event = await announced(town)
    ada = await seated(town, event)
    eva = await town.resident(1004, "Eva")
    await adds(town)
    for now, doors in ((at(28, 17, 59), 0), (STARTS, 1), (at(30, 9), 1)):
        town.app.clock.set_to(now)
        await ada.says(f"/start e-{event.code}")
        assert ada.buttons.count("Materials") == doors
    said = len(eva.messages)
    await eva.taps_data("materials:1")
    assert len(eva.messages) == said
    assert eva.sees[-1] == "It is over."


async def test_there_are_ten_at_most_and_a_text_is_not_endless(town: World) -> None:
    await announced(town)
    tom = await at_the_door(town, TUTOR)
    await tom.taps_data("evfiles:1")
    await tom.says("x" * 1001)
    assert tom.sees[0] == "Your text has 1001 characters, and 1000 fit here."
    for number in range(11):
        await tom.says(f"Link {number}")
    assert tom.sees[0] == "There are 10 already: delete one first."
    assert len(tom.rows) == 11


async def test_a_copy_of_the_event_has_none(town: World) -> None:
    event = await announced(town)
    await adds(town)

    def copy(session: Any) -> int:
        found = events.find(session, event.id)
        assert found is not None
        return len(materials.of(events.copy(session, found, STARTS)))

    assert await town.in_database(copy) == 0


async def test_only_who_works_here_adds_something(town: World) -> None:
    event = await announced(town)
    ada = await seated(town, event)
    for forged in ("evfiles:1", "evunfile:1:1", "evfile:1:1"):
        await ada.taps_data(forged)
    await ada.says("A link")
    tom = await works(town, TUTOR)
    await tom.taps_data("evfiles:99")
    assert tom.sees == ["This meeting is not there any more."]
    await tom.taps_data("evfile:1:9")
    assert materials.of(await kept(town, event)) == []
