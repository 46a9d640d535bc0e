"""What somebody sends who means harm: other people's things stay theirs, and words stay words."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from db.tables import Answer, Attachment, Bubble, Idea, Inquiry, Person
from tests import hook
from tests.databases import Files
from tests.hook import Hook, typed
from tests.stories.steps import at_question, at_the_end, kept
from tests.stories.test_inquiries import GROUP, HUMAN, OPERATOR, asks, desk, reply
from tests.world import Phone, World, world

EVE = 1002
SECRET = "A secret of mine"
MINE = (Person, Idea, Answer, Attachment, Bubble)
MARKUP = [
    "<b>bold</b> <a href='tg://user?id=1'>x</a>",
    "</b></a></blockquote> &lt;i&gt; & &amp; <!--",
    "*bold* _i_ [l](http://e.org) `c` ||s|| ~d~ \\*",
    "%(name)s %s {0} {name} ${x} #{y}",
    "'; DROP TABLE people; --",
    "\u200fto the right \u0645\u0631\u062d\u0628\u0627",
]
# As long as a message can be; written as HTML some are five times as long.
LONGEST = [
    "x" * 4096,
    "<" * 4096,
    "&" * 4096,
    '"' * 4096,
    "👩" * 2048,
    "\u202e" * 4096,
    "e\u0301" * 2048,
]


def _values(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


async def _everything(town: World, of: int = 1001) -> list[dict[str, Any]]:
    """All that is kept of a person and the person's idea."""
    person = next(row for row in await town.rows(Person) if row.telegram_id == of)
    ideas = [row.id for row in await town.rows(Idea) if row.person_id == person.id]
    rows = [_values(row) for table in MINE for row in await town.rows(table)]
    return [
        row
        for row in rows
        if row.get("telegram_id") == of
        or row.get("person_id") == person.id
        or row.get("idea_id") in ideas
    ]


async def _refused(town: World) -> list[str]:
    """What Telegram did not take."""
    return [call["description"] for call in await town.calls() if call["status"] != 200]


async def _eve(town: World) -> Phone:
    """Somebody else, with an idea of her own."""
    eve = await town.resident(EVE, "Eve")
    await eve.taps("Tell my idea")
    await eve.taps("I have a ready project")
    await eve.says("A garden")
    return eve


async def test_the_numbers_of_another_person_open_and_change_nothing(town: World) -> None:
    ada = await at_the_end(town)
    await ada.sends_file("document", "plan.pdf")
    number = await ada.says(SECRET)
    (file,) = await town.rows(Attachment)
    eve = await _eve(town)
    before, hers = await _everything(town), await _everything(town, EVE)
    for data in (
        f"open:{file.id}",
        f"unfile:{file.id}",
        f"which:{number}",
        f"answers:{number}:sentence",
        f"join:{number}:sentence",
        f"send:{number}",
        f"neither:{number}",
        f"cut:sentence:{number}",
    ):
        await eve.taps_data(data)
        assert eve.buttons != []
    assert await _everything(town) == before
    assert await _everything(town, EVE) == hers
    assert [text for text in eve.said if SECRET in text or "plan.pdf" in text] == []
    to_eve = [call for call in await town.calls() if str(call["params"].get("chat_id")) == str(EVE)]
    assert [call for call in to_eve if file.file_id in str(call["params"])] == []


@pytest.mark.parametrize("data", ["forgotten", "unfile:1", "cut:need:1", "language:ar"])
async def test_a_button_in_a_group_is_nobodys(town: World, data: str) -> None:
    ada = await at_question(town, "need")
    before, said = await _everything(town), ada.said
    person = {"id": 1001, "is_bot": False, "first_name": "Ada"}
    place = {"id": GROUP, "type": "supergroup", "title": "Anybody's"}
    message = {"message_id": 5, "date": 1_800_000_000, "chat": place, "text": "Tap"}
    query = {"id": "77", "from": person, "chat_instance": "1", "data": data, "message": message}
    await town.sim("raw", {"callback_query": query})
    await town.settle()
    await ada.look()
    assert (await _everything(town), ada.said) == (before, said)


@pytest.mark.parametrize("words", MARKUP)
async def test_markup_in_a_title_is_shown_as_it_was_written(town: World, words: str) -> None:
    ada = await at_the_end(town)
    await ada.taps("Give it a title")
    await ada.says(words)
    assert ada.sees[:2] == ["This is the title now.", words]
    assert await _refused(town) == []


@pytest.mark.parametrize("name", ["<b>x<b>.pdf", "*x* _y_.pdf", "&lt;x&.pdf", "%s {0}.pdf"])
async def test_markup_in_a_files_name_is_shown_as_it_was_written(town: World, name: str) -> None:
    ada = await at_the_end(town)
    await ada.sends_file("document", name)
    await ada.taps("Add a file")
    assert ada.rows[0] == [name, "Delete"]
    assert await _refused(town) == []


@pytest.mark.parametrize("words", MARKUP)
async def test_markup_in_names_and_answers_is_shown_as_it_was_written(
    town: World, words: str
) -> None:
    ada = await at_question(town, "need", "none")
    await town.person(1001, words)
    await ada.says(words)
    await ada.taps_data("review:useful")
    assert words in ada.screen
    assert await _refused(town) == []


@pytest.mark.parametrize("words", LONGEST)
async def test_the_longest_message_is_answered(town: World, words: str) -> None:
    ada = await at_question(town, "need")
    for _ in range(2):
        before = len(ada.said)
        await ada.says(words)
        assert len(ada.said) > before
        await ada.taps_data("overview")
    assert await _refused(town) == []


@pytest.fixture
async def staffed(database_url: str) -> AsyncIterator[World]:
    """A town where a human answers in a group, whose title is markup too."""
    async with world(database_url, operator_chat=GROUP) as town:
        await town.person(OPERATOR, "<b>Carla</b>", "it")
        group = {"id": GROUP, "title": "<b>Desk</b> *x*", "forum": False}
        await town.sim("groups", {**group, "members": [OPERATOR], "admins": []})
        yield town


@pytest.mark.parametrize("words", MARKUP)
async def test_markup_in_a_question_and_its_answer_is_shown_as_it_was_written(
    staffed: World, words: str
) -> None:
    ada = await asks(staffed, words)
    (question,) = await desk(staffed)
    assert question["text"].partition("\n")[2] == words
    await reply(staffed, question["message_id"], text=words)
    await ada.look()
    assert f"{HUMAN} answers you:\n\n{words}" in ada.said
    assert await _refused(staffed) == []


async def test_a_question_that_begins_with_another_ones_code_is_answered_to_its_own_person(
    staffed: World,
) -> None:
    ada = await asks(staffed)
    (inquiry,) = await staffed.rows(Inquiry)
    (first,) = await desk(staffed)
    code = first["text"].split()[0]
    assert inquiry.code in code
    eve = await staffed.resident(EVE, "Eve")
    before = ada.said
    await eve.taps_data("person")
    await eve.says("\n\n".join([f"{code} hello"] * 100))
    pieces = [
        message for message in await desk(staffed) if message["message_id"] > first["message_id"]
    ]
    for piece in pieces:
        await reply(staffed, piece["message_id"], text="In the library")
    await ada.look()
    await eve.look()
    assert ada.said == before
    answers = [text for text in eve.said if text.endswith("In the library")]
    assert len(answers) == len(pieces) > 0


async def test_what_no_text_can_hold_is_left_out(files: Files) -> None:
    async with world(await files.fresh(), **hook.settings()) as town:
        await at_question(town, "need", "none")
        door = Hook(town.http, town.settings["webhook_url"])
        update = typed(1, 1001, "Lamps\x00 are\ud800 thrown\udfff away")
        assert await door.status(update) == 200
        await town.settle()
        assert (await kept(town))["need"] == {"text": "Lamps are thrown away", "voices": []}
