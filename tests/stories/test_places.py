"""The neighbourhood: typed, looked up by district, or by a position that is not kept."""

import pytest
from sqlalchemy.orm import Session

from db.base import Base
from tests.stories.steps import asked_in, at_question, kept
from tests.world import World


async def test_a_name_is_one_word_and_one_tap(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.says("dergano")
    assert ada.buttons[:2] == ["✓ Dergano", "Go on"]
    await ada.taps("Go on")
    assert (await kept(town))["where"] == {"places": ["79"]}
    assert asked_in(ada) == "field"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dergno", "Dergano"),
        ("citta studi", "✓ Città Studi"),
        ("Quarto Ogiaro", "Quarto Oggiaro"),
        ("ديرغانو", "✓ Dergano"),
        ("华人街", "✓ Paolo Sarpi"),
        ("Corvetto", "✓ Lodi - Corvetto"),
    ],
)
async def test_it_is_found_with_errors_without_accents_and_in_other_scripts(
    town: World, typed: str, first: str
) -> None:
    ada = await at_question(town, "where")
    await ada.says(typed)
    assert ada.buttons[0] == first


async def test_a_name_that_is_nowhere_is_said_with_an_example(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.says("Timbuktu")
    example = town.app.school.neighbourhoods[0].label
    assert ada.sees[0] == (
        "I read “Timbuktu” and found no such neighbourhood.\n"
        f"Write a name like “{example}”, or look by district."
    )
    assert asked_in(ada) == "where"


async def test_it_is_found_by_its_district(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.taps("Look by district")
    assert ada.buttons == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "Back to the question"]
    await ada.taps("9")
    await ada.taps("Dergano")
    await ada.taps("Go on")
    assert (await kept(town))["where"] == {"places": ["79"]}


async def test_a_border_case_is_in_both_districts(town: World) -> None:
    ada = await at_question(town, "where")
    for district in ("2", "9"):
        await ada.taps("Look by district")
        await ada.taps(district)
        assert "Greco - Segnano" in ada.buttons
        await ada.says("/start")


async def test_a_position_shows_the_three_nearest_and_is_not_kept(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.sends(location={"latitude": 45.5021, "longitude": 9.1779})
    assert ada.sees[0] == "These are the three nearest. I do not keep your position."
    assert ada.buttons[0] == "Dergano"
    assert ada.buttons.index("Back") - ada.buttons.index("Dergano") == 3
    assert await in_all_rows(town, "45.50") == []


async def in_all_rows(town: World, words: str) -> list[str]:
    """The tables that hold some words anywhere."""

    def look(session: Session) -> list[str]:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            if any(words in str(tuple(row)) for row in session.execute(table.select()))
        ]

    return await town.in_database(look)


async def test_several_neighbourhoods_can_be_chosen_and_taken_away(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.says("Dergano")
    await ada.says("Isola")
    assert ada.buttons[:3] == ["✓ Dergano", "✓ Isola", "Go on"]
    await ada.taps("✓ Dergano")
    await ada.taps("Go on")
    assert (await kept(town))["where"] == {"places": ["11"]}


async def test_the_whole_city_stands_alone(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.says("Dergano")
    await ada.taps("The whole city")
    await ada.taps("Go on")
    assert (await kept(town))["where"] == {"places": ["city"]}


async def test_somewhere_else_is_an_answer(town: World) -> None:
    ada = await at_question(town, "where")
    await ada.taps("Somewhere else")
    await ada.taps("Go on")
    assert (await kept(town))["where"] == {"places": ["elsewhere"]}
    assert asked_in(ada) == "field"
