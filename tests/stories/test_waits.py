"""Nobody waits in silence: an unclaimed sheet, a silent tutor, a silent group."""

import datetime as dt

import pytest

from db.dossiers import Dossier
from db.tables import Outgoing
from school.dossiers import BACK, READY, TAKEN, WAITING
from tests.desk import at_desk
from tests.stories.dossiers_made import (
    MONDAY,
    at,
    coordinator,
    dossier,
    in_group,
    sheet,
    strikes,
    taken,
    tutor,
    tutor_of,
)
from tests.world import Phone, World

LONGER = [
    "It takes longer than I said: no tutor has your sheet yet.",
    "I reminded the tutors, and tell you as soon as somebody takes it.",
]
STILL = "This sheet still waits for a tutor:\nRepair shop\nIt waits for 1 day."


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def heard(town: World, phone: Phone, *moments: dt.datetime) -> list[tuple[dt.datetime, str]]:
    """What comes by the clock at some moments, but for the daily list: the first line of each."""
    found: list[tuple[dt.datetime, str]] = []
    for moment in moments:
        before = len(phone.said)
        await strikes(town, moment, phone)
        new = [one.splitlines()[0] for one in phone.said[before:]]
        found += [(moment, one) for one in new if one != "What waits for you"]
    return found


async def test_an_unclaimed_sheet_is_nudged_then_coordinators_are_told(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    await sheet(town)
    hours = [at(24, 16, 59), at(24, 17), at(25, 9), at(26, 14, 59), at(26, 15), at(27, 12)]
    told = await heard(town, bruno, *hours)
    waits = "This sheet still waits for a tutor:"
    assert told == [(at(24, 17), waits), (at(26, 15), waits)]
    await carla.look()
    assert carla.sees == [
        (
            "No tutor has taken this sheet:\nRepair shop\nIt waits for 3 days.\n"
            "I reminded the tutors twice. You can give it to one of them."
        )
    ]
    assert carla.buttons == ["Open the sheet", "Hand it on"]
    await carla.taps("Hand it on")
    await carla.taps("Bruno")
    assert await tutor_of(town) == "Bruno"


async def test_its_people_are_told_honestly_and_once(town: World) -> None:
    await tutor(town)
    ada, _ = await sheet(town)
    told = await heard(town, ada, at(24, 16), at(24, 17), at(26, 15), at(27, 15), at(30, 15))
    assert told == [(at(24, 17), LONGER[0])]
    assert ada.sees == LONGER


async def test_with_a_desk_the_topic_rings_and_those_whom_it_fits_are_told(town: World) -> None:
    bruno = await tutor(town)
    fadi = await tutor(town, 1006, "Fadi", languages=["ar"])
    desk = await at_desk(town, bruno, fadi)
    await sheet(town)
    await strikes(town, at(24, 17), bruno, fadi)
    *_card, nudge = await in_group(desk)
    assert nudge == "Questa scheda aspetta ancora un tutor:\nRepair shop\nAspetta da 1 giorno."
    assert bruno.sees == [STILL]
    assert bruno.buttons == ["Open the sheet"]
    await bruno.taps("Open the sheet")
    assert bruno.sees[0] == "Repair shop\nNeighbours mend lamps"
    assert [one for one in fadi.said if one.startswith("This sheet")] == []


async def test_a_sheet_that_is_taken_is_not_spoken_of(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    ada, number = await sheet(town)
    await town.in_database(lambda session: _take(session.get_one(Dossier, number)))
    assert await heard(town, ada, at(24, 17), at(26, 15)) == []
    assert [one for one in bruno.said if one.startswith("This sheet")] == []


def _take(row: Dossier) -> None:
    row.state, row.tutor_id, row.since = TAKEN, 1, row.since + dt.timedelta(hours=1)


async def test_a_silent_tutor_is_nudged_may_hand_on_and_then_coordinators_are_told(
    town: World,
) -> None:
    bruno, carla = await tutor(town, evenings=[1, 3]), await coordinator(town)
    ada, _ = await taken(town)
    moments = [
        *(at(26, 20), at(27, 8, 30), at(27, 9), at(30, 9)),
        *(at(3, 20, month=12), at(4, 9, month=12), at(7, 15, month=12), at(7, 16, month=12)),
    ]
    assert await heard(town, bruno, *moments) == [
        (at(27, 9), "This sheet waits for your answer:"),
        (at(4, 9, month=12), "This sheet still waits for your answer:"),
        (at(7, 16, month=12), "This sheet still waits for your answer:"),
    ]
    assert bruno.buttons == ["Open the sheet", "Hand it on", "Say when you are away"]
    await carla.look()
    assert carla.sees == [
        (
            "This sheet gets no answer:\nRepair shop\nIt waits for 14 days.\n"
            "Its tutor: Bruno. You can give it to another one."
        )
    ]
    assert carla.buttons == ["Open the sheet", "Hand it on"]
    await ada.look()
    assert [one for one in ada.said if one.startswith("It takes longer")] == [
        (
            "It takes longer than I said. I reminded your tutor.\n\n"
            "An answer is expected by Thursday 3 December."
        )
    ]


async def test_the_nudge_says_what_can_be_done(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    await tutor(town, 1004, "Dario")
    await taken(town)
    await strikes(town, at(27, 9), bruno)
    assert bruno.buttons == ["Open the sheet", "Hand it on", "Say when you are away"]
    assert bruno.sees == [
        (
            "This sheet waits for your answer:\nRepair shop\nIt waits for 3 days.\n"
            "I told its people that it takes longer."
        )
    ]
    await bruno.taps("Hand it on")
    await bruno.taps("Dario")
    assert await tutor_of(town) == "Dario"


async def test_a_word_of_the_tutor_begins_the_wait_anew(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    await taken(town)
    await strikes(town, at(27, 9), bruno)
    assert (await dossier(town)).alerts == 1
    await town.in_database(lambda session: _answer(session.get_one(Dossier, 1), at(27, 11)))
    assert await heard(town, bruno, at(27, 12), at(30, 9), at(3, 20, month=12)) == []
    assert (await dossier(town)).alerts == 0
    told = await heard(town, bruno, at(4, 9, month=12))
    assert told == [(at(4, 9, month=12), "This sheet waits for your answer:")]


def _answer(row: Dossier, now: dt.datetime) -> None:
    row.answered_at = now


async def test_a_tutor_without_evenings_has_the_schools_working_days(town: World) -> None:
    bruno = await tutor(town)
    await taken(town)
    told = await heard(town, bruno, at(2, 12, month=12), at(3, 9, month=12))
    assert told == [(at(3, 9, month=12), "This sheet waits for your answer:")]


async def test_while_a_tutor_is_away_nobody_is_nudged(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    await taken(town)
    await bruno.says("/away")
    await bruno.says("4 December")
    assert await heard(town, bruno, at(27, 9), at(30, 9), at(7, 9, month=12)) == []
    told = await heard(town, bruno, at(10, 20, month=12), at(11, 9, month=12))
    assert told == [(at(11, 9, month=12), "This sheet waits for your answer:")]


async def test_nobody_is_told_twice_however_often_the_clock_strikes(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    ada, _ = await taken(town)
    eve, _ = await sheet(town, 1011)
    assert len(await heard(town, bruno, *[at(27, 9)] * 3)) == 2
    for phone in (ada, eve):
        await phone.look()
        assert [one.startswith("It takes longer") for one in phone.said].count(True) == 1


async def test_after_an_outage_the_last_step_alone_is_taken(town: World) -> None:
    bruno, carla = await tutor(town, evenings=[1, 3]), await coordinator(town)
    await taken(town)
    told = await heard(town, bruno, at(21, 12, month=12), at(21, 13, month=12))
    assert told == [(at(21, 12, month=12), "This sheet still waits for your answer:")]
    await carla.look()
    assert carla.sees[0].startswith("This sheet gets no answer:")


async def test_in_the_night_nobody_is_told(town: World) -> None:
    bruno = await tutor(town, evenings=[1, 3])
    ada, _ = await taken(town)
    await strikes(town, at(27, 23), bruno, ada)
    assert [one for one in bruno.said if one.startswith("This sheet")] == []
    assert [one for one in ada.said if one.startswith("It takes")] == []
    assert await town.rows(Outgoing) == []


SILENT = [
    "Your tutor has asked for some changes of your sheet. It waits for you.",
    "Take the time you need.",
]


async def test_a_silent_group_hears_a_gentle_word_after_a_week_and_once(town: World) -> None:
    ada, _ = await sheet(town, state=BACK)
    moments = [at(30, 9), at(30, 10), *(at(day, 12, month=12) for day in (1, 2, 3, 4, 10, 20))]
    assert await heard(town, ada, *moments) == [(at(30, 10), SILENT[0])]
    assert ada.sees == SILENT
    assert ada.buttons == ["Where my sheet is", "Don't remind me"]


async def test_who_does_not_want_to_be_reminded_hears_nothing(town: World) -> None:
    ada, _ = await sheet(town, state=BACK)
    await strikes(town, at(30, 10), ada)
    await ada.taps("Don't remind me")
    assert ada.sees[0].endswith(": My sheet, with changes")
    await town.in_database(lambda session: _again(session.get_one(Dossier, 1)))
    assert await heard(town, ada, at(8, 10, month=12), at(9, 10, month=12)) == []


def _again(row: Dossier) -> None:
    row.state, row.round, row.since, row.alerts = BACK, 2, at(1, month=12), 0


async def test_a_sheet_that_is_ready_waits_for_nobody(town: World) -> None:
    bruno = await tutor(town)
    ada, _ = await sheet(town, state=READY, whose=1002)
    moments = [at(4, 12, month=12), at(20, 12, month=12)]
    assert await heard(town, ada, *moments) == []
    assert await heard(town, bruno, at(21, 12, month=12)) == []
    assert [row.state for row in await town.rows(Dossier)] == [READY]
    assert WAITING not in {row.state for row in await town.rows(Dossier)}
