"""How far an announcement is: one message says so while it goes, and with its end; and it is held,
goes on, or is stopped.
"""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.tables import Outgoing, Person
from school import announcements, staff
from school.announcements import PLANNED
from school.staff import COORDINATOR, TUTOR
from tests.stories.announced import at, do, it_is, ledger, make, saying, state, text
from tests.stories.test_staff import trail, works
from tests.world import Phone, World

HELLO = saying(text("A meeting"))
FULL, HALF = "Done: ▓▓▓▓▓▓▓▓▓▓ 100%", "Done: ▓▓▓▓▓░░░░░ 50%"
NONE = "Done: ░░░░░░░░░░ 0%"
DONE = ["See the report", "Correct it", "Recall it", "Back"]
GOES = ["Pause", "Stop", *DONE]


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def carla_of(town: World, residents: int = 2) -> Phone:
    """A coordinator, and some residents."""
    carla = await works(town, COORDINATOR)
    for number in range(residents):
        await town.resident(1010 + number, f"Ada {number}")
    return carla


async def made(town: World, by: Phone, content: Any = HELLO, **more: Any) -> int:
    """An announcement of somebody; only residents get it."""

    def one(session: Session) -> int:
        person = session.scalars(select(Person).where(Person.telegram_id == by.id)).one()
        but = {"to": ["all"], "not": ["coordinators", "tutors"]}
        return make(session, content, person_id=person.id, audience=but, **more)

    return await town.in_database(one)


async def sweeps(town: World, times: int = 2) -> None:
    """What is due is done, and said."""
    for _ in range(times):
        await town.app.sweep()
        await town.settle()


async def looks(town: World, phone: Phone) -> Phone:
    """What is due is done; somebody looks at the phone."""
    await sweeps(town)
    await phone.look()
    return phone


async def goes(town: World, by: Phone, content: Any = HELLO, **more: Any) -> int:
    """It is confirmed, and goes as far as it can."""
    number = await made(town, by, content, **more)
    await do(town, number, announcements.start, town.app.clock.now())
    await looks(town, by)
    return number


async def goes_wrong(town: World) -> None:
    """One is refused, of one it is not known; one has blocked the bot, which does not know it."""
    refused = {"method": "sendMessage", "chat": 1010, "kind": "refuse", "status": 400}
    lost = {"method": "sendMessage", "chat": 1011, "kind": "lost"}
    await town.sim("faults", [refused, lost])
    await town.sim("block", {"user": 1012})
    await town.settle()
    await town.in_database(
        lambda session: session.execute(update(Person).values(unreachable_at=None))
    )


async def stuck(town: World, number: int, left: int) -> None:
    """Some of its lines are left: they go later."""

    def hold(session: Session) -> None:
        ours = select(Outgoing.id).where(Outgoing.announcement_id == number)
        last = ours.order_by(Outgoing.id.desc()).limit(left)
        later = town.app.clock.now() + dt.timedelta(hours=1)
        back = {"state": "queued", "not_before": later, "messages": None}
        session.execute(update(Outgoing).where(Outgoing.id.in_(last)).values(**back))
        one = session.get_one(Announcement, number)
        one.state, one.ended_at, one.shown = "sending", None, ""

    await town.in_database(hold)


async def test_one_message_says_how_far_it_is_and_the_end(town: World) -> None:
    carla = await carla_of(town, 4)
    number = await goes(town, carla)
    assert carla.sees == [
        "A meeting\nIt is done: nobody is left.",
        f"{FULL}\nSent: 4\nStill to come: 0",
    ]
    assert carla.buttons == DONE
    progress = carla.messages[-1]["message_id"]
    await stuck(town, number, 2)
    await looks(town, carla)
    assert carla.sees == [
        "A meeting\nIt is on its way.",
        f"{HALF}\nSent: 2\nStill to come: 2",
    ]
    assert (carla.buttons, carla.messages[-1]["message_id"]) == (GOES, progress)


async def test_it_is_drawn_only_when_it_changed(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await stuck(town, number, 1)
    await looks(town, carla)
    before = len(await town.calls("editMessageText"))
    for _ in range(3):
        await town.later(seconds=3)
        await sweeps(town)
    assert len(await town.calls("editMessageText")) == before


async def test_the_expected_end_is_of_the_rate_that_was_seen(town: World) -> None:
    carla = await carla_of(town, 4)
    number = await goes(town, carla)
    await stuck(town, number, 4)
    await looks(town, carla)
    await town.later(seconds=10)
    await stuck_but(town, number, 3)
    await looks(town, carla)
    # One in ten seconds, and three are left.
    assert carla.sees[-1] == "Expected end: today, 10:00"
    await town.later(minutes=30)
    await stuck_but(town, number, 2)
    await looks(town, carla)
    # It rested meanwhile: that says nothing of the rate.
    assert carla.sees[-1] == "Expected end: today, 10:30"


async def stuck_but(town: World, number: int, left: int) -> None:
    """Some more were sent meanwhile."""

    def sent(session: Session) -> None:
        ours = select(Outgoing.id).where(Outgoing.announcement_id == number)
        waits = ours.where(Outgoing.state == "queued").order_by(Outgoing.id)
        gone = session.scalars(waits).all()[: -left or None]
        session.execute(update(Outgoing).where(Outgoing.id.in_(gone)).values(state="sent"))

    await town.in_database(sent)


async def test_who_blocked_the_bot_what_failed_and_what_is_uncertain_is_counted(
    town: World,
) -> None:
    carla = await carla_of(town, 4)
    await goes_wrong(town)
    await goes(town, carla)
    counts = "Sent: 1\nStill to come: 0\nBlocked the bot: 1\nFailed: 1\nUncertain: 1"
    assert carla.sees[1] == f"{FULL}\n{counts}"


async def test_it_is_paused_goes_on_and_is_stopped_after_a_question(town: World) -> None:
    carla = await carla_of(town, 4)
    number = await goes(town, carla)
    await stuck(town, number, 2)
    await looks(town, carla)
    progress = carla.messages[-1]["message_id"]
    await carla.taps("Pause")
    assert carla.sees[0] == "A meeting\nIt rests: nobody gets it now."
    assert (carla.buttons, await state(town, number)) == (["Go on", *GOES[1:]], "paused")
    await carla.taps("Go on")
    assert (carla.buttons, await state(town, number)) == (GOES, "sending")
    assert carla.messages[-1]["message_id"] == progress
    await carla.taps("Stop")
    assert carla.sees == [
        "Shall it stop for good?\n2 people are left.\nAfterwards it does not go on."
    ]
    assert await state(town, number) == "sending"
    await carla.taps("Stop it for good")
    assert carla.sees[:2] == ["It is stopped.", "A meeting\nIt was stopped: nobody else gets it."]
    # What asked is now what says it; the message before says where it is.
    assert carla.said[-2:] == ["You find this further below now.", carla.screen]
    await looks(town, carla)
    assert carla.sees == [
        "A meeting\nIt was stopped: nobody else gets it.",
        f"{FULL}\nSent: 2\nStill to come: 0\nLeft out: 2",
    ]
    assert (await trail(carla))[0].startswith("Carla · stopped an announcement")
    assert await state(town, number) == "stopped"


async def test_at_night_it_says_when_it_goes_on(town: World) -> None:
    carla = await carla_of(town)
    await it_is(town, at(22))
    await goes(town, carla)
    assert carla.sees == [
        "A meeting\nIt is on its way.",
        f"{NONE}\nSent: 0\nStill to come: 2",
        "It is night: it goes on tomorrow, 08:00.",
    ]
    await it_is(town, at(8, day=24))
    await looks(town, carla)
    assert carla.sees[1] == f"{FULL}\nSent: 2\nStill to come: 0"


async def test_what_goes_at_its_time_is_told_to_its_writer(town: World) -> None:
    carla = await carla_of(town)
    noon = at(12).astimezone(dt.UTC)
    await made(town, carla, state=PLANNED, starts_at=noon)
    await looks(town, carla)
    before = len(carla.messages)
    await it_is(town, at(12))
    await looks(town, carla)
    assert len(carla.messages) == before + 1
    assert carla.sees[0] == "A meeting\nIt is done: nobody is left."


async def test_whoever_else_coordinates_sees_it_too_once_it_was_looked_at(town: World) -> None:
    carla = await carla_of(town)
    dora = await works(town, COORDINATOR, number=1004, name="Dora")
    number = await goes(town, carla)
    await dora.look()
    assert "A meeting" not in dora.screen
    await dora.taps_data(f"ann:{number}")
    assert dora.sees[0] == "A meeting\nIt is done: nobody is left."
    await stuck(town, number, 1)
    for phone in (dora, carla):
        await looks(town, phone)
        assert phone.sees[0] == "A meeting\nIt is on its way."


async def test_the_screen_that_leads_there_becomes_it(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await carla.says("/announce")
    screen = carla.messages[-1]["message_id"]
    await carla.taps("A meeting")
    assert carla.messages[-1]["message_id"] == screen
    assert carla.said[-2] == "You find this further below now."
    await carla.taps("See the report")
    assert carla.messages[-1]["message_id"] > screen
    assert carla.said[-2].startswith("A meeting\nIt is done")
    await stuck(town, number, 1)
    await looks(town, carla)
    assert carla.said[-2].startswith("A meeting\nIt is on its way")
    assert carla.sees[0] == "A meeting"


async def test_who_coordinates_no_more_sees_nothing_more(town: World) -> None:
    carla = await carla_of(town)
    await works(town, COORDINATOR, number=1004, name="Dora")
    number = await goes(town, carla)
    await town.in_database(_takes_role)
    await stuck(town, number, 1)
    await looks(town, carla)
    assert carla.sees[0] == "A meeting\nIt is done: nobody is left."


def _takes_role(session: Session) -> None:
    person = session.scalars(select(Person).where(Person.telegram_id == 1003)).one()
    staff.take(session, person, COORDINATOR)


VERBS = (
    *("annpause:{}", "anngoon:{}", "annstopping:{}", "annstop:{}", "annreport:{}"),
    *(
        "annmissed:{}:0",
        "anntaps:{}",
        "annfile:{}",
        "annagaining:{}:uncertain",
        "annagain:{}:failed",
    ),
    *("anncorrect:{}", "annalso:{}", "anncorrectin:{}:en", "anncorrected:{}:abcdef12"),
    *("annrecalling:{}", "annrecall:{}"),
)


@pytest.mark.parametrize("roles", [(), (TUTOR,)])
async def test_nobody_else_does_anything_with_it(town: World, roles: tuple[str, ...]) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await stuck(town, number, 1)
    await sweeps(town)
    before = await ledger(town, number)
    eve = await works(town, *roles, number=1005, name="Eve")
    for verb in VERBS:
        await eve.taps_data(verb.format(number))
        assert "A meeting" not in eve.screen
    assert (await ledger(town, number), await state(town, number)) == (before, "sending")


@pytest.mark.parametrize("wrong", ["0", "99", "x", "9" * 30, ""])
async def test_a_forged_number_shows_what_there_is(town: World, wrong: str) -> None:
    carla = await carla_of(town)
    await goes(town, carla)
    for verb in VERBS:
        await carla.taps_data(verb.format(wrong))
        assert carla.sees[0] == "Announcements"


async def test_what_was_not_confirmed_is_no_matter_of_these_buttons(town: World) -> None:
    carla = await carla_of(town)
    number = await made(town, carla)
    for verb in VERBS:
        await carla.taps_data(verb.format(number))
        assert carla.sees[0].startswith("An announcement")
    assert (await state(town, number), await ledger(town, number)) == ("draft", {})
