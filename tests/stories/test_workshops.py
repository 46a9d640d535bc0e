"""Residents find a meeting, take a seat, get a ticket, or wait in line until one is free."""

import asyncio
import datetime as dt
import re
from collections import Counter
from typing import Any

import pytest
import zxingcpp
from ics import Calendar  # pyright: ignore[reportMissingTypeStubs] - it has none

from db.events import Event, Place, Seat
from db.tables import Outgoing, Wish
from school import dates, events, people
from tests.pictures import grey
from tests.stories.steps import at_the_end
from tests.timed import ALONE
from tests.world import Phone, World

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
STARTS = dt.datetime(2026, 11, 28, 17, 0, tzinfo=dt.UTC)
TITLE = "A shop of one's own"
FACTS = "Saturday 28 November, 18:00–20:00\nLibrary Dergano, via Baldinucci 76"


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def announced(
    town: World, seats: int = 20, title: str = TITLE, starts: dt.datetime = STARTS, **place: float
) -> Event:
    """An event that is announced."""

    def work(session: Any) -> Event:
        event = events.begin(session, NOW)
        event.kind, event.title, event.seats = "lab", {"en": title}, seats
        where = events.place_named(session, "Library Dergano, via Baldinucci 76")
        where.latitude, where.longitude = place.get("latitude"), place.get("longitude")
        event.place_id, event.state = where.id, events.PUBLISHED
        one = dates.Meeting(starts, starts + dt.timedelta(hours=2))
        events.set_meetings(session, event, [one], None)
        return event

    return await town.in_database(work)


async def comes(town: World, event: Event, number: int = 1001, name: str = "Ada") -> Phone:
    """Somebody known comes by the event's link."""
    phone = await town.resident(number, name)
    await phone.says(f"/start e-{event.code}")
    return phone


async def code_of(town: World, number: int = 0) -> str:
    """The code of a seat."""
    return (await town.rows(Seat))[number].code


async def test_from_a_link_a_newcomer_has_a_seat_with_start_and_three_taps(town: World) -> None:
    event = await announced(town)
    ada = await town.person(1001, "Ada")
    await ada.says(f"/start e-{event.code}")
    assert ada.sees[0] == f"Sat 28 Nov 18:00 · {TITLE}"
    await ada.taps("I have read, go on")
    await ada.taps("I am 14 or older")
    await ada.taps("Take a seat")
    assert [seat.state for seat in await town.rows(Seat)] == ["seated"]


async def test_from_a_link_somebody_known_has_a_seat_with_one_tap(town: World) -> None:
    ada = await comes(town, await announced(town))
    assert ada.sees == [f"{TITLE}\nLab", *FACTS.splitlines(), "20 of 20 seats are free."]
    await ada.taps("Take a seat")
    assert [seat.state for seat in await town.rows(Seat)] == ["seated"]


async def test_the_ticket_is_one_message_with_a_picture_a_code_and_what_one_may_want(
    town: World,
) -> None:
    ada = await comes(town, await announced(town, latitude=45.5, longitude=9.18))
    await ada.taps("Take a seat")
    code = await code_of(town)
    (ticket,) = [message for message in ada.messages if "photo" in message]
    assert ticket["caption"].split("\n\n") == [TITLE, FACTS, f"Code {code}: say it at the door."]
    keyboard = ticket["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in keyboard] == [
        ["I can't come"],
        ["Into my calendar"],
        ["On the map"],
    ]
    assert ada.said[-2:] == [
        "\n\n".join(
            [
                "You have a seat. Your ticket comes in a moment.",
                f"{TITLE}\nLab",
                *FACTS.splitlines(),
                f"You have a seat. Code: {code}",
            ]
        ),
        "",
    ]


async def test_the_tickets_code_is_read_by_a_camera(town: World) -> None:
    ada = await comes(town, await announced(town))
    await ada.taps("Take a seat")
    (ticket,) = [message for message in ada.messages if "photo" in message]
    url = f"{town.emulator.url}{ticket['photo'][-1]['url']}"
    async with town.http.get(url) as answer:
        [found] = zxingcpp.read_barcodes(grey(await answer.read()))
    assert found.text == f"https://t.me/quartieri_bot?start=t-{await code_of(town)}"


async def test_the_calendar_file_says_when_and_where(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    await ada.taps_old("Into my calendar")
    (file,) = [message for message in ada.messages if "document" in message]
    assert file["document"]["file_name"] == "meeting.ics"
    async with town.http.get(f"{town.emulator.url}{file['document']['url']}") as answer:
        (entry,) = Calendar(await answer.text()).events
    assert (entry.name, entry.begin.datetime) == (TITLE, STARTS)
    assert entry.location == "Library Dergano, via Baldinucci 76"


async def test_i_cant_come_takes_two_taps_and_frees_the_seat_at_once(town: World) -> None:
    event = await announced(town, seats=1)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    await ada.taps_old("I can't come")
    assert ada.sees == [
        f"Free your seat?\nSat 28 Nov 18:00 · {TITLE}\nSomebody else can come then."
    ]
    await ada.taps("Free the seat")
    assert ada.sees[0] == "Your seat is free for somebody else."
    (ticket,) = [message for message in ada.messages if "photo" in message]
    assert (ticket["caption"], ticket.get("reply_markup")) == (
        f"You gave this seat up: {TITLE}",
        None,
    )
    bob = await comes(town, event, 1002, "Bob")
    assert bob.sees[-1] == "1 of 1 seats is free."


async def test_a_seat_may_be_kept_after_all(town: World) -> None:
    ada = await comes(town, await announced(town))
    await ada.taps("Take a seat")
    await ada.taps_old("I can't come")
    await ada.taps("Keep it")
    assert ada.sees[-1] == f"You have a seat. Code: {await code_of(town)}"


async def full(town: World) -> tuple[Phone, Phone, Phone]:
    """One seat, taken by Ada; Bob and Eva wait."""
    event = await announced(town, seats=1)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    eva = await comes(town, event, 1003, "Eva")
    await eva.taps("Wait for a seat")
    return ada, bob, eva


async def frees(ada: Phone) -> None:
    """Ada can't come."""
    await ada.taps_old("I can't come")
    await ada.taps("Free the seat")


async def test_when_it_is_full_one_waits_and_sees_the_place_in_line(town: World) -> None:
    _, bob, eva = await full(town)
    await bob.says("/workshops")
    assert bob.sees == ["The next meetings", f"Sat 28 Nov 18:00 · {TITLE} · number 1 in line"]
    assert eva.sees[-1] == (
        "You are number 2 in the waiting list.\nI write to you as soon as a seat is free for you."
    )
    await bob.taps(TITLE)
    await bob.taps("Leave the waiting list")
    assert bob.sees[0] == "You do not wait any longer."
    await eva.says("/workshops")
    assert eva.sees[1].endswith("number 1 in line")


async def test_a_free_seat_is_offered_to_the_next_with_a_time_in_words(town: World) -> None:
    ada, bob, eva = await full(town)
    town.app.clock.set_to(NOW + dt.timedelta(hours=1))
    await frees(ada)
    await bob.look()
    assert bob.sees == [
        TITLE,
        FACTS,
        (
            "A seat is free for you until Sunday 22 November, 09:00.\n"
            "After that the next one in line is asked."
        ),
    ]
    await bob.taps("Take the seat")
    assert bob.said[-2].startswith("You have a seat. Your ticket comes in a moment.")
    await eva.says("/workshops")
    assert eva.sees[1].endswith("number 1 in line")


async def test_who_lets_it_go_makes_room_for_the_next(town: World) -> None:
    ada, bob, eva = await full(town)
    await frees(ada)
    await bob.look()
    await bob.taps("Let it go")
    await eva.look()
    assert eva.buttons == ["Take the seat", "Let it go"]


async def test_an_offer_that_nobody_answers_goes_on_to_the_next(town: World) -> None:
    ada, bob, eva = await full(town)
    await frees(ada)
    await town.later(days=2, hours=1)
    await town.app.sweep()
    await town.settle()
    await bob.look()
    assert bob.screen == (
        f"{TITLE}\n"
        "The time to take the seat is over, and the next one in line is asked.\n"
        "If you still want to come, wait for a seat once more."
    )
    await eva.look()
    assert eva.buttons == ["Take the seat", "Let it go"]
    await bob.taps("Wait for a seat")
    assert bob.sees[-1].startswith("You are number 1 in the waiting list.")


async def test_at_night_nobody_is_woken_by_an_offer(town: World) -> None:
    ada, bob, _ = await full(town)
    town.app.clock.set_to(dt.datetime(2026, 11, 20, 22, 0, tzinfo=dt.UTC))
    await frees(ada)
    await bob.look()
    assert bob.buttons[0] == "Leave the waiting list"
    town.app.clock.set_to(dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC))
    town.app.sender.wake()
    await town.settle()
    await bob.look()
    assert bob.buttons == ["Take the seat", "Let it go"]


async def test_the_list_shows_the_next_meetings_and_ones_own(town: World) -> None:
    await announced(town)
    later = await announced(town, 2, "Bread", STARTS + dt.timedelta(days=7))
    ada = await comes(town, later)
    await ada.taps("Take a seat")
    await ada.says("/incontri")
    assert ada.sees == [
        "The next meetings",
        (f"Sat 28 Nov 18:00 · {TITLE} · 20 seats\nSat 5 Dec 18:00 · Bread · you have a seat"),
    ]
    assert ada.buttons == [TITLE, "Bread", "My seats", "Home"]
    await ada.taps("My seats")
    assert ada.sees == ["My seats", "Sat 5 Dec 18:00 · Bread · you have a seat"]
    await ada.taps("All meetings")
    await ada.taps("Home")
    assert "My seats" in ada.buttons


async def test_a_clash_with_another_of_mine_is_said(town: World) -> None:
    first = await announced(town)
    second = await announced(town, 5, "Bread", STARTS + dt.timedelta(hours=1))
    ada = await comes(town, first)
    await ada.taps("Take a seat")
    await ada.says(f"/start e-{second.code}")
    await ada.taps("Take a seat")
    assert ada.said[-2].split("\n\n")[1] == f"At the same time you also have: {TITLE}"


async def test_two_tickets_at_once_are_two(town: World) -> None:
    first, second = await announced(town), await announced(town, 5, "Bread")
    ada = await comes(town, first)
    await town.sim("faults", [{"method": "sendPhoto", "kind": "slow", "delay_ms": 500, "times": 1}])
    for event in (first, second):
        await town.sim("press", {"user": ada.id, "data": f"take:{event.id}"})
    await town.settle()
    await ada.look()
    captions = [m["caption"].split("\n\n")[0] for m in ada.messages if "photo" in m]
    assert captions == [TITLE, "Bread"]


async def test_the_place_is_shown_on_a_map(town: World) -> None:
    ada = await comes(town, await announced(town, latitude=45.5, longitude=9.18))
    await ada.taps("On the map")
    (venue,) = [message["venue"] for message in ada.messages if "venue" in message]
    assert (venue["title"], venue["address"]) == ("Library Dergano", "via Baldinucci 76")
    assert venue["location"] == {"latitude": 45.5, "longitude": 9.18}


async def test_without_a_meeting_one_may_be_told_of_the_next(town: World) -> None:
    ada = await town.resident()
    await ada.says("/workshops")
    assert ada.buttons == ["Write me when there is one", "Home"]
    await ada.taps("Write me when there is one")
    assert ada.sees == ["The next meetings", "I will write to you when there is a meeting."]
    assert [wish.about for wish in await town.rows(Wish)] == ["meeting"]


async def test_an_idea_that_is_told_ends_with_the_next_meeting(town: World) -> None:
    await announced(town)
    ada = await at_the_end(town)
    assert ada.sees[-1] == f"The next step is a meeting: Sat 28 Nov 18:00 · {TITLE}"
    await ada.taps("The next meetings")
    assert ada.sees[0] == "The next meetings"


async def test_a_title_in_another_language_says_so(town: World) -> None:
    event = await announced(town)
    ada = await town.resident(1001, "Ada", "it")
    await ada.says(f"/start e-{event.code}")
    assert ada.sees[0] == f"{TITLE}\nLaboratorio\nQuesto testo è in: inglese"


async def test_an_old_link_leads_to_the_list(town: World) -> None:
    await announced(town)
    ada = await town.resident()
    await ada.says("/start e-XXXXXX")
    assert ada.sees[:2] == ["This meeting is not there any more.", "The next meetings"]


async def test_when_it_is_over_no_seat_is_taken(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await town.later(days=9)
    await ada.taps("Take a seat")
    assert ada.said[-1] == "This meeting is over."
    await ada.taps_data(f"meeting:{event.id}")
    assert (ada.sees[-1], ada.buttons) == ("It is over.", ["All meetings"])


@pytest.mark.parametrize(
    "forged",
    ["take:99", "take:x", "leave:1", "leaving:1", "accept:1", "ticket:1", "map:1", "share:99"],
)
async def test_what_is_forged_takes_and_frees_nothing(town: World, forged: str) -> None:
    event = await announced(town, seats=1)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps_data(forged)
    assert [(seat.state, seat.person_id) for seat in await town.rows(Seat)] == [("seated", 1)]
    assert [row.chat_id for row in await town.rows(Outgoing)] == []


async def test_who_is_forgotten_leaves_a_free_seat(town: World) -> None:
    ada, bob, _ = await full(town)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    await town.app.sweep()
    await town.settle()
    await bob.look()
    assert bob.buttons == ["Take the seat", "Let it go"]
    assert len(await town.rows(Place)) == 1


@ALONE
async def test_two_hundred_tap_at_once_for_twenty_seats(town: World) -> None:
    event, crowd = await announced(town, seats=20), range(2001, 2201)

    def known(session: Any) -> None:
        for number in crowd:
            person = people.add(session, number, "en", NOW)
            person.notice_read, person.old_enough_at = town.app.school.notice.version, NOW

    await town.in_database(known)
    await asyncio.gather(*(town.sim("raw", _tap(number, f"take:{event.id}")) for number in crowd))
    await town.settle()
    rows = await town.rows(Seat)
    assert Counter(seat.state for seat in rows) == {"seated": 20, "waiting": 180}
    numbers: list[int] = []
    for number in crowd:
        phone = Phone(town, number)
        await phone.look()
        numbers += [int(found) for found in _NUMBER.findall("\n".join(phone.said))]
    assert sorted(numbers) == list(range(1, 181))


_NUMBER = re.compile(r"You are number (\d+) in the waiting list")


def _tap(number: int, data: str) -> dict[str, Any]:
    """A tap on a button that the bot sent another day."""
    person = {"id": number, "is_bot": False, "first_name": str(number)}
    chat = {"id": number, "type": "private", "first_name": str(number)}
    message = {"message_id": 1, "date": 0, "chat": chat}
    query = {"id": f"{number}", "from": person, "chat_instance": "1", "data": data}
    return {"callback_query": {**query, "message": message}}
