"""getUpdates: offsets, limits, waiting, confirmation, conflicts."""

import asyncio
import time
from typing import Any

from emulator.server import Running
from tests.emulator.telegram import TOKEN, Telegram

OTHER_POLL = (
    409,
    (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    ),
)


async def written(telegram: Telegram, count: int) -> list[int]:
    """Ids of that many updates, none of them confirmed."""
    await telegram.sim("users", {"id": 7, "first_name": "Amina"})
    sent = [await telegram.sim("send", {"user": 7, "text": str(n)}) for n in range(count)]
    return [one["update_id"] for one in sent]


async def ids(telegram: Telegram, **params: Any) -> list[int]:
    return [update["update_id"] for update in await telegram.call("getUpdates", **params)]


async def test_ids_start_at_unix_seconds_and_grow_by_one(telegram: Telegram) -> None:
    numbers = await written(telegram, 3)
    assert abs(numbers[0] - time.time()) < 60  # noqa: TID251 - this is about real time
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


async def test_delivery_confirms_nothing(telegram: Telegram) -> None:
    numbers = await written(telegram, 2)
    assert await ids(telegram) == numbers
    assert await ids(telegram) == numbers


async def test_an_offset_forgets_all_below_it(telegram: Telegram) -> None:
    numbers = await written(telegram, 3)
    assert await ids(telegram, offset=numbers[1]) == numbers[1:]
    assert await ids(telegram) == numbers[1:]
    assert await ids(telegram, offset=numbers[2] + 1) == []


async def test_a_negative_offset_keeps_the_newest(telegram: Telegram) -> None:
    numbers = await written(telegram, 4)
    assert await ids(telegram, offset=-9) == numbers
    assert await ids(telegram, offset=-2) == numbers[2:]
    assert await ids(telegram) == numbers[2:]


async def test_a_limit_is_from_1_to_100(telegram: Telegram) -> None:
    numbers = await written(telegram, 102)
    assert await ids(telegram) == numbers[:100]
    assert await ids(telegram, limit=1000) == numbers[:100]
    assert await ids(telegram, limit=2) == numbers[:2]
    assert await ids(telegram, limit=0) == numbers[:1]


async def test_a_poll_waits_for_an_update(telegram: Telegram) -> None:
    poll = asyncio.ensure_future(telegram.call("getUpdates", timeout=30))
    numbers = await written(telegram, 1)
    assert [update["update_id"] for update in await poll] == numbers


async def test_a_poll_ends_after_its_timeout(telegram: Telegram) -> None:
    start = time.monotonic()
    assert await ids(telegram, timeout=1) == []
    assert 0.9 < time.monotonic() - start < 10


async def test_of_two_polls_the_older_is_ended(telegram: Telegram, running: Running) -> None:
    older = asyncio.ensure_future(telegram.fails("getUpdates", timeout=30))
    while not running.world.updates.poller:
        await telegram.look("clock")
    newer = asyncio.ensure_future(telegram.call("getUpdates", timeout=30))
    assert await older == OTHER_POLL
    numbers = await written(telegram, 1)
    assert [update["update_id"] for update in await newer] == numbers


async def test_a_poll_whose_client_is_gone_takes_nothing(
    telegram: Telegram, running: Running
) -> None:
    [number] = await written(telegram, 1)
    await telegram.updates()
    poll = asyncio.ensure_future(telegram.call("getUpdates", timeout=30))
    while not running.world.updates.poller:
        await telegram.look("clock")
    poll.cancel()
    while running.world.updates.poller:
        await telegram.look("clock")
    await telegram.sim("again", {"update_id": number})
    assert await ids(telegram, offset=number + 1) == [number]


async def test_allowed_updates_are_remembered_and_applied(telegram: Telegram) -> None:
    await written(telegram, 1)
    found = await telegram.call("getUpdates", allowed_updates=["edited_message"])
    assert [list(update)[1] for update in found] == ["message"]
    await telegram.call("getUpdates", offset=found[0]["update_id"] + 1)
    await telegram.sim("send", {"user": 7, "text": "a"})
    await telegram.sim("edit", {"user": 7, "message": 1, "text": "b"})
    assert [list(update)[1] for update in await telegram.updates()] == ["edited_message"]
    await telegram.call("getUpdates", allowed_updates=[])
    await telegram.sim("send", {"user": 7, "text": "c"})
    assert [list(update)[1] for update in await telegram.updates()] == ["message"]


async def test_parameters_come_in_a_query_too(telegram: Telegram) -> None:
    numbers = await written(telegram, 2)
    path = f'/bot{TOKEN}/getupdates?offset={numbers[1]}&allowed_updates=["message"]'
    status, answer = await telegram.request("GET", path)
    assert (status, [one["update_id"] for one in answer["result"]]) == (200, numbers[1:])
