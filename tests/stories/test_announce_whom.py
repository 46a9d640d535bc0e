"""For whom an announcement is: everybody, a stage, a place, a language, people of an event, sheets
by their state, tutors; less others; by a subject that people can switch off.
"""

from functools import partial
from typing import Any

import pytest

from db.announcements import Announcement
from db.events import Mute
from school import addressing, audiences, confirming
from tests.stories.announced import make
from tests.stories.composing import HEAD, HELLO, SAYS, change, drafted, row
from tests.stories.steps import at_the_end
from tests.stories.test_staff import works
from tests.stories.test_workshops import TITLE, announced
from tests.world import Phone, World

EMPTY: dict[str, list[str]] = {"to": [], "not": []}
AGAIN = "It has changed: it goes only when it is confirmed anew."


async def chooses(carla: Phone, key: str, *labels: str) -> None:
    """She goes to it, and taps what she finds there."""
    await carla.taps_data("annwho:1")
    for label in (key, *labels):
        await carla.taps(label)


async def adds(carla: Phone, *labels: str) -> None:
    """She chooses somebody."""
    await chooses(carla, "Add people", *labels)


async def leaves_out(carla: Phone, *labels: str) -> None:
    """She leaves somebody out."""
    await chooses(carla, "Leave people out", *labels)


async def test_count_and_examples_are_seen_before_anything_happens(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    for number, name in enumerate(("Ada", "Bob", "Chen", "Dina", "Emil"), 1010):
        await works(town, number=number, name=name)
    await town.resident(1001)
    assert carla.sees == [*HEAD, "About: News of the school\nWhen: now", "Choose for whom it is."]
    assert carla.buttons == [*SAYS, "For whom", "About what", "When", "Until when", "Back"]
    await carla.taps("For whom")
    assert carla.sees == ["For whom is it?", "Nobody is chosen yet."]
    assert carla.buttons == ["Add people", "Leave people out", "Back"]
    await carla.taps("Add people")
    await carla.taps("Everybody")
    nobody = ", ".join(["without a name"] * 5)
    there = f"7 people get it.\nFor example: {nobody}"
    assert carla.sees == ["For whom is it?", "For: Everybody", there]
    await carla.taps("Back")
    what = "For: Everybody\nAbout: News of the school\nWhen: now"
    assert carla.sees == [*HEAD, what, there]
    assert carla.buttons[-2:] == ["Send it now", "Back"]


async def test_examples_are_the_names_that_people_chose(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    ada = await town.resident(1001, "Account of Ada")
    await ada.taps_data("name")
    await adds(carla, "Everybody")
    assert carla.sees[-1] == "2 people get it.\nFor example: without a name, Carla"
    assert "Account" not in "".join(carla.said)


async def test_by_stage_neighbourhood_district_and_language(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    await at_the_end(town, "project")
    await adds(carla, "By how far ideas are")
    assert carla.buttons == [
        "I have a ready project",
        "I have a rough idea",
        "I don't have an idea yet",
        "Back",
    ]
    await carla.taps("I have a ready project")
    assert carla.sees[1:] == [
        "For: People with a ready project",
        "1 person gets it.\nFor example: without a name",
    ]
    await adds(carla, "By neighbourhood")
    assert carla.sees == ["Who shall get it?\nWrite the name of a neighbourhood."]
    assert carla.buttons == ["The whole city", "Somewhere else", "Back"]
    await carla.says("qqqq")
    assert carla.sees[0] == "I know no neighbourhood called “qqqq”."
    await carla.says("dergno")
    assert carla.buttons == ["Dergano", "Back"]
    await carla.taps("Dergano")
    await adds(carla, "By district")
    assert carla.buttons == [*map("District {}".format, range(1, 9)), "Next page", "Back"]
    await carla.taps("Next page")
    assert carla.buttons == ["District 9", "Page before", "Back"]
    await carla.taps("District 9")
    await adds(carla, "By language", "Arabic")
    what = "For: People with a ready project, Dergano, District 9, Arabic"
    assert carla.sees[1] == what
    await carla.taps("Back")
    what = "For: People with a ready project, Dergano, and 2 more"
    assert carla.sees[2].splitlines()[0] == what
    assert (await row(town)).audience == {
        "to": ["stage:project", "place:79", "municipio:9", "language:ar"],
        "not": [],
    }


async def test_a_shared_position_finds_neighbourhoods_too(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    await adds(carla, "By neighbourhood")
    await carla.sends(location={"latitude": 45.5036, "longitude": 9.1776})
    assert len(carla.buttons) == len(["one", "two", "three", "Back"])
    await carla.taps(carla.buttons[0])
    (chosen,) = confirming.listed(await row(town), audiences.TO)
    assert chosen.startswith("place:")


async def test_people_of_an_event_by_their_state(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    found = await announced(town, seats=1)
    ada = await town.resident(1001)
    await ada.says(f"/start e-{found.code}")
    await ada.taps("Take a seat")
    await adds(carla, "People of an event")
    assert carla.sees == ["Who shall get it?\nWhich event?"]
    await carla.taps(TITLE)
    assert carla.sees == [f"Who shall get it?\n{TITLE}"]
    assert carla.buttons == [
        "Seat or in line",
        "With a seat",
        "In line",
        "Came",
        "Did not come",
        "Back",
    ]
    await carla.taps("With a seat")
    assert carla.sees[1] == f"For: With a seat: {TITLE}"
    assert carla.sees[2] == "1 person gets it.\nFor example: without a name"
    assert (await row(town)).audience["to"] == ["event:1:seated"]


async def test_there_are_pages_of_events(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    for number in range(1, 11):
        await announced(town, title=f"Event {number}")
    await adds(carla, "People of an event")
    assert carla.buttons == [f"Event {n}" for n in range(10, 2, -1)] + ["Next page", "Back"]
    await carla.taps("Next page")
    assert carla.buttons == ["Event 2", "Event 1", "Page before", "Back"]


async def test_sheets_by_their_state_tutors_and_who_looks_for_company(town: World) -> None:
    carla, _ = await drafted(town, audience=EMPTY)
    await adds(carla, "By their sheets")
    assert carla.buttons == [
        "Sheets that wait",
        "Sheets with a tutor",
        "Sheets to be changed",
        "Sheets that are ready",
        "Sheets not sent yet",
        "Back",
    ]
    await carla.taps("Sheets that wait")
    for label in ("Tutors", "Who coordinates", "Who looks for company"):
        await adds(carla, label)
    what = "For: Sheets that wait, Tutors, Who coordinates, Who looks for company"
    assert carla.sees[1:] == [what, "1 person gets it.\nFor example: Carla"]


async def test_some_are_left_out_and_each_choice_can_be_taken_away(town: World) -> None:
    carla, _ = await drafted(town)
    await town.resident(1001)
    await leaves_out(carla, "Who coordinates")
    both = "For: Everybody\nWithout: Who coordinates"
    assert carla.sees[1:] == [both, "1 person gets it.\nFor example: without a name"]
    await carla.taps("Remove one")
    assert carla.sees == ["Which one do you remove?\n1. Everybody\n2. Without: Who coordinates"]
    assert carla.rows == [["Remove 1", "Remove 2"], ["Back"]]
    await carla.taps("Remove 2")
    assert carla.sees[1] == "For: Everybody"
    await carla.taps("Remove one")
    await carla.taps("Remove 1")
    assert carla.sees == ["For whom is it?", "Nobody is chosen yet."]
    assert (await row(town)).audience == EMPTY


async def test_whoever_is_named_takes_the_place_of_everybody(town: World) -> None:
    carla, _ = await drafted(town)
    await adds(carla, "Tutors")
    assert (await row(town)).audience["to"] == ["tutors"]
    await adds(carla, "Tutors")
    assert (await row(town)).audience["to"] == ["tutors"]
    await adds(carla, "Everybody")
    assert (await row(town)).audience["to"] == ["all"]


async def test_ten_choices_are_enough(town: World) -> None:
    languages = [f"language:{code}" for code in town.app.school.languages]
    ten = {"to": [*languages, "tutors", "company"], "not": ["stage:none", "stage:project"]}
    carla, _ = await drafted(town, audience=ten)
    await carla.taps("For whom")
    await carla.taps("Add people")
    assert carla.sees[0] == "10 choices fit here. Remove one first."
    await carla.taps_data("annput:1:to:place 79")
    assert (await row(town)).audience == ten


async def test_a_subject_is_chosen_and_who_switched_it_off_does_not_get_it(town: World) -> None:
    carla, _ = await drafted(town, subject=None)
    await town.resident(1001)

    def mutes(session: Any) -> None:
        session.add(Mute(person_id=2, kind=audiences.muting("calls")))

    await town.in_database(mutes)
    await carla.taps_data("ann:1")
    assert carla.sees[-1] == "Choose what it is about."
    assert "Send it now" not in carla.buttons
    await carla.taps("About what")
    asked = "Each person can switch a subject off: who did does not get it."
    assert carla.sees == [f"What is it about?\n{asked}"]
    assert carla.buttons == ["Meetings and labs", "Calls and grants", "News of the school", "Back"]
    await carla.taps("Calls and grants")
    assert carla.sees[2].splitlines()[1] == "About: Calls and grants"
    assert carla.sees[3] == "1 person gets it.\nFor example: Carla"
    await carla.taps("About what")
    await carla.taps("News of the school")
    assert carla.sees[3].splitlines()[0] == "2 people get it."


async def test_what_is_about_the_own_seat_or_sheet_has_no_subject(town: World) -> None:
    await announced(town)
    carla, _ = await drafted(town, subject=None, audience={"to": ["event:1:seated"], "not": []})
    assert carla.sees[2].splitlines()[1] == "About: The own seat or sheet"
    assert carla.sees[-1] == "Nobody gets it as it is."
    await carla.taps("About what")
    assert carla.buttons[-2:] == ["The own seat or sheet", "Back"]
    await carla.taps("Calls and grants")
    await carla.taps("About what")
    await carla.taps("The own seat or sheet")
    assert (await row(town)).subject is None
    # To others it needs a subject.
    await adds(carla, "By their sheets", "Sheets not sent yet")
    await carla.taps("Back")
    assert carla.sees[-1] == "Choose what it is about."
    await carla.taps_data("annsubject:1:own")
    assert (await row(town)).subject is None
    assert carla.sees[-1] == "Choose what it is about."


@pytest.mark.parametrize(
    "data",
    [
        "annput:1:to:nobody",
        "annput:1:to:stage bogus",
        "annput:1:to:place 9999",
        "annput:1:to:event 77",
        "annput:1:to:event x",
        "annput:1:to:event 1 best",
        "annput:1:not:all",
        "annput:1:whom:tutors",
        "annadd:1:whom",
        "annkind:1:whom:stage:0",
        "annkind:1:to:bogus:0",
        "annkind:1:to:stage:-1",
        "annpeople:1:to:77",
        "annpeople:1:whom:1",
        "annoff:1:to:tutors",
        "annoff:1:whom:all",
        "annsubject:1:bogus",
        "annsubject:1:own",
        "annurgent:1:on",
        "annurgent:1:maybe",
        "annwho:77",
        "annwho:x",
        "annless:77",
    ],
)
async def test_what_was_not_offered_changes_nothing(town: World, data: str) -> None:
    carla, _ = await drafted(town)
    before = await row(town)
    await carla.taps_data(data)
    after = await row(town)
    names = [column.key for column in Announcement.__table__.columns]
    assert {name: getattr(after, name) for name in names} == {
        name: getattr(before, name) for name in names
    }
    assert carla.buttons[-1] == "Back"


async def test_coordinators_change_each_others_drafts(town: World) -> None:
    await drafted(town)
    dario = await works(town, "coordinator", number=1004, name="Dario")
    await adds(dario, "Tutors")
    assert (await row(town)).audience["to"] == ["tutors"]


@pytest.mark.parametrize("role", [None, "tutor"])
async def test_nobody_else_can_choose(town: World, role: str | None) -> None:
    await drafted(town)
    ada = await works(town, *([role] if role else []), number=1001, name="Ada")
    await ada.taps_data("annput:1:to:tutors")
    assert (await row(town)).audience == {"to": ["all"]}


async def test_a_change_of_what_was_confirmed_makes_it_a_draft_again(town: World) -> None:
    carla, number = await drafted(town)
    for state in ("asked", "planned"):
        await change(town, state=state, mark="x")
        await carla.taps_data(f"annput:{number}:to:tutors")
        assert carla.sees[0] == AGAIN
        found = await row(town)
        assert (found.state, found.mark) == ("draft", None)
    await change(town, state="asked")
    await carla.taps_data(f"annwho:{number}")
    assert (await row(town)).state == "asked"


async def test_what_went_cannot_be_changed(town: World) -> None:
    carla, number = await drafted(town)
    await adds(carla, "By neighbourhood")
    await change(town, state="stopped")
    await carla.says("Dergano")
    assert carla.sees[0] == "It went already."
    for data in (f"annput:{number}:to:tutors", f"annabout:{number}", f"annwho:{number}"):
        await carla.taps_data(data)
        assert carla.sees[0] == "It went already."
    assert (await row(town)).audience == {"to": ["all"]}


async def test_an_announcement_that_is_gone_is_not_missed(town: World) -> None:
    carla, number = await drafted(town)
    await adds(carla, "By neighbourhood")

    def drop(session: Any) -> None:
        session.delete(session.get_one(Announcement, number))

    await town.in_database(drop)
    await carla.says("Dergano")
    assert carla.sees == ["Announcements"]


async def test_the_choices_of_another_one_stay(town: World) -> None:
    carla, _ = await drafted(town)
    other = await town.in_database(partial(make, content=HELLO))
    await carla.taps_data(f"annput:{other}:to:tutors")
    assert (await row(town)).audience == {"to": ["all"]}
    assert (await row(town, other)).audience["to"] == ["tutors"]


def test_every_kind_that_can_be_chosen_means_somebody() -> None:
    kinds = {*addressing.ALONE, *addressing.CHOICES, addressing.EVENT}
    assert kinds == set(audiences.CRITERIA)
