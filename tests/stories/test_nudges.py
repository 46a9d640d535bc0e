"""An idea that waits is spoken of after three days, once more after ten, and then no more."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Idea
from school.dossiers import TAKEN
from tests.stories.steps import at_the_end
from tests.stories.test_reminders import reminded, seated, strikes
from tests.stories.test_workshops import announced
from tests.world import Phone, World

ROME = ZoneInfo("Europe/Rome")
WAITS = [
    "Your idea waits where you left it. I keep all your answers.",
    "You can go on from: To begin · 1 of 3.",
]


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of November in Rome."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ROME).astimezone(dt.UTC)


@pytest.fixture(autouse=True)
def _tuesday(town: World) -> None:
    town.app.clock.set_to(at(3, 18))


async def begins(town: World) -> Phone:
    """Somebody begins an idea, and stops."""
    ada = await town.resident()
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    return ada


async def days(town: World, ada: Phone, first: int, last: int) -> list[int]:
    """The days on which a word about the idea comes."""
    found: list[int] = []
    for day in range(first, last):
        before = len(ada.said)
        for hour in (7, 9, 10, 15, 22):
            await strikes(town, at(day, hour), ada)
        found += [day for said in ada.said[before:] if said.startswith("Your idea waits")]
    return found


async def test_after_three_days_and_after_ten_then_silence(town: World) -> None:
    ada = await begins(town)
    assert await days(town, ada, 4, 26) == [6, 13]


async def test_the_word_leads_to_the_open_question(town: World) -> None:
    ada = await begins(town)
    question = ada.sees
    await strikes(town, at(6, 10), ada)
    assert ada.sees == WAITS
    assert ada.buttons == ["Continue my idea", "Don't remind me"]
    await ada.taps("Continue my idea")
    assert ada.sees == question


async def test_who_does_not_want_it_hears_no_more(town: World) -> None:
    ada = await begins(town)
    await strikes(town, at(6, 10), ada)
    await ada.taps("Don't remind me")
    assert ada.sees[0].endswith(": My unfinished idea")
    await ada.says("/idea")
    assert await days(town, ada, 7, 20) == []


async def test_who_only_looks_at_something_else_is_left_in_peace(town: World) -> None:
    ada = await begins(town)
    town.app.clock.set_to(at(6, 9))
    await ada.says("/help")
    assert await days(town, ada, 6, 20) == []


async def test_an_idea_that_is_told_does_not_wait(town: World) -> None:
    ada = await at_the_end(town)
    assert await days(town, ada, 4, 16) == []


async def test_a_reminder_of_a_meeting_goes_before(town: World) -> None:
    starts = dt.datetime(2026, 11, 7, 18, 0, tzinfo=ROME)
    event = await announced(town, starts=starts)
    ada = await seated(town, event)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await strikes(town, at(6, 10), ada)
    assert not ada.said[-1].startswith("Your idea waits")
    await strikes(town, at(6, 18), ada)
    assert len(reminded(ada)) == 1
    await strikes(town, at(6, 19), ada)
    assert not ada.said[-1].startswith("Your idea waits")


async def test_an_idea_that_tutors_have_does_not_wait(town: World) -> None:
    ada = await begins(town)
    town.app.clock.set_to(at(3, 18))

    def hand_in(session: Session) -> None:
        (idea,) = session.scalars(select(Idea))
        session.add(Dossier(idea_id=idea.id, state=TAKEN, since=at(3, 18)))

    await town.in_database(hand_in)
    assert await days(town, ada, 4, 16) == []
