"""Seats for several people who come together: taken, offered as many as are free, made fewer or
more, and said wherever people are counted.
"""

import pytest

from db.events import Event, Seat
from school.staff import COORDINATOR
from tests.stories.test_event import coordinator, makes
from tests.stories.test_event_for_whom import held
from tests.stories.test_staff import works
from tests.stories.test_workshops import FACTS, NOW, STARTS, TITLE, announced, code_of, comes
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def for_groups(town: World, seats: int, most: int = 4) -> Event:
    """An event where one person can take seats for a group."""
    event = await announced(town, seats)
    await held(town, event, party=most)
    return event


async def takes(phone: Phone, count: int) -> None:
    """Take seats for so many people."""
    await phone.taps("For several people")
    await phone.taps(str(count))


async def taken(town: World) -> list[tuple[str, int]]:
    """All seats: their states, and for how many people they are."""
    return [(seat.state, seat.party) for seat in await town.rows(Seat)]


async def test_a_coordinator_says_how_many_seats_one_person_can_take(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("More")
    await carla.taps("Who can come")
    assert "One person can take 1 seat." in carla.sees[1].splitlines()
    await carla.taps("Seats for a group")
    await carla.taps("3")
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    ada = await comes(town, event)
    assert ada.buttons[:2] == ["Take a seat", "For several people"]
    await ada.taps("For several people")
    assert (ada.sees, ada.buttons) == (
        [f"For how many people, counting you?\nSat 28 Nov 18:00 · {TITLE}"],
        ["2", "3", "Back"],
    )
    await ada.taps_data(f"party:{event.id}:4")
    assert (ada.sees[-1], await taken(town)) == ("20 of 20 seats are free.", [])


async def test_ticket_card_and_list_say_for_how_many(town: World) -> None:
    event = await for_groups(town, 5)
    ada = await comes(town, event)
    await takes(ada, 3)
    code = await code_of(town)
    assert await taken(town) == [("seated", 3)]
    (ticket,) = [message for message in ada.messages if "photo" in message]
    assert ticket["caption"].split("\n\n") == [
        TITLE,
        FACTS,
        f"It is for 3 people.\nCode {code}: say it at the door.",
    ]
    card = next(words for words in ada.said if words.startswith("You have a seat."))
    assert card.split("\n\n")[-1] == f"You have a seat. Code: {code}\nIt is for 3 people."
    await ada.says("/workshops")
    assert ada.sees[1].endswith(" · you have 3 seats")
    bob = await comes(town, event, 1002, "Bob")
    assert bob.sees[-1] == "2 of 5 seats are free."


async def test_who_works_here_sees_for_how_many_on_the_day(town: World) -> None:
    event = await for_groups(town, 5)
    await takes(await comes(town, event), 3)
    code = await code_of(town)
    carla = await works(town, COORDINATOR, number=1009)
    town.app.clock.set_to(STARTS)
    await carla.says("/today")
    assert carla.sees[1].splitlines()[1] == "With a seat: 3 · waiting: 0 · came: 0"
    await carla.taps(TITLE)
    await carla.taps("Who is here?")
    await carla.taps(f"{code} +2")
    assert carla.sees[-1].splitlines()[0] == "Seats: 3. Here: 3."
    await carla.taps("Back")
    await carla.taps("All people")
    assert carla.sees[-1] == f"{code}: has a seat, 3 people"
    await carla.taps("As a file")
    (file,) = [message for message in carla.messages if "document" in message]
    async with town.http.get(f"{town.emulator.url}{file['document']['url']}") as answer:
        assert (await answer.text(encoding="utf-8-sig")).split() == [
            "Name,State,People",
            *(",has", "a", "seat,3"),
        ]


async def test_a_group_is_offered_as_many_seats_as_are_free_and_told_so(town: World) -> None:
    event = await for_groups(town, 5)
    await takes(await comes(town, event), 3)
    bob = await comes(town, event, 1002, "Bob")
    await takes(bob, 4)
    assert bob.sees[-1] == (
        "2 seats are free for you until Sunday 22 November, 08:00.\nYou asked for 4 seats."
    )
    assert bob.buttons[:2] == ["Take the seats", "Let them go"]
    eva = await comes(town, event, 1003, "Eva")
    await eva.taps("Wait for a seat")
    await bob.taps("Let them go")
    await eva.look()
    until = "A seat is free for you until Sunday 22 November, 08:00."
    assert eva.sees[-1].splitlines()[0] == until
    assert await taken(town) == [("seated", 3), ("left", 2), ("offered", 1)]


async def test_a_group_waits_as_one_and_comes_with_fewer_or_more(town: World) -> None:
    event = await for_groups(town, 4)
    ada = await comes(town, event)
    await takes(ada, 4)
    bob = await comes(town, event, 1002, "Bob")
    await takes(bob, 2)
    assert bob.sees[-1].splitlines()[:2] == [
        "You are number 1 in the waiting list.",
        "It is for 2 people.",
    ]
    eva = await comes(town, event, 1003, "Eva")
    assert eva.sees[-1] == "All seats are taken. 2 people wait."
    await ada.says(f"/start e-{event.code}")
    await ada.taps("Fewer or more people")
    assert (ada.sees[0].splitlines()[-1], ada.buttons) == (
        "It is for 4 people.",
        ["1", "2", "3", "Back"],
    )
    await ada.taps("1")
    assert ada.sees[0] == "It is changed."
    await bob.look()
    assert bob.sees[-1].splitlines()[0].startswith("2 seats are free for you until ")
    await bob.taps("Take the seats")
    assert await taken(town) == [("seated", 1), ("seated", 2)]
    await ada.taps("Fewer or more people")
    await ada.taps("3")
    assert ada.said[-1] == "Not so many seats are free for you. You keep what you have."
    await ada.says(f"/start e-{event.code}")
    await ada.taps("Fewer or more people")
    await ada.taps("2")
    assert await taken(town) == [("seated", 2), ("seated", 2)]
    (ticket,) = [message for message in ada.messages if "photo" in message]
    assert ticket["caption"].split("\n\n")[-1].splitlines()[0] == "It is for 2 people."
