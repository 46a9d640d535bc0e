"""Writing for somebody ends with the role, and with the person; what they agreed to; forgeries."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Consent, Dossier
from db.groups import Assistance
from db.tables import Answer, Attachment, Bubble, Idea, Person, Role
from school import dossiers
from school.staff import COORDINATOR, TUTOR
from tests.stories.helping import FOR, LIST, acting, stops, writes_for
from tests.stories.steps import kept
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import NOW, TITLE
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def test_with_the_role_the_writing_for_others_ends(town: World) -> None:
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await dario.taps_data("end:2:coordinator")
    await carla.says("Is this still hers?")
    assert (await acting(town), carla.sees[0]) == (
        [None, None],
        "I read: “Is this still hers?”\nDoes it answer “Idea in short”?",
    )
    assert await kept(town) == {"stage": {"choice": "intuition"}}
    for data in ("helped:0", "helpone:3", "helpwrite:3", "helperase:3"):
        await carla.taps_data(data)
        assert "Maria" not in carla.screen, data


async def test_a_tutor_does_not_write_for_others(town: World) -> None:
    await writes_for(town)
    tom = await works(town, TUTOR, number=1002, name="Tom")
    await tom.says("/start")
    assert "Write for somebody" not in tom.buttons
    before = await acting(town)
    for data in ("helped:0", "helping", "helpone:2", "helpwrite:2", "helpsheet:2", "claimlink:2"):
        await tom.taps_data(data)
        assert "Maria" not in tom.screen, data
    assert await acting(town) == before


async def test_who_forgets_writes_for_nobody_and_the_idea_stays(town: World) -> None:
    await works(town, COORDINATOR, number=1004, name="Dario")
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop")
    await carla.says("/forget")
    await carla.taps("Delete my data")
    assert (len(await town.rows(Idea)), [one.by_id for one in await town.rows(Assistance)]) == (
        1,
        [None],
    )
    dario = Phone(town, 1004)
    await dario.taps_data("helped:0")
    await dario.taps("Maria")
    assert dario.sees[1] == (
        "Notice given: Friday 20 November, version 1\n2 of 9 questions have an answer."
    )


async def test_somebody_who_is_helped_is_deleted_with_the_idea(town: World) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop")
    await carla.sends_file("voice", "voice.ogg")
    await stops(carla)
    await carla.taps("Write for Maria")
    await carla.taps_data("helpone:2")
    await carla.taps("Delete everywhere")
    assert carla.sees == [
        FOR,
        (
            "Delete Maria everywhere?\n"
            "All that is noted of this person goes: name, idea, seats, hours.\n"
            "It cannot be taken back."
        ),
    ]
    await carla.taps("Delete it")
    assert carla.sees == ["All that was noted of this person is deleted.", *LIST]
    left = [await town.rows(table) for table in (Idea, Answer, Attachment, Bubble, Assistance)]
    assert left == [[], [], [], [], []]
    assert (await acting(town), len(await town.rows(Person))) == ([None], 1)
    assert (await trail(carla))[0] == "Carla · deleted somebody without Telegram"


async def test_what_was_typed_for_somebody_who_is_gone_is_nobodys(town: World) -> None:
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await dario.taps_data("helperase:3")
    await carla.says("Her next answer")
    assert carla.sees[0].startswith("I read: “Her next answer”")
    assert await kept(town) == {}


async def asking(town: World) -> None:
    """The sheet waits for its people's word."""

    def make(session: Session) -> None:
        (idea,) = session.query(Idea).all()
        row = Dossier(idea_id=idea.id, state=dossiers.ASKING, since=NOW)
        session.add(row)

    await town.in_database(make)


async def test_a_coordinator_notes_that_somebody_agreed(town: World) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await stops(carla)
    assert "Note the agreement" not in carla.buttons
    await carla.taps_data("helpagreed:2")
    assert await town.rows(Consent) == []
    await asking(town)
    await carla.taps_data("helpone:2")
    await carla.taps("Note the agreement")
    assert carla.screen == (
        "Has Maria agreed that tutors read the sheet?\n"
        "On paper or by phone. Say who reads it: the tutors and those who coordinate."
    )
    await carla.taps("Yes, it is agreed")
    assert carla.sees[0] == "It is noted."
    assert [one.person_id for one in await town.rows(Consent)] == [2]
    assert "Note the agreement" not in carla.buttons
    assert (await trail(carla))[0] == "Carla · noted that somebody agreed, Maria"


async def test_the_list_of_the_helped_has_pages_and_tells_names_apart(town: World) -> None:
    carla = await works(town, COORDINATOR)
    for number in range(8):
        await carla.taps_data("helping")
        await carla.says(f"Person {number}")
        await carla.taps("I gave the notice")
        await carla.taps_data("helpstop")
    await carla.taps_data("helped:0")
    assert carla.buttons == [
        *(f"Person {number}" for number in range(6)),
        "Next page",
        "Somebody new",
        "Back",
    ]
    await carla.taps("Next page")
    assert carla.buttons == ["Person 6", "Person 7", "Page before", "Somebody new", "Back"]


FORGED = (
    *("helped:x", "helped:99999", "helpsame:x", "helpsame:2", "helpother", "noticegiven:0"),
    *("noticegiven:2", "noticegiven:x", "helpone:x", "helpone:1", "helpwrite:1", "helpwrite:999"),
    *("helpsheet:1", "helpsheet:x", "helpagrees:2", "helpagreed:1", "helperasing:1", "helperase:1"),
    *("helperase:999", "helpstop"),
)


async def test_what_is_forged_shows_what_is_so(town: World) -> None:
    carla = await writes_for(town)
    await stops(carla)
    before = [len(await town.rows(table)) for table in (Person, Assistance, Idea, Role)]
    for data in FORGED:
        await carla.taps_data(data)
        assert carla.buttons != [], data
        assert "Something went wrong" not in carla.screen, data
    assert [len(await town.rows(table)) for table in (Person, Assistance, Idea, Role)] == before
    assert await acting(town) == [None]


@pytest.mark.parametrize("name", ["<b>Maria</b>", "%(name)s %s", "Ma:ria", "a::b:1"])
async def test_a_name_is_shown_as_it_was_written(town: World, name: str) -> None:
    carla = await writes_for(town, name)
    assert carla.sees[0] == f"You write for: {name}"
    failed: list[Any] = [call for call in await town.calls() if call["status"] != 200]
    assert failed == []


async def test_a_name_has_an_end(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps_data("helping")
    await carla.says("x" * 41)
    assert carla.sees[0] == "Your text has 41 characters, and 40 fit here."


async def test_who_writes_for_somebody_is_not_reminded_of_that_idea(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps_data("idea")
    await carla.taps("I have a rough idea")
    await carla.taps_data("helping")
    await carla.says("Maria")
    await carla.taps("I gave the notice")
    before = len(carla.said)
    await town.later(days=3, hours=6)
    await town.app.sweep()
    await town.settle()
    await carla.look()
    assert (len(carla.said), TITLE) == (before, TITLE)
