"""Before a sheet goes to a tutor everybody agrees, on a screen that says who will read it; a person
alone asks for a first look. Then its people always know where it is.
"""

import datetime as dt

from sqlalchemy.orm import Session

from db.dossiers import Consent, Dossier, Version
from db.tables import Answer, Person
from school import dossiers, moments
from school.dossiers import ASKING, BACK, TAKEN, WAITING
from tests.stories.groups_made import (
    alone,
    dossier,
    group,
    handed_in,
    joins,
    tutor,
)
from tests.world import Phone, World

READS = (
    "The tutors read it, and those who coordinate the school. A tutor is a person at the school who"
    " helps you with your idea. They see the answers, the files and the name you chose. Until a"
    " tutor takes it, you can take it back."
)
WITH_TUTORS = "The sheet is with the tutors now. I write here when one takes it.\nVersion 1"
WITH_YOU = "The sheet is with you. Nobody else has it."
AGREES_TO_SEND = "It is with you. It goes to a tutor when everybody agrees."


async def states(town: World) -> list[str]:
    return [one.state for one in await town.rows(Dossier)]


def in_three_days(town: World) -> str:
    now, zone = town.app.clock.now(), town.app.school.zone
    return moments.day("en", zone, now + dt.timedelta(days=3), now)


async def said_by(town: World) -> dict[str, str]:
    """What each person said who was asked, by name."""
    names = {person.id: person.name for person in await town.rows(Person)}
    return {str(names[one.person_id]): one.said for one in await town.rows(Consent)}


async def asks(phone: Phone) -> None:
    """Somebody wants to send it, and the others are asked."""
    await phone.taps_data("overview")
    await phone.taps("Send it to a tutor")
    await phone.taps("Yes, ask the others")


async def test_it_can_be_sent_once_there_is_a_sentence(town: World) -> None:
    ada = await alone(town, keys=())
    await ada.taps_data("overview")
    assert "Send it to a tutor" not in ada.buttons
    await ada.taps_data("sendit")
    assert ada.sees == ["Where the sheet is", WITH_YOU]
    await ada.taps_data("askall")
    first = "First say how far your idea is, and what it is in one sentence."
    assert ada.sees == [first, "Where the sheet is", WITH_YOU]
    assert await town.rows(Dossier) == []
    await ada.says("/idea")
    await ada.says("A workshop to repair things")
    await ada.taps_data("overview")
    assert "Send it to a tutor" in ada.buttons


async def test_a_person_alone_asks_for_a_first_look(town: World) -> None:
    await tutor(town)
    ada = await alone(town)
    await ada.taps_data("overview")
    await ada.taps("Send it to a tutor")
    assert ada.sees == [
        "Send the sheet to a tutor?",
        READS,
        (
            "4 questions have no answer yet. That is fine: a tutor helps there too.\n"
            "The answers are in: English"
        ),
    ]
    assert ada.rows == [["Yes, send it"], ["Not yet"], ["Other languages"]]
    assert await town.rows(Dossier) == []
    await ada.taps("Yes, send it")
    assert ada.sees[:2] == [WITH_TUTORS, "Where the sheet is"]
    assert ada.sees[2].splitlines()[:2] == ["It waits for a tutor.", "Version 1"]
    assert ada.rows == [["Take it back"], ["Home"]]
    assert (await states(town), len(await town.rows(Version))) == ([WAITING], 1)


async def test_not_yet_sends_nothing(town: World) -> None:
    ada = await alone(town)
    await ada.taps_data("sendit")
    await ada.taps("Not yet")
    assert ada.sees[0] == "Your idea\nA workshop to repair things"
    assert await town.rows(Dossier) == []


async def test_every_member_agrees_on_a_screen_that_says_who_will_read_it(town: World) -> None:
    bruno = await tutor(town)
    ada, bea, carlo = await group(town, 1001, 1002, 1004)
    await asks(ada)
    assert ada.sees == [
        "I have asked the others.",
        "Where the sheet is",
        AGREES_TO_SEND,
        (
            "Agreed: Ada\n"
            "No answer yet: Bea, Carlo\n"
            f"From {in_three_days(town)} on, Ada can send it without them."
        ),
    ]
    for phone in (bea, carlo):
        await phone.look()
        assert phone.sees == [
            "Ada asks: may the sheet go to a tutor?",
            READS,
            "It goes only when everybody agrees. There is no hurry.",
        ]
        assert phone.rows == [["I agree"], ["Not yet"], ["Read my answers"]]
    await bea.taps("I agree")
    assert bea.sees == [
        "Thank you. You agree that the sheet goes to a tutor.\nStill missing: Carlo"
    ]
    assert await town.rows(Version) == []
    await carlo.taps("I agree")
    assert carlo.sees[0].splitlines()[:2] == [
        "Thank you. You agree that the sheet goes to a tutor.",
        "Now everybody agrees.",
    ]
    for phone in (ada, bea):
        await phone.look()
        assert phone.sees == [WITH_TUTORS]
    await bruno.look()
    assert bruno.sees[0].splitlines()[0] == "Lamps for all"
    (version,) = await town.rows(Version)
    assert version.content["title"] == "Lamps for all"
    assert sorted(version.content["answers"]) == [
        *("for_whom", "need", "sentence", "stage", "where")
    ]


async def test_the_question_does_not_eat_the_screen_of_whoever_is_asked(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    await bea.says("/idea")
    await asks(ada)
    await bea.look()
    await bea.taps("I agree")
    await bea.says("A library of tools")
    await bea.look()
    answers = {row.question: row.value for row in await town.rows(Answer)}
    assert answers["exists"]["text"] == "A library of tools"


async def test_whoever_agreed_twice_agreed_once(town: World) -> None:
    ada, bea, _ = await group(town, 1001, 1002, 1004)
    await asks(ada)
    await bea.look()
    asked = bea.messages[-1]["message_id"]
    await bea.taps("I agree")
    await bea.taps_data("agree:1", asked)
    assert await said_by(town) == {"Ada": "yes", "Bea": "yes", "Carlo": "asked"}
    await bea.taps_data("askall")
    assert await said_by(town) == {"Ada": "yes", "Bea": "yes", "Carlo": "asked"}
    assert await states(town) == [ASKING]


async def test_who_is_missing_can_be_reminded_once_a_day(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    await asks(ada)
    assert ada.rows == [["Remind Bea"], ["Leave it for now"], ["Home"]]
    await ada.taps("Remind Bea")
    assert ada.sees[0] == "I have asked once more: Bea"
    await ada.taps("Remind Bea")
    assert ada.sees[0] == "I have asked once today already: Bea"
    await bea.look()
    assert bea.said.count(bea.said[-1]) == 2
    await town.later(days=1)
    await ada.taps("Remind Bea")
    assert ada.sees[0] == "I have asked once more: Bea"
    await bea.look()
    assert bea.rows == [["I agree"], ["Not yet"], ["Read my answers"]]
    assert len(bea.with_buttons) == 2  # the newest question, and the screen from before


async def test_who_has_no_name_can_be_reminded_too(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)

    def nameless(session: Session) -> None:
        session.get_one(Person, 2).name = None

    await town.in_database(nameless)
    await asks(ada)
    assert ada.rows == [["Remind who is missing"], ["Leave it for now"], ["Home"]]
    await ada.taps("Remind who is missing")
    assert ada.sees[0] == "I have asked once more: somebody in the group"
    await bea.look()
    assert bea.said.count(bea.said[-1]) == 2


async def test_after_some_days_the_lead_goes_on_without_the_silent_and_all_are_told(
    town: World,
) -> None:
    await tutor(town)
    ada, bea, carlo = await group(town, 1001, 1002, 1004)
    await asks(ada)
    await bea.look()
    await bea.taps("I agree")
    await town.later(days=2, hours=23)
    for phone in (ada, bea):
        await phone.taps_data("gowithout")
        assert await states(town) == [ASKING]
    await town.later(hours=1)
    await bea.taps_data("way")
    assert bea.rows == [["Remind Carlo"], ["Leave it for now"], ["Home"]]
    await bea.taps_data("gowithout")
    assert await states(town) == [ASKING]
    await ada.taps_data("way")
    await ada.taps("Send it without them")
    assert ada.sees == [
        (
            "Send it without an answer of: Carlo?\n"
            "They were asked and did not answer. Everybody is told that it goes."
        )
    ]
    await ada.taps("Send it without them")
    assert ada.sees[0] == WITH_TUTORS
    await bea.look()
    assert bea.sees == [f"{WITH_TUTORS}\nIt went without an answer of: Carlo"]
    await carlo.look()
    assert carlo.sees == [
        f"{WITH_TUTORS}\nIt went without your answer. While it waits, you can take it back."
    ]
    assert await said_by(town) == {"Ada": "yes", "Bea": "yes"}
    await carlo.taps_data("takeback")
    assert await states(town) == [ASKING]


async def test_who_said_not_yet_is_not_silent(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    await asks(ada)
    await bea.look()
    await bea.taps("Not yet")
    assert bea.sees == ["All right. The sheet stays with you until you agree."]
    assert bea.rows == [["I agree"], ["Where my sheet is"]]
    await ada.look()
    assert ada.sees == [
        "Bea would rather wait, so the sheet stays with you.\nPerhaps you talk about it together."
    ]
    await town.later(days=9)
    await ada.taps_data("way")
    assert ada.sees == ["Where the sheet is", AGREES_TO_SEND, "Agreed: Ada\nNot yet: Bea"]
    assert ada.rows == [["Leave it for now"], ["Home"]]
    await ada.taps_data("gowithout")
    await ada.taps_data("askall")
    assert await states(town) == [ASKING]
    await bea.taps("I agree")
    assert await states(town) == [WAITING]


async def test_all_who_are_asked_can_leave_it_for_now(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    await asks(ada)
    await bea.taps_data("way")
    await bea.taps("Leave it for now")
    assert bea.sees == [
        "Leave it for now?\nIt stays with you. To send it later, everybody is asked anew."
    ]
    await bea.taps("Leave it for now")
    assert bea.sees == ["Where the sheet is", WITH_YOU]
    assert bea.rows == [["Send it to a tutor"], ["Home"]]
    await ada.look()
    assert ada.sees == ["Bea leaves it for now: the sheet stays with you."]
    await bea.taps_data("agree:1")
    assert await town.rows(Consent) == []


async def test_it_can_be_taken_back_while_it_waits_and_the_card_says_so(town: World) -> None:
    bruno = await tutor(town)
    ada, bea = await group(town, 1001, 1002)
    await handed_in(ada, bea)
    await bea.taps("Where my sheet is")
    await bea.taps("Take it back")
    assert bea.sees == [
        "Take the sheet back?\nTutors see it no more. To send it later, everybody is asked anew."
    ]
    await bea.taps("Take it back")
    assert bea.sees == ["Where the sheet is", WITH_YOU]
    await ada.look()
    assert ada.sees == ["Bea has taken the sheet back. Tutors see it no more."]
    await bruno.look()
    assert (bruno.sees, bruno.rows) == (
        ["Lamps for all\nIts people have taken this sheet back."],
        [],
    )
    await bruno.taps_data("takeit:1")
    assert (await states(town), (await dossier(town)).tutor_id) == ([ASKING], None)


async def test_a_sheet_that_a_tutor_has_stays_there(town: World) -> None:
    bruno = await tutor(town)
    ada = await alone(town)
    await handed_in(ada)
    await bruno.look()
    await bruno.taps("Take it")
    await ada.taps_data("takeback")
    assert await states(town) == [TAKEN]
    assert ada.sees[1] == "It is with Bruno."


async def test_a_sheet_that_was_taken_back_can_be_sent_again(town: World) -> None:
    bruno = await tutor(town)
    ada = await alone(town)
    await handed_in(ada)
    await ada.taps_data("takeback")
    await ada.taps("Send it to a tutor")
    await ada.taps("Yes, send it")
    assert ada.sees[0].endswith("Version 2")
    await bruno.look()
    assert len([text for text in bruno.said if text.startswith("Your idea")]) == 0
    assert (await states(town), len(await town.rows(Version))) == ([WAITING], 2)


async def test_who_came_later_agrees_before_the_next_version_goes(town: World) -> None:
    bruno = await tutor(town)
    ada, bea = await group(town, 1001, 1002)
    await handed_in(ada, bea)
    await bruno.look()
    await bruno.taps("Take it")
    await goes_back(town)
    dora = await joins(town, 1005)
    await bea.taps_data("way")
    assert "Send it again" in bea.buttons
    await bea.taps("Send it again")
    assert bea.sees[0] == "I have asked the others."
    assert bea.sees[-1].splitlines()[:2] == ["Agreed: Ada, Bea", "No answer yet: Dora"]
    assert await states(town) == [BACK]
    await dora.look()
    assert dora.sees[0] == "Bea asks: may the sheet go to a tutor?"
    await dora.taps("I agree")
    assert dora.sees[0].splitlines()[1:] == [
        *("Now everybody agrees.", "The sheet is back with Bruno.", "Version 2")
    ]
    assert await states(town) == [TAKEN]
    await ada.look()
    assert ada.sees == ["The sheet is back with Bruno.\nVersion 2"]


async def goes_back(town: World) -> None:
    """A tutor asked for changes."""
    now = town.app.clock.now()

    def back(session: Session) -> None:
        dossiers.move(session.get_one(Dossier, 1), BACK, now)

    await town.in_database(back)
