"""Words made ready for paper: directions, emoji; and the process that makes a page: the bot goes on
meanwhile, and it ends in time, and with the bot.
"""

import asyncio
import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from bot import printing, typesetting
from bot.clock import Clock
from bot.documents import Documents
from db.session import connect
from db.tables import Answer
from emulator.server import start
from locales.translator import words
from school import outbox, people
from school.printed import Printer, Subject
from tests.databases import Files
from tests.processes import SECONDS, Command, running
from tests.school.answers import SCHOOL, sheet, text
from tests.world import World

NOW = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)
# Rounds that no machine comes to the end of.
ENDLESS = "#for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }"


def prepared(line: str) -> Any:
    """One line, made ready."""
    return cast("list[Any]", typesetting.prepared(line, {}))[0]


def runs(line: str) -> list[Any]:
    """The runs of a line: text as it is, an emoji by the name of its picture."""
    return [run if isinstance(run, str) else (run["picture"],) for run in prepared(line)["runs"]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bike 🚲!", ["Bike ", ("1f6b2",), "!"]),
        ("👋🏽", [("1f44b-1f3fd",)]),
        ("👨‍👩‍👧", [("1f468-200d-1f469-200d-1f467",)]),
        ("🇮🇹🇪🇬", [("1f1ee-1f1f9",), ("1f1ea-1f1ec",)]),
        ("❤️", [("2764",)]),
        ("1️⃣", [("31-20e3",)]),
        ("👩‍🚲", [("1f469",)]),
        ("2 © → ™ # *", ["2 © → ™ # *"]),
        ("a\tb\x07", ["a   b"]),
    ],
)
def test_emoji_become_pictures_and_signs_stay_signs(line: str, expected: list[Any]) -> None:
    assert runs(line) == expected


def test_a_line_has_the_direction_of_its_first_letter() -> None:
    lines = ["12 (ciao) مرحبا", "12 (مرحبا) ciao", "我们", "12 ..."]
    assert [prepared(line)["direction"] for line in lines] == ["ltr", "rtl", "ltr", None]


@pytest.mark.parametrize("language", SCHOOL.languages)
async def test_every_language_has_its_page(language: str) -> None:
    spoken = words(language)
    subject = Subject("🚲 #1", sheet("project", sentence=text("Lamps")), [], [])
    page = Printer(SCHOOL, spoken).page(subject, NOW)
    content = await printing.pdf("sheet.typ", page, language, right_to_left=spoken.right_to_left)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


async def last_place(said: str) -> float:
    """How far from the left the last line of an Arabic answer begins, on an Italian page."""
    subject = Subject("Lamps", sheet("project", need=text(said)), [], [])
    page = Printer(SCHOOL, words("it")).page(subject, NOW)
    content = await printing.pdf("sheet.typ", page, "it", right_to_left=False)
    found: list[tuple[str, float]] = []

    def visit(run: str, at: list[float], *_more: object) -> None:
        found.append((run, at[4]))

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=visit)
    return [place for run, place in found if run == "نعم"][-1]


async def test_a_long_answer_from_the_right_stands_at_its_own_side() -> None:
    assert round(await last_place("نعم")) == 159
    assert round(await last_place("في فنائنا نرمي كل شهر مصابيح وكراسي. " * 6 + "\nنعم")) == 528


@pytest.mark.parametrize(
    ("said", "font"),
    [
        ("Українська", "NotoSans"),
        ("नेपाली", "NotoSans"),
        ("বাংলা", "HindSiliguri"),
        ("தமிழ்", "NotoSansTamil"),
        ("ትግርኛ", "NotoSansEthiopic"),
        ("සිංහල", "NotoSansSinhala"),
        ("ภาษาไทย", "NotoSansThai"),
        ("اردوٹڈڑں", "IBMPlexSansArabic"),
        ("日本語", "NotoSansSC"),
        ("עברית", "LibertinusSerif"),
    ],
)
async def test_other_scripts_have_their_letters(folder: Path, said: str, font: str) -> None:
    template = folder / "line.typ"
    asked = "#json(bytes(sys.inputs.given)).page.said.first().runs.first()"
    template.write_text(f'#set text(font: "Noto Sans")\n{asked}', encoding="utf-8")
    made = await printing.pdf(str(template), {"said": said}, "it", right_to_left=False)
    (page,) = PdfReader(io.BytesIO(made)).pages
    fonts = cast("Any", page)["/Resources"]["/Font"]
    names = {fonts[name]["/BaseFont"].partition("+")[2].partition("-")[0] for name in fonts}
    assert names == {font}


def an_idea(session: Session, said: str, now: dt.datetime) -> int:
    """An idea with this as the answer to one question; its number."""
    begun = people.begin_idea(session, people.add(session, 7, "en", now), now)
    given: dict[str, Any] = {"stage": {"choice": "none"}, "need": {"text": said, "voices": []}}
    for key, value in given.items():
        row = Answer(idea_id=begun.id, question=key, status="answered", value=value)
        row.changed_at = now
        session.add(row)
    return begun.id


async def test_the_loop_and_the_database_are_free_while_a_page_is_made(town: World) -> None:
    now = town.app.clock.now()
    long = "In my street many people ask for exactly this. " * 2000
    number = await town.in_database(lambda session: an_idea(session, long, now))
    documents = Documents(town.app.database, town.app.school, Clock(), town.app.api)
    making = asyncio.ensure_future(documents.make({"sheet": number}, words("en")))
    turns = 0
    while not making.done():
        await town.in_database(lambda _session: None)
        turns += 1
    made = making.result()
    assert made is not None
    assert made.content.startswith(b"%PDF")
    assert turns > 5


async def test_a_page_that_never_ends_is_ended_in_time(folder: Path) -> None:
    template = folder / "endless.typ"
    template.write_text(ENDLESS, encoding="utf-8")
    with pytest.raises(printing.PrintingError):
        await printing.pdf(str(template), {}, "en", right_to_left=False, seconds=0.5)


async def test_a_bot_that_is_told_to_stop_leaves_no_page_behind(folder: Path, files: Files) -> None:
    url = await files.fresh()
    await _asks_for_a_long_page(url)
    async with await start(port=0) as emulator:
        settings = {"token": "42:EMULATOR", "api_url": emulator.url, "database_url": url}
        async with running(folder, "run", **settings, log_level="WARNING") as bot:
            (page,) = await _pages_of(bot)
            status, said = await bot.stop()
    assert (status, said) == (0, "")
    with pytest.raises(ProcessLookupError):
        os.kill(page, 0)


async def _asks_for_a_long_page(url: str) -> None:
    """A row that names a sheet of a thousand pages: it takes longer than a bot waits at its end."""
    long, now = "In my street many people ask for exactly this. " * 160_000, Clock().now()

    def ask(session: Session) -> None:
        body: dict[str, Any] = {"document": {"sheet": an_idea(session, long, now)}}
        outbox.put(session, 7, "sendDocument", body, language="en", now=now, lane=outbox.NOTICE)

    database = connect(url)
    await database.run(ask)
    await database.close()


async def _pages_of(bot: Command) -> list[int]:
    """The processes that the bot has started, once there are any."""
    path = Path(f"/proc/{bot.process.pid}/task/{bot.process.pid}/children")
    async with asyncio.timeout(SECONDS):
        while not (found := await asyncio.to_thread(path.read_text)):
            pass
    return [int(number) for number in found.split()]


def test_the_process_of_a_page_imports_nothing_heavy() -> None:
    asked = "import sys, bot.typesetting; print(*sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", asked], text=True)  # noqa: S603 - our own words
    assert set(said.split()) & {"sqlalchemy", "telegram", "asyncio", "babel", "pydantic"} == set()
