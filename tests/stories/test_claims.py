"""An idea that was written down for somebody comes to their account by a link that works once."""

import asyncio
import io

import pytest
import zxingcpp
from pypdf import PdfReader

from db.groups import Assistance, Claim
from db.tables import Answer, Deed, Idea, Outgoing, Person
from school.staff import COORDINATOR, TUTOR
from tests.pictures import grey
from tests.stories.helping import stops, writes_for
from tests.stories.links import (
    NEW,
    USED,
    answered,
    count,
    link_in,
    of_account,
    takes,
    written_down,
)
from tests.stories.test_share import fetched
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import NOW
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def test_who_gets_telegram_reads_the_notice_and_takes_the_own_idea_over(town: World) -> None:
    carla, link = await written_down(town)
    assert carla.said[-2].splitlines()[:2] == [
        "Here Maria takes over what the school keeps.",
        "Tap the link, then Start. It works once, until Friday, 27 November 2026.",
    ]
    maria = await town.person(NEW, "M.", "en")
    await maria.says(f"/start {link}")
    assert "A workshop" not in maria.screen
    await maria.taps("I have read, go on")
    await maria.taps("I am 14 or older")
    assert maria.sees == [
        "The school wrote this down for you:",
        "Maria\nA workshop to repair things",
        "2 of 9 questions have an answer.",
    ]
    assert maria.buttons == ["It is mine", "It is not mine"]
    await maria.taps("It is mine")
    assert maria.screen == (
        "Shall all this be yours from now on?\n"
        "From now on you write it yourself, and nobody else for you."
    )
    await maria.taps("Yes, take it over")
    assert maria.sees[:2] == [
        "All of it is yours now.",
        "Your idea\nA workshop to repair things",
    ]
    found = await of_account(town, NEW)
    assert found is not None
    assert (found.id, found.name, found.notice_read, found.unreachable_at) == (
        2,
        "Maria",
        "1",
        None,
    )
    assert len(await town.rows(Person)) == 2
    assert await town.rows(Claim) == []
    await maria.taps("Continue my idea")
    await maria.says("Dergano")
    await maria.taps("Go on")
    assert {one.idea_id for one in await town.rows(Answer)} == {1}
    await carla.look()
    assert carla.said[-1] == "Maria has taken over what the school kept. The link is used."
    await carla.taps_data("helped:0")
    assert "Maria" not in carla.buttons
    assert (await trail(carla))[:2] == [
        "Maria · took over what was written down",
        "Carla · made a link to take data over, Maria",
    ]


async def test_it_can_be_somebody_else_s(town: World) -> None:
    _, link = await written_down(town)
    eve = await town.resident(NEW, "Eve")
    await eve.says(f"/start {link}")
    await eve.taps("It is not mine")
    assert "Tell my idea" in eve.buttons
    assert await count(town, Claim) == [1]


async def test_whoever_wrote_for_the_person_does_not_any_more(town: World) -> None:
    carla, link = await written_down(town)
    await carla.taps_data("helpwrite:2")
    await carla.taps_data("change:sentence")
    maria = await town.resident(NEW, "M.")
    await takes(maria, link)
    await carla.says("Her next answer")
    assert carla.sees[0].startswith("I read: “Her next answer”")
    await carla.taps_data("helpwrite:2")
    assert carla.sees[0].startswith("Write for somebody")
    texts = [one.value for one in await town.rows(Answer) if one.question == "sentence"]
    assert texts == [{"text": "A workshop to repair things", "voices": []}]


async def test_what_a_coordinator_typed_is_not_changed_by_the_coordinator_afterwards(
    town: World,
) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    message = await carla.says("A workshop")
    await stops(carla)
    await carla.taps("Link to take it over")
    maria = await town.resident(NEW, "M.")
    await takes(maria, link_in(carla))
    await carla.edits(message, "Something else")
    texts = [one.value for one in await town.rows(Answer) if one.question == "sentence"]
    assert texts == [{"text": "A workshop", "voices": []}]


async def test_a_link_works_once(town: World) -> None:
    _, link = await written_down(town)
    maria, eve = await town.resident(NEW, "M."), await town.resident(NEW + 1, "Eve")
    await eve.says(f"/start {link}")
    await eve.taps("It is mine")
    await takes(maria, link)
    await eve.taps("Yes, take it over")
    assert eve.sees[0] == USED
    await eve.says(f"/start {link}")
    assert eve.sees[0] == USED
    await maria.says(f"/start {link}")
    assert maria.sees[0] == USED


async def test_of_two_at_once_one_only_takes_it_over(town: World) -> None:
    _, link = await written_down(town)
    phones = [await town.resident(NEW + number, f"P{number}") for number in range(6)]
    for phone in phones:
        await phone.says(f"/start {link}")
    secret = link.partition("-")[2]
    pressed = [town.sim("press", {"user": phone.id, "data": f"claim:{secret}"}) for phone in phones]
    await asyncio.gather(*pressed)
    await town.settle()
    for phone in phones:
        await phone.look()
    assert sorted(phone.sees[0] for phone in phones) == ["All of it is yours now.", *[USED] * 5]
    assert await count(town, Person, Idea, Claim) == [7, 1, 0]


async def test_a_link_ends_after_a_week(town: World) -> None:
    _, link = await written_down(town)
    maria = await town.resident(NEW, "M.")
    await maria.says(f"/start {link}")
    await maria.taps("It is mine")
    await town.later(days=7)
    await maria.taps("Yes, take it over")
    assert maria.sees[0] == USED
    await town.app.sweep()
    assert await town.rows(Claim) == []


async def test_a_link_ends_with_the_role_of_whoever_made_it_and_with_the_next_link(
    town: World,
) -> None:
    await works(town, COORDINATOR, number=1004, name="Dario")
    carla, first = await written_down(town)
    await carla.taps_data("claimlink:3")
    second = link_in(carla)
    maria = await town.resident(NEW, "M.")
    await maria.says(f"/start {first}")
    assert maria.sees[0] == USED
    await carla.taps_data("end:2:coordinator")
    await maria.says(f"/start {second}")
    assert maria.sees[0] == USED


async def test_the_database_does_not_hold_what_a_link_carries(town: World) -> None:
    _, link = await written_down(town)
    (kept,) = await town.rows(Claim)
    assert (kept.mark == link.partition("-")[2], len(kept.mark)) == (False, 64)
    assert await town.rows(Outgoing) == []


async def test_the_link_is_had_as_a_picture_and_on_the_sheet(town: World) -> None:
    carla, link = await written_down(town)
    assert carla.sees == ["Forward the message above to the person. Nobody else should get it."]
    assert carla.buttons == ["Picture with a code", "Sheet with the code", "Back"]
    await carla.taps("Picture with a code")
    (picture,) = [message for message in carla.messages if "photo" in message]
    (code,) = zxingcpp.read_barcodes(grey(await fetched(town, picture["photo"][-1])))
    assert code.text == f"https://t.me/quartieri_bot?start={link}"
    await carla.taps_old("Sheet with the code")
    (file,) = [message for message in carla.messages if "document" in message]
    (page,) = PdfReader(io.BytesIO(await fetched(town, file["document"]))).pages
    said = " ".join(page.extract_text().split())
    assert "With Telegram this sheet is yours in the chat, too." in said
    assert link.removeprefix("c-")[:8] in said
    await carla.taps_data("claimpicture:forged")
    assert carla.sees == ["This link is used or too old."]


async def test_who_has_an_own_idea_keeps_both_and_is_told_whom_to_ask(town: World) -> None:
    _, link = await written_down(town)
    eve = await town.resident(NEW, "Eve")
    await answered(town, NEW, "A garden")
    await eve.says(f"/start {link}")
    assert eve.sees[0] == (
        "You have written an idea of your own here. I cannot make two ideas one.\n"
        "So I change nothing, and all stays where it is.\n"
        "Ask us: The school's help desk (sample), phone +39 02 0000 0000"
    )
    await eve.taps_data(f"claim:{link.partition('-')[2]}")
    assert await count(town, Claim, Idea, Person) == [1, 2, 3]


async def test_an_idea_that_is_only_begun_makes_room(town: World) -> None:
    _, link = await written_down(town)
    maria = await town.resident(NEW, "M.")
    await maria.taps("Tell my idea")
    await takes(maria, link)
    assert maria.sees[1] == "Your idea\nA workshop to repair things"
    assert [one.id for one in await town.rows(Idea)] == [1]


async def test_who_works_here_does_not_take_over_what_is_somebody_s(town: World) -> None:
    carla, link = await written_down(town)
    tom = await works(town, TUTOR, number=1002, name="Tom")
    for phone in (carla, tom):
        await phone.says(f"/start {link}")
        assert phone.sees[0].splitlines()[0] == (
            "You work with the school here. This link is for the person it is about."
        )
        await phone.taps_data(f"claim:{link.partition('-')[2]}")
    assert await count(town, Claim) == [1]


async def test_who_is_too_young_takes_nothing_and_leaves_no_trace(town: World) -> None:
    _, link = await written_down(town)
    kid = await town.person(NEW, "Kid", "en")
    await kid.says(f"/start {link}")
    await kid.taps("I have read, go on")
    await kid.taps("I am younger than 14")
    assert await count(town, Claim, Person) == [1, 2]


async def test_of_who_was_deleted_the_link_is_worth_nothing(town: World) -> None:
    carla, link = await written_down(town)
    maria = await town.resident(NEW, "M.")
    await maria.says(f"/start {link}")
    await maria.taps("It is mine")
    await carla.taps_data("helperase:2")
    await maria.taps("Yes, take it over")
    assert maria.sees[0] == USED
    assert await count(town, Idea, Assistance, Claim) == [0, 0, 0]


FORGED = ("claiming:x", "claim:x", "claim:", "claim:" + "x" * 40)


async def test_what_is_forged_moves_nothing(town: World) -> None:
    await written_down(town)
    eve = await town.resident(NEW, "Eve")
    before = await count(town, Person, Idea, Claim, Deed)
    for data in FORGED:
        await eve.taps_data(data)
        assert eve.sees[0] == USED, data
    for data in ("moving", "moveone:2", "claimlink:2", "claimpicture:x", "claimsheet:x"):
        await eve.taps_data(data)
        assert "Tell my idea" in eve.buttons, data
    await eve.says("/start c-")
    await eve.says("/start c-x")
    assert await count(town, Person, Idea, Claim, Deed) == before
