"""One change, everything follows: a coordinator moves an event, renames it, gives it more seats or
calls it off; tickets, calendars and people hear of it at once.
"""

import datetime as dt

import pytest

from db.events import Event, Meeting, Seat
from tests.stories.changing import (
    MOVED,
    calendars,
    cannot,
    captions,
    moves,
    one_seated,
    opens,
    states,
    told,
)
from tests.stories.test_workshops import FACTS, NOW, STARTS, TITLE, comes
from tests.world import Phone, World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def test_announced_events_are_below_the_drafts_and_can_be_changed(town: World) -> None:
    carla, _, _ = await one_seated(town)
    await carla.says("/event")
    assert carla.buttons == ["New event", "Copy one", "Change: A shop of on…", "Back"]
    await carla.taps("Change: A shop of on…")
    assert carla.sees == [
        f"{TITLE}\nLab",
        *FACTS.splitlines(),
        "Seats: 20, free: 19, in line: 0",
    ]
    assert carla.buttons == [
        *("When", "Where", "Seats", "Title"),
        *("Announce it", "More", "Call it off", "Back"),
    ]


async def test_a_change_is_looked_at_with_what_it_means_before_it_counts(town: World) -> None:
    carla, ada, _ = await one_seated(town)
    await opens(carla)
    await carla.taps("When")
    await carla.says("29/11 10:30-12:30")
    assert carla.sees == [
        TITLE,
        f"Until now: Saturday 28 November, 18:00–20:00\nFrom now on: {MOVED}",
        ("1 person has a seat and is told.\nThey are asked again whether they come."),
    ]
    assert carla.buttons == ["Change it", "Write it anew", "Back"]
    await ada.look()
    assert (told(ada), (await town.rows(Meeting))[0].starts_at) == ([], STARTS)


async def test_a_new_time_is_on_the_ticket_and_said_with_what_was(town: World) -> None:
    carla, ada, _ = await one_seated(town)
    await moves(carla)
    assert carla.sees[0] == "It is changed."
    await ada.look()
    assert captions(ada)[0].split("\n\n")[1].splitlines()[0] == MOVED
    assert told(ada) == [
        (
            f"{TITLE}\n\nThis meeting has changed.\n\n"
            f"Until now: Saturday 28 November, 18:00–20:00\nFrom now on: {MOVED}\n\n"
            "Do you still come?"
        )
    ]


async def test_a_new_place_is_said_with_the_old_one(town: World) -> None:
    carla, ada, _ = await one_seated(town)
    await opens(carla)
    await carla.taps("Where")
    await carla.says("Villa Litta, viale Affori 21")
    await carla.taps("Change it")
    await ada.look()
    assert captions(ada)[0].split("\n\n")[1].splitlines()[1] == "Villa Litta, viale Affori 21"
    assert told(ada)[0].split("\n\n")[2] == (
        "Until now: Library Dergano, via Baldinucci 76\nFrom now on: Villa Litta, viale Affori 21"
    )


async def test_the_calendar_file_comes_again_with_the_same_uid_and_a_higher_sequence(
    town: World,
) -> None:
    carla, ada, _ = await one_seated(town)
    await ada.taps_old("Into my calendar")
    await moves(carla)
    await ada.look()
    before, after = [one.events[0] for one in await calendars(town, ada)]
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert after["DTSTART"].dt == dt.datetime(2026, 11, 29, 9, 30, tzinfo=dt.UTC)
    assert [message["caption"] for message in ada.messages if "document" in message][1] == (
        "Open it: it takes the place of what your calendar has."
    )


async def test_im_coming_is_kept_and_answered_in_place(town: World) -> None:
    carla, ada, event = await one_seated(town)
    await moves(carla)
    await ada.look()
    count = len(ada.messages)
    await ada.taps_old("I'm coming")
    assert told(ada) == []
    assert (
        ada.said.count(
            f"{TITLE}\n\n{MOVED}\nLibrary Dergano, via Baldinucci 76\n\n"
            "You are coming: thank you. See you there."
        )
        == 1
    )
    assert len(ada.messages) == count
    [seat] = await town.rows(Seat)
    assert (seat.state, seat.coming) == ("seated", event.sequence + 1)


async def test_i_cant_come_frees_the_seat_at_once_for_the_next_in_line(town: World) -> None:
    carla, ada, event = await one_seated(town, seats=1)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    await moves(carla)
    await ada.look()
    await cannot(ada)
    assert await states(town) == ["left", "offered"]
    assert captions(ada) == [f"You gave this seat up: {TITLE}"]
    assert [text for text in ada.said if "free for somebody else" in text] == [
        (
            f"{TITLE}\n\n{MOVED}\nLibrary Dergano, via Baldinucci 76\n\n"
            "Your seat is free for somebody else."
        )
    ]
    await bob.look()
    assert bob.buttons == ["Take the seat", "Let it go"]


async def test_who_waits_in_line_is_told_without_the_question(town: World) -> None:
    carla, _, event = await one_seated(town, seats=1)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    await moves(carla)
    await bob.look()
    assert told(bob) == [
        (
            f"{TITLE}\n\nThis meeting has changed.\n\n"
            f"Until now: Saturday 28 November, 18:00–20:00\nFrom now on: {MOVED}"
        )
    ]
    assert await calendars(town, bob) == []


@pytest.mark.parametrize(("what", "said"), [("Title", "Shops"), ("Seats", "7")])
async def test_only_for_another_day_hour_or_place_people_are_asked_again(
    town: World, what: str, said: str
) -> None:
    carla, ada, _ = await one_seated(town)
    await opens(carla)
    await carla.taps(what)
    await carla.says(said)
    await carla.taps("Change it")
    await ada.look()
    assert [text for text in ada.said if "Do you still come?" in text] == []
    assert await calendars(town, ada) == []
    assert captions(ada)[0].split("\n\n")[0] == ("Shops" if what == "Title" else TITLE)
    assert len(told(ada)) == (1 if what == "Title" else 0)


async def test_a_second_tap_and_an_old_button_change_nothing(town: World) -> None:
    carla, ada, event = await one_seated(town)
    await opens(carla)
    await carla.taps("When")
    await carla.says("29/11 10:30-12:30")
    [[old], *_] = carla.messages[-1]["reply_markup"]["inline_keyboard"]
    await carla.taps("Write it anew")
    await carla.says("30/11 10:30-12:30")
    await carla.taps_data(old["callback_data"])
    assert carla.sees[0] == "This button was of another change. Nothing was changed by it."
    assert (await town.rows(Meeting))[0].starts_at == STARTS
    await moves(carla)
    await carla.taps_data(old["callback_data"])
    await ada.look()
    assert (len(told(ada)), len(await calendars(town, ada))) == (1, 1)
    assert [one.sequence for one in await town.rows(Event)] == [event.sequence + 1]


async def test_an_old_answer_is_not_taken_for_a_newer_time(town: World) -> None:
    carla, ada, event = await one_seated(town)
    await moves(carla)
    await moves(carla, "30/11 10:30-12:30")
    await ada.taps_data(f"cannot:{event.id}:1")
    assert ada.sees[1] == "Monday 30 November, 10:30–12:30"
    await ada.taps_data(f"still:{event.id}:1")
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", None)]


async def test_called_off_all_are_told_and_calendars_take_it_out(town: World) -> None:
    carla, ada, event = await one_seated(town, seats=1)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    await opens(carla)
    await carla.taps("Call it off")
    assert carla.sees == [
        f"Call this event off?\n{TITLE}",
        ("1 person has a seat and is told.\n1 person in line is told.\nIt cannot be taken back."),
    ]
    await carla.taps("Call it off")
    assert carla.sees[0] == "It is called off.\n2 people are told."
    await ada.look()
    await bob.look()
    assert told(ada) == told(bob) == [f"{TITLE}\n\nThis meeting is called off.\n{FACTS}"]
    [file] = await calendars(town, ada)
    entry = file.events[0]
    assert (file["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert captions(ada)[0].strip() == f"{TITLE}\n\nThis meeting is called off.\n\n{FACTS}"
    [ticket] = [message for message in ada.messages if "photo" in message]
    assert ticket.get("reply_markup") is None
    await bob.says("/workshops")
    assert bob.sees[0] == "The next meetings"
    assert TITLE not in bob.buttons
    await ada.taps_data(f"leave:{event.id}")
    await bob.taps_data(f"take:{event.id}")
    assert await states(town) == ["seated", "waiting"]


async def test_more_seats_go_to_the_next_in_line_at_once(town: World) -> None:
    carla, _, event = await one_seated(town, seats=1)
    for number, name in ((1002, "Bob"), (1004, "Eva")):
        phone = await comes(town, event, number, name)
        await phone.taps("Wait for a seat")
    await opens(carla)
    await carla.taps("Seats")
    await carla.says("2")
    assert carla.sees[2] == "1 person in line is offered a seat at once."
    await carla.taps("Change it")
    bob, eva = Phone(town, 1002), Phone(town, 1004)
    await bob.look()
    await eva.look()
    assert bob.buttons == ["Take the seat", "Let it go"]
    assert await states(town) == ["seated", "offered", "waiting"]


async def test_with_fewer_seats_nobody_loses_one(town: World) -> None:
    carla, ada, event = await one_seated(town, seats=3)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Take a seat")
    await opens(carla)
    await carla.taps("Seats")
    await carla.says("1")
    assert carla.sees[1:] == [
        "Until now: 3 seats\nFrom now on: 1 seat",
        "Nobody loses a seat. New people find one only when enough are given up.",
    ]
    await carla.taps("Change it")
    await ada.look()
    assert await states(town) == ["seated", "seated"]
    assert told(ada) == []
