"""Questions to a person come to a topic of their own on the tutors' desk, where whoever works here
answers; without a desk all is as before: see test_inquiries.py.
"""

import pytest

from db.tables import Handle, Inquiry, Outgoing
from school.staff import COORDINATOR, TUTOR
from tests.desk import Desk, at_desk
from tests.stories.test_staff import works
from tests.world import Phone, World, world

TOPIC, HUMAN = "Domande a una persona", "The school's help desk (sample)"
OPERATOR = -1005001


@pytest.fixture
async def desk(town: World) -> Desk:
    carla = await works(town, COORDINATOR)
    return await at_desk(town, carla, await works(town, TUTOR, number=1002, name="Tom"))


async def asks(town: World, desk: Desk, text: str = "Where is a room?") -> tuple[Phone, int]:
    """Somebody asks; the number of the question's message."""
    ada = await town.resident()
    await ada.taps("Ask a person")
    number = await ada.says(text)
    await desk.look()
    return ada, number


async def words(town: World, desk: Desk) -> list[str]:
    """What stands in the topic, with an X for each code."""
    await desk.look()
    said = desk.sees(TOPIC)
    for inquiry in await town.rows(Inquiry):
        said = [text.replace(inquiry.code, "X") for text in said]
    return said


async def test_a_question_comes_to_a_topic_of_its_own_in_silence(town: World, desk: Desk) -> None:
    ada, number = await asks(town, desk)
    assert list(desk.topics) == [TOPIC]
    assert await words(town, desk) == ["#X · English\nWhere is a room?"]
    (call,) = [one for one in await town.calls("sendMessage") if one["params"]["chat_id"] < 0]
    assert call["params"]["disable_notification"] is True
    await ada.says("And a lamp?")
    await ada.edits(number, "Where is a big room?")
    said = ["#X · English\nWhere is a big room?", "#X · English\nAnd a lamp?"]
    assert await words(town, desk) == said


@pytest.mark.parametrize("who", [1002, 1003])
async def test_whoever_works_here_answers_there(town: World, desk: Desk, who: int) -> None:
    ada, _ = await asks(town, desk)
    await desk.replies(Phone(town, who), desk.number(TOPIC, "#"), text="In the library.")
    await ada.look()
    assert ada.sees == [f"{HUMAN} answers you:", "In the library."]
    assert (await words(town, desk))[1:] == ["La tua risposta è in viaggio."]


async def test_an_answer_is_heard_also_while_the_bot_may_do_less(town: World, desk: Desk) -> None:
    ada, _ = await asks(town, desk)
    await desk.the_bot_is("member")
    await desk.replies(Phone(town, 1002), desk.number(TOPIC, "#"), text="In the library.")
    await ada.look()
    assert ada.sees == [f"{HUMAN} answers you:", "In the library."]


async def test_nobody_else_answers_there(town: World, desk: Desk) -> None:
    ada, _ = await asks(town, desk)
    mallory = await town.resident(1009, "Mallory")
    await town.sim("members", {"chat": desk.id, "user": mallory.id, "status": "member"})
    before = ada.said
    await desk.replies(mallory, desk.number(TOPIC, "#"), text="Ha")
    await desk.says(Phone(town, 1002), "Who answers?", TOPIC)
    await ada.look()
    assert (ada.said, len(desk.sees(TOPIC))) == (before, 1)


async def test_a_question_arrives_also_where_the_topic_was_deleted(town: World, desk: Desk) -> None:
    ada, _ = await asks(town, desk)
    await desk.topic(TOPIC, "delete")
    await ada.says("And a lamp?")
    assert await words(town, desk) == ["#X · English\nAnd a lamp?"]


async def test_it_waits_while_the_group_is_out_of_reach(town: World, desk: Desk) -> None:
    ada, _ = await asks(town, desk)
    refuse = {"kind": "refuse", "status": 403, "chat": desk.id, "times": 1}
    await town.sim("faults", [refuse])
    await ada.says("And a lamp?")
    assert [row.chat_id for row in await town.rows(Outgoing)] == [desk.id]
    await ada.taps("Go on")
    await ada.says("/help")
    assert "Ask a person" not in ada.buttons
    await desk.the_bot_is("member")
    await desk.the_bot_is("administrator")
    await town.later(minutes=1)
    await town.app.sweep()
    await town.settle()
    assert await words(town, desk) == [
        "#X · English\nWhere is a room?",
        "#X · English\nAnd a lamp?",
    ]


async def test_it_goes_to_the_operators_chat_where_there_is_one(database_url: str) -> None:
    async with world(database_url, operator_chat=OPERATOR) as town:
        carla = await works(town, COORDINATOR)
        await town.sim(
            "groups", {"id": OPERATOR, "title": "O", "members": [], "admins": [carla.id]}
        )
        desk, operator = await at_desk(town, carla), Desk(town, OPERATOR)
        ada, number = await asks(town, desk)
        await town.sim("faults", [{"kind": "refuse", "status": 403, "chat": desk.id, "times": 1}])
        await ada.says("And a lamp?")
        await operator.look()
        assert [text.partition("\n")[2] for text in operator.sees()] == ["And a lamp?"]
        await desk.the_bot_is("member")
        await desk.the_bot_is("administrator")
        await ada.edits(number, "Where is a big room?")
        assert await words(town, desk) == ["#X · English\nWhere is a big room?"]
        await operator.replies(carla, operator.number(None, "#"), text="In the library.")
        await ada.look()
        assert ada.sees == [f"{HUMAN} answers you:", "In the library."]
        assert operator.sees()[1:] == ["La tua risposta è in viaggio."]


async def test_who_asked_is_forgotten_there_too(town: World, desk: Desk) -> None:
    ada, _ = await asks(town, desk)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    await desk.look()
    assert desk.sees(TOPIC)[1].startswith("Chi ha fatto queste domande ha eliminato i suoi dati: #")
    await desk.replies(Phone(town, 1002), desk.number(TOPIC, "#"), text="In the library.")
    assert desk.sees(TOPIC)[2:] == [
        "Questa domanda è stata eliminata: la tua risposta non arriva a nessuno."
    ]
    slots = [row.slot for row in await town.rows(Handle)]
    assert [slot for slot in slots if slot.startswith("question:")] == []
