"""What was announced is put right: other words, or none, wherever it was sent."""

import pytest

from db.tables import Outgoing
from school import announcements
from school.announcements import CORRECT, RECALL
from tests.stories.announced import (
    announce,
    at,
    count,
    do,
    it_is,
    ledger,
    saying,
    shown,
    state,
    text,
)
from tests.world import World

SENT = ("sent", None)
HELLO = saying(text("At five"), it=[text("Alle cinque")])
MENDED = saying(text("At six"), it=[text("Alle sei")])
BUTTONS = [{"label": {"en": "Read more"}, "kind": "url", "to": "https://a.example", "key": "1"}]


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def two(town: World) -> None:
    await town.resident(1001, "Ada")
    await town.resident(1002, "Bruno", language="it")


async def _photo(town: World) -> str:
    """A picture that Telegram has."""
    ada = await town.resident(1001, "Ada")
    sent = await ada.sends_file("photo", "a.png")
    await ada.look()
    message = next(one for one in ada.messages if one["message_id"] == sent)
    return str(message["photo"][-1]["file_id"])


async def test_a_correction_reaches_each_message_in_its_language(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    assert await do(town, number, announcements.correct, MENDED)
    assert (await shown(town, 1001), await shown(town, 1002)) == (["At six"], ["Alle sei"])
    assert await ledger(town, number, CORRECT) == {1001: SENT, 1002: SENT}
    assert await count(town, number) == {"sent": 2, "blocked": 0}
    assert await state(town, number) == "done"


async def test_it_is_corrected_as_often_as_need_be(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    for content in (MENDED, HELLO, MENDED):
        assert await do(town, number, announcements.correct, content)
    assert (await shown(town, 1001), await shown(town, 1002)) == (["At six"], ["Alle sei"])


async def test_whoever_waits_gets_the_corrected_words_at_once(town: World) -> None:
    await town.resident(1001, "Ada")
    await town.sim("faults", [{"chat": 1001, "kind": "refuse", "status": 400, "times": 1}])
    number = await announce(town, HELLO)
    assert await ledger(town, number) == {1001: ("failed", "400")}
    await do(town, number, announcements.correct, MENDED)
    await do(town, number, announcements.resend, ["failed"])
    assert await shown(town, 1001) == ["At six"]
    assert await ledger(town, number, CORRECT) == {}


async def test_buttons_stay_when_words_are_corrected(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    number = await announce(town, {**HELLO, "buttons": BUTTONS}, subject="calls")
    await ada.look()
    assert ada.buttons == ["Read more", "Fewer of these"]
    await do(town, number, announcements.correct, {**MENDED, "buttons": BUTTONS})
    await ada.look()
    assert (ada.sees, ada.buttons) == (["At six"], ["Read more", "Fewer of these"])


async def test_a_message_that_is_gone_is_said_to_be(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    bruno = town.emulator.world.chats[1002].messages
    bruno.pop(max(bruno))
    await do(town, number, announcements.correct, MENDED)
    assert await ledger(town, number, CORRECT) == {1001: SENT, 1002: ("failed", "gone")}


async def test_a_correction_that_is_uncertain_is_made_again(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    await town.sim("faults", [{"method": "editMessageText", "chat": 1001, "kind": "lost"}])
    await do(town, number, announcements.correct, MENDED)
    assert await ledger(town, number, CORRECT) == {1001: SENT, 1002: SENT}


async def test_a_caption_and_a_picture_are_corrected(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    first, second = await _photo(town), await _photo(town)
    content = [
        saying({"method": "sendPhoto", "params": {"photo": file, "caption": words}})
        for file, words in ((first, "One"), (first, "Two"), (second, "Three"))
    ]
    number = await announce(town, content[0])
    seen: list[tuple[str, str]] = []
    for change in content[1:]:
        await do(town, number, announcements.correct, change)
        await ada.look()
        seen.append((ada.messages[-1]["caption"], ada.messages[-1]["photo"][-1]["file_id"]))
    assert [words for words, _ in seen] == ["Two", "Three"]
    assert seen[0][1] != seen[1][1]
    methods = [
        call["method"] for call in await town.calls("editMessageCaption", "editMessageMedia")
    ]
    assert methods == ["editMessageCaption", "editMessageMedia"]


async def test_no_message_becomes_one_of_another_kind(town: World) -> None:
    await town.resident(1001, "Ada")
    number = await announce(town, HELLO)
    with pytest.raises(ValueError, match="others than they were"):
        await do(town, number, announcements.correct, saying(text("One"), text("Two")))


async def test_an_album_and_what_is_below_it_come_in_order_and_go_together(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    photo = await _photo(town)
    media = [
        {"type": "photo", "media": photo, "caption": "Look"},
        {"type": "photo", "media": photo},
    ]
    album = {"method": "sendMediaGroup", "params": {"media": media}}
    before = len((await town.sim("chats/1001"))["messages"])
    number = await announce(town, saying(album, text("News")))
    await ada.look()
    assert [one.get("text", one.get("caption")) for one in ada.messages[before:]] == [
        "Look",
        None,
        "News",
    ]
    (row,) = [one for one in await town.rows(Outgoing) if one.method == "announce"]
    assert row.messages["ids"] == [one["message_id"] for one in ada.messages[before:]]
    assert await do(town, number, announcements.recall)
    await ada.look()
    assert ada.messages[before:] == []
    assert await ledger(town, number, RECALL) == {1001: SENT}


async def test_what_was_begun_goes_on_where_it_ended(town: World) -> None:
    await town.resident(1001, "Ada")
    refused = {"kind": "refuse", "status": 400}
    slow = {"kind": "slow", "delay_ms": 1}
    await town.sim("faults", [{"chat": 1001, **slow}, {"chat": 1001, **refused}])
    number = await announce(town, saying(text("One"), text("Two"), text("Three")))
    assert await ledger(town, number) == {1001: ("failed", "400")}
    assert await shown(town, 1001) == ["One"]
    await do(town, number, announcements.resend, ["failed"])
    assert await shown(town, 1001) == ["One", "Two", "Three"]
    await do(town, number, announcements.recall)
    assert await shown(town, 1001) == []


async def test_it_is_recalled_wherever_it_was_sent(town: World) -> None:
    await two(town)
    await town.sim("faults", [{"method": "sendMessage", "chat": 1002, "kind": "reset"}])
    number = await announce(town, HELLO)
    assert await do(town, number, announcements.recall)
    assert not await do(town, number, announcements.recall)
    assert await shown(town, 1001) == []
    # Of what is uncertain one does not know which message it was.
    assert await ledger(town, number, RECALL) == {1001: SENT}
    assert not await do(town, number, announcements.correct, MENDED)
    assert await state(town, number) == "done"


async def test_whoever_waits_does_not_get_what_is_recalled(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO, state="paused", last=10)
    assert await do(town, number, announcements.recall)
    assert await ledger(town, number) == dict.fromkeys((1001, 1002), ("skipped", "stopped"))
    assert (await shown(town, 1001), await state(town, number)) == ([], "done")


async def test_what_telegram_no_longer_deletes_is_reported(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    await it_is(town, at(11, day=25))
    before = len(await town.calls())
    await do(town, number, announcements.recall)
    assert await ledger(town, number, RECALL) == dict.fromkeys((1001, 1002), ("failed", "too old"))
    assert (await shown(town, 1001), len(await town.calls())) == (["At five"], before)


async def test_what_a_person_deleted_is_as_good_as_recalled(town: World) -> None:
    await two(town)
    number = await announce(town, HELLO)
    bruno = town.emulator.world.chats[1002].messages
    bruno.pop(max(bruno))
    await do(town, number, announcements.recall)
    assert await ledger(town, number, RECALL) == {1001: SENT, 1002: SENT}
