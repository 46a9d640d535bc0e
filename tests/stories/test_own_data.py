"""What is kept of a person: read, taken along, deleted by the person, deleted after a long time."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import make_url

from db.base import Base
from db.tables import Forgotten, Idea, Inquiry, Outgoing, Person, Update
from school.own_data import TABLES
from tests.databases import Files
from tests.stories.steps import asked_in, at_question
from tests.world import Phone, World, example_school, world

# A number that no file holds by chance.
ADA = 5_555_123_456_789
NAME, WORDS, VOICE = "Xanthippe", "Zanzibar lamps", "voice-of-ada.ogg"
KINDS = [
    "Your profile",
    "Your idea",
    "Your group",
    "The sheet you sent",
    "The help you get",
    "Your requests",
    "Your seats",
    "Your questions",
    "Messages on the way",
    "A mark",
    "Numbers of messages",
    "Announcements",
    "Counts and meetings",
]
NOTHING_LEFT = {"updates", "forgotten", "replicas", "conditions"}


async def lines_of(town: World) -> dict[str, int]:
    """How many rows each table has, where it has any."""
    counted = {name: len(await town.rows(table)) for name, table in tables().items()}
    return {name: count for name, count in counted.items() if count}


def tables() -> dict[str, type[Base]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


async def told_everything(town: World) -> Phone:
    """Somebody of whom each table has a row."""
    ada = await town.resident(ADA, NAME)
    await ada.taps("Tell my idea")
    await ada.taps("I have a ready project")
    await ada.says(WORDS)
    await ada.says("/idea")
    await ada.sends_file("voice", VOICE)
    await ada.taps_data("wish")
    await ada.says(f"{WORDS} again")
    await ada.taps("Neither")
    return ada


def test_every_table_of_the_database_is_named_in_what_is_kept() -> None:
    assert set(TABLES) == set(Base.metadata.tables)


async def test_privacy_says_of_each_kind_what_why_who_and_how_long(town: World) -> None:
    ada = await town.resident()
    await ada.says("/privacy")
    assert ada.buttons == [
        *KINDS,
        "Read the whole notice",
        "See my data",
        "Delete my data",
        "Home",
    ]
    await ada.taps("Your questions")
    assert ada.sees == [
        "Your questions",
        (
            "For each question to a person: a code, the day, and whether there is an answer. "
            "The words do not stay in the program."
        ),
        "Why: To bring you the answer.",
        (
            "Who sees it: Those who answer at the school read your words, your language "
            "and the code. They do not see your name."
        ),
        "How long: 180 days at most",
        "If you delete your data: it is deleted",
    ]
    for name in KINDS:
        await ada.taps("Back")
        await ada.taps(name)
        assert len(ada.sees) == 6


async def test_privacy_is_two_taps_from_home(town: World) -> None:
    ada = await town.resident()
    await ada.taps("Help and privacy")
    await ada.taps("Privacy and my data")
    assert ada.sees[0].splitlines()[0] == "What I keep of you"


async def test_a_stranger_asks_about_privacy_and_reads_the_notice(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/privacy")
    assert ada.said[-2].strip() == town.app.school.notice.text["en"].strip()
    assert ada.buttons[0] == "I have read, go on"


async def test_forget_asks_once_and_says_what_remains(database_url: str) -> None:
    async with world(database_url, keep_copies=7) as town:
        ada = await town.resident()
        await ada.says("/forget")
        assert ada.sees == [
            "Delete your data?",
            (
                "I delete: your profile, your idea, your group, the sheet you sent, "
                "the help you get, your requests, your seats, your questions, "
                "messages on the way.\n"
                "I keep, without your name: a mark, numbers of messages, announcements, "
                "counts and meetings."
            ),
            (
                "The messages of this chat stay in Telegram until you delete the chat. "
                "Questions you asked a person stay in that person's chat.\n"
                "Backup copies are deleted after 7 days."
            ),
        ]
        assert ada.rows == [["Delete my data"], ["Keep my data"]]


@pytest.mark.parametrize("name", ["/forget", "/elimina", "/eliminar", "/supprimer"])
async def test_all_names_of_forget_work(town: World, name: str) -> None:
    ada = await town.resident()
    await ada.says(name)
    assert ada.sees[0] == "Delete your data?"


async def test_who_keeps_the_data_goes_on(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("/forget")
    await ada.taps("Keep my data")
    assert ada.sees[0] == "All right. I keep your data."
    assert asked_in(ada) == "need"


async def test_after_forget_no_row_is_left_and_a_word_begins_anew(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert ada.sees[0] == "I have deleted your data."
    assert ada.sees[-1] == "You can write to me whenever you like: we begin anew."
    assert ada.buttons == []
    assert set(await lines_of(town)) - NOTHING_LEFT == set()
    await ada.says("Good morning")
    assert ada.buttons[0] == "I have read, go on"
    assert await town.rows(Idea) == []


async def test_a_double_tap_forgets_once_and_leaves_nothing(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/forget")
    message = ada.messages[-1]["message_id"]
    await ada.taps("Delete my data")
    await ada.taps_data("forgotten", message)
    assert ada.sees[0] == "I have deleted your data."
    assert set(await lines_of(town)) - NOTHING_LEFT == set()
    assert len(await town.rows(Forgotten)) == 1


async def test_a_stranger_can_be_forgotten_too(town: World) -> None:
    ada = await town.person(ADA, NAME)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    assert ada.sees[0] == "I have deleted your data."
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_the_others_keep_theirs(town: World) -> None:
    bruno = await at_question(town, "need")
    before = await lines_of(town)
    ada = await told_everything(town)
    await ada.says("/forget")
    await ada.taps("Delete my data")
    after = await lines_of(town)
    assert {name: after.get(name) for name in before if name not in NOTHING_LEFT} == {
        name: count for name, count in before.items() if name not in NOTHING_LEFT
    }
    await bruno.says("Lamps break")
    assert asked_in(bruno) == "evidence"


async def test_after_forget_no_file_of_the_database_holds_the_person(files: Files) -> None:
    database_url = await files.fresh()
    path = Path(make_url(database_url).database or "")
    marks = [NAME.encode(), b"Zanzibar", ADA.to_bytes(6, "big"), str(ADA).encode()]

    def found() -> set[tuple[str, bytes]]:
        files = sorted(path.parent.glob(f"{path.name}*"))
        return {
            (file.name.removeprefix(path.name), mark)
            for file in files
            for mark in marks
            if mark in file.read_bytes()
        }

    async with world(database_url) as town:
        ada = await told_everything(town)
        assert {mark for _, mark in found()} == {b"Zanzibar", ADA.to_bytes(6, "big")}
        await ada.says("/forget")
        await ada.taps("Delete my data")
        assert found() == set()
    assert found() == set()


async def test_somebody_who_blocks_the_bot_right_after_leaves_nothing(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/forget")
    fault = {"method": "editMessageText", "kind": "refuse", "status": 403, "times": 1}
    await town.sim("faults", [fault])
    await ada.taps("Delete my data")
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_mydata_is_read_in_a_few_lines(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/mydata")
    day = f"{town.app.clock.now().astimezone(town.app.school.zone):%A, %-d %B %Y}"
    assert ada.screen.splitlines() == [
        "Your data",
        "Language: English",
        f"First message: {day}",
        "Notice read: version 1",
        "Answers: 2",
        "Files: 1",
        "Questions to a person: 0",
    ]
    assert ada.buttons == ["Get a copy of all", "What you keep, and why", "Delete my data", "Home"]


async def copy_of(town: World, phone: Phone) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the document that came holds: the data, and the other files."""
    document = next(m for m in reversed(phone.messages) if "document" in m)["document"]
    async with aiohttp.ClientSession() as http:
        answer = await http.get(f"{town.emulator.url}{document['url']}")
        content = await answer.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("data.json")), files


async def test_the_copy_holds_all_rows_and_the_files(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/mydata")
    await ada.taps("Get a copy of all")
    await ada.look()
    data, files = await copy_of(town, ada)
    assert files == {"files/001.oga": b"..."}
    assert [file["name"] for file in data["files"]] == ["files/001.oga"]
    rows = data["rows"]
    assert [person["telegram_id"] for person in rows["people"]] == [ADA]
    assert [bubble["words"] for bubble in rows["bubbles"]] == [WORDS]
    assert [answer["question"] for answer in rows["answers"]] == ["sentence", "stage"]
    assert [wish["about"] for wish in rows["wishes"]] == ["meeting"]
    assert rows["questions"] == []


async def test_a_file_that_telegram_gives_no_more_is_named_in_the_copy(town: World) -> None:
    ada = await told_everything(town)
    await ada.says("/mydata")
    await town.sim("faults", [{"method": "getFile", "kind": "refuse", "status": 400, "times": 1}])
    await ada.taps("Get a copy of all")
    await ada.look()
    data, files = await copy_of(town, ada)
    assert files == {}
    assert [file["name"] for file in data["files"]] == [None]


async def untouched(town: World, **delta: float) -> None:
    await town.later(**delta)
    await town.app.sweep()
    await town.settle()


async def test_who_does_not_write_for_long_is_warned_and_then_forgotten(town: World) -> None:
    ada = await told_everything(town)
    before = ada.said
    await untouched(town, days=699)
    await ada.look()
    assert ada.said == before
    await untouched(town, days=2)
    await ada.look()
    day = town.app.clock.now() + timedelta(days=30)
    assert ada.sees[0] == "You have not written to me for a long time."
    assert f"{day.astimezone(town.app.school.zone):%A, %-d %B %Y}" in ada.sees[1]
    assert ada.rows == [["Keep my data"], ["Delete it now"]]
    assert ada.with_buttons == [ada.messages[-1]["message_id"]]
    warned = ada.said
    await untouched(town, days=29)
    await ada.look()
    assert ada.said == warned
    await untouched(town, days=2)
    await ada.look()
    assert ada.sees[0] == "You have not written for a long time, so I have deleted your data."
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_nobody_is_forgotten_without_a_warning_in_time(town: World) -> None:
    """Not even where the bot was off for years."""
    ada = await told_everything(town)
    await untouched(town, days=3000)
    await ada.look()
    assert ada.buttons == ["Keep my data", "Delete it now"]
    await untouched(town, days=29)
    assert len(await town.rows(Person)) == 1
    await untouched(town, days=2)
    assert await town.rows(Person) == []


async def test_who_was_warned_and_keeps_the_data_has_all_the_time_again(town: World) -> None:
    ada = await at_question(town, "need")
    await untouched(town, days=701)
    await ada.look()
    await ada.taps("Keep my data")
    assert ada.sees[0] == "All right. I keep your data."
    await untouched(town, days=690)
    assert [person.warned_at for person in await town.rows(Person)] == [None]
    await untouched(town, days=20)
    await ada.look()
    assert ada.buttons == ["Keep my data", "Delete it now"]


async def test_who_was_warned_may_delete_at_once(town: World) -> None:
    ada = await at_question(town, "need")
    await untouched(town, days=701)
    await ada.look()
    await ada.taps("Delete it now")
    assert ada.sees[0] == "Delete your data?"
    await ada.taps("Delete my data")
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_who_is_away_is_forgotten_without_a_word(town: World) -> None:
    ada = await told_everything(town)
    await town.sim("block", {"user": ADA})
    await town.settle()
    await ada.look()
    before = ada.said
    await untouched(town, days=701)
    await untouched(town, days=31)
    await ada.look()
    assert ada.said == before
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_how_long_is_a_setting(database_url: str, folder: Path) -> None:
    data = "untouched_days = 20\nwarning_days = 5"
    async with world(database_url, school=example_school(folder / "s", data=data)) as town:
        ada = await town.resident()
        await untouched(town, days=17)
        await ada.look()
        assert ada.buttons == ["Keep my data", "Delete it now"]
        await untouched(town, days=6)
        assert await town.rows(Person) == []


async def test_numbers_of_updates_and_questions_go_after_their_time(database_url: str) -> None:
    async with world(database_url, operator_chat=-1005001) as town:
        await town.sim("groups", {"id": -1005001, "title": "D", "members": [], "admins": []})
        ada = await town.resident()
        await ada.taps("Ask a person")
        await ada.says("Where?")
        await untouched(town, days=8)
        assert await town.rows(Update) == []
        assert len(await town.rows(Inquiry)) == 1
        await untouched(town, days=180)
        assert [await town.rows(table) for table in (Inquiry, Outgoing)] == [[], []]
        assert [row.slot for row in await town.rows(tables()["handles"])] == ["screen"]


async def test_the_day_of_the_last_word_has_no_hour_and_is_written_once_a_day(town: World) -> None:
    ada = await town.resident()
    (person,) = await town.rows(Person)
    now = town.app.clock.now()
    assert person.seen_at == now.replace(hour=0, minute=0, second=0, microsecond=0)
    await town.later(days=3)
    await ada.says("/start")
    (person,) = await town.rows(Person)
    assert person.seen_at.date() == town.app.clock.now().date()
