"""For whom an event is: said on its card, a list for me, and a kind word where others are meant."""

import pytest
from sqlalchemy.orm import Session

from db.events import Event, Seat
from db.types import Json
from tests.stories.steps import STAGES
from tests.stories.test_event import CARD, coordinator, makes
from tests.stories.test_workshops import NOW, TITLE, announced, comes
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def held(town: World, event: Event, **options: Json) -> None:
    """The event has these options from now on."""

    def work(session: Session) -> None:
        found = session.get_one(Event, event.id)
        found.options = {**found.options, **options}

    await town.in_database(work)


async def tells(phone: Phone, stage: str = "none", place: str = "Dergano") -> None:
    """Somebody says how far they are, and where."""
    await phone.says("/idea")
    await phone.taps(STAGES[stage])
    await phone.says(place)
    await phone.taps("Go on")


async def test_a_coordinator_says_for_whom_it_is_and_whether_others_can_come(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("Who can come")
    assert carla.sees[1].splitlines()[0] == "It is for everybody."
    await carla.taps("How far they are")
    await carla.taps("I have a ready project")
    await carla.taps("I have a rough idea")
    await carla.taps("✓ I have a rough idea")
    await carla.taps("Back")
    await carla.taps("For which neighbourhood")
    await carla.says("Giambellino")
    assert carla.buttons == ["✓ Giambellino", "Back"]
    await carla.says("dergno")
    assert carla.sees == ["Is it one of these? If not, write the name in another way."]
    await carla.taps("Dergano")
    assert carla.buttons == ["✓ Giambellino", "✓ Dergano", "Back"]
    await carla.taps("Back")
    whom = "For: people with a ready project\nFor: Giambellino, Dergano"
    assert carla.sees[1].splitlines()[:3] == [*whom.splitlines(), "Others can come, too."]
    await carla.taps("Only for them")
    assert carla.sees[1].splitlines()[:2] == [
        f"Only {line.lower()[:3]}{line[3:]}" for line in whom.splitlines()
    ]
    await carla.taps("Others can come, too")
    await carla.taps("Back")
    assert carla.sees == [*CARD[:3], whom, *CARD[3:]]


async def test_the_list_for_me_has_what_fits_my_answers_and_my_language(town: World) -> None:
    project, here, english, bread = [
        await announced(town, title=title) for title in ("Plan", "Here", "English", "Bread")
    ]
    await held(town, project, for_stages=["project"])
    await held(town, here, for_places=["79", "1"])
    await held(town, english, spoken="it")
    ada = await town.resident()
    await ada.says("/workshops")
    assert (ada.buttons, ada.sees[0], ada.sees[2]) == (
        ["Plan", "Here", "Bread", "Tell my idea", "All meetings", "Home"],
        "Meetings for me",
        "1 more under “All meetings”\nTell your idea, and this list fits you better.",
    )
    await tells(ada)
    await ada.says("/workshops")
    assert (ada.buttons, ada.sees[2]) == (
        ["Here", "Bread", "All meetings", "Home"],
        "2 more under “All meetings”",
    )
    await ada.taps("All meetings")
    assert (ada.buttons, ada.sees[0]) == (
        ["Plan", "Here", "English", "Bread", "Meetings for me", "Home"],
        "The next meetings",
    )
    await ada.taps("Plan")
    assert ada.sees[3:] == ["For: people with a ready project", "20 of 20 seats are free."]
    await ada.taps("Take a seat")
    assert [seat.event_id for seat in await town.rows(Seat)] == [project.id]
    assert bread.id not in [seat.event_id for seat in await town.rows(Seat)]


async def test_who_is_barred_hears_why_and_what_else_there_is(town: World) -> None:
    event, _ = await announced(town), await announced(town, title="Bread")
    await held(town, event, for_stages=["project"], bars=True)
    ada = await comes(town, event)
    assert ada.sees[3:] == [
        "Only for: people with a ready project",
        (
            "The seats are kept for these people.\n"
            "I do not know yet whether this is you: it is asked with your idea.\n"
            "This is for you, too:\nSat 28 Nov 18:00 · Bread"
        ),
    ]
    assert ada.buttons == ["Tell my idea", "Meetings for me", "Pass it on", "All meetings"]
    await tells(ada)
    await ada.taps_data(f"take:{event.id}")
    assert ada.sees[-1].splitlines()[1] == (
        "Your answers about your idea say something else. You can change them."
    )
    assert ada.buttons[:2] == ["My answers", "Meetings for me"]
    assert await town.rows(Seat) == []
    bob = await town.resident(1002, "Bob")
    await bob.says("/idea")
    await bob.taps(STAGES["project"])
    await bob.says(f"/start e-{event.code}")
    await bob.taps("Take a seat")
    assert [seat.state for seat in await town.rows(Seat)] == ["seated"]
    assert bob.said[-2].split("\n\n")[1] == f"{TITLE}\nLab"
