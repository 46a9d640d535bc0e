"""A tutor says what the own work is: so sheets fit; and hands sheets on, with all told."""

from typing import Any

import pytest

from db.dossiers import Dossier, Tutor
from db.tables import Person
from handlers.desk import CARD, tell
from handlers.turn import HelpDesk
from school import tutors
from school.dossiers import BACK, TAKEN, WAITING
from tests.desk import at_desk, speaks
from tests.stories.dossiers_made import (
    MONDAY,
    coordinator,
    deeds,
    dossier,
    in_group,
    sheet,
    taken,
    tutor,
    tutor_of,
)
from tests.world import World

PROFILE = [
    "My work as a tutor",
    "Languages: English\nTopics: all\nEvenings: none is fixed\nThe daily list comes at 18:00",
    "By this I find sheets that fit you, and tell people when an answer can come.",
]
OTHERS = "This sheet is with others now."


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def said(town: World) -> dict[str, Any]:
    return {key: value for row in await town.rows(Tutor) for key, value in row.profile.items()}


async def test_a_tutor_says_languages_topics_evenings_and_the_hour_of_the_list(
    town: World,
) -> None:
    bruno = await tutor(town)
    await bruno.says("/start")
    await bruno.taps("My work as a tutor")
    assert bruno.sees == PROFILE
    assert bruno.buttons == [
        *("Languages", "Topics", "Evenings", "Daily list"),
        *("Say when you are away", "Back"),
    ]
    await bruno.taps("Languages")
    assert bruno.sees == ["Which languages do you speak?"]
    assert bruno.buttons[:3] == ["Italiano", "✓ English", "Español"]
    await bruno.taps("Italiano")
    await bruno.taps("Back")
    await bruno.taps("Topics")
    await bruno.taps("Sport")
    await bruno.taps("Back")
    await bruno.taps("Evenings")
    await bruno.taps("Thursday")
    await bruno.taps("Tuesday")
    await bruno.taps("Back")
    await bruno.taps("Daily list")
    assert bruno.buttons[:2] == ["8:00", "9:00"]
    assert "21:00" not in bruno.buttons
    await bruno.taps("20:00")
    await bruno.taps("Back")
    assert bruno.sees[1].splitlines() == [
        "Languages: Italiano, English",
        "Topics: Sport",
        "Evenings: Tuesday, Thursday",
        "The daily list comes at 20:00",
    ]
    assert await said(town) == {
        "languages": ["it", "en"],
        "fields": ["sport"],
        "evenings": [1, 3],
        "hour": 20,
    }


async def test_a_tick_is_taken_away_and_a_double_tap_is_one(town: World) -> None:
    bruno = await tutor(town, evenings=[1])
    await bruno.taps_data("tutoron:evenings:3")
    await bruno.taps_data("tutoron:evenings:3")
    assert (await said(town))["evenings"] == [1, 3]
    await bruno.taps_data("tutoroff:evenings:1")
    await bruno.taps_data("tutoroff:evenings:1")
    assert (await said(town))["evenings"] == [3]


@pytest.mark.parametrize(
    "forged",
    [
        *("tutorpart:x", "tutoron:x:1", "tutoron:evenings:7", "tutoron:languages:de"),
        *("tutoron:hour:3", "tutoroff:fields:x", "tutoron:evenings:x"),
    ],
)
async def test_what_is_forged_is_not_kept(town: World, forged: str) -> None:
    bruno = await tutor(town)
    await bruno.taps_data(forged)
    assert bruno.buttons[-1] == "Back"
    assert await said(town) == {}


async def test_a_sheet_fits_who_is_there_speaks_its_language_knows_the_topic_and_has_time(
    town: World,
) -> None:
    await tutor(town, 1002, "Bruno", fields=["sport"])
    await tutor(town, 1004, "Dario", fields=["environment"])
    await tutor(town, 1005, "Elsa", fields=["environment", "sport"])
    await tutor(town, 1006, "Fadi", languages=["ar"])
    gina = await tutor(town, 1007, "Gina")
    await gina.says("/away")
    await gina.taps("For a week")
    await sheet(town, 1011, whose=1004, state=BACK)
    _, number = await sheet(town)
    now = town.app.clock.now()

    async def fits() -> list[str | None]:
        return await town.in_database(
            lambda session: [
                person.name
                for person in tutors.fitting(
                    session, town.app.school, session.get_one(Dossier, number), now
                )
            ]
        )

    assert await fits() == ["Elsa", "Dario", "Bruno"]
    await town.sim("block", {"user": 1005})
    await town.settle()
    assert await fits() == ["Dario", "Bruno"]


async def test_a_tutor_hands_a_sheet_on_and_all_are_told(town: World) -> None:
    bruno, dario = await tutor(town), await tutor(town, 1004, "Dario")
    ada, number = await taken(town)
    await bruno.says("/queue")
    await bruno.taps("Repair shop")
    await bruno.taps("More")
    await bruno.taps("Hand it on")
    assert bruno.sees == ["To whom shall this sheet go?\nRepair shop"]
    assert bruno.buttons == ["Dario", "Back to all tutors", "Leave it as it is"]
    await bruno.taps("Dario")
    assert bruno.sees == ["The tutor of this sheet is now: Dario\nRepair shop"]
    assert await tutor_of(town, number) == "Dario"
    await ada.look()
    assert ada.sees == [
        "Another tutor has your sheet now: Dario",
        "An answer is expected by Wednesday 2 December.",
    ]
    await dario.look()
    assert "This sheet is with you now.\nRepair shop\nIt waits for 1 hour." in dario.said
    assert await deeds(town) == ["passed_on"]


async def test_a_sheet_can_go_back_to_all(town: World) -> None:
    bruno, dario = await tutor(town), await tutor(town, 1004, "Dario")
    ada, number = await taken(town)
    await bruno.taps_data(f"handon:{number}")
    await bruno.taps("Back to all tutors")
    assert bruno.sees == ["This sheet waits for another tutor now.\nRepair shop"]
    row = await dossier(town, number)
    assert (row.state, row.tutor_id, row.taken_at) == (WAITING, None, None)
    await ada.look()
    assert ada.sees == [
        "Your sheet goes to another tutor. Nothing of it is lost.",
        "I tell you as soon as somebody takes it.",
    ]
    await dario.look()
    assert dario.sees == ["This sheet waits for another tutor now.\nRepair shop"]


async def test_a_sheet_that_waits_for_its_people_goes_on_waiting_for_them(town: World) -> None:
    bruno = await tutor(town)
    await tutor(town, 1004, "Dario")
    ada, number = await taken(town)
    await town.in_database(lambda session: _back(session.get_one(Dossier, number)))
    await bruno.taps_data(f"handon:{number}")
    await bruno.taps("Back to all tutors")
    row = await dossier(town, number)
    assert (row.state, row.tutor_id) == (BACK, None)
    await ada.look()
    assert ada.sees == ["Your tutor cannot go on. Another one will read your changes."]


def _back(row: Dossier) -> None:
    row.state = BACK


async def test_it_can_stay_as_it_is(town: World) -> None:
    bruno = await tutor(town)
    _, number = await taken(town)
    await bruno.taps_data(f"handon:{number}")
    await bruno.taps("Leave it as it is")
    assert bruno.sees == ["All right, it stays as it is."]
    assert await tutor_of(town, number) == "Bruno"


async def test_who_coordinates_gives_a_sheet_to_a_tutor(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    _, number = await sheet(town)
    await carla.taps_data(f"handon:{number}")
    assert carla.buttons == ["Bruno", "Leave it as it is"]
    await carla.taps("Bruno")
    row = await dossier(town, number)
    assert (row.state, await tutor_of(town, number)) == (TAKEN, "Bruno")
    await bruno.look()
    assert bruno.sees[0] == "This sheet is with you now.\nRepair shop\nIt waits for 1 hour."


async def test_the_list_of_tutors_has_pages(town: World) -> None:
    carla = await coordinator(town)
    for number in range(9):
        await tutor(town, 1100 + number, f"Tutor {number}")
    _, number = await sheet(town)
    await carla.taps_data(f"handon:{number}")
    assert carla.buttons == [
        *(f"Tutor {number}" for number in range(8)),
        "Next page",
        "Leave it as it is",
    ]
    await carla.taps("Next page")
    assert carla.buttons == ["Tutor 8", "Page before", "Leave it as it is"]


async def test_only_who_has_a_sheet_or_coordinates_hands_it_on(town: World) -> None:
    await tutor(town)
    dario, ada = await tutor(town, 1004, "Dario"), await town.resident(1009, "Eve")
    _, number = await taken(town)
    to = (await dossier(town, number)).tutor_id
    own = next(row.id for row in await town.rows(Person) if row.telegram_id == dario.id)
    for forged in (f"handon:{number}", f"handto:{number}:{own}:{to}", f"handto:{number}:0:{to}"):
        await dario.taps_data(forged)
        assert dario.sees == [OTHERS]
        await ada.taps_data(forged)
        assert "Tell my idea" in ada.buttons
    assert await tutor_of(town, number) == "Bruno"


@pytest.mark.parametrize(
    "forged",
    ["handto:1:x:{had}", "handto:1:999:{had}", "handto:1:{ada}:{had}", "handpage:1:x"],
)
async def test_nobody_but_a_tutor_who_is_there_gets_a_sheet(town: World, forged: str) -> None:
    bruno = await tutor(town)
    await taken(town)
    had = (await dossier(town)).tutor_id
    ada = next(row.id for row in await town.rows(Person) if row.telegram_id == 1001)
    await bruno.taps_data(forged.format(had=had, ada=ada))
    assert bruno.sees == ["To whom shall this sheet go?\nRepair shop"]
    assert await tutor_of(town) == "Bruno"


async def test_a_sheet_that_is_not_there_is_said_so(town: World) -> None:
    bruno = await tutor(town)
    for forged in ("handon:7", "handon:x", "handto:7:1:1", "handno:7", "mediator:7"):
        await bruno.taps_data(forged)
        assert bruno.sees == ["This sheet is not here any more."]


async def test_of_two_who_hand_on_at_once_the_first_counts(town: World) -> None:
    carla = await coordinator(town)
    bruno, dario = await tutor(town), await tutor(town, 1004, "Dario")
    await tutor(town, 1005, "Elsa")
    _, number = await taken(town)
    await carla.taps_data(f"handon:{number}")
    await bruno.taps_data(f"handon:{number}")
    await bruno.taps("Dario")
    await carla.taps_old("Elsa")
    assert carla.sees == [OTHERS]
    assert await tutor_of(town, number) == "Dario"
    await dario.look()
    assert dario.said[-1].startswith("This sheet is with you now.")


async def test_in_the_topic_a_button_asks_in_the_own_chat(town: World) -> None:
    bruno, dario = await tutor(town), await tutor(town, 1004, "Dario")
    desk = await at_desk(town, bruno, dario)
    _, number = await taken(town)
    await speaks(town, number, _card)
    await desk.taps_data(bruno, f"handon:{number}")
    assert desk.toasts[-1:] == ["I wrote to you in our private chat."]
    assert bruno.sees == ["To whom shall this sheet go?\nRepair shop"]
    await desk.taps_data(dario, f"handon:{number}")
    await desk.taps_data(dario, "handon:99")
    await desk.taps_data(dario, f"mediator:{number}")
    assert desk.toasts[-3:] == [
        OTHERS,
        "This sheet is not here any more.",
        "Who coordinates names a mediator.",
    ]
    await bruno.taps("Dario")
    assert (await in_group(desk))[1:] == ["Ora il tutor di questa scheda è: Dario\nRepair shop"]
    assert await tutor_of(town, number) == "Dario"


def _card(to: HelpDesk, dossier: Dossier) -> None:
    tell(to, dossier, "sendMessage", {"text": "A card"}, what=CARD)
