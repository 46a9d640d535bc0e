"""/away: a tutor says when, the people are told, nothing new is proposed, and it ends by itself."""

import pytest

from db.dossiers import Dossier
from school import tutors
from school.dossiers import BACK
from tests.stories.dossiers_made import (
    MONDAY,
    at,
    coordinator,
    dossier,
    sheet,
    taken,
    tutor,
    tutor_of,
)
from tests.world import World

ASKED = (
    "Until when are you away?\n"
    "Tap, or write the last day, or from when to when. For example: Thursday 3 December"
)
AWAY = "On these days no new sheet is proposed to you. It ends by itself."


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def fits(town: World, number: int) -> list[str | None]:
    """Whom a sheet fits now."""
    now = town.app.clock.now()
    return await town.in_database(
        lambda session: [
            one.name
            for one in tutors.fitting(
                session, town.app.school, session.get_one(Dossier, number), now
            )
        ]
    )


async def test_a_tutor_says_until_when_with_a_tap(town: World) -> None:
    bruno = await tutor(town)
    await bruno.says("/assente")
    assert bruno.sees == [ASKED]
    assert bruno.buttons == ["Until tomorrow", "For a week", "For two weeks", "Cancel"]
    await bruno.taps("For a week")
    assert bruno.sees == [
        "You are away",
        "From Monday 23 November to Monday 30 November.",
        AWAY,
    ]
    assert bruno.buttons == ["I am back", "Change the days", "Back"]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("until Friday", "From Monday 23 November to Friday 27 November."),
        ("da giovedì al 3 dicembre", "From Thursday 26 November to Thursday 3 December."),
        ("3/12", "From Monday 23 November to Thursday 3 December."),
    ],
)
async def test_or_writes_the_days_as_people_write_them(
    town: World, written: str, days: str
) -> None:
    bruno = await tutor(town)
    await bruno.says("/away")
    await bruno.says(written)
    assert bruno.sees[1] == days


@pytest.mark.parametrize("written", ["soon", "3 November", "31 November", "3 December 2028"])
async def test_what_is_no_day_is_asked_again(town: World, written: str) -> None:
    bruno = await tutor(town)
    await bruno.says("/away")
    await bruno.says(written)
    assert bruno.sees == [
        f"I read “{written}”.\nI need a day from today on, for example: Thursday 3 December",
        ASKED,
    ]
    await bruno.says("4 December")
    assert bruno.sees[1] == "From Monday 23 November to Friday 4 December."


async def test_cancel_changes_nothing(town: World) -> None:
    bruno = await tutor(town)
    await bruno.says("/away")
    await bruno.taps("Cancel")
    assert bruno.sees[0] == "My work as a tutor"
    await bruno.says("4 December")
    assert bruno.buttons == ["Yes, it answers that", "Neither"]


async def test_the_groups_are_told_when_the_tutor_is_back_and_answers_move(town: World) -> None:
    bruno = await tutor(town)
    ada, _ = await taken(town)
    eve, _ = await sheet(town, 1011, name="Eve", whose=1002, state=BACK)
    await bruno.says("/away")
    await bruno.says("4 December")
    for phone in (ada, eve):
        await phone.look()
    told = "Your tutor is away from Monday 23 November to Friday 4 December."
    assert ada.sees == [told, "An answer is expected by Tuesday 15 December."]
    assert eve.sees == [told]


async def test_while_away_no_sheet_fits_and_it_ends_by_itself(town: World) -> None:
    bruno = await tutor(town)
    _, number = await sheet(town)
    assert await fits(town, number) == ["Bruno"]
    await bruno.says("/away")
    await bruno.says("from 25 to 27 November")
    found = {day: await _fits_at(town, number, day) for day in (24, 25, 27, 28)}
    assert found == {24: ["Bruno"], 25: [], 27: [], 28: ["Bruno"]}
    await bruno.says("/away")
    assert bruno.sees == [ASKED.replace("Thursday 3", "Tuesday 8")]


async def _fits_at(town: World, number: int, day: int) -> list[str | None]:
    town.app.clock.set_to(at(day, 23))
    return await fits(town, number)


async def test_who_is_back_sooner_says_so(town: World) -> None:
    bruno = await tutor(town)
    ada, number = await taken(town)
    await bruno.says("/away")
    await bruno.taps("For two weeks")
    town.app.clock.set_to(at(26))
    await bruno.says("/away")
    await bruno.taps("I am back")
    assert bruno.sees == ["Welcome back. New sheets are proposed to you again."]
    await ada.look()
    assert ada.sees == [
        "Your tutor is back.",
        "An answer is expected by Friday 4 December.",
    ]
    assert await fits(town, number) == ["Bruno"]


async def test_a_second_tap_on_back_tells_nobody_again(town: World) -> None:
    bruno = await tutor(town)
    ada, _ = await taken(town)
    await bruno.says("/away")
    await bruno.taps("For a week")
    for _ in range(2):
        await bruno.taps_data("awayback")
    await ada.look()
    assert [one.startswith("Your tutor is back.") for one in ada.said].count(True) == 1


async def test_own_sheets_are_offered_to_be_handed_on(town: World) -> None:
    bruno = await tutor(town)
    await tutor(town, 1004, "Dario")
    _, number = await taken(town)
    await bruno.says("/away")
    await bruno.taps("For two weeks")
    assert bruno.sees[3] == "These sheets are with you. Somebody else can take them:"
    await bruno.taps("Repair shop")
    assert bruno.sees == ["To whom shall this sheet go?\nRepair shop"]
    await bruno.taps("Dario")
    assert await tutor_of(town, number) == "Dario"
    assert (await dossier(town, number)).alerts == 0


async def test_it_is_for_tutors(town: World) -> None:
    carla, ada = await coordinator(town), await town.resident(1009, "Eve")
    unknown = "I do not know this command. The menu beside the text field shows all."
    for phone in (carla, ada):
        await phone.says("/away")
        assert phone.sees[0] == unknown
        for forged in ("away", "awayfor:week", "awayback", "awaydays", "mytutoring"):
            await phone.taps_data(forged)
            assert "away" not in phone.screen
            assert phone.sees[0] != "My work as a tutor"


async def test_a_forged_span_shows_what_is_so(town: World) -> None:
    bruno = await tutor(town)
    await bruno.taps_data("awayfor:year")
    assert bruno.sees == [ASKED]
