"""Whatever Telegram's answer, or its silence, does to a message: nothing is lost, and nothing is
said twice but what was uncertain.
"""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from telegram.error import ChatMigrated

from bot.outcomes import meaning
from db.tables import Handle, Outgoing, Person
from school import delivery, outbox
from school.delivery import End, Outcome
from tests.stories.steps import at_question
from tests.world import Phone, World

GROUP, SUPERGROUP = -77, -1007
# A fault of one call, and how often the answer is then on the screen.
FAULTS: dict[str, tuple[dict[str, Any], int]] = {
    "an error of Telegram's, without effect": ({"kind": "refuse", "status": 500}, 1),
    "a proxy's page of HTML": ({"kind": "html"}, 1),
    "a connection that is closed": ({"kind": "reset"}, 1),
    "an answer that is lost on its way": ({"kind": "lost"}, 2),
    "a slow answer": ({"kind": "slow", "delay_ms": 300}, 1),
    "too many requests": ({"kind": "refuse", "status": 429, "retry_after": 1}, 1),
}


def _asked(phone: Phone) -> list[str]:
    return [message["text"] for message in phone.messages if message["from"]["is_bot"]]


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_answer_comes_after_a_fault(town: World, fault: str) -> None:
    given, times = FAULTS[fault]
    ada = await at_question(town, "need")
    before = len(_asked(ada))
    await town.sim("faults", [{"method": "sendMessage", "times": 1, **given}])
    await ada.says("Lamps are thrown away")
    new = _asked(ada)[before:]
    assert len(new) == times
    assert set(new) == {new[-1]}
    assert await town.rows(Outgoing) == []


async def test_too_many_requests_of_one_chat_hold_nobody_else_back(town: World) -> None:
    await town.resident(1001)
    bruno = await town.resident(1002)
    before = len(await town.calls("sendMessage"))
    refused = {"method": "sendMessage", "chat": 1001, "kind": "refuse", "status": 429}
    await town.sim("faults", [{**refused, "retry_after": 2, "times": 1}])
    await town.sim("send", {"user": 1001, "text": "/help"})
    await bruno.says("/help")
    calls = (await town.calls("sendMessage"))[before:]
    told = [call["params"]["chat_id"] for call in calls if call["status"] == 200]
    assert told == [1002, 1002, 1001, 1001]


async def test_who_blocks_the_bot_is_set_aside_and_comes_back(town: World) -> None:
    ada = await town.resident()
    await town.sim("block", {"user": 1001})
    await town.settle()
    assert [person.unreachable_at is None for person in await town.rows(Person)] == [False]
    await town.sim("unblock", {"user": 1001})
    await town.settle()
    await ada.says("/help")
    assert [person.unreachable_at is None for person in await town.rows(Person)] == [True]
    assert ada.said[-2].startswith("I am a program.")


async def test_a_message_outlives_who_sends_it_until_they_seem_to_die_of_it(town: World) -> None:
    now = town.app.clock.now()
    sending = {"state": "sending", "owner": None, "tries": Outgoing.tries + 1}

    def dies(session: Session) -> list[str]:
        outbox.put(session, 1001, "sendMessage", {"text": "Hello"}, language="en", now=now)
        states = ["queued"]
        while states[-1] == "queued":
            session.execute(update(Outgoing).values(sending))
            delivery.adopt(session)
            states.extend(session.scalars(select(Outgoing.state)))
        return states[1:]

    deaths = delivery.DEATHS - 1 + len(delivery.PAUSES_S)
    assert await town.in_database(dies) == [*["queued"] * deaths, "uncertain"]


async def test_a_group_that_became_a_supergroup_gets_what_waited(town: World) -> None:
    now = town.app.clock.now()

    def waits(session: Any) -> None:
        for text in ("one", "two"):
            outbox.put(session, GROUP, "sendMessage", {"text": text}, language="en", now=now)
        session.add(Handle(chat_id=GROUP, slot="card", message_id=5))
        session.flush()
        who = town.app.replica.who
        (claimed,) = delivery.claim(session, who, now, 10, [])
        said = meaning(ChatMigrated(SUPERGROUP))
        delivery.record(session, [Outcome(claimed.row, said.end, None, said.why, said.chat)], now)

    await town.in_database(waits)
    rows = await town.rows(Outgoing)
    assert meaning(ChatMigrated(SUPERGROUP)).end is End.MOVED
    assert [(row.chat_id, row.state) for row in rows] == [(SUPERGROUP, "queued")] * 2
    assert [handle.chat_id for handle in await town.rows(Handle)] == [SUPERGROUP]
