"""One topic per sheet; the database is the truth: a topic that is deleted or closed is made again,
with its card and history, and nothing that was for it is lost.
"""

from typing import Any

import pytest

from db.dossiers import Dossier
from db.tables import Handle, Outgoing
from handlers import desk as desks
from handlers import desk_topics
from handlers.turn import HelpDesk, Screen, Speaker
from school import dossiers
from school.desk import Place
from school.staff import COORDINATOR, TUTOR
from tests.desk import Desk, at_desk, handed_in, speaks
from tests.stories.steps import VALUES, has_answered
from tests.stories.test_staff import works
from tests.world import Phone, World

TOPIC = "Repair corner"


def card_of(turn: Speaker, dossier: Dossier, place: Place) -> None:
    body: dict[str, Any] = {"text": "The card", "in_place": True}
    desks.put(turn, dossier, place, "sendMessage", body, what=desks.CARD)


def history_of(turn: Speaker, dossier: Dossier, place: Place) -> None:
    desks.put(turn, dossier, place, "sendMessage", {"text": "What was said"}, what="r:1")


def says(*texts: str) -> Any:
    """Words that are put where a sheet is to be seen."""

    def say(desk: HelpDesk, dossier: Dossier) -> None:
        for text in texts:
            desks.tell(desk, dossier, "sendMessage", {"text": text})

    return say


@pytest.fixture
async def desk(town: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a coordinator and a tutor, where a topic begins with a card and a history."""
    monkeypatch.setattr(desk_topics, "CONTENT", (card_of, history_of))
    carla = await works(town, COORDINATOR)
    tom = await works(town, TUTOR, number=1002, name="Tom")
    return await at_desk(town, carla, tom)


async def opened(town: World, desk: Desk, ada: Phone | None = None) -> int:
    """A sheet with its topic; its number."""
    number = await handed_in(town, ada or await town.resident())
    await speaks(town, number, desk_topics.open_topic)
    await desk.look()
    return number


async def test_a_sheet_has_a_topic_with_its_card_and_all_is_silent(town: World, desk: Desk) -> None:
    await opened(town, desk)
    assert list(desk.topics) == [TOPIC]
    assert desk.sees(TOPIC) == ["The card", "What was said"]
    calls = [call for call in await town.calls("sendMessage") if call["params"]["chat_id"] < 0]
    assert [call["params"]["disable_notification"] for call in calls] == [True, True]
    assert [call["problems"] for call in await town.calls() if call["problems"]] == []


async def test_only_what_is_to_ring_rings(town: World, desk: Desk) -> None:
    number = await opened(town, desk)

    def ring(turn: HelpDesk, dossier: Dossier) -> None:
        desks.tell(turn, dossier, "sendMessage", {"text": "Look"}, rings=True)

    await speaks(town, number, ring)
    (*_, last) = await town.calls("sendMessage")
    assert last["params"]["disable_notification"] is False


async def test_a_topic_is_called_by_the_title_and_the_neighbourhood(
    town: World, desk: Desk
) -> None:
    ada = await has_answered(town, {"sentence": VALUES["sentence"], "where": VALUES["where"]})
    await opened(town, desk, ada)
    assert list(desk.topics) == ["Repair corner · Dergano"]


async def test_without_a_title_it_is_called_by_the_sentence_shortened(
    town: World, desk: Desk
) -> None:
    words = "A workshop\nwhere people " + "repair things " * 10
    sentence: dict[str, Any] = {"text": words, "voices": []}
    where = {"places": [str(number) for number in range(70, 80)]}
    ada = await has_answered(town, {"sentence": sentence, "where": where})
    number = await handed_in(town, ada, title=None)
    await speaks(town, number, desk_topics.open_topic)
    await desk.look()
    (name,) = desk.topics
    assert name.startswith("A workshop where people repair things repair")
    assert len(name) <= 128
    assert name.partition("… · ")[2].endswith("…")


async def test_without_words_it_is_a_sheet_without_a_title(town: World, desk: Desk) -> None:
    number = await handed_in(town, await town.resident(), title=None)
    await speaks(town, number, desk_topics.open_topic)
    await desk.look()
    assert list(desk.topics) == ["Una scheda senza titolo"]


async def test_a_card_is_drawn_in_place(town: World, desk: Desk) -> None:
    number = await opened(town, desk)
    await speaks(
        town, number, lambda turn, one: desks.show(turn, one, desks.CARD, Screen("The new card"))
    )
    await desk.look()
    assert desk.sees(TOPIC) == ["The new card", "What was said"]
    assert [call["problems"] for call in await town.calls() if call["problems"]] == []


async def test_opening_it_once_more_repeats_nothing(town: World, desk: Desk) -> None:
    number = await opened(town, desk)
    await speaks(town, number, desk_topics.open_topic)
    await desk.look()
    assert (list(desk.topics), desk.sees(TOPIC)) == ([TOPIC], ["The card", "What was said"])


async def test_a_deleted_topic_is_made_again_and_what_waited_follows_in_order(
    town: World, desk: Desk
) -> None:
    number = await opened(town, desk)
    first = desk.topics[TOPIC]
    await desk.topic(TOPIC, "delete")
    assert desk.topics == {}
    await speaks(town, number, says("One", "Two", "Three"))
    await desk.look()
    assert desk.topics[TOPIC] != first
    assert desk.sees(TOPIC) == ["The card", "What was said", "One", "Two", "Three"]
    assert await town.rows(Outgoing) == []


async def test_also_where_what_waits_would_change_what_is_gone(town: World, desk: Desk) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def change(turn: HelpDesk, dossier: Dossier) -> None:
        desks.show(turn, dossier, desks.CARD, Screen("The new card"))
        says("One")(turn, dossier)

    await speaks(town, number, change)
    await desk.look()
    assert desk.sees(TOPIC) == ["The new card", "What was said", "One"]


async def test_what_the_history_says_is_not_said_twice(town: World, desk: Desk) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def relayed(turn: HelpDesk, dossier: Dossier) -> None:
        desks.tell(turn, dossier, "sendMessage", {"text": "What was said"}, what="r:1")
        says("One")(turn, dossier)

    await speaks(town, number, relayed)
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "One"]


async def test_a_topic_that_is_deleted_while_it_is_filled_is_filled_once(
    town: World, desk: Desk
) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def twice(turn: HelpDesk, dossier: Dossier) -> None:
        says("One")(turn, dossier)
        desk_topics.open_topic(turn, dossier)
        says("Two")(turn, dossier)

    await speaks(town, number, twice)
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "One", "Two"]


async def test_two_topics_do_not_wait_for_each_other(town: World, desk: Desk) -> None:
    ada, bea = await town.resident(), await town.resident(1005, "Bea")
    one, other = await opened(town, desk, ada), await handed_in(town, bea, "Soup")
    await speaks(town, other, desk_topics.open_topic)
    await desk.look()
    await desk.topic(TOPIC, "delete")
    await desk.topic("Soup", "delete")

    def both(turn: HelpDesk, dossier: Dossier) -> None:
        there = dossiers.find(turn.session, other)
        assert there is not None
        for text in ("1", "2"):
            says(f"One {text}")(turn, dossier)
            says(f"Other {text}")(turn, there)

    await speaks(town, one, both)
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "One 1", "One 2"]
    assert desk.sees("Soup") == ["The card", "What was said", "Other 1", "Other 2"]


async def test_a_closed_topic_is_opened_again(town: World, desk: Desk) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "close")
    await speaks(town, number, says("One", "Two"))
    await desk.look()
    assert desk.closed == []
    assert desk.sees(TOPIC) == ["The card", "What was said", "One", "Two"]


async def test_a_topic_that_nobody_made_is_made_for_what_is_said(town: World, desk: Desk) -> None:
    number = await handed_in(town, await town.resident())
    await speaks(town, number, says("One", "Two"))
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "One", "Two"]


async def test_a_document_goes_into_its_topic(town: World, desk: Desk) -> None:
    ada = await has_answered(town, {"sentence": VALUES["sentence"]})
    number = await opened(town, desk, ada)

    def send(turn: HelpDesk, dossier: Dossier) -> None:
        body: dict[str, Any] = {"document": {"sheet": dossier.idea_id}, "caption": "The sheet"}
        desks.tell(turn, dossier, "sendDocument", body, what="pdf")

    await desk.topic(TOPIC, "delete")
    await speaks(town, number, send)
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "The sheet"]
    assert desk.posts(TOPIC)[-1]["document"]["file_name"].endswith(".pdf")


@pytest.mark.parametrize("state", [dossiers.CLOSED, None])
async def test_for_whom_nobody_works_no_topic_is_made_again(
    town: World, desk: Desk, state: str | None
) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def end(turn: HelpDesk, dossier: Dossier) -> None:
        says("One")(turn, dossier)
        if state is None:
            turn.session.delete(dossier)
        else:
            dossier.state = state

    await speaks(town, number, end)
    await desk.look()
    assert desk.topics == {}
    assert await town.rows(Outgoing) == []


async def test_words_that_its_people_wrote_before_it_was_put_away_are_read(
    town: World, desk: Desk
) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def end(turn: HelpDesk, dossier: Dossier) -> None:
        desks.tell(turn, dossier, "sendMessage", {"text": "Ada\nWe have a room"}, what="r:2")
        dossier.state = dossiers.CLOSED

    await speaks(town, number, end)
    await desk.look()
    assert desk.sees(TOPIC) == ["The card", "What was said", "Ada\nWe have a room"]


async def test_what_stands_in_a_topic_is_known_anew(town: World, desk: Desk) -> None:
    await opened(town, desk)
    chat = [row for row in await town.rows(Handle) if row.chat_id < 0]
    stands = {row.slot: row.message_id for row in chat}
    numbers = [desk.number(TOPIC, "The card"), desk.number(TOPIC, "What was said")]
    assert [stands["d:1:card"], stands["d:1:r:1"]] == numbers
    assert stands["topic:1"] == desk.topics[TOPIC]


async def test_of_who_is_forgotten_nothing_stands_there_any_more(town: World, desk: Desk) -> None:
    ada, bea = await town.resident(), await town.resident(1005, "Bea")
    await opened(town, desk, ada)
    await speaks(town, await handed_in(town, bea, "Soup"), desk_topics.open_topic)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    slots = {row.slot for row in await town.rows(Handle) if row.chat_id < 0}
    assert slots == {"topic:2", "d:2:card", "d:2:r:1"}


async def test_a_content_that_fails_does_not_stop_the_sender(
    town: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await opened(town, desk)
    await desk.topic(TOPIC, "delete")

    def fails(_turn: Speaker, _dossier: Dossier, _place: Place) -> None:
        raise RuntimeError

    monkeypatch.setattr(desk_topics, "CONTENT", (fails,))
    await speaks(town, number, says("One"))
    assert [row.state for row in await town.rows(Outgoing)] == ["failed"]
