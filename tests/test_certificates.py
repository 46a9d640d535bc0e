"""The certificate on paper: its words are read back, a camera reads its code, names wrap."""

import datetime as dt
import io
from dataclasses import replace

import pytest
import zxingcpp
from pypdf import PdfReader

from bot import printing, typesetting
from locales.translator import words
from school.certificates import Attended, Certificate, Printer
from school.loading import load
from tests.pictures import grey

SCHOOL = load()
LINK = "https://t.me/quartieri_bot?start=verify-K7R2M"
TALK = Attended("Dall'idea al progetto", [dt.datetime(2026, 3, 1, 17, tzinfo=dt.UTC)], 90)
ONE = Certificate(
    "Ada Lovelace",
    [TALK],
    "K7R2M",
    "quartieri_bot",
    LINK,
    dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC),
)
NAMES = {
    "it": "Ada Lovelace 🚲",
    "en": "# Ada *Lovelace* $x$ #let a = 1",
    "es": "José Luis Ñíguez",
    "fr": "Zoé Lefèvre",
    "ar": "فاطمة الزهراء",
    "zh": "王小明",
}


async def pages(certificate: Certificate, language: str) -> list[str]:
    """The words of each page, without spaces: a wrapped name has other ones."""
    spoken = words(language)
    page = Printer(SCHOOL, spoken).page(certificate)
    made = await printing.pdf("certificate.typ", page, language, right_to_left=spoken.right_to_left)
    found = PdfReader(io.BytesIO(made)).pages
    return ["".join(page.extract_text().split()) for page in found]


def events(count: int) -> list[Attended]:
    return [replace(TALK, title=f"Incontro {number}.") for number in range(count)]


@pytest.mark.parametrize("year", [None, 2026])
@pytest.mark.parametrize("language", ["it", "en", "es", "fr", "zh"])
async def test_it_says_everything_on_one_page(language: str, year: int | None) -> None:
    certificate = replace(ONE, holder=NAMES[language], year=year)
    (said,) = await pages(certificate, language)
    page = Printer(SCHOOL, words(language)).page(certificate)
    total, check = page["total"], page["check"]
    assert isinstance(check, dict)
    expected = [
        page["school"],
        page["kind"],
        page["given_to"],
        NAMES[language].removesuffix("🚲"),
        page["taking_part"],
        "Dall'idea al progetto",
        *(total.values() if isinstance(total, dict) else ()),
        page["issued"],
        check["code"],
        check["how"],
        check["without"],
    ]
    assert [line for line in expected if "".join(str(line).split()) not in said] == []


@pytest.mark.parametrize("year", [None, 2026])
async def test_arabic_is_there(year: int | None) -> None:
    """A line of it is read back as it is seen: its words are whole, the last one first."""
    (said,) = await pages(replace(ONE, holder=NAMES["ar"], year=year), "ar")
    expected = ["مدرسة", "شهادة", "مشاركة", "فاطمة", "الزهراء", "ساعة", "/verify", "K7R2M"]
    assert [word for word in expected if word not in said] == []


@pytest.mark.parametrize("language", SCHOOL.languages)
@pytest.mark.parametrize("year", [None, 2026])
def test_a_camera_reads_its_code_from_the_printed_page(language: str, year: int | None) -> None:
    spoken = words(language)
    page = Printer(SCHOOL, spoken).page(replace(ONE, year=year))
    made = typesetting.made(
        "certificate.typ",
        page,
        language,
        right_to_left=spoken.right_to_left,
        form="png",
        per_inch=75,
    )
    (found,) = zxingcpp.read_barcodes(grey(made))
    assert found.text == LINK


@pytest.mark.parametrize("year", [None, 2026])
async def test_long_names_wrap_and_stay_whole(year: int | None) -> None:
    name = "María de los Ángeles Fernández de Córdoba " * 3 + "Donaudampfschiff" * 5
    title = "Un titolo che non finisce mai di spiegare " * 5
    long = replace(ONE, holder=name, attended=[replace(TALK, title=title)], year=year)
    (said,) = await pages(long, "it")
    assert [text for text in (name, title) if "".join(text.split()) not in said] == []


async def test_a_year_of_two_dozen_events_fits_on_one_page() -> None:
    (said,) = await pages(replace(ONE, attended=events(24), year=2026), "it")
    assert [number for number in range(24) if f"Incontro{number}." not in said] == []
    assert "36ore" in said


async def test_more_than_that_runs_on_over_numbered_pages() -> None:
    first, last = await pages(replace(ONE, attended=events(50), year=2026), "it")
    assert [n for n in range(50) if f"Incontro{n}." not in first + last] == []
    assert ("1/2" in first, "2/2" in last, "75ore" in last, "CodiceK7R2M" in last) == (True,) * 4
