"""One change, everything follows: a coordinator moves an event, renames it, gives it more seats or
calls it off; tickets, calendars and people hear of it at once.
"""

import datetime as dt
from typing import Any

import icalendar
import pytest

from db.events import Event, Meeting, Seat
from db.tables import Deed, Outgoing
from school import dates, events
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import trail, works
from tests.stories.test_workshops import FACTS, NOW, STARTS, TITLE, announced, comes
from tests.world import Phone, World

HOURS = dt.timedelta(hours=2)
WEEK = dt.timedelta(days=7)
MOVED = "Sunday 29 November, 10:30–12:30"


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def one_seated(town: World, seats: int = 20) -> tuple[Phone, Phone, Event]:
    """A coordinator, and Ada who has a seat."""
    event = await announced(town, seats)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    return await works(town, COORDINATOR), ada, event


async def opens(carla: Phone) -> None:
    """The coordinator opens the event from /event."""
    await carla.says("/event")
    await carla.taps("Change: A shop of on…")


async def moves(carla: Phone, when: str = "29/11 10:30-12:30") -> None:
    """The coordinator moves it."""
    await opens(carla)
    await carla.taps("When")
    await carla.says(when)
    await carla.taps("Change it")


async def calls_off(carla: Phone) -> None:
    """The coordinator calls it off."""
    await opens(carla)
    await carla.taps("Call it off")
    await carla.taps("Call it off")


async def series(town: World) -> Event:
    """An event with three dates, a week apart."""
    event = await announced(town)

    def work(session: Any) -> None:
        starts = [STARTS + WEEK * number for number in range(3)]
        found = [dates.Meeting(start, start + HOURS) for start in starts]
        events.set_meetings(session, session.get(Event, event.id), found, None)

    await town.in_database(work)
    return event


async def states(town: World) -> list[str]:
    """What became of each seat, the first one first."""
    return [seat.state for seat in sorted(await town.rows(Seat), key=lambda one: one.id)]


def captions(phone: Phone) -> list[str]:
    """What the tickets in a chat say."""
    return [message["caption"] for message in phone.messages if "photo" in message]


async def calendars(town: World, phone: Phone) -> list[Any]:
    """The calendar files in a chat, parsed."""
    found: list[Any] = []
    for message in phone.messages:
        if "document" in message:
            url = f"{town.emulator.url}{message['document']['url']}"
            async with town.http.get(url) as answer:
                found.append(icalendar.Calendar.from_ical(await answer.text()))
    return found


def told(phone: Phone) -> list[str]:
    """What a chat says of changes."""
    signs = ("has changed", "called off")
    return [text for text in phone.said if any(sign in text for sign in signs)]


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
    assert carla.rows == [["When", "Where"], ["Seats", "Title"], ["Call it off"], ["Back"]]


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


async def cannot(ada: Phone) -> None:
    """Tap what the question offers, not the ticket's button."""
    [message] = [one for one in ada.messages if "Do you still come?" in one.get("text", "")]
    rows = message["reply_markup"]["inline_keyboard"]
    await ada.taps_data(rows[1][0]["callback_data"], message["message_id"])


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


async def test_one_date_of_a_series_is_moved_alone(town: World) -> None:
    event = await series(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await opens(carla)
    await carla.taps("Dates")
    assert carla.buttons == ["Sat 28 Nov 18:00", "Sat 5 Dec 18:00", "Sat 12 Dec 18:00", "Back"]
    await carla.taps("Sat 5 Dec 18:00")
    await carla.taps("Move this date")
    await carla.says("6/12 10:00-12:00")
    await carla.taps("Change it")
    await ada.look()
    assert captions(ada)[0].split("\n\n")[1].splitlines()[:3] == [
        "Saturday 28 November, 18:00–20:00",
        "Sunday 6 December, 10:00–12:00",
        "Saturday 12 December, 18:00–20:00",
    ]
    assert len({one.id for one in await town.rows(Meeting)}) == 3


async def test_a_date_is_moved_to_one_date_only(town: World) -> None:
    carla, _, _ = await one_seated(town)
    await opens(carla)
    await carla.taps("When")
    await carla.says("29/11 18-20\n30/11 18-20")
    assert carla.screen == (
        f"{TITLE}\nHere I need one date: each date of a series is moved by itself."
    )
    assert carla.buttons == ["Write it anew", "Back"]


async def test_one_date_of_a_series_is_called_off_alone_and_stays_in_sight(town: World) -> None:
    event = await series(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await opens(carla)
    await carla.taps("Dates")
    await carla.taps("Sat 28 Nov 18:00")
    await carla.taps("Call this date off")
    assert carla.sees[0].splitlines()[0] == "Call this date off?"
    await carla.taps("Call it off")
    await ada.look()
    assert told(ada) == [
        (
            f"{TITLE}\n\nOne date is called off.\n"
            "Called off: Saturday 28 November, 18:00–20:00\nThe other dates stay."
        )
    ]
    [file] = await calendars(town, ada)
    assert (file["METHOD"], [one["STATUS"] for one in file.events]) == (
        "PUBLISH",
        ["CANCELLED", "CONFIRMED", "CONFIRMED"],
    )
    await ada.says("/workshops")
    assert ada.sees[1].startswith("Sat 5 Dec 18:00")
    await ada.taps(TITLE)
    assert ada.sees[1].splitlines()[0] == "Called off: Saturday 28 November, 18:00–20:00"


async def test_when_all_dates_are_called_off_the_event_is(town: World) -> None:
    event = await series(town)
    carla = await works(town, COORDINATOR)
    for number, meeting in enumerate(await town.rows(Meeting)):
        await carla.taps_data(f"calloff:{event.id}:{meeting.id}:{number}")
    assert [one.state for one in await town.rows(Event)] == ["cancelled"]
    assert (await trail(carla))[:2] == [
        f"Carla · called an event off, {TITLE}",
        f"Carla · called one date off, {TITLE}",
    ]


async def test_a_date_that_is_called_off_is_not_there_for_seats(town: World) -> None:
    event = await series(town)
    carla = await works(town, COORDINATOR)
    meetings = sorted(await town.rows(Meeting), key=lambda one: one.id)
    for number in (1, 2):
        await carla.taps_data(f"calloff:{event.id}:{meetings[number].id}:{number - 1}")
    await town.later(days=9)
    ada = await comes(town, event)
    assert (ada.sees[-1], ada.buttons) == ("It is over.", ["All meetings"])
    await ada.taps_data(f"take:{event.id}")
    assert await town.rows(Seat) == []


async def test_at_night_nobody_is_woken_but_for_a_meeting_in_the_morning(town: World) -> None:
    carla, ada, _ = await one_seated(town)
    town.app.clock.set_to(dt.datetime(2026, 11, 20, 22, 0, tzinfo=dt.UTC))
    await moves(carla)
    await ada.look()
    assert told(ada) == []
    assert captions(ada)[0].split("\n\n")[1].splitlines()[0] == MOVED
    town.app.clock.set_to(dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC))
    town.app.sender.wake()
    await town.settle()
    await ada.look()
    assert len(told(ada)) == 1
    town.app.clock.set_to(dt.datetime(2026, 11, 28, 22, 0, tzinfo=dt.UTC))
    await moves(carla, "30/11 18-20")
    await ada.look()
    assert len(told(ada)) == 1
    town.app.clock.set_to(dt.datetime(2026, 11, 29, 22, 0, tzinfo=dt.UTC))
    await moves(carla, "30/11 9-10")
    await ada.look()
    assert len([text for text in ada.said if "Do you still come?" in text]) == 3


async def test_twenty_people_with_a_seat_hear_of_it_and_who_blocked_the_bot_does_no_harm(
    town: World,
) -> None:
    event = await announced(town)
    phones = [await comes(town, event, number, f"P{number}") for number in range(2001, 2021)]
    for phone in phones:
        await phone.taps("Take a seat")
    carla = await works(town, COORDINATOR)
    await town.sim("block", {"user": 2001})
    await moves(carla)
    for phone in phones[1:]:
        await phone.look()
        assert (len(told(phone)), len(await calendars(town, phone))) == (1, 1)
        assert captions(phone)[0].split("\n\n")[1].splitlines()[0] == MOVED
    left = [row for row in await town.rows(Outgoing) if row.state in ("queued", "failed")]
    assert left == []


async def test_what_changes_is_said_in_the_readers_language(town: World) -> None:
    carla, _, event = await one_seated(town)
    eva = await town.resident(1004, "Eva", "it")
    await eva.says(f"/start e-{event.code}")
    await eva.taps_data(f"take:{event.id}")
    await moves(carla)
    await eva.look()
    [text] = [text for text in eva.said if "Vieni ancora?" in text]
    assert text.split("\n\n")[2].splitlines() == [
        "Finora: Sabato 28 novembre, ore 18-20",
        "D'ora in poi: Domenica 29 novembre, ore 10:30-12:30",
    ]


async def test_each_change_is_in_the_trail(town: World) -> None:
    carla, _, _ = await one_seated(town)
    await moves(carla)
    await calls_off(carla)
    assert (await trail(carla))[:2] == [
        f"Carla · called an event off, {TITLE}",
        f"Carla · changed an event, {TITLE}",
    ]


@pytest.mark.parametrize(
    "forged",
    [
        *("manage:99", "manage:x", "alter:1:kind", "alter:99:when", "move:99", "dates:99"),
        *("alterdate:99", "altered:1:X", "altered:99:X", "callingoff:1:99", "callingoff:99:0"),
        *("calloff:1:0:9", "calloff:1:x:0", "calloff:1:99:0", "publish:1", "undrafted:1"),
    ],
)
async def test_what_is_forged_changes_nothing(town: World, forged: str) -> None:
    carla, ada, event = await one_seated(town)
    await carla.taps_data(forged)
    await ada.look()
    assert told(ada) == []
    found = await town.rows(Event)
    assert [(one.id, one.state, one.sequence) for one in found] == [(event.id, "published", 0)]


@pytest.mark.parametrize(
    "forged", ["still:1:0", "still:99:0", "cannot:1:0", "cannot:x:0", "calloff:1:0:0", "manage:1"]
)
async def test_others_change_nothing(town: World, forged: str) -> None:
    await one_seated(town)
    tom = await works(town, TUTOR, number=1004, name="Tom")
    await tom.taps_data(forged)
    assert [one.state for one in await town.rows(Event)] == ["published"]
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", None)]
    assert [deed.what for deed in await town.rows(Deed)] == ["joined", "joined"]


async def test_a_change_that_is_open_can_be_neither_announced_nor_deleted(town: World) -> None:
    carla, _, event = await one_seated(town)
    await opens(carla)
    await carla.taps("Title")
    [change] = [one for one in await town.rows(Event) if one.state == "change"]
    await carla.taps_data(f"publish:{change.id}")
    await carla.taps_data(f"undrafted:{change.id}")
    await carla.taps_data(f"take:{change.id}")
    states = {one.id: one.state for one in await town.rows(Event)}
    assert states == {event.id: "published", change.id: "change"}
    assert [seat.event_id for seat in await town.rows(Seat)] == [event.id]


async def test_what_is_over_is_changed_no_more(town: World) -> None:
    carla, _, event = await one_seated(town)
    await opens(carla)
    await carla.taps("Title")
    await carla.says("Shops")
    await town.later(days=9)
    await carla.taps("Change it")
    assert carla.sees[0] == "This button was of another change. Nothing was changed by it."
    assert [one.title for one in await town.rows(Event) if one.id == event.id] == [{"en": TITLE}]
