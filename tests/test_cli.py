"""The command line: what an operator can get wrong is one line and exit 2; to be told to stop is
no error; what was said is still there after a restart.
"""

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot.cli import main
from bot.mends import explained
from bot.settings import read
from db.session import connect
from emulator.server import start
from tests.databases import Files, Server
from tests.ports import free_port
from tests.processes import Emulator, ended, running

TOKEN = {"token": "42:EMULATOR"}
# Not Telegram, which never meets the sample notice.
ELSEWHERE = {**TOKEN, "api_url": "http://127.0.0.1:9"}
NOWHERE = "http://127.0.0.1:9"
REFUSED = "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 9)"
WHICH_DATABASE = "write sqlite:///path/to/file.db or postgresql://user@host/name"
CHECK = "check that it runs and that you may write"
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no token": ({}, "TOKEN is missing; set it to the token that BotFather gave you"),
    "no token at all": (
        {"token": "secret"},
        "TOKEN: this is no bot token; copy it from BotFather, like 123456:ABC-def",
    ),
    "another database": ({"database_url": "mysql://host/x"}, f"DATABASE_URL: {WHICH_DATABASE}"),
    "no database": ({"database_url": "school.db"}, f"DATABASE_URL: {WHICH_DATABASE}"),
    "a database in memory": ({"database_url": "sqlite://"}, f"DATABASE_URL: {WHICH_DATABASE}"),
    "a database's port that is none": (
        {"database_url": "postgresql://me:pass@host:port/x"},
        f"DATABASE_URL: {WHICH_DATABASE}",
    ),
    "another library's word": (
        {"database_url": "postgresql://me@host/x?sslmode=require"},
        "DATABASE_URL: sslmode is not known here; write ssl=require in its place",
    ),
    "an address without its scheme": (
        {"api_url": "example.org"},
        "API_URL: write a whole address, like https://bot.example.org",
    ),
    "no folder": (
        {"school": "milano"},
        "SCHOOL: milano is no folder; make it or take the setting out",
    ),
    "a webhook without a secret": (
        {"webhook_url": "https://bot.example.org"},
        "WEBHOOK_SECRET is missing; set it to a long random word",
    ),
    "a webhook that is no address": (
        {"webhook_url": "bot.example.org", "webhook_secret": "word"},
        "WEBHOOK_URL: write a whole address, like https://bot.example.org",
    ),
    "a port that there is not": (
        {"webhook_port": "65536"},
        "WEBHOOK_PORT: Input should be less than or equal to 65535",
    ),
    "health on no port": (
        {"health_port": "70000"},
        "HEALTH_PORT: Input should be less than or equal to 65535",
    ),
    "a clock elsewhere": (
        {"clock_url": "http://example.org/clock"},
        "CLOCK_URL: only an emulator on 127.0.0.1 may set the clock; take it out",
    ),
    "a pace below nothing": (
        {"per_second": "-1"},
        "PER_SECOND: Input should be greater than or equal to 0",
    ),
    "an unknown level": (
        {"log_level": "LOUD"},
        "LOG_LEVEL: write DEBUG, INFO, WARNING or ERROR",
    ),
    "a folder that is a file": (
        {"database_url": "sqlite:///file/school.db"},
        (
            f"DATABASE_URL: it cannot be used (FileExistsError: [Errno 17] File exists: 'file');"
            f" {CHECK}"
        ),
    ),
    "a file that is no database": (
        {"database_url": "sqlite:///file"},
        f"DATABASE_URL: it cannot be used (DatabaseError: file is not a database); {CHECK}",
    ),
}

# A service is started again: it may pass by itself.
AWAY: dict[str, tuple[dict[str, str], str]] = {
    "an API that does not answer": (
        {"api_url": NOWHERE},
        f"API_URL: no answer from {NOWHERE} (ClientConnectorError); check it",
    ),
    "a database that does not answer": (
        {"database_url": "postgresql://me:pass@127.0.0.1:9/x"},
        f"DATABASE_URL: it cannot be used ({REFUSED}); {CHECK}",
    ),
}


@pytest.fixture
async def emulator(folder: Path) -> AsyncIterator[Emulator]:
    """`quartieri emulator` in a process of its own."""
    async with (
        running(folder, "emulator", "--port", "0") as command,
        aiohttp.ClientSession() as http,
    ):
        yield Emulator(http, await command.address())


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield str(other.getsockname()[1])


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_setting_is_one_line(folder: Path, wrong: str) -> None:
    (folder / "file").write_text("this is text", encoding="utf-8")
    settings, line = WRONG[wrong]
    given = settings if "no token" in wrong else {**ELSEWHERE, **settings}
    assert await ended(folder, "run", **given) == (2, f"quartieri: QUARTIERI_{line}\n")


@pytest.mark.parametrize("away", AWAY)
async def test_what_is_away_is_one_line(folder: Path, away: str) -> None:
    settings, line = AWAY[away]
    said = await ended(folder, "run", **{**ELSEWHERE, **settings})
    assert said == (75, f"quartieri: QUARTIERI_{line}\n")


def _left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


# Telegram's own, and a Bot API server of one's own elsewhere. Neither is asked: the answer of an
# address that is not there would be another line, and a database would lie in the folder.
@pytest.mark.parametrize("api_url", [None, "http://bot-api.invalid:8081", "http://192.0.2.1"])
async def test_the_sample_notice_never_meets_telegram(folder: Path, api_url: str | None) -> None:
    given = TOKEN if api_url is None else {**TOKEN, "api_url": api_url}
    line = "notice.toml: this is the sample notice; write your own, without sample = true"
    assert await ended(folder, "run", **given) == (
        2,
        f"quartieri: the school's content: {line}\n",
    )
    assert _left_in(folder) == []


async def test_a_token_that_the_server_refuses_is_one_line(folder: Path) -> None:
    async with await start(port=0) as server:
        said = await ended(folder, "run", token="42:WRONG", api_url=server.url)
    line = f"QUARTIERI_TOKEN: {server.url} refuses it; copy it from BotFather"
    assert said == (2, f"quartieri: {line}\n")


async def test_a_database_that_is_not_there_is_one_line(folder: Path, postgres: Server) -> None:
    said = await ended(folder, "run", **ELSEWHERE, database_url=postgres.url("nobodys"))
    why = 'Error: database "nobodys" does not exist'
    line = f"QUARTIERI_DATABASE_URL: it cannot be used ({why}); {CHECK}"
    assert said == (2, f"quartieri: {line}\n")


async def test_a_mistake_in_the_content_is_one_line(folder: Path) -> None:
    (folder / "menu.toml").write_text("[commands", encoding="utf-8")
    why = "not TOML: Expected ']' at the end of a table declaration (at end of document)"
    line = f"the school's content: menu.toml: {why}; mend that line"
    assert await ended(folder, "run", **TOKEN, school=".") == (2, f"quartieri: {line}\n")


async def test_a_newer_programs_database_is_one_line(folder: Path, files: Files) -> None:
    url = await files.fresh()
    database = connect(url)
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await database.run(lambda session: session.execute(newer))
    await database.close()
    line = "QUARTIERI_DATABASE_URL: its schema 9999 is newer than this program; take a newer one"
    assert await ended(folder, "run", **ELSEWHERE, database_url=url) == (2, f"quartieri: {line}\n")


@pytest.mark.parametrize("command", ["demo", "emulator"])
async def test_a_port_that_is_taken_is_one_line(folder: Path, taken: str, command: str) -> None:
    status, said = await ended(folder, command, "--port", taken)
    begin, _, mend = said.partition(f"('127.0.0.1', {taken}): ")
    assert (status, begin.split(": ")[:2]) == (2, ["quartieri", "the emulator cannot listen"])
    assert mend.casefold().removeprefix("[errno 98] ") == (
        "address already in use; try another --port\n"
    )


async def test_a_webhooks_port_that_is_taken_is_one_line(
    folder: Path, taken: str, emulator: Emulator
) -> None:
    status, said = await ended(
        folder, "run", **TOKEN, **_webhook(taken), api_url=emulator.url, log_level="ERROR"
    )
    why = f"127.0.0.1:{taken} cannot be listened on (Address already in use)"
    line = f"QUARTIERI_WEBHOOK_PORT: {why}; free it or set another"
    assert (status, said) == (2, f"quartieri: {line}\n")


async def test_a_port_of_health_that_is_taken_is_one_line(
    folder: Path, taken: str, emulator: Emulator
) -> None:
    settings = {"api_url": emulator.url, "health_port": taken, "log_level": "ERROR"}
    why = f"127.0.0.1:{taken} cannot be listened on (Address already in use)"
    line = f"QUARTIERI_HEALTH_PORT: {why}; free it or set another"
    assert await ended(folder, "run", **TOKEN, **settings) == (2, f"quartieri: {line}\n")


def test_the_databases_password_is_not_said() -> None:
    settings = read(token="42:X", database_url="postgresql://me:pa55@host/x")
    line = explained(OSError("no way to me:pa55@host"), settings)
    why = "OSError: no way to me:***@host"
    assert line == f"QUARTIERI_DATABASE_URL: it cannot be used ({why}); {CHECK}"


def test_a_fault_of_ours_is_not_explained_away() -> None:
    assert explained(KeyError("stage"), read(token="42:X")) is None


def test_a_port_that_is_no_port(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["demo", "--port", "http"])
    assert left.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "quartieri demo: error: argument --port: 'http' is no port; write a number up to 65535"
    )


async def test_a_data_folder_that_is_a_file_is_one_line(folder: Path) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    status, said = await ended(folder, "demo", "--port", "0", "--data", "file")
    line = "--data: file/emulator: Not a directory; give a folder that you may write"
    assert (status, said) == (2, f"quartieri: {line}\n")


def _webhook(port: str) -> dict[str, str]:
    return {
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_secret": "word",
        "webhook_port": port,
    }


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_the_bot_answers_and_stops_when_told(
    folder: Path, databases: Files | Server, emulator: Emulator, way: str
) -> None:
    url = await databases.empty()
    settings = {**TOKEN, "database_url": url, "api_url": emulator.url, "log_level": "WARNING"}
    if way == "webhook":
        settings |= _webhook(str(free_port()))
    async with running(folder, "run", **settings) as bot:
        said = await emulator.does("send", text="/start")
        assert len(said) == 1
        hook = await emulator.http.get(f"{emulator.url}/bot42:EMULATOR/getWebhookInfo")
        assert bool((await hook.json())["result"]["url"]) == (way == "webhook")
        assert await bot.stop() == (0, "")


async def test_the_emulator_stops_when_told(folder: Path) -> None:
    async with running(folder, "emulator", "--port", "0") as command:
        await command.address()
        assert await command.stop() == (0, "")


async def test_the_people_of_a_demo_have_their_roles_from_the_start(folder: Path) -> None:
    words = ("demo", "--port", "0", "--data", "data")
    async with aiohttp.ClientSession() as http, running(folder, *words) as demo:
        there = Emulator(http, await demo.address(), 1003)
        shown = await there.does("send", text="/start")
        assert shown[-1].splitlines()[-1] == "Il tuo ruolo qui: coordinamento."
        shown = await there.does("send", text="/incontri")
        assert shown[-1].splitlines()[-1].endswith(" · Dall'idea al primo passo · 30 posti")
        shown = await there.does("send", text="/tavolo")
        assert "È il gruppo Tutors, da " in shown[-1]
        assert await demo.stop() == (0, "")


async def test_the_demo_goes_on_where_it_was(folder: Path) -> None:
    words = ("demo", "--port", "0", "--data", "data")
    async with aiohttp.ClientSession() as http:
        async with running(folder, *words) as demo:
            there = Emulator(http, await demo.address())
            await there.does("send", text="/start")
            for data in ("read:1", "age:yes", "idea", "pick:stage:none"):
                before = await there.does("press", data=data)
            assert await demo.stop() == (0, "")
        async with running(folder, *words) as demo:
            there = Emulator(http, await demo.address())
            assert await there.shown() == before
            await there.does("press", data="on:where:city")
            after = await there.does("press", data="go:where")
            asked = [shown.splitlines()[1] for shown in (before[-1], after[-1])]
            assert asked == ["Di quale quartiere vuoi parlare?", "Che cosa manca lì?"]
            assert await demo.stop() == (0, "")
