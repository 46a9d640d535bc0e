"""A removed tutor loses sight at once: sheets, cards, the group; so does one who is forgotten."""

import pytest

from db.tables import Handle, Outgoing, Person
from school.dossiers import READY, WAITING
from school.staff import COORDINATOR
from tests.desk import DESK, at_desk
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
from tests.stories.test_staff import invitation
from tests.world import Phone, World

OTHERS = "This sheet is with others now."


@pytest.fixture(autouse=True)
def _monday(town: World) -> None:
    town.app.clock.set_to(MONDAY)


async def removes(carla: Phone, name: str) -> None:
    """A coordinator ends a tutor's role."""
    await carla.says("/start")
    await carla.taps("People and roles")
    await carla.taps(name)
    await carla.taps("End: tutor")
    await carla.taps("End the role")


async def test_the_sheets_of_a_removed_tutor_wait_for_others_at_once(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    dario = await tutor(town, 1004, "Dario")
    ada, number = await taken(town)
    ready = (await sheet(town, 1011, state=READY, whose=1002, title="Ready"))[1]
    await removes(carla, "Bruno")
    rows = [await dossier(town, one) for one in (number, ready)]
    assert [(row.state, row.tutor_id) for row in rows] == [(WAITING, None), (READY, None)]
    await ada.look()
    assert ada.sees[0] == "Your sheet goes to another tutor. Nothing of it is lost."
    await dario.look()
    assert dario.sees == ["This sheet waits for another tutor now.\nRepair shop"]
    await carla.look()
    assert "A tutor has left. 1 sheet waits for another one." in carla.said
    await bruno.taps_data(f"sheetof:{number}")
    assert "Tell my idea" in bruno.buttons


async def test_cards_in_a_removed_tutors_chat_say_that_the_sheet_is_with_others(
    town: World,
) -> None:
    carla, bruno = await coordinator(town), await tutor(town, evenings=[0])
    _, number = await taken(town)
    await bruno.taps_data(f"handon:{number}")
    asked = bruno.messages[-1]["message_id"]
    await removes(carla, "Bruno")
    await bruno.look()
    shown = {message["message_id"]: message for message in bruno.messages}
    assert (shown[asked]["text"], shown[asked].get("reply_markup")) == (OTHERS, None)
    slots = [row.slot for row in await town.rows(Handle) if row.chat_id == 1002]
    assert [slot for slot in slots if slot.startswith("d:")] == []


async def test_words_of_a_sheets_people_are_deleted_in_a_removed_tutors_chat(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    _, number = await taken(town)
    await bruno.says("/queue")
    card = bruno.messages[-1]["message_id"]
    handle = Handle(chat_id=1002, slot=f"d:{number}:r:5", message_id=card)
    await town.in_database(lambda session: session.add(handle))
    await removes(carla, "Bruno")
    await bruno.look()
    assert [one for one in bruno.messages if one["message_id"] == card] == []


async def members(town: World) -> list[int]:
    groups = (await town.sim("people"))["groups"]
    return next(one["members"] for one in groups if one["id"] == DESK)


async def test_a_removed_tutor_is_taken_out_of_the_group_and_may_come_back(town: World) -> None:
    carla = await coordinator(town)
    desk = await at_desk(town, carla, await tutor(town))
    await taken(town)
    await removes(carla, "Bruno")
    assert 1002 not in await members(town)
    assert 1003 in await members(town)
    calls = await town.calls("banChatMember", "unbanChatMember")
    assert [(call["method"], call["status"]) for call in calls] == [
        ("banChatMember", 200),
        ("unbanChatMember", 200),
    ]
    _card, said = await in_group(desk)
    assert said == "Questa scheda ora aspetta un altro tutor.\nRepair shop"
    assert await town.rows(Outgoing) == []


async def test_where_telegram_refuses_it_coordinators_are_asked_to_do_it(town: World) -> None:
    carla, dora = await coordinator(town), await coordinator(town, 1008, "Dora")
    desk = await at_desk(town, carla, await tutor(town))
    await desk.the_bot_is("administrator", "can_restrict_members")
    await taken(town)
    await removes(carla, "Bruno")
    assert 1002 in await members(town)
    assert len(await in_group(desk)) == 2
    by_hand = "I could not take this person out of the tutors' group: Bruno. Please do it there."
    for moment in (at(23, 11), at(23, 12)):
        await strikes(town, moment, carla, dora)
    assert [phone.said.count(by_hand) for phone in (carla, dora)] == [1, 1]


async def test_who_is_still_staff_stays_in_the_group(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    await bruno.says(f"/start {await invitation(town, COORDINATOR)}")
    await at_desk(town, carla, bruno)
    _, number = await taken(town)
    await removes(carla, "Bruno")
    assert 1002 in await members(town)
    assert await tutor_of(town, number) is None


async def test_the_sheets_of_a_tutor_who_is_forgotten_wait_for_others(town: World) -> None:
    carla, bruno = await coordinator(town), await tutor(town)
    await at_desk(town, carla, bruno)
    ada, number = await taken(town)
    await bruno.says("/forget")
    await bruno.taps("Delete my data")
    row = await dossier(town, number)
    assert (row.state, row.tutor_id) == (WAITING, None)
    await ada.look()
    assert ada.sees[0] == "Your sheet goes to another tutor. Nothing of it is lost."
    await carla.look()
    assert carla.said[-1] == "A tutor has left. 1 sheet waits for another one."
    assert 1002 not in await members(town)
    assert [row for row in await town.rows(Outgoing) if "1002" in str(row.body)] == []
    assert [row for row in await town.rows(Person) if row.telegram_id == 1002] == []
