"""A city lays a folder over the default content: its own places, questions, words and languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.tables import Attachment
from tests.stories.steps import kept
from tests.world import World, example_school, world

SCHOOL = """
languages = ["de", "en"]
zone = "Europe/Berlin"

[name]
de = "Die Schule der Viertel"
en = "The School of Bolzano"

[human]
phone = "+39 0471 000000"
"""
QUESTIONNAIRE = """
[stages.none]
questions = ["stage", "where", "pictures"]

[questions.where.at.none.ask]
de = "Welches Viertel?"
en = "Which part of Bolzano?"

[questions.pictures]
part = "basics"
kind = "files"
optional = true
name = { de = "Bilder", en = "Pictures" }
ask = { de = "Hast du Bilder?", en = "Do you have pictures of the place?" }
"""
PLACES = """id,name,label,municipi,aliases,lat,lon
1,GRIES - QUIREIN,Gries,1,Quirein,46.5036,11.3268
2,DON BOSCO,Don Bosco,1 2,,46.4866,11.3246
"""


@pytest.fixture
async def bolzano(database_url: str, folder: Path) -> AsyncIterator[World]:
    school = example_school(folder / "bolzano", school=SCHOOL, questionnaire=QUESTIONNAIRE)
    (school / "neighbourhoods.csv").write_text(PLACES, encoding="utf-8")
    async with world(database_url, school=school) as made:
        yield made


async def test_a_newcomer_meets_the_city(bolzano: World) -> None:
    eva = await bolzano.person(1001, "Eva", "de")
    await eva.says("/start")
    assert eva.sees[0].splitlines()[0] == "Die Schule der Viertel"
    assert eva.buttons[2:] == ["English"]
    assert eva.sees[-1].rpartition(": ")[2] == (
        "Sportello della scuola (esempio), phone +39 0471 000000."
    )


async def test_the_citys_own_question_places_and_words(bolzano: World) -> None:
    ada = await bolzano.resident()
    await ada.taps("Tell my idea")
    await ada.taps("I don't have an idea yet")
    assert ada.sees[0].splitlines() == ["To begin · 1 of 2", "Which part of Bolzano?"]
    await ada.taps("Look by district")
    assert ada.rows == [["1", "2"], ["Back to the question"]]
    await ada.taps("2")
    await ada.taps("Don Bosco")
    await ada.taps("Go on")
    assert ada.sees == ["To begin · 2 of 2\nDo you have pictures of the place?"]
    assert ada.buttons == ["Skip", "Back", "Later"]


async def test_files_are_the_answer_to_a_question_of_files(bolzano: World) -> None:
    ada = await bolzano.resident()
    await ada.taps("Tell my idea")
    await ada.taps("I don't have an idea yet")
    await ada.says("Gries")
    await ada.taps("Go on")
    await ada.says("not a picture")
    assert ada.sees == [
        "Here I need a photo or a document.",
        "To begin · 2 of 2\nDo you have pictures of the place?",
    ]
    await ada.sends_file("photo", "square.jpg")
    await ada.sends_file("document", "plan.pdf")
    assert ada.buttons == ["Go on", "Skip", "Back", "Later"]
    await ada.taps("Go on")
    attachments = [row.id for row in await bolzano.rows(Attachment)]
    assert await kept(bolzano) == {
        "stage": {"choice": "none"},
        "where": {"places": ["1"]},
        "pictures": {"files": attachments},
    }
    assert len(attachments) == 2


async def test_a_question_of_files_can_be_changed_from_the_review(bolzano: World) -> None:
    ada = await bolzano.resident()
    await ada.taps("Tell my idea")
    await ada.taps("I don't have an idea yet")
    await ada.says("Gries")
    await ada.taps("Go on")
    await ada.sends_file("photo", "square.jpg")
    await ada.taps("Go on")
    await ada.taps("Read my answers")
    answers = ada.sees[1].splitlines()
    assert answers[1:] == ["Neighbourhood: Gries", "Pictures: 1 file"]
    await ada.taps("Change: Pictures")
    assert ada.sees[1:] == ["Your answer: 1 file"]
    await ada.sends_file("document", "plan.pdf")
    assert ada.sees[1:] == ["Your answer: 2 files"]
    await ada.taps("Go on")
    assert ada.sees[1].splitlines()[2] == "Pictures: 2 files"


async def test_a_file_that_goes_leaves_its_answer(bolzano: World) -> None:
    ada = await bolzano.resident()
    await ada.taps("Tell my idea")
    await ada.taps("I don't have an idea yet")
    await ada.says("Gries")
    await ada.taps("Go on")
    await ada.sends_file("photo", "square.jpg")
    await ada.sends_file("document", "plan.pdf")
    await ada.taps("Go on")
    first, second = [row.id for row in await bolzano.rows(Attachment)]
    await ada.taps("Add a file")
    assert ada.rows == [["File 1", "Delete"], ["plan.pdf", "Delete"], ["My idea"]]
    await ada.taps_data(f"unfile:{first}")
    assert (await kept(bolzano))["pictures"] == {"files": [second]}
    await ada.taps_data(f"unfile:{second}")
    assert await kept(bolzano) == {"stage": {"choice": "none"}, "where": {"places": ["1"]}}
    await ada.taps("My idea")
    assert ada.buttons[0] == "Continue my idea"
