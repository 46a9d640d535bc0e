"""What nobody's turn said is sent by the oldest of three processes: notices, bulk, announcements.
When it is killed, the next one does. What is due by the clock is said once, although each looks.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.clock import Clock
from db.tables import Outgoing, Person
from school import loading, outbox
from school.outbox import BULK, NOTICE, UNCERTAIN
from tests.bench import ours
from tests.bench.load import FIRST
from tests.databases import Server
from tests.reliability.audience import NEWS
from tests.reliability.replicas import replicas
from tests.timed import ALONE

pytestmark = ALONE

PEOPLE, DUE = 300, 6
LANES = {NOTICE: "Notice", BULK: "Bulk"}
WARNING = "You have not written to me for a long time."
NOW = Clock().now()
_DAY, _DATA = dt.timedelta(days=1), loading.load().own_data
# Whoever wrote nothing for longer is warned.
_SILENCE = dt.timedelta(days=_DATA.untouched_days - _DATA.warning_days)
_SPEAKERS = "SELECT array_agg(DISTINCT owner) FROM outbox WHERE state = 'sending'"
_NOT_WARNED = "SELECT count(*) FROM people WHERE warned_at IS NULL"
# A process is not taken to be dead so soon; what it had sent has arrived by then.
_QUIET_S, _WITHIN_S = 2, 10


def _put_all(session: Session) -> None:
    for lane, words in LANES.items():
        for chat in range(FIRST, FIRST + PEOPLE):
            text = {"text": f"{words} for {chat}"}
            outbox.put(session, chat, "sendMessage", text, language="en", now=NOW, lane=lane)


def _unsure(session: Session) -> set[int]:
    return set(session.scalars(select(Outgoing.chat_id).where(Outgoing.state == UNCERTAIN)))


async def test_whoever_sends_is_killed_and_the_next_goes_on(postgres: Server, folder: Path) -> None:
    async with replicas(await postgres.fresh(), folder, PEOPLE) as there:
        await there.do(_put_all)
        kills: list[float] = []
        for oldest, words in enumerate(LANES.values(), start=1):
            # Nothing is awaited before the kill: the rest is not to be sent meanwhile.
            await there.phones.reached(PEOPLE // 4, words)
            kills.append(await there.kill_oldest())
            assert await there.other.sees(_SPEAKERS) == [oldest]
        await there.all_is_said()
        unsure, uncertain = await there.do(_unsure), await there.end()
    phones, seen = there.phones, Counter(there.phones.said)
    notices, bulk = (
        {chat: seen[chat, f"{words} for {chat}"] for chat in phones.numbers}
        for words in LANES.values()
    )
    gone_on = [min(at for at in phones.came if at > killed + _QUIET_S) for killed in kills]
    assert all(at - killed < _WITHIN_S for at, killed in zip(gone_on, kills, strict=True))
    assert seen.total() == sum(notices.values()) + sum(bulk.values())
    # What was just being sent is uncertain: a notice is tried again, bulk is listed and left.
    assert [chat for chat, times in notices.items() if times == 0] == []
    assert [chat for chat, times in bulk.items() if times == 0 and chat not in unsure] == []
    assert max(bulk.values()) == 1
    assert sum(notices.values()) - PEOPLE + len(unsure) <= uncertain


async def test_who_tells_many_is_killed_and_the_next_tells_the_others(
    postgres: Server, folder: Path
) -> None:
    async with replicas(await postgres.fresh(), folder, PEOPLE) as there:
        await there.do(partial(ours.announce, people=PEOPLE, words=NEWS))
        await there.phones.reached(PEOPLE // 4, NEWS)
        await there.kill_oldest()
        await there.all_is_said()
        unsure, _ = await there.do(_unsure), await there.end()
    seen = Counter(chat for chat, _ in there.phones.said)
    assert max(seen.values()) == 1
    assert {chat for chat in there.phones.numbers if not seen[chat]} <= unsure
    assert len(unsure) < PEOPLE // 2


def _wrote(session: Session, chats: Sequence[int], at: dt.datetime) -> None:
    """When people last wrote."""
    session.execute(update(Person).where(Person.telegram_id.in_(chats)).values(seen_at=at))


async def test_what_is_due_is_said_once_although_three_look(postgres: Server, folder: Path) -> None:
    """Somebody holds people's rows until all three have come to them: they look all at once."""
    async with replicas(await postgres.fresh(), folder, DUE) as there:
        everybody, due_at = there.phones.numbers, NOW - _SILENCE
        await there.do(partial(_wrote, chats=everybody, at=NOW))
        for due, left in ((everybody[: DUE // 2], DUE // 2), (everybody[DUE // 2 :], 0)):
            due_at += _DAY
            await there.do(partial(_wrote, chats=due, at=due_at))
            await there.other.does("SELECT id FROM people FOR UPDATE")
            await there.later(seconds=_DAY.total_seconds())
            await there.other.until_waiting(len(there.processes))
            await there.other.lets_go()
            await there.other.until(_NOT_WARNED, left)
        await there.all_is_said()
        await there.end()
    assert [chat for chat, _ in there.phones.said] == list(everybody)
    assert {said.partition("\n")[0] for _, said in there.phones.said} == {WARNING}
