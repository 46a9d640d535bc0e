"""An event has its own reminders, with words of its own, and a time until which a seat is kept for
somebody who does not say whether they come.
"""

from typing import Any

import pytest

from db.events import Event, Seat
from db.types import Json
from school import dates, events
from tests.stories.test_event import coordinator, makes
from tests.stories.test_reminders import HEARD, WHERE, at, reminded, seated, strikes
from tests.stories.test_workshops import TITLE, announced, comes
from tests.world import Phone, World

UNTIL = "Without an answer by Saturday 28 November, 12:00, your seat goes to whoever waits."
STRUCK = f"This seat went to somebody else: {TITLE}"
GONE = [
    TITLE,
    (
        "I did not hear from you, so your seat went to somebody who waits.\n"
        "If you still want to come, wait for a seat once more."
    ),
]


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(at(20, 9))


async def has(town: World, event: Event, **options: Json) -> None:
    """An event has options."""

    def work(session: Any) -> None:
        found = session.get(Event, event.id)
        found.options = {**found.options, **options}

    await town.in_database(work)


async def states(town: World) -> list[str]:
    """All seats, in the order in which they were taken."""
    return [seat.state for seat in sorted(await town.rows(Seat), key=lambda seat: seat.id)]


async def test_a_coordinator_chooses_reminders_adds_words_and_says_what_silence_means(
    town: World,
) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("Reminders")
    assert carla.sees[1] == "It has 3 reminders.\nWho does not answer keeps the seat."
    await carla.taps("When")
    assert carla.sees[0].splitlines()[0] == "When are people reminded?"
    await carla.taps("✓ A week before")
    assert carla.buttons[:3] == ["A week before", "✓ The day before", "✓ Two hours before"]
    await carla.taps("✓ Two hours before")
    await carla.taps("Back")
    await carla.taps("Words for reminders")
    await carla.says("Bring a notebook.")
    await carla.taps("More")
    await carla.taps("Reminders")
    await carla.taps("Without an answer")
    await carla.taps("6 hours before")
    await carla.taps("More")
    await carla.taps("Reminders")
    assert carla.sees[1] == (
        "It has 1 reminder.\nIn its reminders: Bring a notebook.\n"
        "Who does not answer keeps the seat until 6 hours before, if somebody waits."
    )
    (event,) = await town.rows(Event)
    assert event.options == {
        "reminders": ["day"],
        "note": {"en": "Bring a notebook."},
        "release": 6,
    }


async def test_only_its_own_reminders_go_with_its_own_words(town: World) -> None:
    event = await announced(town)
    await has(town, event, reminders=["day"], note={"en": "Bring a notebook.", "it": "Porta."})
    ada = await seated(town, event)
    await strikes(town, at(21, 10), ada)
    assert reminded(ada) == []
    await strikes(town, at(27, 18), ada)
    asked = f"{TITLE}\nTomorrow, 18:00–20:00\n{WHERE}"
    assert ada.sees == [*asked.split("\n\n"), "Bring a notebook.", f"Are you coming?\n{HEARD}"]
    await strikes(town, at(28, 16), ada)
    assert len(reminded(ada)) == 1


async def full(town: World, **options: Json) -> tuple[Event, Phone, Phone]:
    """An event with one seat, who has it, and who waits for it."""
    event = await announced(town, seats=1)
    await has(town, event, **options)
    ada = await seated(town, event)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    return event, ada, bob


async def test_who_does_not_answer_loses_the_seat_to_somebody_who_waits(town: World) -> None:
    _, ada, bob = await full(town, release=6)
    await strikes(town, at(27, 18), ada)
    assert ada.sees[-1] == f"Are you coming?\n{UNTIL}"
    await strikes(town, at(28, 11, 59), ada, bob)
    assert await states(town) == ["seated", "waiting"]
    await strikes(town, at(28, 12), ada, bob)
    assert await states(town) == ["left", "offered"]
    assert (ada.sees, ada.buttons) == (GONE, ["Wait for a seat"])
    assert bob.buttons == ["Take the seat", "Let it go"]
    assert [message["caption"] for message in ada.messages if "photo" in message] == [STRUCK]
    await ada.taps("Wait for a seat")
    assert await states(town) == ["waiting", "offered"]


async def test_who_said_to_come_keeps_it(town: World) -> None:
    _, ada, _ = await full(town, release=6)
    await strikes(town, at(27, 18), ada)
    await ada.taps("I'm coming")
    await strikes(town, at(28, 12), ada)
    assert await states(town) == ["seated", "waiting"]


async def test_where_nobody_waits_nobody_loses_a_seat(town: World) -> None:
    event, ada, bob = await full(town, release=6)
    await bob.taps("Leave the waiting list")
    await strikes(town, at(27, 18), ada)
    await strikes(town, at(28, 12), ada)
    assert await states(town) == ["seated", "left"]
    # Somebody comes to wait later: then it is for them.
    await bob.says(f"/start e-{event.code}")
    await bob.taps("Wait for a seat")
    await strikes(town, at(28, 14), ada)
    assert await states(town) == ["left", "offered"]


async def test_only_as_many_seats_go_as_people_wait_and_the_last_one_first(town: World) -> None:
    event = await announced(town, seats=2)
    await has(town, event, release=6)
    for number, name in ((1001, "Ada"), (1002, "Bob")):
        await seated(town, event, number, name)
    eva = await comes(town, event, 1003, "Eva")
    await eva.taps("Wait for a seat")
    await strikes(town, at(27, 18))
    await strikes(town, at(28, 12))
    assert await states(town) == ["seated", "left", "offered"]


async def test_an_event_that_moved_asks_again_before_it_takes_a_seat(town: World) -> None:
    event, ada, _ = await full(town, release=6)
    await strikes(town, at(27, 18), ada)

    def move(session: Any) -> None:
        found = session.get(Event, event.id)
        found.sequence += 1
        events.set_meetings(session, found, [dates.Meeting(at(29, 18), at(29, 20))], None)

    await town.in_database(move)
    await strikes(town, at(28, 12), ada)
    assert await states(town) == ["seated", "waiting"]
    await strikes(town, at(28, 18), ada)
    await strikes(town, at(29, 12), ada)
    assert await states(town) == ["left", "offered"]


async def test_who_was_asked_too_late_is_not_hurried(town: World) -> None:
    _, ada, _ = await full(town, release=6)
    # The evening was an outage.
    await strikes(town, at(28, 10, 30), ada)
    assert ada.sees[-1] == f"Are you coming?\n{HEARD}"
    await strikes(town, at(28, 12), ada)
    assert await states(town) == ["seated", "waiting"]
