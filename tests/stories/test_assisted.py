"""People without Telegram: a coordinator gives them the notice, writes their idea down, and prints
it with the name.
"""

import datetime as dt
import io

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from db.events import Seat
from db.groups import Assistance
from db.tables import Attachment, Idea, Person
from school.staff import COORDINATOR
from tests.stories.helping import FOR, LIST, NOTICE, PAGE, sentences, stops, writes_for
from tests.stories.steps import kept
from tests.stories.test_by_name import adds
from tests.stories.test_share import fetched
from tests.stories.test_staff import trail, works
from tests.stories.test_today import DOOR, at_the_door
from tests.stories.test_workshops import NOW, announced
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def test_the_notice_is_given_before_anything_is_written_down(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("Write for somebody")
    assert (carla.sees, carla.buttons) == (LIST, ["Somebody new", "Back"])
    await carla.taps("Somebody new")
    assert carla.sees == [
        "Whose idea do you write down?\nWrite the name by which this person is called here."
    ]
    await carla.says("  Maria ")
    assert carla.sees == NOTICE
    assert carla.buttons == ["I gave the notice", "Read the whole notice", "Back"]
    await carla.taps("Read the whole notice")
    assert carla.sees == NOTICE
    assert (await town.rows(Assistance), len(await town.rows(Person))) == ([], 1)
    await carla.taps("I gave the notice")
    assert carla.sees[:2] == [FOR, "How far along is your idea?"]
    (given,) = await town.rows(Assistance)
    (maria,) = [one for one in await town.rows(Person) if one.telegram_id is None]
    assert (given.person_id, given.by_id, given.notice) == (maria.id, 1, "1")
    assert given.noticed_at.date() == NOW.date()
    await stops(carla)
    assert (await trail(carla))[0] == "Carla · wrote for somebody without Telegram, Maria"


async def test_texts_voices_and_files_go_to_the_idea_of_the_person(town: World) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    message = await carla.says("A workshop to repair things")
    assert carla.sees[0] == FOR
    await carla.says("Dergano")
    await carla.sends_file("document", "plan.pdf")
    await carla.edits(message, "A workshop to repair bikes")
    assert carla.sees[:2] == [FOR, "I changed your answer: Idea in short"]
    (idea,) = await town.rows(Idea)
    (maria,) = [one for one in await town.rows(Person) if one.telegram_id is None]
    assert idea.person_id == maria.id
    assert (await kept(town))["sentence"] == {"text": "A workshop to repair bikes", "voices": []}
    assert [one.idea_id for one in await town.rows(Attachment)] == [idea.id]


async def test_on_every_screen_stands_for_whom_one_writes_and_every_overview_ends_it(
    town: World,
) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop")
    for data in ("overview", "home", "staff"):
        await carla.taps_data(data)
        assert (carla.sees[0], "Stop for Maria" in carla.buttons) == (FOR, True), data
    await carla.taps_data("overview")
    assert carla.buttons == [
        "Continue my idea",
        "Read my answers",
        "Get my sheet",
        "Send it to a tutor",
        "Give it a title",
        "Add a file",
        "Stop for Maria",
        "Home",
    ]
    for data in ("review:basics", "change:sentence", "files", "title"):
        await carla.taps_data(data)
        assert carla.sees[0] == FOR, data
    await stops(carla)
    assert carla.sees == [
        "You do not write for Maria now.",
        "Maria",
        f"{PAGE}\n2 of 9 questions have an answer.",
    ]
    assert carla.buttons == [
        "Write for Maria",
        "Print the sheet",
        "Link to take it over",
        "Delete everywhere",
        "Back",
    ]
    await carla.says("A text of mine")
    assert carla.sees[0].startswith("I read: “A text of mine”")
    await carla.taps("Yes, it answers that")
    assert await sentences(town) == [(1, "A text of mine"), (2, "A workshop")]


async def test_commands_of_their_own_concern_who_writes(town: World) -> None:
    event = await announced(town)
    carla = await writes_for(town)
    await carla.says(f"/start e-{event.code}")
    await carla.taps("Take a seat")
    assert [one.person_id for one in await town.rows(Seat)] == [1]
    await carla.taps_data("overview")
    await carla.taps("Continue my idea")
    await carla.taps("I have a rough idea")
    await carla.says("/mydata")
    assert "Answers: 0" in carla.screen.splitlines()


async def test_an_own_idea_and_that_of_somebody_else_are_never_mixed(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps_data("idea")
    await carla.taps("I have a rough idea")
    mine = await carla.says("My own idea")
    await carla.says("/start")
    await carla.taps("Write for somebody")
    await carla.taps("Somebody new")
    await carla.says("Maria")
    await carla.taps("I gave the notice")
    await carla.taps("I have a rough idea")
    hers = await carla.says("Her idea")
    other = "That message belongs to another sheet, so nothing changed here."
    await carla.edits(mine, "Mine, but otherwise")
    assert carla.sees[:2] == [FOR, other]
    await carla.taps_data(f"join:{mine}:sentence")
    await stops(carla)
    await carla.edits(hers, "Hers, but otherwise")
    assert other in carla.sees
    await carla.taps_data(f"join:{hers}:sentence")
    assert await sentences(town) == [(1, "My own idea"), (2, "Her idea")]


async def test_somebody_who_was_noted_by_name_is_found_again(town: World) -> None:
    await announced(town)
    carla = await at_the_door(town)
    await adds(carla, "Maria")
    await carla.taps_data("helping")
    await carla.says("maria")
    assert carla.sees == ["Is it the same person?\n1. Maria, noted on Saturday 28 November"]
    assert carla.buttons == ["1. Maria", "Somebody else", "Back"]
    await carla.taps("1. Maria")
    assert carla.sees[0] == NOTICE[0]
    await carla.taps("I gave the notice")
    assert len([one for one in await town.rows(Person) if one.telegram_id is None]) == 1
    await carla.taps_data("helping")
    await carla.says("Maria")
    await carla.taps("Somebody else")
    await carla.taps("I gave the notice")
    assert len([one for one in await town.rows(Person) if one.telegram_id is None]) == 2


async def test_a_mistake_at_the_door_does_not_take_an_idea_along(town: World) -> None:
    await announced(town)
    await writes_for(town)
    town.app.clock.set_to(DOOR)
    carla = Phone(town, 1003)
    await adds(carla, "Maria")
    await carla.taps("1. Maria" if "1. Maria" in carla.buttons else "Maria")
    await carla.taps("A mistake: Maria")
    await carla.taps("Take off the list")
    assert (len(await town.rows(Idea)), await town.rows(Seat)) == (1, [])


async def test_the_sheet_is_printed_with_the_name(town: World) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop to repair things")
    await stops(carla)
    await carla.taps("Print the sheet")
    assert carla.said[-2].startswith("The sheet comes in a moment, as a PDF.\n\nMaria\n\n")
    (file,) = [message for message in carla.messages if "document" in message]
    assert file["caption"] == "Maria"
    pages = PdfReader(io.BytesIO(await fetched(town, file["document"]))).pages
    said = " ".join("".join(page.extract_text() for page in pages).split())
    assert ("Sheet of: Maria" in said, "A workshop to repair things" in said) == (True, True)


async def test_a_new_notice_is_given_before_one_goes_on(town: World) -> None:
    carla = await writes_for(town)
    await stops(carla)

    def older(session: Session) -> None:
        session.get_one(Assistance, 2).notice = "0"

    await town.in_database(older)
    await carla.taps("Write for Maria")
    assert carla.sees == NOTICE
    await town.later(days=1)
    await carla.taps("I gave the notice")
    (given,) = await town.rows(Assistance)
    assert (given.notice, given.noticed_at.date()) == ("1", dt.date(2026, 11, 21))
