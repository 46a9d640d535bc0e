"""The report of an announcement: who got it, who did not and why, what was tapped; as a file too;
and it goes once more to those whom it may not have reached.
"""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from db.announcements import Tapped
from db.tables import Outgoing, Person
from school import announcements
from school.staff import COORDINATOR
from tests.stories.announced import at, do, it_is, ledger, saying, shown, text
from tests.stories.test_announce_progress import carla_of, goes, goes_wrong, looks, stuck
from tests.stories.test_staff import trail, works
from tests.world import Phone, World

HELLO = saying(text("A meeting"))
LINK = {"label": {"en": "Read more"}, "kind": "url", "to": "https://a.example", "key": "1"}
IDEA: dict[str, Any] = {"label": {}, "kind": "idea", "to": None, "key": "2"}
ODD = (1010, 1011, 1012)  # refused, lost, blocked


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def named(town: World) -> None:
    """Residents chose names, one of them an odd one; another has none."""

    def name(session: Session) -> None:
        for number, chosen in ((1010, "=Ada"), (1012, "Bruno"), (1013, "Chen")):
            here = update(Person).where(Person.telegram_id == number)
            session.execute(here.values(name=chosen))

    await town.in_database(name)


async def mixed(town: World, **more: object) -> tuple[Phone, int]:
    """It reached one, failed with one, may have reached one; one had blocked the bot."""
    carla = await carla_of(town, 4)
    await named(town)
    await goes_wrong(town)
    return carla, await goes(town, carla, **more)


async def test_the_report_says_who_got_it_who_not_and_why(town: World) -> None:
    carla, _ = await mixed(town)
    await carla.taps("See the report")
    assert carla.sees == [
        "A meeting",
        (
            "1 person got it.\nWho did not get it:\n· Telegram did not take it: 1\n"
            "· blocked the bot: 1\n· it may have arrived: 1"
        ),
    ]
    assert carla.buttons == [
        "See who did not get it",
        "As a file",
        "Send again to failed",
        "Send again to uncertain",
        "Back",
    ]


async def test_the_names_are_those_that_people_chose(town: World) -> None:
    carla, _ = await mixed(town)
    await carla.taps("See the report")
    await carla.taps("See who did not get it")
    assert carla.sees == [
        "Who did not get it:",
        (
            "=Ada: Telegram did not take it\nwithout a name: it may have arrived\n"
            "Bruno: blocked the bot"
        ),
    ]
    assert carla.buttons == ["Back"]
    await carla.taps("Back")
    assert carla.sees[0] == "A meeting"


async def test_many_names_come_in_pages(town: World) -> None:
    carla = await carla_of(town, 10)
    number = await goes(town, carla)
    await town.in_database(
        lambda session: session.execute(update(Outgoing).values(state="skipped", outcome="late"))
    )
    await carla.taps_data(f"annmissed:{number}:0")
    assert len(carla.sees[1].splitlines()) == 8
    await carla.taps("Next page")
    assert carla.sees[1] == "\n".join(["without a name: it would have come too late"] * 2)
    assert carla.buttons == ["Page before", "Back"]
    await carla.taps_data(f"annmissed:{number}:99999999")
    assert len(carla.sees[1].splitlines()) == 8


async def test_taps_on_buttons_are_counted_and_links_are_said_to_be_not(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla, {**HELLO, "buttons": [LINK, IDEA]}, subject="calls")
    await town.in_database(
        lambda session: session.add(Tapped(announcement_id=number, button="2", count=7))
    )
    await carla.taps("See the report")
    assert carla.sees == ["A meeting", "2 people got it."]
    assert carla.buttons == ["See taps on buttons", "As a file", "Back"]
    await carla.taps("See taps on buttons")
    assert carla.sees == [
        "Taps on buttons:",
        "Open my idea: 7",
        "Taps on links cannot be counted.",
    ]


async def test_the_report_is_a_file_too_and_who_takes_it_is_noted(town: World) -> None:
    carla, _ = await mixed(town)
    await carla.taps("See the report")
    await carla.taps("As a file")
    (message,) = [one for one in carla.messages if "document" in one]
    assert message["document"]["file_name"] == "announcement.csv"
    async with town.http.get(f"{town.emulator.url}{message['document']['url']}") as answer:
        content = (await answer.read()).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [
        ["Name", "State", "Why", "When"],
        ["'=Ada", "failed", "Telegram did not take it", ""],
        ["", "uncertain", "it may have arrived", ""],
        ["Bruno", "left out", "blocked the bot", ""],
        ["Chen", "got it", "", "2026-11-23 10:00"],
    ]
    assert (await trail(carla))[0].startswith("Carla · took a list of people")


async def test_it_goes_again_to_those_with_whom_it_failed(town: World) -> None:
    carla, number = await mixed(town)
    await carla.taps("See the report")
    await carla.taps("Send again to failed")
    assert carla.sees[:2] == ["It goes once more.", "A meeting\nIt is on its way."]
    await looks(town, carla)
    assert (await ledger(town, number))[1010] == ("sent", None)
    assert await shown(town, 1010) == ["A meeting"]
    assert carla.sees[1].startswith(
        "Done: ▓▓▓▓▓▓▓▓▓▓ 100%\nSent: 2\nStill to come: 0\nBlocked the bot: 1"
    )
    assert (await trail(carla))[0].startswith("Carla · sent an announcement once more")


async def test_it_goes_again_to_the_uncertain_after_a_question(town: World) -> None:
    carla, number = await mixed(town)
    await carla.taps("See the report")
    await carla.taps("Send again to uncertain")
    assert carla.sees == [
        "Send it once more?\nTo 1 person.\nIt may have arrived: some may get it twice."
    ]
    assert await shown(town, 1011) == ["A meeting"]
    await carla.taps("Send it once more")
    await looks(town, carla)
    assert (await ledger(town, number))[1011] == ("sent", None)
    assert await shown(town, 1011) == ["A meeting", "A meeting"]
    await carla.taps("See the report")
    assert carla.buttons == ["See who did not get it", "As a file", "Send again to failed", "Back"]


@pytest.mark.parametrize("state", ["sent", "skipped", "queued", "x"])
async def test_it_goes_to_nobody_else_again(town: World, state: str) -> None:
    carla, number = await mixed(town)
    before = await ledger(town, number)
    for verb in ("annagaining", "annagain"):
        await carla.taps_data(f"{verb}:{number}:{state}")
        await looks(town, carla)
    assert carla.sees[:2] == ["This cannot be done now.", "A meeting"]
    assert await ledger(town, number) == before


async def test_a_second_tap_sends_nothing_again(town: World) -> None:
    carla, number = await mixed(town)
    for _ in range(2):
        await carla.taps_data(f"annagain:{number}:uncertain")
        await looks(town, carla)
    assert await shown(town, 1011) == ["A meeting", "A meeting"]


async def test_another_coordinator_sees_the_report_while_it_goes(town: World) -> None:
    carla = await carla_of(town)
    dora = await works(town, COORDINATOR, number=1004, name="Dora")
    number = await goes(town, carla)
    await stuck(town, number, 1)
    await dora.taps_data(f"annreport:{number}")
    assert dora.sees == ["A meeting", "1 person got it."]
    assert dora.buttons == ["As a file", "Back"]
    await do(town, number, announcements.stop)
    await dora.taps_data(f"annreport:{number}")
    assert dora.sees[1] == "1 person got it.\nWho did not get it:\n· it was stopped before: 1"
