"""Who was at a meeting gets a certificate as PDF, and anybody can check its code."""

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from db.events import Event, Meeting, Seat
from school import attendance, people
from tests.stories.test_hours import came
from tests.stories.test_today import DAY
from tests.stories.test_workshops import NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World

AFTER = STARTS + dt.timedelta(hours=3)


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def was_there(town: World) -> tuple[Phone, Event]:
    """Somebody who had a seat and came."""
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")

    def work(session: Any) -> None:
        seat, meeting = session.scalars(select(Seat)).one(), session.scalars(select(Meeting)).one()
        attendance.came(session, seat, meeting, attendance.LIST, STARTS)

    await town.in_database(work)
    town.app.clock.set_to(AFTER)
    return ada, event


async def words_of(town: World, url: str) -> str:
    """What stands on the first page of a PDF."""
    async with town.http.get(f"{town.emulator.url}{url}") as answer:
        said = PdfReader(io.BytesIO(await answer.read())).pages[0].extract_text()
    return " ".join(said.split())


async def test_after_the_meeting_there_is_a_certificate_with_the_chosen_name(town: World) -> None:
    ada, event = await was_there(town)
    await ada.says(f"/start e-{event.code}")
    assert ada.buttons == ["Get my certificate", "All meetings"]
    await ada.taps("Get my certificate")
    assert ada.sees[0] == "A certificate carries a name."
    await ada.says("Ada Lovelace")
    assert ada.sees == ["Others see you as Ada Lovelace now."]
    await ada.taps("Go on")
    (file,) = [message["document"] for message in ada.messages if "document" in message]
    code = (await town.rows(Seat))[0].code
    assert file["file_name"] == f"certificate-{code}.pdf"
    said = await words_of(town, file["url"])
    found = [words in said for words in ("Ada Lovelace", TITLE, "2 hours", code)]
    assert found == [True] * 4


async def test_who_was_not_there_gets_none(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    town.app.clock.set_to(AFTER)
    await ada.taps_data(f"certificate:{event.id}")
    assert (ada.sees[-1], ada.buttons) == ("It is over.", ["All meetings"])


async def test_before_its_end_there_is_none(town: World) -> None:
    ada, event = await was_there(town)
    town.app.clock.set_to(STARTS + dt.timedelta(hours=1))
    await ada.taps_data(f"certificate:{event.id}")
    assert [message for message in ada.messages if "document" in message] == []


@pytest.mark.parametrize("meet", ["resident", "person"])
@pytest.mark.parametrize("how", ["/verify {}", "/start v-{}"])
async def test_anybody_confirms_its_code(town: World, how: str, meet: str) -> None:
    await was_there(town)
    eva = await getattr(town, meet)(1005, "Eva")
    code = (await town.rows(Seat))[0].code
    await eva.says(how.format(code.lower()))
    assert eva.sees[0].splitlines() == [
        "This certificate is valid.",
        "Given to: –",
        TITLE,
        "2 hours",
    ]


async def test_a_code_of_no_certificate_is_said_to_be_none(town: World) -> None:
    ada = await town.resident()
    await ada.says("/verify XXXXX")
    assert ada.sees[0] == "No certificate has this code. Please compare it letter by letter."
    await ada.says("/verify")
    assert ada.sees[0] == "Write the code behind it, for example: /verify K7R2M"


async def test_a_years_certificate_is_in_me_and_anybody_confirms_its_code(town: World) -> None:
    ada, _ = await was_there(town)
    bread = await announced(town, 20, "Bread", STARTS + DAY)
    await ada.says(f"/start e-{bread.code}")
    await ada.taps("Take a seat")
    await came(town, 2)
    town.app.clock.set_to(AFTER + DAY)
    await ada.says("/me")
    assert ada.buttons == ["Bread", TITLE, "Certificate of 2026", "My seats", "Home"]
    await ada.taps("Certificate of 2026")
    assert ada.sees[0] == "A certificate carries a name."
    await ada.says("Ada Lovelace")
    await ada.taps("Go on")
    assert ada.said[-2].startswith("Your certificate will be here in a moment, as a PDF.")
    (file,) = [message["document"] for message in ada.messages if "document" in message]
    code = f"{(await town.rows(Seat))[0].code}-2026"
    assert file["file_name"] == f"certificate-{code}.pdf"
    said = await words_of(town, file["url"])
    parts = ("Ada Lovelace", "in 2026", TITLE, "Bread", "2 hours", "4 hours", code)
    assert [part in said for part in parts] == [True] * len(parts)
    eva = await town.resident(1005, "Eva")
    for typed in ("/verify {}", "/start v-{}"):
        await eva.says(typed.format(code.lower()))
        assert eva.sees[0].splitlines()[1:] == [
            "Given to: A. L.",
            "Meetings in 2026",
            "Hours until today: 4 hours",
        ]


async def test_a_year_without_hours_has_no_certificate(town: World) -> None:
    ada, _ = await was_there(town)
    code = (await town.rows(Seat))[0].code
    for forged in ("2025", "x", "9" * 30):
        await ada.taps_data(f"yearcertificate:{forged}")
        assert ada.sees[0] == "My hours"
        await ada.says(f"/verify {code}-{forged}")
        assert ada.sees[0] == "No certificate has this code. Please compare it letter by letter."
    # While the first meeting is on, there is none either.
    town.app.clock.set_to(STARTS + dt.timedelta(hours=1))
    await ada.says("/me")
    assert "Certificate of 2026" not in ada.buttons
    assert [message for message in ada.messages if "document" in message] == []


async def test_who_is_forgotten_has_no_certificate_any_more(town: World) -> None:
    ada, _ = await was_there(town)
    code = (await town.rows(Seat))[0].code
    await ada.says("/forget")
    await ada.taps("Delete my data")
    eva = await town.resident(1005, "Eva")
    await eva.says(f"/verify {code}")
    assert eva.sees[0] == "No certificate has this code. Please compare it letter by letter."


async def test_the_ticket_has_the_chosen_name_where_there_is_one(town: World) -> None:
    ada, bob = await comes(town, await announced(town)), await town.resident(1002, "Bob")

    def choose(session: Any) -> None:
        person = people.find(session, 1001)
        assert person is not None
        person.name = "Ada Lovelace"

    await town.in_database(choose)
    await ada.taps("Take a seat")
    await bob.taps_data("take:1")
    (named,) = [message["photo"][-1] for message in ada.messages if "photo" in message]
    (nameless,) = [message["photo"][-1] for message in bob.messages if "photo" in message]
    # A line more, below the letters.
    assert named["height"] > nameless["height"]
