"""When an announcement goes: now, or at a time as people write it, in the school's zone; and until
when it is of use. Nobody is woken, but who has a seat in a meeting that changed.
"""

import datetime as dt
from typing import Any

import pytest

from school import events
from tests.stories.announced import at, go_on, it_is, shown, state
from tests.stories.composing import HEAD, change, drafted, row, utc
from tests.stories.test_workshops import STARTS, announced
from tests.world import Phone, World

EXAMPLE = "For example: Thursday 26 November, 18:00"
SEATED = {"to": ["event:1:seated"], "not": []}
THERE = "1 person gets it.\nFor example: Carla"


async def test_it_goes_at_a_time_as_people_write_it(town: World) -> None:
    carla, number = await drafted(town)
    await town.resident(1001)
    await carla.taps("When")
    assert carla.sees == [f"When shall it go?\nWhen: now\n{EXAMPLE}"]
    assert carla.buttons == ["Send it at once", "Back"]
    await carla.says("domani alle 18")
    when = "When: Tuesday 24 November, 18:00"
    assert carla.sees[2] == f"For: Everybody\nAbout: News of the school\n{when}"
    assert carla.buttons[-2:] == ["Send it later", "Back"]
    await carla.taps("Send it later")
    assert carla.sees[-1] == "It goes by itself: Tuesday 24 November, 18:00"
    assert carla.buttons == ["Look at it", "Withdraw it", "Back"]
    await it_is(town, at(17, day=24))
    assert (await state(town, number), await shown(town, 1001)) == ("planned", [])
    await it_is(town, at(18, day=24))
    assert (await state(town, number), await shown(town, 1001)) == ("done", ["A meeting"])


async def test_it_is_taken_back_before_its_time(town: World) -> None:
    carla, number = await drafted(town, starts_at=utc(at(18, day=24)))
    await carla.taps("Send it later")
    await carla.taps("Withdraw it")
    assert carla.sees[0] == "You have it back: nothing was sent."
    assert (await state(town, number), (await row(town)).starts_at) == (
        "draft",
        utc(at(18, day=24)),
    )
    await it_is(town, at(18, day=24))
    assert await shown(town, 1003) == []
    await carla.taps_data(f"annundo:{number}")
    assert (await state(town, number), carla.sees[0]) == ("draft", HEAD[0])


async def test_a_doubt_is_asked_back(town: World) -> None:
    carla, _ = await drafted(town)
    await carla.taps("When")
    await carla.says("5/12 at 6")
    assert carla.sees == ["Which one is it?\n“5/12 at 6” can mean more than one date."]
    assert carla.buttons == ["Sat 5 Dec 06:00", "Sat 5 Dec 18:00", "Write it anew"]
    await carla.taps("Sat 5 Dec 18:00")
    assert carla.sees[2].splitlines()[-1] == "When: Saturday 5 December, 18:00"
    assert (await row(town)).starts_at == dt.datetime(2026, 12, 5, 17, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("22/11/2026 at 10", "I read “22/11/2026 at 10”.\nThat was on Sunday 22 November"),
        ("saturday", "I read “saturday”.\nThe hour is missing."),
        ("31 november at 10", "I read “31 november at 10”.\nNo calendar has this day."),
        ("soon", "I read “soon”."),
        ("sat 10:00\nsun 10:00", "I found several dates. Here I need one."),
        ("x" * 101, "Your text has 101 characters, and 100 fit here."),
    ],
)
async def test_what_is_past_or_no_date_is_said_and_nothing_changes(
    town: World, words: str, why: str
) -> None:
    carla, _ = await drafted(town)
    for label in ("When", "Until when"):
        await carla.taps_data("ann:1")
        await carla.taps(label)
        await carla.says(words)
        assert carla.sees[0].startswith(why)
        assert carla.buttons[-1] == "Back"
    found = await row(town)
    assert (found.starts_at, found.until) == (None, None)
    # It is still asked for.
    await carla.says("28/11 at 18:00")
    assert (await row(town)).until == dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC)


async def test_it_goes_at_once_after_all(town: World) -> None:
    carla, _ = await drafted(town, starts_at=utc(at(18)), until=utc(at(20)))
    assert carla.sees[2].splitlines()[2:] == [
        "When: Monday 23 November, 18:00",
        "No use after: Monday 23 November, 20:00",
    ]
    await carla.taps("When")
    await carla.taps("Send it at once")
    assert carla.sees[2].splitlines()[2] == "When: now"
    await carla.taps("Until when")
    await carla.taps("Set no end")
    assert carla.sees[2].splitlines()[2:] == ["When: now"]
    found = await row(town)
    assert (found.starts_at, found.until) == (None, None)


async def test_it_is_of_no_use_after_a_time_that_comes_after_it_goes(town: World) -> None:
    carla, number = await drafted(town, starts_at=utc(at(18)))
    await carla.taps("Until when")
    how = "Who has not got it by then does not get it any more."
    assert carla.sees == [f"Until when is it of use?\n{how}\n{EXAMPLE}"]
    assert carla.buttons == ["Set no end", "Back"]
    await carla.says("today at 17:00")
    assert carla.sees[0] == "It must be after it goes: Monday 23 November, 18:00"
    await carla.says("today at 18:30")
    assert carla.sees[2].splitlines()[3] == "No use after: Monday 23 November, 18:30"
    # Then it is to go later than that.
    await carla.taps("When")
    await carla.says("today at 19:00")
    said = "It would be of no use any more when it goes: choose another time."
    assert carla.sees[-1] == said
    assert "Send it later" not in carla.buttons
    assert await state(town, number) == "draft"


async def test_who_has_not_got_it_by_then_does_not_get_it(town: World) -> None:
    carla, number = await drafted(town, until=utc(at(12)), starts_at=utc(at(11)))
    await carla.taps("Send it later")
    await town.later(hours=3)
    await town.app.sweep()
    await it_is(town, at(13, 24))
    assert (await state(town, number), await shown(town, 1003)) == ("done", [])


async def test_what_is_confirmed_at_night_goes_in_the_morning_and_the_screen_says_when(
    town: World,
) -> None:
    carla, number = await drafted(town)
    await it_is(town, at(22))
    await carla.taps_data(f"ann:{number}")
    assert carla.sees[2].splitlines()[2:] == [
        "When: Tuesday 24 November, 08:00",
        "Nobody is woken at night.",
    ]
    await carla.taps("Send it later")
    assert carla.sees[-1] == "It goes by itself: Tuesday 24 November, 08:00"
    await it_is(town, at(23))
    assert (await state(town, number), await shown(town, 1003)) == ("planned", [])
    # What is taken back goes at once again.
    await carla.taps("Withdraw it")
    assert (await row(town)).starts_at is None
    await carla.taps("Send it later")
    await it_is(town, at(8, day=24))
    assert (await state(town, number), await shown(town, 1003)) == ("done", ["A meeting"])


async def test_a_time_at_night_is_put_off_until_the_morning(town: World) -> None:
    carla, _ = await drafted(town, starts_at=utc(at(22)))
    assert carla.sees[2].splitlines()[2:] == [
        "When: Tuesday 24 November, 08:00",
        "Nobody is woken at night.",
    ]


async def at_night(town: World, **event: Any) -> tuple[Phone, int]:
    """An event with Ada's seat, and it is night."""
    found = await announced(town)
    ada = await town.resident(1001)
    await ada.says(f"/start e-{found.code}")
    await ada.taps("Take a seat")

    def changes(session: Any) -> None:
        row = session.get_one(events.Event, found.id)
        for name, value in event.items():
            setattr(row, name, value)

    await town.in_database(changes)
    carla, number = await drafted(town, audience=SEATED, subject=None)
    await it_is(town, at(22))
    await carla.taps_data(f"ann:{number}")
    return carla, number


@pytest.mark.parametrize("event", [{"sequence": 1}, {"state": events.CANCELLED}])
async def test_who_has_a_seat_in_a_meeting_that_changed_is_written_to_at_night_too(
    town: World, event: dict[str, Any]
) -> None:
    carla, number = await at_night(town, **event)
    await carla.taps("Send it at night too")
    assert carla.sees[2].splitlines()[2:] == ["When: now", "Also at night."]
    assert "Not at night" in carla.buttons
    await carla.taps("Send it now")
    await go_on(town)
    assert (await state(town, number), await shown(town, 1001)) == ("done", ["A meeting"])


async def test_it_can_wait_for_the_morning_after_all(town: World) -> None:
    carla, _ = await at_night(town, sequence=1)
    await carla.taps("Send it at night too")
    await carla.taps("Not at night")
    assert (await row(town)).options == {}
    assert carla.sees[2].splitlines()[-1] == "Nobody is woken at night."


async def test_nothing_else_goes_at_night(town: World) -> None:
    carla, number = await at_night(town)
    assert "Send it at night too" not in carla.buttons
    await carla.taps_data(f"annurgent:{number}:on")
    assert (await row(town)).options == {}
    audiences = (["all"], ["event:1"], ["event:1:waiting"], ["event:1:seated", "tutors"])
    await town.in_database(lambda session: setattr(session.get_one(events.Event, 1), "sequence", 1))
    for to in audiences:
        await change(town, audience={"to": to, "not": []})
        await carla.taps_data(f"annurgent:{number}:on")
        assert (await row(town)).options == {}
    await change(town, audience={"to": ["event:1:seated"], "not": ["tutors"]})
    await carla.taps_data(f"annurgent:{number}:on")
    assert (await row(town)).options == {}


async def test_for_others_it_does_not_go_at_night_any_more(town: World) -> None:
    carla, number = await at_night(town, sequence=1)
    await carla.taps("Send it at night too")
    await carla.taps_data(f"annput:{number}:to:tutors")
    assert (await row(town)).options == {}


@pytest.mark.parametrize(
    "data",
    [
        "anntime:1:at:0",
        "anntime:1:at:x",
        "anntime:1:at:-5",
        "anntime:1:at:29000000",
        "anntime:1:until:29000000",
        "anntime:1:at:999999999999999999",
        "anntime:1:whenever:30000000",
        "annanytime:1:whenever",
        "annanytime:1:at",
        "annanytime:1:until",
        "annat:77",
        "annuntil:x",
    ],
)
async def test_what_was_not_offered_changes_nothing(town: World, data: str) -> None:
    carla, number = await drafted(town)
    await carla.taps_data(data)
    found = await row(town, number)
    assert (found.state, found.starts_at, found.until) == ("draft", None, None)
    assert carla.buttons[-1] == "Back"


async def test_what_went_has_no_other_time(town: World) -> None:
    carla, number = await drafted(town)
    await carla.taps("When")
    await change(town, state="stopped")
    await carla.says("28/11 at 18:00")
    assert carla.sees[0] == "It went already."
    minutes = int(STARTS.timestamp()) // 60
    await carla.taps_data(f"anntime:{number}:at:{minutes}")
    assert carla.sees[0] == "It went already."
    assert (await row(town)).starts_at is None


async def test_another_time_makes_it_a_draft_again(town: World) -> None:
    carla, number = await drafted(town, starts_at=utc(at(18)))
    await carla.taps("Send it later")
    await carla.taps_data(f"annat:{number}")
    await carla.says("today at 19:00")
    assert carla.sees[0] == "It has changed: it goes only when it is confirmed anew."
    assert await state(town, number) == "draft"
    await it_is(town, at(20))
    assert await shown(town, 1003) == []
