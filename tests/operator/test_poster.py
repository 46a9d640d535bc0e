"""The poster: its code can be read from the printed page, and is counted when somebody opens it."""

import io
from pathlib import Path

import pytest
import typst
import zxingcpp
from pypdf import PdfReader

from bot import poster, typesetting
from db.tables import Source
from school import sources
from school.loading import load
from tests.operator.desk import Desk
from tests.pictures import grey
from tests.world import World

SCHOOL = load()


def _picture(languages: list[str]) -> bytes:
    """The page as it is printed."""
    words = [poster.speak(code) for code in languages]
    page = poster.page(SCHOOL, words, "quartieri_bot", "biblioteca-dergano")
    made = typst.compile(
        (typesetting.TEMPLATES / "poster.typ").read_bytes(),
        font_paths=typesetting.fonts(),
        sys_inputs=typesetting.inputs(page, languages[0], right_to_left=False),
        format="png",
        ppi=60,
    )
    assert isinstance(made, bytes), "it has more than one page"
    return made


@pytest.mark.parametrize("languages", [["it"], ["it", "ar"], SCHOOL.languages], ids=len)
def test_the_code_is_read_from_the_printed_page(languages: list[str]) -> None:
    [found] = zxingcpp.read_barcodes(grey(_picture(languages)))
    assert found.text == "https://t.me/quartieri_bot?start=biblioteca-dergano"


async def test_it_says_what_to_do_without_telegram() -> None:
    made = await poster.pdf(SCHOOL, [poster.speak("en")], "quartieri_bot", "library")
    [page] = PdfReader(io.BytesIO(made)).pages
    text = " ".join(page.extract_text().split())
    human = SCHOOL.settings.human
    for said in (human.name, human.place, human.hours):
        assert said["en"] in text
    assert human.phone in text


async def test_a_posters_code_is_counted_by_day_and_not_by_person(
    town: World, folder: Path
) -> None:
    desk = Desk(folder, town.database_url, town.emulator.url)
    [said] = await desk.runs("poster", "--source", "library", "--language", "it", "-o", "one.pdf")
    assert said == "one.pdf: opens https://t.me/quartieri_bot?start=library"
    assert (folder / "one.pdf").read_bytes().startswith(b"%PDF")
    ada = await town.person(1001, "Ada")
    await ada.says("/start library")
    await ada.says("/start mario-rossi-1980")
    await ada.says("/start")
    await (await town.resident(1002)).says("/start library")
    day = town.app.clock.now().astimezone(town.app.school.zone).date().isoformat()
    kept = {(row.code, row.day, row.count) for row in await town.rows(Source)}
    assert kept == {("library", day, 2), ("other", day, 1)}
    lines = await desk.runs("sources")
    assert lines == [f"     2 library (last {day})", f"     1 other (last {day})"]


@pytest.mark.parametrize("code", ["", "other", "Library", "mario rossi", "a" * 33, "caffè", "a\n"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert not sources.is_code(code)


async def test_a_wrong_code_or_language_is_one_line(folder: Path) -> None:
    desk = Desk(folder, f"sqlite:///{folder}/school.db")
    why = "--source: write 1 to 32 of a to z, 0 to 9 and -, but not other"
    assert await desk.is_refused("poster", "--source", "Mario") == why
    why = f"--language: the school speaks {', '.join(SCHOOL.languages)}"
    assert await desk.is_refused("poster", "--language", "xx", "--bot", "b") == why
