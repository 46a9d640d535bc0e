"""A language that no tutor speaks: coordinators are asked for a mediator, the group is told."""

import pytest

from db.tables import Person
from school.dossiers import READY
from tests.stories.dossiers_made import (
    MONDAY,
    at,
    coordinator,
    deeds,
    dossier,
    sheet,
    strikes,
    taken,
    tutor,
)
from tests.world import World

MISSING = [
    "No tutor speaks the language of this sheet:\nRepair shop",
    "Languages: العربية",
    "Somebody who does can help as a mediator.",
]


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def mediator_of(town: World, number: int = 1) -> str | None:
    row = await dossier(town, number)
    found = await town.rows(Person)
    return next((person.name for person in found if person.id == row.mediator_id), None)


async def test_without_a_tutor_who_speaks_the_language_a_coordinator_is_asked(
    town: World,
) -> None:
    carla = await coordinator(town)
    await tutor(town)
    ada, _ = await sheet(town, language="ar")
    for moment in (at(23, 10, 1), at(23, 10, 2), at(23, 12)):
        await strikes(town, moment, carla, ada)
    assert carla.sees == MISSING
    assert carla.buttons == ["Name a mediator"]
    assert [one.startswith("No tutor speaks") for one in carla.said].count(True) == 1
    told = "لا أحد من المرافقين في المدرسة يتكلم لغتك بعد. نبحث عن شخص يتكلمها."
    assert [one.startswith(told) for one in ada.said].count(True) == 1


async def test_the_mediator_is_told_sees_the_sheet_and_the_group_hears_of_it(
    town: World,
) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    fadi = await coordinator(town, 1006, "Fadi")
    ada, number = await sheet(town, language="ar")
    await strikes(town, at(23, 10, 1), carla)
    await carla.taps("Name a mediator")
    assert carla.sees == ["Who shall mediate?\nRepair shop"]
    assert carla.buttons == ["Carla", "Bruno", "Fadi", "Leave it as it is"]
    await carla.taps("Fadi")
    assert carla.sees == ["The mediator of this sheet is now: Fadi\nRepair shop"]
    assert await mediator_of(town, number) == "Fadi"
    await fadi.look()
    assert fadi.sees == [
        "You mediate this sheet now:\nRepair shop",
        "You can answer its people like the tutor.",
    ]
    await fadi.taps("Open the sheet")
    assert "Mediator: Fadi" in fadi.screen
    assert "Fits: Bruno" in fadi.screen
    await ada.look()
    assert "Fadi" in ada.screen
    await bruno.look()
    assert await deeds(town) == ["mediator"]


async def test_a_mediator_sees_it_in_the_queue_as_the_tutor_does(town: World) -> None:
    await tutor(town)
    fadi = await tutor(town, 1006, "Fadi", languages=["ar"])
    number = next(row.id for row in await town.rows(Person) if row.telegram_id == 1006)
    await taken(town, language="ar", mediator_id=number)
    await fadi.says("/queue")
    assert fadi.sees[1] == "For you to answer\nRepair shop · 1 hour"
    await fadi.taps("Repair shop")
    assert "Mediator: Fadi" in fadi.screen
    assert fadi.buttons == ["Ask for changes", "Ready to send", "More"]


async def test_who_speaks_the_language_comes_first(town: World) -> None:
    carla = await coordinator(town)
    await tutor(town)
    fadi = await tutor(town, 1006, "Fadi", languages=["ar"])
    _, number = await sheet(town, language="ar")
    await strikes(town, at(23, 10, 1), carla, fadi)
    assert [one for one in carla.said if one.startswith("No tutor speaks")] == []
    await carla.taps_data(f"mediator:{number}")
    assert carla.buttons == ["Fadi", "Carla", "Bruno", "Leave it as it is"]


async def test_a_mediator_can_be_taken_back(town: World) -> None:
    carla = await coordinator(town)
    await tutor(town)
    number = next(row.id for row in await town.rows(Person) if row.telegram_id == 1003)
    await sheet(town, language="ar", mediator_id=number)
    await carla.taps_data("mediator:1")
    assert carla.buttons == ["Bruno", "Without a mediator", "Leave it as it is"]
    await carla.taps("Without a mediator")
    assert carla.sees == ["This sheet has no mediator.\nRepair shop"]
    assert await mediator_of(town) is None


async def test_only_who_coordinates_names_a_mediator(town: World) -> None:
    bruno, ada = await tutor(town), await town.resident(1009, "Eve")
    await taken(town)
    own = next(row.id for row in await town.rows(Person) if row.telegram_id == 1002)
    for forged in ("mediator:1", f"mediate:1:{own}:0", "mediatorpage:1:0"):
        await bruno.taps_data(forged)
        assert bruno.sees == ["Who coordinates names a mediator."]
        await ada.taps_data(forged)
        assert "Tell my idea" in ada.buttons
    assert await mediator_of(town) is None


@pytest.mark.parametrize("forged", ["mediate:1:x:0", "mediate:1:999:0", "mediate:1:{ada}:0"])
async def test_only_somebody_of_the_staff_mediates(town: World, forged: str) -> None:
    carla = await coordinator(town)
    await sheet(town)
    ada = next(row.id for row in await town.rows(Person) if row.telegram_id == 1001)
    await carla.taps_data(forged.format(ada=ada))
    assert carla.sees == ["Who shall mediate?\nRepair shop"]
    assert await mediator_of(town) is None


async def test_of_two_who_name_somebody_at_once_the_first_counts(town: World) -> None:
    carla, dora = await coordinator(town), await coordinator(town, 1008, "Dora")
    await tutor(town)
    await sheet(town)
    for phone in (carla, dora):
        await phone.taps_data("mediator:1")
    await carla.taps("Bruno")
    await dora.taps("Carla")
    assert dora.sees == ["The mediator of this sheet is now: Bruno\nRepair shop"]
    assert await mediator_of(town) == "Bruno"


async def test_a_sheet_that_is_ready_needs_no_mediator(town: World) -> None:
    carla = await coordinator(town)
    await sheet(town, state=READY)
    await carla.taps_data("mediator:1")
    assert carla.sees == ["Who coordinates names a mediator."]


async def test_a_mediator_who_leaves_is_missed(town: World) -> None:
    carla = await coordinator(town)
    await tutor(town)
    fadi = await tutor(town, 1006, "Fadi", languages=["ar"])
    number = next(row.id for row in await town.rows(Person) if row.telegram_id == 1006)
    await taken(town, language="ar", mediator_id=number)
    await fadi.says("/forget")
    await fadi.taps("Delete my data")
    assert await mediator_of(town) is None
    await carla.look()
    assert carla.sees == ["Who mediated this sheet has left:\nRepair shop"]
    assert carla.buttons == ["Name a mediator"]


async def test_in_the_night_nobody_is_asked(town: World) -> None:
    carla = await coordinator(town)
    await tutor(town)
    town.app.clock.set_to(at(23, 21, 30))
    await sheet(town, language="ar")
    for moment, asked in ((at(23, 22), 0), (at(24, 8), 1)):
        await strikes(town, moment, carla)
        assert [one.startswith("No tutor speaks") for one in carla.said].count(True) == asked
