"""After the last meeting those who came are asked three questions; coordinators read the answers
without names.
"""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from db.events import Event, Feedback, Meeting, Mute, Seat
from db.tables import Outgoing
from school import attendance, feedback
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_hours import came
from tests.stories.test_reminders import WHERE, at, seated, series, strikes
from tests.stories.test_staff import works
from tests.stories.test_today import seated as everybody
from tests.stories.test_workshops import STARTS, TITLE, announced
from tests.world import Phone, World

FIRST = [
    TITLE,
    "You were there. The school reads your answers without your name.",
    "Was it of use to you?",
]
USE = [["Yes, a lot"], ["Yes, a little"], ["Not much"], ["I don't know yet"], ["Skip"]]
THANKS = [TITLE, "Thank you. This helps us with the next one."]
BETTER = "What could we do better? One thing is enough. Write it here, without names of people."
NEXT_DAY = at(29, 10)


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(at(20, 9))


async def came_first(town: World) -> None:
    """Who took the first seat was at the first meeting of a series."""

    def work(session: Any) -> None:
        first = session.scalars(select(Meeting).order_by(Meeting.starts_at)).first()
        attendance.came(session, session.get(Seat, 1), first, attendance.LIST, first.starts_at)

    await town.in_database(work)


async def was_there(town: World) -> tuple[Phone, Event]:
    """Somebody who came and is asked the next day."""
    event = await announced(town)
    ada = await seated(town, event)
    await came(town, 1)
    await strikes(town, NEXT_DAY, ada)
    return ada, event


async def answers(town: World) -> list[dict[str, object]]:
    """What is kept."""
    return [row.answers for row in await town.rows(Feedback)]


async def test_who_came_is_asked_three_questions_in_one_message(town: World) -> None:
    ada, _ = await was_there(town)
    assert (ada.sees, ada.rows) == (FIRST, [*USE, ["Don't ask me"]])
    said = len(ada.said)
    await ada.taps("Yes, a lot")
    assert ada.sees == [TITLE, "What helps you most now?"]
    assert ada.buttons == [
        *("Another one like it", "Working on my idea", "Talking to a tutor"),
        *("Meeting other people", "Nothing for now", "Skip"),
    ]
    await ada.taps("Talking to a tutor")
    assert (ada.sees, ada.buttons) == ([TITLE, BETTER], ["Nothing to add"])
    await ada.taps("Nothing to add")
    assert (ada.sees, ada.buttons) == (THANKS, ["Get my certificate", "Home"])
    assert len(ada.said) == said
    assert await answers(town) == [{"use": "much", "next": "tutor", "better": None}]


async def test_only_who_came_is_asked_once_and_only_after_the_last_meeting(town: World) -> None:
    event = await series(town, 27, 28)
    ada, bob = await seated(town, event), await seated(town, event, 1002, "Bob")
    # She came to the first meeting only, he to none.
    await came_first(town)
    await strikes(town, at(28, 10), ada, bob)
    said = len(ada.said), len(bob.said)
    for day in (29, 30):
        await strikes(town, at(day, 10), ada, bob)
    assert (ada.said[said[0] :], bob.said[said[1] :]) == (["\n\n".join(FIRST)], [])


async def test_from_the_next_morning_on_and_never_at_night(town: World) -> None:
    ada = await seated(town, await announced(town))
    await came(town, 1)
    for now in (at(28, 20, 30), at(29, 9, 59), at(29, 21), at(30, 7)):
        await strikes(town, now, ada)
        assert ada.sees != FIRST
    await strikes(town, at(30, 8), ada)
    assert ada.sees == FIRST


async def test_after_three_days_nobody_is_asked_any_more(town: World) -> None:
    ada = await seated(town, await announced(town))
    await came(town, 1)
    await strikes(town, STARTS + dt.timedelta(days=3, hours=2), ada)
    assert ada.sees != FIRST


async def test_on_a_day_with_a_reminder_it_waits_and_an_idea_waits_for_it(town: World) -> None:
    bread = await announced(town, 20, "Bread", STARTS + dt.timedelta(days=2))
    ada = await seated(town, await announced(town))
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await ada.says(f"/start e-{bread.code}")
    await ada.taps("Take a seat")
    await came(town, 2)
    await came(town, 1)
    # The reminder of the day before is still to come.
    await strikes(town, NEXT_DAY, ada)
    assert FIRST[1] not in ada.sees
    await strikes(town, at(29, 18), ada)
    assert ada.screen.startswith(f"Bread\nTomorrow, 18:00–20:00\n{WHERE}")
    await strikes(town, dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC), ada)
    assert ada.sees == FIRST


async def test_the_idea_is_spoken_of_on_another_day(town: World) -> None:
    ada = await seated(town, await announced(town))
    await came(town, 1)
    town.app.clock.set_to(at(26, 9))
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    for number in (1, 2):
        # Three days of silence end on the day when she is asked.
        await strikes(town, at(29, 9 + number), ada)
    keys = sorted(str(row.dedup_key) for row in await town.rows(Outgoing))
    assert [key for key in keys if not key.startswith(("day", "hours"))] == ["feedback:1"]


async def test_what_is_typed_is_the_answer_and_the_idea_goes_on_below(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    question = ada.sees
    await ada.taps_old("Not much")
    await ada.taps_old("Skip")
    await ada.says("A bigger room")
    assert ada.sees == ["Thank you. This helps us with the next one.", *question]
    assert await answers(town) == [{"use": "little", "next": None, "better": "A bigger room"}]
    await ada.says("A workshop to repair things")
    assert ada.sees != question
    assert len(await answers(town)) == 1


async def test_where_nothing_was_open_thanks_are_all(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.taps("Not much")
    await ada.taps("Skip")
    message = await ada.says("A bigger room")
    assert (ada.sees, ada.buttons) == (THANKS, ["Get my certificate", "Home"])
    await ada.edits(message, "Two bigger rooms")
    assert ada.sees[0] == f"I changed your answer: {TITLE}"
    await ada.edits(message, "x" * 301)
    assert ada.sees[0] == f"{TITLE} stays as it was: it is too long."
    assert await answers(town) == [{"use": "little", "next": None, "better": "Two bigger rooms"}]


async def test_a_voice_or_too_long_a_text_is_asked_for_again(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.taps("Not much")
    await ada.taps("Skip")
    await ada.sends_file("voice", "voice.ogg")
    assert ada.sees[0] == "Please write it: with these answers I keep no voice messages."
    assert ada.sees[1:] == [TITLE, BETTER]
    await ada.says("x" * 301)
    assert ada.sees[0] == "Your text has 301 characters, and 300 fit here."
    await ada.taps("Nothing to add")
    assert ada.sees == THANKS


async def test_dont_ask_me_is_under_the_message_and_in_settings(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.taps("Don't ask me")
    note = "All right, I don't write to you about this any more: Questions afterwards"
    assert ada.sees[0] == note
    assert [mute.kind for mute in await town.rows(Mute)] == ["feedback"]
    await ada.says(f"/start e-{(await announced(town, starts=at(30, 18))).code}")
    await ada.taps("Take a seat")
    await came(town, 2)
    said = len(ada.said)
    for hour in (10, 11):
        await strikes(town, dt.datetime(2026, 12, 2, hour, 0, tzinfo=dt.UTC), ada)
    assert len(ada.said) == said


@pytest.mark.parametrize(
    "forged",
    ["fbpick:1:use:x", "fbpick:1:x:much", "fbpick:2:use:much", "fbskip:x:use", "fbskip:1:x"],
)
async def test_only_ones_own_and_what_is_asked_can_be_answered(town: World, forged: str) -> None:
    await was_there(town)
    bob = await town.resident(1002, "Bob")
    await bob.taps_data("fbpick:1:use:much")
    ada = Phone(town, 1001)
    await ada.taps_data(forged)
    assert await answers(town) == []


async def test_a_second_tap_and_who_did_not_come_after_all_change_nothing(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.taps_data("fbpick:1:use:much")
    await ada.taps_data("fbpick:1:use:little")
    assert await answers(town) == [{"use": "much"}]
    carla = await works(town, COORDINATOR)
    await carla.taps_data("gone:1:1:0")
    await ada.taps_data("fbpick:1:next:idea")
    assert await answers(town) == [{"use": "much"}]


async def said_by(town: World, event: Event, *words: str | None) -> None:
    """People who came say that it was of use, and what could be better; the first one a little."""
    codes = await everybody(town, event, *(f"P{number}" for number in range(len(words))))

    def work(session: Any) -> None:
        for code, text in zip(codes, words, strict=True):
            seat = attendance.by_code(session, code)
            assert seat is not None
            use = "some" if code == codes[0] else "much"
            for key, answer in (("use", use), ("next", None), ("better", text)):
                feedback.keep(session, seat, key, answer, NEXT_DAY)

    await town.in_database(work)
    town.app.clock.set_to(NEXT_DAY)


async def test_coordinators_read_sums_and_own_words_without_names(town: World) -> None:
    event = await announced(town)
    await said_by(town, event, "A bigger room", None, "Longer", "W" * 300, "Z" * 300)
    carla = await works(town, COORDINATOR)
    await carla.taps_data("day:1")
    await carla.taps("What people said")
    assert carla.sees == [
        f"What people said\n{TITLE}",
        "5 people answered.",
        "Was it of use to you?\nYes, a lot: 4\nYes, a little: 1\nNot much: 0\nI don't know yet: 0",
        (
            "What helps you most now?\nAnother one like it: 0\nWorking on my idea: 0\n"
            "Talking to a tutor: 0\nMeeting other people: 0\nNothing for now: 0"
        ),
    ]
    await carla.taps("In their own words")
    assert carla.sees[1:] == ["“A bigger room”", "“Longer”", f"“{'W' * 300}”"]
    await carla.taps("Next page")
    assert (carla.sees[1:], carla.buttons) == ([f"“{'Z' * 300}”"], ["Page before", "Back"])
    await carla.taps("Back")
    await carla.taps("Back")
    assert carla.sees[0].startswith(TITLE)


async def test_while_too_few_answered_nobody_can_be_told_by_it(town: World) -> None:
    event = await announced(town)
    await said_by(town, event, "A bigger room", "Longer")
    carla = await works(town, COORDINATOR)
    few = "From 3 people on you see what they said. So nobody is recognised."
    for forged in ("feedback:1", "fbwords:1:0", "fbwords:1:x"):
        await carla.taps_data(forged)
        assert carla.sees == [f"What people said\n{TITLE}", "2 people answered.", few]
        assert carla.buttons == ["Back"]


async def test_it_is_for_coordinators_once_the_event_is_over(town: World) -> None:
    event = await announced(town)
    await said_by(town, event, "A", "B", "C")
    tom = await works(town, TUTOR)
    await tom.taps_data("feedback:1")
    assert tom.sees[0] != f"What people said\n{TITLE}"
    town.app.clock.set_to(at(28, 19))
    carla = await works(town, COORDINATOR, number=1004)
    await carla.taps_data("day:1")
    assert "What people said" not in carla.buttons
    await carla.taps_data("feedback:99")
    assert carla.sees == ["This meeting is not there any more."]


async def test_who_is_forgotten_leaves_no_opinion(town: World) -> None:
    ada, _ = await was_there(town)
    await ada.taps("Not much")
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert await answers(town) == []
