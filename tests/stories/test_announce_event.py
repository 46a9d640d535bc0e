"""A coordinator announces a meeting from its card: two taps, and everybody else hears of it."""

from typing import Any, cast

import pytest

from db.announcements import Announcement, Tapped
from db.events import Event, Mute
from school import announcements
from school.staff import COORDINATOR
from tests.stories.announced import do
from tests.stories.test_staff import works
from tests.stories.test_workshops import FACTS, NOW, TITLE, announced
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def from_the_card(town: World) -> Phone:
    """Ada has a seat; the coordinator announces the meeting to all others."""
    event = await announced(town)
    ada = await town.resident(1001, "Ada")
    await ada.says(f"/start e-{event.code}")
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await carla.taps_data("manage:1")
    await carla.taps("Announce it")
    return carla


async def test_one_tap_makes_it_ready(town: World) -> None:
    carla = await from_the_card(town)
    languages = "English, Italiano, Español, Français, العربية, 中文"
    assert carla.sees[:2] == [
        "An announcement",
        (
            f"It says: {TITLE} Saturday 28 November, 18:00–20:00 Libra…\n"
            f"Languages: {languages}\nButtons: See the meeting"
        ),
    ]
    (one,) = await town.rows(Announcement)
    assert (one.event_id, one.subject) == (1, "meetings")
    assert one.audience == {"to": ["all"], "not": ["event:1"]}


async def test_buttons_of_what_one_only_looks_at_change_nothing(town: World) -> None:
    carla = await from_the_card(town)
    await carla.taps("Look at it")
    await carla.taps_old("Fewer of these")
    assert carla.toasts[-1]["text"] == "You only look at it: nothing has changed."
    await carla.taps_old("See the meeting")
    assert carla.sees[0] == f"{TITLE}\nLab"
    assert (await town.rows(Mute), await town.rows(Tapped)) == ([], [])


async def test_who_comes_already_does_not_get_it_and_all_others_read_it_in_their_language(
    town: World,
) -> None:
    bruno = await town.resident(1002, "Bruno", language="it")
    await from_the_card(town)
    await do(town, 1, announcements.start, town.app.clock.now())
    await bruno.look()
    assert bruno.screen == (
        f"{TITLE}\nSabato 28 novembre, ore 18-20\nLibrary Dergano, via Baldinucci 76"
    )
    assert bruno.buttons == ["Vedi l'incontro", "Ricevi meno avvisi così"]
    await bruno.taps("Vedi l'incontro")
    assert bruno.sees[0].splitlines()[0] == TITLE
    ada = Phone(town, 1001)
    await ada.look()
    assert [said for said in ada.said if said == f"{TITLE}\n{FACTS}"] == []


async def test_its_text_follows_and_a_second_tap_makes_no_second_one(town: World) -> None:
    carla = await from_the_card(town)
    await carla.taps_data("annevent:1")
    assert len(await town.rows(Announcement)) == 1

    def words(session: Any) -> None:
        event = session.get(Event, 1)
        event.options = {**event.options, "text": {"en": "We make a plan. " * 30}}

    await town.in_database(words)
    await carla.taps_data("annevent:1")
    said = cast("dict[str, Any]", (await town.rows(Announcement))[-1].content)["en"]["messages"]
    text = said[0]["params"]["text"]
    assert text.startswith(f"{TITLE}\n{FACTS}\n\nWe make a plan. We make")
    assert text.endswith("We make a…")
    assert said[0]["params"]["entities"] == [{"type": "bold", "offset": 0, "length": len(TITLE)}]
    assert len(await town.rows(Announcement)) == 2


async def test_what_is_over_or_called_off_is_not_announced(town: World) -> None:
    carla = await from_the_card(town)
    await town.later(days=30)
    for forged in ("annevent:1", "annevent:7", "annevent:x"):
        await carla.taps_data(forged)
        assert carla.sees[:2] == ["This meeting cannot be announced any more.", "Announcements"]
    assert len(await town.rows(Announcement)) == 1
