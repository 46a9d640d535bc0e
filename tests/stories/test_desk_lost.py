"""A bot that is demoted in the tutors' supergroup, or removed, says so to coordinators, once, and
falls back to private chats; when it can work there again, it does.
"""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Desk as Row
from db.dossiers import Dossier
from db.tables import Outgoing, Person
from handlers import desk as desks
from handlers import desk_bound, desk_topics
from handlers.desk_bound import Asked
from handlers.turn import HelpDesk, Screen
from school import delivery, people
from school.staff import COORDINATOR, TUTOR
from tests.desk import DESK, Desk, at_desk, handed_in, speaks
from tests.stories.test_desk_topics import TOPIC, card_of, history_of, says
from tests.stories.test_staff import works
from tests.world import Phone, World

LOST = (
    "I can no longer work in the group Tutors.\n"
    "To mend it, make me an administrator there with the right to manage topics.\n"
    "If I stay silent then, write /desk there.\n"
    "Meanwhile all comes to private chats."
)
AGAIN = "I can work in the group Tutors again."


class Place:
    """A desk with a coordinator, a tutor, and a sheet that stands there."""

    def __init__(self, desk: Desk, carla: Phone, tom: Phone, number: int) -> None:
        self.desk, self.carla, self.tom, self.number = desk, carla, tom, number


@pytest.fixture
async def place(town: World, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(desk_topics, "CONTENT", (card_of, history_of))
    carla = await works(town, COORDINATOR)
    tom = await works(town, TUTOR, number=1002, name="Tom")
    desk = await at_desk(town, carla, tom)
    number = await handed_in(town, await town.resident())
    await speaks(town, number, desk_topics.open_topic)
    await desk.look()
    return Place(desk, carla, tom, number)


async def told(phone: Phone) -> list[str]:
    """What a coordinator was told of the desk."""
    await phone.look()
    return [text for text in phone.said if text.startswith("I can ")]


async def lost(town: World) -> list[bool]:
    return [row.lost_at is not None for row in await town.rows(Row)]


LESS = [("member", ()), ("administrator", ("can_manage_topics",)), ("left", ()), ("kicked", ())]


@pytest.mark.parametrize(("status", "without"), LESS)
async def test_a_bot_that_may_less_tells_coordinators_once_and_goes_to_private_chats(
    town: World, place: Place, status: str, without: tuple[str, ...]
) -> None:
    await place.desk.the_bot_is(status, *without)
    assert await told(place.carla) == [LOST]
    assert await lost(town) == [True]
    await speaks(town, place.number, says("One", "Two"))
    await place.tom.look()
    assert place.tom.said[-3:] == ["The card", "One", "Two"]
    assert place.desk.sees(TOPIC) == ["The card", "What was said"]
    assert await told(place.carla) == [LOST]
    assert await told(place.tom) == []


async def test_when_it_may_again_it_works_there_and_says_so(town: World, place: Place) -> None:
    await place.desk.the_bot_is("member")
    await place.desk.the_bot_is("administrator")
    assert await told(place.carla) == [LOST, AGAIN]
    assert await lost(town) == [False]
    await speaks(town, place.number, says("One"))
    await place.desk.look()
    assert place.desk.sees(TOPIC) == ["The card", "What was said", "One"]


async def test_sheets_that_came_meanwhile_have_topics_then(town: World, place: Place) -> None:
    await place.desk.the_bot_is("member")
    number = await handed_in(town, await town.resident(1005, "Bea"), "Soup")
    await speaks(town, number, desk_topics.open_topic)
    await place.tom.look()
    assert place.tom.said[-2:] == ["The card", "What was said"]
    await place.desk.the_bot_is("administrator")
    assert list(place.desk.topics) == [TOPIC, "Soup"]
    assert place.desk.sees("Soup") == ["The card", "What was said"]


async def test_the_command_written_there_takes_it_back_too(town: World, place: Place) -> None:
    await town.sim("faults", [{"method": "sendMessage", "kind": "refuse", "status": 403}])
    await speaks(town, place.number, says("One"))
    assert await lost(town) == [True]
    await place.desk.says(place.carla, "/desk")
    assert await lost(town) == [False]


async def test_a_refusal_in_the_middle_loses_and_reorders_nothing(
    town: World, place: Place
) -> None:
    fault: dict[str, Any] = {"method": "sendMessage", "kind": "refuse", "status": 403}
    await town.sim("faults", [{**fault, "chat": DESK}])

    def change(turn: HelpDesk, dossier: Dossier) -> None:
        says("One")(turn, dossier)
        desks.show(turn, dossier, desks.CARD, Screen("The new card"))
        says("Two", "Three")(turn, dossier)

    await speaks(town, place.number, change)
    await place.tom.look()
    assert place.tom.said[-4:] == ["The new card", "One", "Two", "Three"]
    assert await told(place.carla) == [LOST]
    assert await town.rows(Outgoing) == []


async def test_a_topic_that_cannot_be_made_is_a_lost_desk(town: World, place: Place) -> None:
    await place.desk.topic(TOPIC, "delete")
    group = {"id": DESK, "title": "Tutors", "forum": False}
    await town.sim("groups", {**group, "members": [1002], "admins": [1003]})
    await speaks(town, place.number, says("One", "Two"))
    await place.tom.look()
    assert place.tom.said[-4:] == ["The card", "What was said", "One", "Two"]
    assert await told(place.carla) == [LOST]


async def test_who_has_a_sheet_gets_it_alone(town: World, place: Place) -> None:
    tina = await works(town, TUTOR, number=1006, name="Tina")

    def take(turn: HelpDesk, dossier: Dossier) -> None:
        dossier.tutor_id = _person(turn, tina).id

    await speaks(town, place.number, take)
    await place.desk.the_bot_is("kicked")
    await speaks(town, place.number, says("One"))
    for phone, seen in ((tina, ["The card", "One"]), (place.tom, [])):
        await phone.look()
        assert [text for text in phone.said if text in ("The card", "One")] == seen


async def test_what_waits_goes_along_when_the_desk_moves(town: World, place: Place) -> None:
    new = await at_desk(town, place.carla, place.tom, number=DESK - 1, bound=False)

    def move(turn: HelpDesk, dossier: Dossier) -> None:
        says("One")(turn, dossier)
        desks.tell(turn, dossier, "sendMessage", {"text": "What was said"}, what="r:1")
        says("Two")(turn, dossier)
        known = {"forum": True, "manages_topics": True, "hidden": False}
        command = Asked(new.id, "New", 1, "", "en", **known)
        desk_bound.asked(turn, command, _person(turn, place.carla))

    await speaks(town, place.number, move)
    await new.look()
    assert new.sees(TOPIC) == ["The card", "What was said", "One", "Two"]
    await place.desk.look()
    assert place.desk.sees(TOPIC) == ["The card", "What was said"]


async def test_when_the_desk_ends_its_cards_go_to_private_chats(place: Place) -> None:
    await place.desk.says(place.carla, "/desk off")
    await place.tom.look()
    assert place.tom.said[-1] == "The card"


async def test_a_group_that_got_another_number_is_still_the_desk(town: World, place: Place) -> None:
    """As `tests/stories/test_sending.py` has it for other chats."""
    other = DESK - 5
    await at_desk(town, place.carla, place.tom, number=other, bound=False)
    row = Outgoing(chat_id=DESK, lane=1, state="sending", method="sendMessage", body={})

    def moved(session: Session) -> None:
        row.language, row.not_before = "it", town.app.clock.now()
        session.add(row)
        session.flush()
        outcome = delivery.Outcome(row, delivery.End.MOVED, chat=other)
        delivery.record(session, [outcome], town.app.clock.now())

    await town.in_database(moved)
    assert [found.chat_id for found in await town.rows(Row)] == [other]


def _person(turn: HelpDesk, phone: Phone) -> Person:
    person = people.find(turn.session, phone.id)
    assert person is not None
    return person
