"""A tutor's message is taken back: readers' phones do not have it any more, as far as Telegram lets
messages be deleted.
"""

import pytest

from db.dossiers import Relay
from db.tables import Handle, Outgoing
from tests.stories.dossiers import Talk, below, card, reactions, talk
from tests.stories.test_staff import works
from tests.world import Json, Phone, World

DELETED = (
    "Somebody who wrote here has deleted everything.\n"
    "I delete those messages here. Please delete what is left of them."
)
TAKEN_BACK = "Taken back: I delete it in their chats. Somebody may have read it already."


@pytest.fixture
async def begun(town: World) -> Talk:
    return await talk(town)


async def sent_with(town: World, words: str) -> list[Json]:
    """The calls that put these words into a chat."""
    made = [call for call in await town.calls("sendMessage") if call["status"] == 200]
    return [call for call in made if words in call["params"]["text"]]


async def number_of(town: World) -> int:
    """The message that was passed on last."""
    return (await town.rows(Relay))[-1].id


async def test_taking_back_deletes_it_for_all_readers(begun: Talk) -> None:
    before = begun.ada.said, begun.ben.said
    number = await begun.answers("Which room?")
    await begun.tom.taps("Take the message back")
    await begun.look()
    assert (begun.ada.said, begun.ben.said) == before
    assert below(begun.tom, number) == [TAKEN_BACK]
    assert begun.tom.buttons == []
    assert await reactions(begun.town, begun.tom.id, number) == []
    assert await begun.town.rows(Relay) == []
    assert await begun.town.rows(Outgoing) == []
    slots = {handle.slot for handle in await begun.town.rows(Handle) if ":r:" in handle.slot}
    assert slots == set()


async def test_all_pieces_of_a_long_message_go(begun: Talk) -> None:
    before = begun.ada.said
    await begun.answers("x" * 4000)
    await begun.tom.taps("Take the message back")
    await begun.look()
    assert begun.ada.said == before


async def test_an_album_goes_as_a_whole(begun: Talk) -> None:
    before = len(begun.ada.messages)
    for number in range(3):
        raw = {"media_group_id": "seven"}
        await begun.tom.sends_file("photo", f"{number}.jpg", reply_to=begun.card, raw=raw)
    await begun.tom.taps_old("Take the message back")
    await begun.look()
    assert len(begun.ada.messages) == before


async def test_what_was_not_sent_yet_is_not_sent(begun: Talk) -> None:
    before = begun.ada.said
    fault = {"method": "sendMessage", "chat": begun.ada.id, "kind": "refuse", "status": 429}
    await begun.town.sim("faults", [{**fault, "retry_after": 3, "times": 1}])
    await begun.town.sim(
        "send", {"user": begun.tom.id, "text": "Which room?", "reply_to": begun.card}
    )
    while not await begun.town.rows(Relay):
        await begun.town.sim("idle", quiet_ms=20, timeout_s=1)
    number = await number_of(begun.town)
    await begun.town.sim("press", {"user": begun.tom.id, "data": f"unsend:{number}"})
    await begun.town.settle()
    await begun.look()
    assert begun.ada.said == before
    told = {call["params"]["chat_id"] for call in await sent_with(begun.town, "Which room")}
    assert told == {begun.ben.id}


async def test_after_two_days_telegram_deletes_nothing_and_the_tutor_is_told(begun: Talk) -> None:
    number = await begun.answers("Which room?")
    await begun.town.later(hours=48)
    await begun.tom.taps("Take the message back")
    await begun.look()
    assert below(begun.tom, number) == [
        "After 48 hours Telegram deletes no message. It can still be read."
    ]
    assert begun.ada.sees == ["Tom, tutor\nWhich room?"]


async def test_an_edit_of_what_was_taken_back_reaches_nobody(begun: Talk) -> None:
    before = begun.ada.said
    number = await begun.answers("Which rom?")
    await begun.tom.taps("Take the message back")
    await begun.tom.edits(number, "Which room?")
    await begun.look()
    assert begun.ada.said == before


@pytest.mark.parametrize("data", ["unsend:x", "unsend:99", "unsend:9999999999999999999"])
async def test_what_is_not_there_cannot_be_taken_back(begun: Talk, data: str) -> None:
    await begun.answers("Which room?")
    await begun.tom.taps_data(data)
    await begun.look()
    assert begun.ada.sees == ["Tom, tutor\nWhich room?"]


async def _taken_by(begun: Talk, phone: Phone) -> bool:
    await begun.answers("Which room?")
    await phone.taps_data(f"unsend:{await number_of(begun.town)}")
    await begun.look()
    return "Tom, tutor\nWhich room?" not in begun.ada.said


async def test_another_tutor_cannot_take_it_back(begun: Talk) -> None:
    rosa = await works(begun.town, "tutor", number=1004, name="Rosa")
    assert not await _taken_by(begun, rosa)


async def test_a_coordinator_can(begun: Talk) -> None:
    carla = await works(begun.town, "coordinator", number=1004, name="Carla")
    assert await _taken_by(begun, carla)


async def test_a_reader_cannot(begun: Talk) -> None:
    assert not await _taken_by(begun, begun.ben)


async def test_a_members_word_cannot_be_taken_back_by_anybody(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where is a room?")
    await begun.tom.taps_data(f"unsend:{await number_of(begun.town)}")
    await begun.look()
    assert begun.tom.sees == ["Ada\nWhere is a room?"]


async def test_who_is_forgotten_is_forgotten_by_the_tutor_and_the_group(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where is a room?")
    await begun.ben.taps_data("tutor")
    await begun.ben.says("And a lamp?")
    await begun.ada.says("/forget")
    await begun.ada.taps("Delete my data")
    await begun.look()
    assert begun.tom.sees == [DELETED]
    assert "Ada\nWhere is a room?" not in begun.tom.said
    assert "Ben\nAnd a lamp?" in begun.tom.said
    assert "Ada to your tutor:\nWhere is a room?" not in begun.ben.said
    assert [relay.chat_id for relay in await begun.town.rows(Relay)] == [begun.ben.id]
    assert await begun.town.rows(Outgoing) == []


async def test_of_a_tutor_who_is_forgotten_the_group_keeps_nothing(begun: Talk) -> None:
    await works(begun.town, "coordinator", number=1004, name="Carla")
    await begun.answers("Which room?")
    await begun.tom.says("/forget")
    await begun.tom.taps("Delete my data")
    await begun.look()
    assert begun.ada.said[-2] == DELETED
    assert begun.ada.sees[0] == "Your sheet goes to another tutor. Nothing of it is lost."
    assert "Tom, tutor\nWhich room?" not in begun.ada.said
    assert await begun.town.rows(Relay) == []


async def test_a_message_in_another_place_is_taken_back_from_there(begun: Talk) -> None:
    """A coordinator who has the card, too, wrote it."""
    carla = await works(begun.town, "coordinator", number=1004, name="Carla")
    there = await card(begun.town, begun.dossier, carla.id)
    number = await carla.sends(text="Hello", reply_to=there)
    await carla.taps("Take the message back")
    assert below(carla, number) == [TAKEN_BACK]
