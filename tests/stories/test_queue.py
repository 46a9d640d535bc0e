"""/queue: what waits for a tutor, for any tutor, for a sheet's people; for coordinators all."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Comment, Dossier, Relay
from db.events import Mute
from school.dossiers import BACK, CLOSED, READY
from tests.stories.dossiers_made import (
    MONDAY,
    at,
    coordinator,
    sheet,
    strikes,
    taken,
    tutor,
    tutor_of,
)
from tests.stories.test_staff import menu_of
from tests.world import Phone, World

OTHERS = "This sheet is with others now."


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def five(town: World) -> None:
    """A sheet of each kind, some days old."""
    await sheet(town, 1011, title="Garden", since=at(20))
    await taken(town, number=1012, title="Bakery", since=at(21))
    await taken(town, number=1013, title="Choir", since=at(18), round=2)
    await sheet(town, 1014, title="Kitchen", whose=1002, state=BACK, since=at(19))
    await taken(town, whose=1004, number=1015, title="Radio", since=at(22))
    await sheet(town, 1016, title="Over", whose=1002, state=READY, since=at(19))
    await sheet(town, 1017, title="Put away", state=CLOSED, since=at(19))


async def test_a_tutor_sees_mine_unclaimed_and_what_waits_for_the_group(town: World) -> None:
    bruno = await tutor(town)
    await tutor(town, 1004, "Dario")
    await five(town)
    await bruno.says("/queue")
    assert bruno.sees == [
        "The sheets that wait",
        "For you to answer\nChoir · 5 days · round 2\nBakery · 2 days",
        "Without a tutor\nGarden · 3 days",
        "Waiting for its people\nKitchen · 4 days",
    ]
    assert bruno.buttons == ["Choir", "Bakery", "Garden", "Kitchen", "Back"]


async def test_a_coordinator_sees_all_and_how_long_the_first_answer_takes(town: World) -> None:
    carla = await coordinator(town)
    await tutor(town)
    await tutor(town, 1004, "Dario")
    await five(town)

    def answer(session: Session) -> None:
        for number, hours in ((2, 12), (4, 40)):
            row = session.get_one(Dossier, number)
            row.answered_at = row.since + dt.timedelta(hours=hours)
        whose = session.get_one(Dossier, 3).tutor_id
        assert whose is not None
        said = {"dossier_id": 3, "person_id": whose}
        first = at(18) + dt.timedelta(hours=30)
        comment = Comment(number=1, question="need", words="Who?", sent_at=first, **said)
        relay = Relay(chat_id=1, message_id=1, to="group", at=first + dt.timedelta(days=1), **said)
        session.add_all([comment, relay])

    await town.in_database(answer)
    await carla.says("/coda")
    assert carla.sees == [
        "The sheets that wait",
        "Usual time to the first answer: 1 day\n2 sheets without one yet, the first for 3 days",
        "Without a tutor\nGarden · 3 days",
        ("With another tutor\nChoir · 5 days · round 2\nBakery · 2 days\nRadio · 1 day"),
        "Waiting for its people\nKitchen · 4 days",
    ]


async def test_a_sheet_of_long_ago_does_not_count(town: World) -> None:
    carla = await coordinator(town)
    await sheet(town, state=READY, since=at(20, month=8), answered_at=at(21, month=8))
    await carla.says("/queue")
    assert carla.sees == ["The sheets that wait", "No sheet waits."]


async def test_the_list_has_pages_of_eight(town: World) -> None:
    bruno = await tutor(town)
    for number in range(10):
        await sheet(town, 1100 + number, title=f"Sheet {number}", since=at(1 + number))
    await bruno.says("/queue")
    assert bruno.buttons[:8] == [f"Sheet {number}" for number in range(8)]
    assert bruno.buttons[8:] == ["Next page", "Back"]
    await bruno.taps("Next page")
    assert bruno.buttons == ["Sheet 8", "Sheet 9", "Page before", "Back"]


async def test_a_button_brings_the_card_of_a_sheet(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    await taken(town, since=at(20))
    await bruno.says("/queue")
    await bruno.taps("Repair shop")
    assert bruno.sees[0] == "Repair shop\nNeighbours mend lamps"
    assert bruno.sees[2].splitlines()[:2] == ["Version 1", "It is with Bruno."]
    assert bruno.sees[3:] == ["An answer is expected by Thursday 26 November."]
    assert bruno.buttons == ["Ask for changes", "Ready to send", "More"]


async def test_a_sheet_that_nobody_has_says_whom_it_fits_and_is_taken(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    await tutor(town, 1004, "Chiara")
    _, number = await sheet(town)
    await carla.says("/queue")
    await carla.taps("Repair shop")
    assert carla.sees[3].splitlines() == [
        "An answer is expected by Tuesday 24 November.",
        "Fits: Bruno, Chiara",
    ]
    assert carla.buttons == ["Take it", "Read the sheet", "More"]
    await carla.taps("More")
    assert carla.buttons[:2] == ["Hand it on", "Ask for a mediator"]
    await bruno.says("/queue")
    await bruno.taps("Repair shop")
    assert bruno.buttons == ["Take it", "Read the sheet"]
    await bruno.taps("Take it")
    assert await tutor_of(town, number) == "Bruno"


async def test_a_sheet_without_a_title_is_called_by_its_sentence(town: World) -> None:
    bruno = await tutor(town)
    await sheet(town, title="")
    await bruno.says("/queue")
    assert bruno.buttons == ["Neighbours mend lamps", "Back"]


async def test_a_tutor_does_not_open_what_another_one_has(town: World) -> None:
    bruno = await tutor(town)
    await tutor(town, 1004, "Dario")
    _, number = await taken(town, whose=1004)
    for forged in (f"sheetof:{number}", "sheetof:99", "sheetof:x"):
        await bruno.taps_data(forged)
        assert bruno.sees == [OTHERS, "The sheets that wait", "No sheet waits."]
    _, closed = await sheet(town, 1011, whose=1002, state=CLOSED)
    await bruno.taps_data(f"sheetof:{closed}")
    assert bruno.sees[0] == OTHERS


async def test_it_is_for_those_who_work_here(town: World) -> None:
    ada, number = await sheet(town)
    await ada.says("/queue")
    assert ada.sees[0] == "I do not know this command. The menu beside the text field shows all."
    for forged in ("queue:0", f"sheetof:{number}"):
        await ada.taps_data(forged)
        assert "The sheets that wait" not in ada.screen


async def test_each_role_has_its_menu_in_its_order(town: World) -> None:
    bruno, carla = await tutor(town), await coordinator(town)
    assert await menu_of(town, bruno) == ["queue", "away", "today", "help"]
    assert await menu_of(town, carla) == ["today", "event", "announce", "queue", "help"]


DIGEST = ["What waits for you", "1 sheet waits for your answer."]


async def digests(town: World, phone: Phone, *moments: dt.datetime) -> list[dt.datetime]:
    """At which of some moments the daily list came."""
    return (await digests_of(town, [phone], *moments))[0]


async def digests_of(
    town: World, phones: list[Phone], *moments: dt.datetime
) -> list[list[dt.datetime]]:
    """The same for several people."""
    found: list[list[dt.datetime]] = [[] for _ in phones]
    for moment in moments:
        before = [len(phone.said) for phone in phones]
        await strikes(town, moment, *phones)
        for of, phone, count in zip(found, phones, before, strict=True):
            of += [moment for one in phone.said[count:] if one.startswith(DIGEST[0])]
    return found


async def test_what_waits_comes_once_a_day_at_the_hour_of_the_tutor(town: World) -> None:
    bruno = await tutor(town, hour=17)
    await taken(town)
    moments = [at(23, 16), at(23, 17), at(23, 19), at(24, 9), at(24, 17, 5), at(24, 20)]
    assert await digests(town, bruno, *moments) == [at(23, 17), at(24, 17, 5)]
    assert bruno.sees == DIGEST
    assert bruno.buttons == ["Open the list", "Don't remind me"]
    await bruno.taps("Open the list")
    assert bruno.sees[0] == "The sheets that wait"


async def test_it_comes_on_working_days_or_on_the_usual_evenings(town: World) -> None:
    bruno = await tutor(town)
    dario = await tutor(town, 1004, "Dario", evenings=[5])
    await taken(town)
    await taken(town, whose=1004, number=1011)
    evenings = [at(day, 18) for day in range(24, 31)]
    assert await digests_of(town, [bruno, dario], *evenings) == [
        [at(day, 18) for day in (24, 25, 26, 27, 30)],
        [at(28, 18)],
    ]


async def test_it_counts_what_fits_and_nobody_has(town: World) -> None:
    bruno = await tutor(town)
    dario = await tutor(town, 1004, "Dario", languages=["ar"])
    await sheet(town)
    await sheet(town, 1011)
    assert await digests(town, bruno, at(23, 18)) == [at(23, 18)]
    assert bruno.sees[1] == "2 sheets that fit you have no tutor yet."
    assert [one for one in dario.said if one.startswith(DIGEST[0])] == []


async def test_where_nothing_waits_nothing_comes(town: World) -> None:
    bruno = await tutor(town)
    await sheet(town, whose=1002, state=BACK)
    assert await digests(town, bruno, at(23, 18)) == []


async def test_who_does_not_want_the_list_gets_none_and_finds_it_in_the_settings(
    town: World,
) -> None:
    bruno = await tutor(town)
    await taken(town)
    await digests(town, bruno, at(23, 18))
    await bruno.taps("Don't remind me")
    assert bruno.sees[0].endswith(": The daily list")
    assert await digests(town, bruno, at(24, 18)) == []
    await bruno.says("/settings")
    assert "The daily list" in bruno.buttons
    await bruno.taps("The daily list")
    assert await town.rows(Mute) == []
    ada = await town.resident(1020, "Eve")
    await ada.says("/settings")
    assert [label for label in ada.buttons if "daily" in label] == []


async def test_what_an_outage_left_no_time_for_does_not_come_in_the_night(town: World) -> None:
    bruno = await tutor(town)
    await taken(town)
    moments = [at(23, 22), at(24, 3), at(24, 9), at(24, 20, 59)]
    assert await digests(town, bruno, *moments) == [at(24, 20, 59)]
