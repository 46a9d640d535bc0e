"""People with a seat are reminded in time, asked whether they come, and left in peace otherwise."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot import sweeps
from db.events import Event, Mute, Seat
from db.tables import Outgoing
from school import dates, events
from tests.stories.test_workshops import TITLE, announced, code_of, comes
from tests.world import Phone, World

ROME = ZoneInfo("Europe/Rome")
STARTS = dt.datetime(2026, 11, 28, 18, 0, tzinfo=ROME)
WHERE = "Library Dergano, via Baldinucci 76"
REST = [
    *("✓ Questions afterwards", "✓ My unfinished idea", "✓ My sheet, with changes"),
    *("✓ Meetings and labs", "✓ Calls and grants", "✓ News of the school"),
    *("New meetings", "Home"),
]
HEARD = "If not, somebody else can have your seat."


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of November in Rome."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ROME).astimezone(dt.UTC)


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(at(20, 9))


async def strikes(town: World, now: dt.datetime, *phones: Phone) -> None:
    """The clock moves on, and what is due is done."""
    town.app.clock.set_to(now)
    await town.app.sweep()
    await town.settle()
    for phone in phones:
        await phone.look()


async def seated(town: World, event: Event, number: int = 1001, name: str = "Ada") -> Phone:
    """Somebody with a seat."""
    phone = await comes(town, event, number, name)
    await phone.taps("Take a seat")
    return phone


def reminded(phone: Phone) -> list[str]:
    """When all the reminders said that the meeting is."""
    heads = [said.split("\n") for said in phone.said]
    titles = (TITLE, "Bread")
    return [head[1] for head in heads if head[0] in titles and len(head) > 2 and head[2] == WHERE]


async def test_there_is_a_reminder_a_week_before_the_day_before_and_two_hours_before(
    town: World,
) -> None:
    ada = await seated(town, await announced(town))
    code = await code_of(town)
    said = len(ada.said)
    for now in (at(21, 9, 59), at(21, 10), at(23, 12), at(27, 17, 59), at(27, 18), at(27, 19)):
        await strikes(town, now)
    for now in (at(28, 9), at(28, 15, 59), at(28, 16), at(28, 17, 59), at(28, 18, 1), at(29, 10)):
        await strikes(town, now, ada)
    assert ada.said[said:] == [
        f"{TITLE}\nSaturday 28 November, 18:00–20:00\n{WHERE}\n\nYou have a seat. Code: {code}",
        f"{TITLE}\nTomorrow, 18:00–20:00\n{WHERE}\n\nAre you coming?\n{HEARD}",
        f"{TITLE}\nToday, 18:00–20:00\n{WHERE}\n\nYou have a seat. Code: {code}",
    ]


async def test_only_those_who_have_a_seat_are_reminded(town: World) -> None:
    event = await announced(town, seats=1)
    ada = await seated(town, event)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    eva = await comes(town, event, 1003, "Eva")
    await strikes(town, at(27, 18), ada, bob, eva)
    assert [len(reminded(phone)) for phone in (ada, bob, eva)] == [1, 0, 0]


async def test_who_takes_a_seat_late_is_not_asked_at_once(town: World) -> None:
    event = await announced(town)
    town.app.clock.set_to(at(27, 19))
    ada = await seated(town, event)
    await strikes(town, at(27, 19, 1), ada)
    assert reminded(ada) == []
    await strikes(town, at(28, 16), ada)
    assert reminded(ada) == ["Today, 18:00–20:00"]


async def test_im_coming_is_answered_where_it_was_asked(town: World) -> None:
    ada = await seated(town, await announced(town))
    await strikes(town, at(27, 18), ada)
    assert ada.rows == [["I'm coming"], ["I can't come"], ["Don't remind me"]]
    said = len(ada.said)
    await ada.taps("I'm coming")
    assert len(ada.said) == said
    code = await code_of(town)
    assert ada.screen == (
        f"{TITLE}\nTomorrow, 18:00–20:00\n{WHERE}\n\n"
        f"All right, see you there.\nYou have a seat. Code: {code}"
    )
    assert ada.buttons == ["I can't come"]
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", 0)]


async def test_i_cant_come_frees_the_seat_at_once_for_the_next(town: World) -> None:
    event = await announced(town, seats=1)
    ada = await seated(town, event)
    bob = await comes(town, event, 1002, "Bob")
    await bob.taps("Wait for a seat")
    await strikes(town, at(27, 18), ada)
    await ada.taps("I can't come")
    assert ada.sees[0] == "Your seat is free for somebody else."
    assert f"You gave this seat up: {TITLE}" in ada.said
    await bob.look()
    assert bob.buttons == ["Take the seat", "Let it go"]


async def test_silence_keeps_the_seat(town: World) -> None:
    ada = await seated(town, await announced(town))
    for now in (at(27, 18), at(28, 16), at(28, 19)):
        await strikes(town, now, ada)
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", None)]


@pytest.mark.parametrize("verb", ["coming", "notcoming"])
@pytest.mark.parametrize("arguments", ["1:7", "99:0", "x:0", "1:x"])
async def test_an_answer_to_another_day_says_nothing(
    town: World, verb: str, arguments: str
) -> None:
    ada = await seated(town, await announced(town))
    await ada.taps_data(f"{verb}:{arguments}")
    assert [(seat.state, seat.coming) for seat in await town.rows(Seat)] == [("seated", None)]


async def test_an_event_that_moved_asks_again(town: World) -> None:
    ada = await seated(town, await announced(town))
    await strikes(town, at(27, 18), ada)
    await ada.taps("I'm coming")

    def move(session: Any) -> None:
        event = session.get(Event, 1)
        event.sequence += 1
        later = STARTS + dt.timedelta(days=2)
        one = dates.Meeting(later, later + dt.timedelta(hours=2))
        events.set_meetings(session, event, [one], None)

    await town.in_database(move)
    await strikes(town, at(29, 18), ada)
    assert reminded(ada)[-1] == "Tomorrow, 18:00–20:00"
    assert ada.buttons[0] == "I'm coming"


async def series(town: World, *days: int) -> Event:
    """A lab with several meetings, at six in the evening."""
    event = await announced(town)

    def work(session: Any) -> None:
        found = [dates.Meeting(at(day, 18), at(day, 20)) for day in days]
        events.set_meetings(session, session.get(Event, event.id), found, None)

    await town.in_database(work)
    return event


async def test_a_series_has_the_weeks_reminder_and_the_question_for_its_first_meeting_only(
    town: World,
) -> None:
    ada = await seated(town, await series(town, 28, 30))
    said = len(ada.said)
    days = [at(day, hour) for day in range(21, 31) for hour in (10, 16, 18)]
    for now in days:
        await strikes(town, now, ada)
    lines = [message.split("\n") for message in ada.said[said:]]
    assert [(line[1], line[4]) for line in lines] == [
        ("Saturday 28 November, 18:00–20:00", lines[0][4]),
        ("Tomorrow, 18:00–20:00", "Are you coming?"),
        ("Today, 18:00–20:00", lines[0][4]),
        ("Tomorrow, 18:00–20:00", lines[0][4]),
        ("Today, 18:00–20:00", lines[0][4]),
    ]


async def test_at_most_one_a_day_and_the_nearest_event_first(town: World) -> None:
    bread = await announced(town, 20, "Bread", STARTS - dt.timedelta(days=6))
    town.app.clock.set_to(at(20, 9))
    ada = await seated(town, bread)
    await ada.says(f"/start e-{(await announced(town)).code}")
    await ada.taps("Take a seat")
    # The week's reminder of one is due on the day before the other, which is asked about.
    await strikes(town, at(21, 10), ada)
    assert reminded(ada) == []
    await strikes(town, at(21, 18), ada)
    assert reminded(ada) == ["Tomorrow, 18:00–20:00"]
    await strikes(town, at(22, 10), ada)
    assert len(reminded(ada)) == 1
    await strikes(town, at(22, 16), ada)
    assert reminded(ada)[-1] == "Today, 18:00–20:00"
    await strikes(town, at(23, 10), ada)
    assert reminded(ada)[-1] == "Saturday 28 November, 18:00–20:00"


async def test_nobody_is_reminded_at_night(town: World) -> None:
    event = await announced(town, starts=dt.datetime(2026, 11, 28, 9, 0, tzinfo=ROME))
    ada = await seated(town, event)
    await strikes(town, at(28, 7, 30), ada)
    assert reminded(ada) == []
    await strikes(town, at(28, 8), ada)
    assert reminded(ada) == ["Today, 09:00–11:00"]


async def test_but_of_a_meeting_at_night(town: World) -> None:
    event = await announced(town, starts=dt.datetime(2026, 11, 28, 23, 30, tzinfo=ROME))
    ada = await seated(town, event)
    await strikes(town, at(28, 21, 30), ada)
    assert [when.split(",")[0] for when in reminded(ada)] == ["Today"]


async def test_a_kind_is_switched_off_under_the_message(town: World) -> None:
    ada = await seated(town, await announced(town))
    await strikes(town, at(21, 10), ada)
    await ada.taps("Don't remind me")
    assert ada.sees == [
        "All right, I don't write to you about this any more: A week before",
        "Reminders",
        (
            "I remind you of your meetings and your idea:\n"
            "A week before: no\nThe day before: yes\nTwo hours before: yes\n"
            "Questions afterwards: yes\nMy unfinished idea: yes\nMy sheet, with changes: yes"
        ),
        (
            "The school writes to you about:\n"
            "Meetings and labs: yes\nCalls and grants: yes\nNews of the school: yes"
        ),
        "If a meeting of yours changes, I write to you in any case.",
    ]
    assert [mute.kind for mute in await town.rows(Mute)] == ["week"]


async def test_each_kind_is_switched_off_and_on_in_settings(town: World) -> None:
    ada = await seated(town, await announced(town))
    await ada.says("/avvisi")
    assert ada.buttons == ["✓ A week before", "✓ The day before", "✓ Two hours before", *REST]
    await ada.taps("✓ The day before")
    assert ada.buttons == ["✓ A week before", "The day before", "✓ Two hours before", *REST]
    await strikes(town, at(27, 18), ada)
    assert reminded(ada) == []
    await ada.taps("The day before")
    assert ada.buttons[1] == "✓ The day before"
    await strikes(town, at(27, 19), ada)
    assert reminded(ada) == ["Tomorrow, 18:00–20:00"]


@pytest.mark.parametrize("forged", ["mute:x", "remind:x"])
async def test_no_other_kind_is_kept(town: World, forged: str) -> None:
    ada = await town.resident()
    await ada.taps_data(forged)
    assert await town.rows(Mute) == []


async def test_after_a_weeks_outage_one_goes_with_today_and_those_of_no_use_are_counted(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    bread = await announced(town, 20, "Bread", STARTS - dt.timedelta(days=3))
    ada, bob = await seated(town, await announced(town)), await seated(town, bread, 1002)
    await strikes(town, at(20, 10))
    # A week without a sweep: Ada's first is of no use any more, and nothing of Bob's.
    with caplog.at_level("WARNING", "bot.sweeps"):
        await strikes(town, at(28, 11), ada, bob)
        await strikes(town, at(28, 12), ada, bob)
    assert (reminded(ada), reminded(bob)) == (["Today, 18:00–20:00"], [])
    assert ada.buttons[0] == "I'm coming"
    said = [record.getMessage() for record in caplog.records if record.name == "bot.sweeps"]
    assert said == ["3 reminders dropped: their time is over"]


async def test_one_that_could_not_be_sent_in_time_is_dropped_and_counted_and_goes_anew(
    town: World,
) -> None:
    ada = await seated(town, await announced(town))
    town.app.clock.set_to(at(27, 20, 59))

    def queue(session: Any) -> None:
        sweeps.remind(session, town.app.context())
        for row in session.scalars(select(Outgoing)):
            row.not_before = at(27, 22)

    await town.in_database(queue)
    town.app.clock.set_to(at(27, 23))
    town.app.sender.wake()
    await town.settle()
    assert [(row.state, row.outcome) for row in await town.rows(Outgoing)] == [("skipped", "late")]
    await strikes(town, at(28, 8), ada)
    assert reminded(ada) == ["Today, 18:00–20:00"]
    assert [row.state for row in await town.rows(Outgoing)] == ["sent"]


async def test_what_was_sent_leaves_a_key_without_words_and_later_nothing(town: World) -> None:
    ada = await seated(town, await announced(town))
    await strikes(town, at(27, 18), ada)
    [row] = await town.rows(Outgoing)
    assert (row.state, row.body, row.dedup_key) == ("sent", {}, "day:1:1:0")
    await strikes(town, at(29, 12), ada)
    assert len(await town.rows(Outgoing)) == 1
    await strikes(town, dt.datetime(2026, 12, 7, 12, 0, tzinfo=dt.UTC), ada)
    assert await town.rows(Outgoing) == []


async def test_who_is_forgotten_leaves_no_key(town: World) -> None:
    ada = await seated(town, await announced(town))
    await strikes(town, at(27, 18), ada)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert await town.rows(Outgoing) == []
