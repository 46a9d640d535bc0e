"""`quartieri check`: what is right and what is not, each on a line with its mend."""

from pathlib import Path

import pytest

from emulator.server import start
from tests.databases import Files, Server
from tests.operator.desk import NOWHERE, Desk
from tests.processes import told
from tests.world import world

OWN = 'version = "2026-11"\nsample = false'


async def checked(desk: Desk) -> tuple[int | None, dict[str, str]]:
    """The exit status, and what is said under each name."""
    status, out, error = await told(desk.folder, "check", **desk.settings)
    assert not error, error
    lines = [line.partition(": ") for line in out.splitlines()]
    assert all(name.startswith(("ok ", "!! ")) for name, _, _ in lines)
    return status, {name: said for name, _, said in lines}


async def test_where_all_is_well_it_says_so(database_url: str, folder: Path) -> None:
    (folder / "notice.toml").write_text(OWN, encoding="utf-8")
    async with world(database_url) as town:
        await town.resident()
        desk = Desk(folder, database_url, town.emulator.url)
        desk.settings |= {"school": ".", "operator_chat": "1001"}
        status, lines = await checked(desk)
    assert [name for name in lines if name.startswith("!!")] == []
    assert status == 0
    assert lines["ok token"] == "it is @quartieri_bot's"
    assert lines["ok webhook"] == "none, the bot polls, 0 updates wait"
    assert lines["ok operator"] == "the chat 1001"
    assert lines["ok notice"] == "version 2026-11"
    assert lines["ok database"].startswith("1 people, schema ")


async def test_without_a_network_it_says_what_it_could_not_reach(folder: Path) -> None:
    status, lines = await checked(Desk(folder, "sqlite:///school.db"))
    assert status == 1
    assert lines["!! api"] == (
        f"no answer from {NOWHERE} (NotSentError): token, webhook, operator not checked"
        " (check the network and QUARTIERI_API_URL)"
    )
    assert "ok content" in lines
    assert lines["ok database"] == "school.db is not there yet; the first run makes it"
    assert lines["!! notice"] == (
        "version 1 is the sample (write your own notice.toml with your data protection officer)"
    )


async def test_a_refused_token_is_said_and_never_printed(folder: Path) -> None:
    async with await start(port=0) as server:
        desk = Desk(folder, "sqlite:///school.db", server.url)
        desk.settings["token"] = "42:SECRET"
        status, out, error = await told(folder, "check", **desk.settings)
    assert (status, error) == (1, "")
    line = f"!! token: {server.url} refuses it (copy QUARTIERI_TOKEN from BotFather)"
    assert line in out.splitlines()
    assert "SECRET" not in out


async def test_a_wrong_setting_and_a_mistake_in_the_content_are_lines(folder: Path) -> None:
    status, out, _ = await told(folder, "check", token="x")
    why = "this is no bot token; copy it from BotFather, like 123456:ABC-def"
    assert (status, out) == (1, f"!! settings: QUARTIERI_TOKEN: {why}\n")
    (folder / "school.toml").write_text('zone = "Nowhere"', encoding="utf-8")
    desk = Desk(folder, "sqlite:///school.db")
    desk.settings["school"] = "."
    _, lines = await checked(desk)
    assert lines["!! content"] == (
        "school.toml: zone: no zone is called 'Nowhere' (write one like \"Europe/Rome\")"
    )


async def test_a_language_that_is_not_whole_is_said(folder: Path) -> None:
    (folder / "school.toml").write_text('languages = ["it", "pt"]', encoding="utf-8")
    desk = Desk(folder, "sqlite:///school.db")
    desk.settings["school"] = "."
    status, out, _ = await told(folder, "check", **desk.settings)
    [program, content] = [line for line in out.splitlines() if "language pt" in line]
    assert status == 1
    assert program.endswith(" texts (they are said in English)")
    assert content.startswith("!! language pt: the content lacks ")


async def test_a_database_that_does_not_answer_is_a_line(folder: Path, postgres: Server) -> None:
    _, lines = await checked(Desk(folder, postgres.url("nobodys")))
    assert lines["!! database"] == (
        'QUARTIERI_DATABASE_URL: it cannot be used (Error: database "nobodys" does not exist)'
        " (check that it runs and that you may write)"
    )


@pytest.mark.parametrize("chat", ["5", "-1005"])
async def test_an_operators_chat_that_cannot_be_reached(
    files: Files, folder: Path, chat: str
) -> None:
    async with world(await files.fresh()) as town:
        desk = Desk(folder, town.database_url, town.emulator.url)
        desk.settings["operator_chat"] = chat
        _, lines = await checked(desk)
    assert lines["!! operator"] == (
        f"the bot cannot write to the chat {chat} (write /start to the bot, or add it to the group)"
    )


async def test_copies_that_outlive_the_marks_are_said(folder: Path) -> None:
    (folder / "data.toml").write_text("[kinds.deletion]\ndays = 30", encoding="utf-8")
    desk = Desk(folder, "sqlite:///school.db")
    desk.settings |= {"school": ".", "keep_copies": "31"}
    _, lines = await checked(desk)
    assert lines["!! copies"] == (
        "kept 31 days, but who was forgotten is known for 30"
        " (set QUARTIERI_KEEP_COPIES to 30 at most)"
    )
