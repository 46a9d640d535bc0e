"""What is announced: each person gets it once, and one knows who got it and who did not."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.tables import Outgoing, Person
from school import announcements
from school.announcements import PLANNED
from tests.stories.announced import (
    announce,
    at,
    count,
    do,
    it_is,
    ledger,
    make,
    saying,
    shown,
    state,
    text,
)
from tests.stories.steps import at_question
from tests.world import World

HELLO = saying(text("A meeting"))
SENT, QUEUED = ("sent", None), ("queued", None)


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def test_each_gets_it_once_in_the_own_language_or_the_first(town: World) -> None:
    await town.resident(1001, "Ada")
    await town.resident(1002, "Bruno", language="it")
    await town.resident(1003, "Chen", language="zh")
    number = await announce(town, saying(text("A meeting"), it=[text("Un incontro")]))
    assert await shown(town, 1001) == ["A meeting"]
    assert await shown(town, 1002) == ["Un incontro"]
    assert await shown(town, 1003) == ["A meeting"]
    assert await ledger(town, number) == dict.fromkeys((1001, 1002, 1003), SENT)
    assert await count(town, number) == {"sent": 3, "blocked": 0}
    assert await state(town, number) == "done"
    assert {row.body == {} for row in await town.rows(Outgoing)} == {True}


async def test_who_comes_later_does_not_get_it(town: World) -> None:
    await town.resident(1001)
    number = await announce(town, HELLO)
    await town.resident(1002, "Bruno")
    await it_is(town, at(11))
    assert await ledger(town, number) == {1001: SENT}


async def test_it_goes_once_however_often_it_is_started(town: World) -> None:
    await town.resident()
    number = await announce(town, HELLO)
    assert not await do(town, number, announcements.start, town.app.clock.now())
    assert await shown(town, 1001) == ["A meeting"]


async def test_who_blocked_the_bot_is_set_aside_and_counted(town: World) -> None:
    await town.resident(1001)
    await town.resident(1002, "Bruno")
    await town.sim("block", {"user": 1002})
    await town.settle()
    await town.in_database(
        lambda session: session.execute(update(Person).values(unreachable_at=None))
    )
    number = await announce(town, HELLO)
    assert await ledger(town, number) == {1001: SENT, 1002: ("skipped", "unreachable")}
    assert await count(town, number) == {"sent": 1, "skipped": 1, "blocked": 1}
    assert [person.unreachable_at is None for person in await town.rows(Person)] == [True, False]
    other = await announce(town, HELLO)
    assert await ledger(town, other) == {1001: SENT}


async def test_too_many_requests_wait_and_nobody_is_left_out(town: World) -> None:
    for number in (1001, 1002, 1003):
        await town.resident(number)
    wait = {"method": "sendMessage", "kind": "refuse", "status": 429, "retry_after": 1, "times": 1}
    await town.sim("faults", [{**wait, "chat": 1002}])
    number = await announce(town, HELLO)
    assert await ledger(town, number) == dict.fromkeys((1001, 1002, 1003), SENT)
    assert await shown(town, 1002) == ["A meeting"]


async def test_what_is_uncertain_is_listed_and_goes_again_only_when_told(town: World) -> None:
    await town.resident(1001)
    await town.resident(1002, "Bruno")
    await town.sim("faults", [{"method": "sendMessage", "chat": 1002, "kind": "lost"}])
    number = await announce(town, HELLO)
    assert await ledger(town, number) == {1001: SENT, 1002: ("uncertain", "NetworkError")}
    assert await shown(town, 1002) == ["A meeting"]
    await it_is(town, at(11))
    assert await shown(town, 1002) == ["A meeting"]
    assert not await do(town, number, announcements.resend, ["sent", "skipped"])
    assert await do(town, number, announcements.resend, ["uncertain"])
    assert await shown(town, 1002) == ["A meeting", "A meeting"]
    assert await shown(town, 1001) == ["A meeting"]
    assert await count(town, number) == {"sent": 2, "blocked": 0}


async def test_what_failed_says_so_and_goes_again_when_told(town: World) -> None:
    await town.resident(1001)
    await town.resident(1002, "Bruno")
    bad = {"method": "sendMessage", "chat": 1002, "kind": "refuse", "status": 400, "times": 2}
    await town.sim("faults", [bad])
    number = await announce(town, HELLO)
    assert await ledger(town, number) == {1001: SENT, 1002: ("failed", "400")}
    assert await do(town, number, announcements.resend, ["failed"])
    assert (await ledger(town, number))[1002] == ("failed", "400")
    assert await do(town, number, announcements.resend, ["failed"])
    assert await ledger(town, number) == {1001: SENT, 1002: SENT}
    assert await shown(town, 1001) == ["A meeting"]
    assert await state(town, number) == "done"


async def test_what_was_being_sent_when_the_process_died_is_uncertain(town: World) -> None:
    await town.resident(1001)
    await town.resident(1002, "Bruno")
    number = await announce(town, HELLO, state="paused", last=10)
    dying = (Outgoing.chat_id == 1002) & (Outgoing.announcement_id == number)

    def dies(session: Session) -> None:
        session.execute(update(Outgoing).where(dying).values(state="sending", owner=None))

    await town.in_database(dies)
    await town.restart()
    await it_is(town, at(11))
    await do(town, number, announcements.go_on)
    assert await ledger(town, number) == {1001: SENT, 1002: ("uncertain", "the process stopped")}
    assert await shown(town, 1002) == []


async def test_it_rests_goes_on_and_is_stopped(town: World) -> None:
    await town.resident(1001)
    number = await announce(town, HELLO)
    await town.resident(1002, "Bruno")
    other = await announce(town, saying(text("Another")), state="paused", last=10)
    waiting = dict.fromkeys((1001, 1002), QUEUED)
    assert await ledger(town, other) == waiting
    assert not await do(town, other, announcements.pause)
    # One that rests holds no other back.
    third = await announce(town, saying(text("A third")))
    assert await shown(town, 1002) == ["A third"]
    assert await ledger(town, other) == waiting
    assert await do(town, other, announcements.go_on)
    assert await shown(town, 1002) == ["A third", "Another"]
    fourth = await announce(town, saying(text("A fourth")), state="paused", last=10)
    assert await do(town, fourth, announcements.stop)
    assert await count(town, fourth) == {"skipped": 2, "blocked": 0}
    assert await ledger(town, fourth) == dict.fromkeys((1001, 1002), ("skipped", "stopped"))
    assert not await do(town, fourth, announcements.go_on)
    states = [await state(town, one) for one in (number, other, third, fourth)]
    assert states == ["done", "done", "done", "stopped"]


async def test_what_is_of_no_use_any_more_is_not_sent(town: World) -> None:
    await town.resident(1001)
    until = at(18).astimezone(dt.UTC)
    number = await announce(town, HELLO, state="paused", last=10, until=until)
    await it_is(town, at(18))
    await do(town, number, announcements.go_on)
    assert await ledger(town, number) == {1001: ("skipped", "late")}
    assert await state(town, number) == "done"
    assert await shown(town, 1001) == []


async def test_it_goes_at_its_time(town: World) -> None:
    await town.resident(1001)
    noon = at(12).astimezone(dt.UTC)
    number = await announce(town, HELLO, state=PLANNED, starts_at=noon)
    await it_is(town, at(11))
    assert (await state(town, number), await shown(town, 1001)) == ("planned", [])
    await it_is(town, at(12))
    assert (await state(town, number), await shown(town, 1001)) == ("done", ["A meeting"])


async def test_nobody_is_woken_but_where_it_is_urgent(town: World) -> None:
    await town.resident(1001)
    late = at(22).astimezone(dt.UTC)
    number = await announce(town, HELLO, state=PLANNED, starts_at=late)
    urgent = saying(text("No meeting today"))
    other = await announce(town, urgent, state=PLANNED, starts_at=late, options={"urgent": True})
    await it_is(town, at(22))
    assert (await state(town, number), await state(town, other)) == ("planned", "done")
    assert await shown(town, 1001) == ["No meeting today"]
    await it_is(town, at(7, day=24))
    assert await shown(town, 1001) == ["No meeting today"]
    await it_is(town, at(8, day=24))
    assert await shown(town, 1001) == ["No meeting today", "A meeting"]


async def test_what_was_begun_rests_at_night(town: World) -> None:
    await town.resident(1001)
    await it_is(town, at(22))
    number = await announce(town, HELLO)
    assert await ledger(town, number) == {1001: QUEUED}
    await it_is(town, at(8, day=24))
    assert await ledger(town, number) == {1001: SENT}


async def test_people_are_served_meanwhile_and_read_on_below_it(town: World) -> None:
    ada = await at_question(town, "need")
    asked = ada.with_buttons
    await announce(town, HELLO)
    await ada.look()
    assert ada.said[-1] == "A meeting"
    before = len(ada.messages)
    await ada.taps_old("I don't know yet")
    # The next screen is drawn anew, below what came.
    assert len(ada.messages) == before + 1
    assert ada.with_buttons != asked


async def test_it_is_shown_to_somebody_before_and_is_in_no_ledger(town: World) -> None:
    ada = await town.resident(1001)
    number = await town.in_database(
        partial(make, content=saying(text("A meeting"), it=[text("Un incontro")]))
    )
    await do(town, number, announcements.preview, 1001, "it", town.app.clock.now())
    await ada.look()
    assert ada.said[-1] == "Un incontro"
    assert (await ledger(town, number), await town.rows(Outgoing)) == ({}, [])


async def test_after_a_year_nothing_says_any_more_who_got_what(town: World) -> None:
    await town.resident(1001)
    await announce(town, HELLO)
    days = town.app.school.own_data.kinds["announcements"].days or 0
    # Whoever writes now and then is not forgotten meanwhile.
    await town.in_database(lambda session: session.execute(delete(Person)))
    await it_is(town, at(9) + dt.timedelta(days=days))
    assert len(await town.rows(Outgoing)) == 1
    await it_is(town, at(12) + dt.timedelta(days=days))
    assert (await town.rows(Outgoing), await town.rows(Announcement)) == ([], [])
