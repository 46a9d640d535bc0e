"""Beside the way of a sheet: people without Telegram, languages, strangers, how one comes there."""

import pytest
from sqlalchemy.orm import Session

from db.tables import Deed, Person
from school.dossiers import ASKING, WAITING
from tests.stories.groups_made import (
    COORDINATOR,
    alone,
    dossier,
    group,
    handed_in,
    tutor,
    without_telegram,
)
from tests.stories.test_handoff import WITH_YOU, asks, in_three_days, said_by, states
from tests.world import World


async def test_whoever_has_no_telegram_is_asked_by_those_who_coordinate(town: World) -> None:
    await tutor(town)
    carla = await tutor(town, COORDINATOR, "Carla", "coordinator")
    ada, bea = await group(town, 1001, 1002)
    number = await without_telegram(town, "Grandma Pia")
    await asks(ada)
    await bea.look()
    await bea.taps("I agree")
    await ada.taps_data("way")
    assert ada.sees[-1].splitlines() == [
        "Agreed: Ada, Bea",
        "No answer yet: Grandma Pia",
        "Whoever has no Telegram is asked by those who coordinate.",
        f"From {in_three_days(town)} on, Ada can send it without them.",
    ]
    assert ada.rows == [["Leave it for now"], ["Home"]]
    await ada.taps_data(f"remindone:{number}")
    assert ada.sees[0] == "I cannot reach this person now: Grandma Pia"

    def helps(session: Session) -> None:
        session.get_one(Person, 2).acting_for = number

    await town.in_database(helps)
    await carla.taps_data("agree:1")
    assert await states(town) == [WAITING]
    assert [deed.what for deed in await town.rows(Deed)] == ["agreed_for", "handed_in"]


async def test_the_languages_of_the_answers_are_guessed_and_can_be_said(town: World) -> None:
    await tutor(town)
    ada, bea = await group(town, 1001, 1002)
    await bea.taps_data("language:ar")
    await ada.taps_data("sendit")
    assert ada.sees[-1].splitlines()[-1] == "The answers are in: English, العربية"
    await ada.taps("Other languages")
    assert ada.sees == [
        "In which languages are the answers?\nSo a tutor can be found who reads them."
    ]
    assert ada.buttons == [
        *("Italiano", "✓ English", "Español", "Français", "✓ العربية", "中文", "Go on")
    ]
    await ada.taps("Italiano")
    await ada.taps("✓ English")
    await ada.taps("✓ العربية")
    await ada.taps("✓ Italiano")
    assert "✓ Italiano" in ada.buttons  # one at least
    await ada.taps_data("sheetlang:xx:on")
    await ada.taps("Go on")
    assert ada.sees[-1].splitlines()[-1] == "The answers are in: Italiano"
    await ada.taps("Yes, ask the others")
    await bea.taps_data("agree:1")
    assert (await dossier(town)).languages == ["it"]


@pytest.mark.parametrize(
    "forged",
    [
        *("askall", "agree:1", "notyet:1", "remindone:1", "without", "gowithout", "takeback"),
        *("takingback", "way", "sendit", "sheetlangs", "sheetlang:it:on", "agree:x", "agree:999"),
    ],
)
async def test_a_stranger_to_a_sheet_can_do_nothing_with_it(town: World, forged: str) -> None:
    await tutor(town)
    ada, _ = await group(town, 1001, 1002)
    await asks(ada)
    before = await said_by(town)
    eve = await town.resident(1009, "Eve")
    await eve.taps_data(forged)
    assert eve.sees == ["Where the sheet is", WITH_YOU]
    assert (await said_by(town), await states(town)) == (before, [ASKING])


async def test_home_leads_to_where_the_sheet_is(town: World) -> None:
    await tutor(town)
    ada = await alone(town)
    await ada.taps_data("home")
    assert "Where my sheet is" not in ada.buttons
    await handed_in(ada)
    await ada.taps_data("home")
    await ada.taps("Where my sheet is")
    assert ada.sees[0] == "Where the sheet is"
