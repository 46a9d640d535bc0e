"""The ticket: a camera and an eye read the same, whatever the holder's name."""

import io
from dataclasses import replace

import pytest
import zxingcpp
from pypdf import PdfReader

from bot import tickets, typesetting
from bot.tickets import Ticket
from locales.translator import words
from school.loading import load
from tests.pictures import grey

LINK = "https://t.me/quartieri_bot?start=seat-K7R2M8QX4TZA"
TICKET = Ticket(LINK, "K7R2M", "La Scuola dei Quartieri", "Ada Lovelace")
SCHOOL = load()
WHITE = 255
NAMES = {
    "it": "Ada Lovelace 🚲",
    "en": "# Ada *Lovelace* $x$ #let a = 1",
    "es": "O",
    "fr": "",
    "ar": "فاطمة الزهراء (Fatima)",
    "zh": "王小明",
}


def picture(ticket: Ticket, language: str = "it") -> memoryview:
    """The ticket as a camera sees it."""
    return grey(tickets.png(ticket, words(language)))


def text(ticket: Ticket, language: str = "it") -> str:
    """The words of the same page without spaces, which can be read back from a PDF."""
    mirrored = words(language).right_to_left
    made = typesetting.made(
        "ticket.typ", tickets.page(ticket), language, right_to_left=mirrored, form="pdf"
    )
    (page,) = PdfReader(io.BytesIO(made)).pages
    return "".join(page.extract_text().split())


@pytest.mark.parametrize("language", SCHOOL.languages)
def test_a_camera_reads_the_link_from_it(language: str) -> None:
    ticket = replace(TICKET, school=SCHOOL.settings.name[language], holder=NAMES[language])
    (found,) = zxingcpp.read_barcodes(picture(ticket, language))
    assert found.text == LINK


def test_a_camera_reads_the_longest_link_that_there_is() -> None:
    link = f"https://t.me/{'b' * 32}?start={'Z' * 64}"
    (found,) = zxingcpp.read_barcodes(picture(replace(TICKET, link=link)))
    assert found.text == link


def test_it_says_the_school_the_letters_and_the_holder() -> None:
    assert text(TICKET) == "LaScuoladeiQuartieriK7R2MAdaLovelace"


@pytest.mark.parametrize(
    ("language", "school", "holder"),
    [("ar", "مدرسة", "فاطمة"), ("zh", "社区学校", "王小明"), ("it", "Scuola", "#let$x$*a*")],
)
def test_names_are_there_in_any_script(language: str, school: str, holder: str) -> None:
    said = text(replace(TICKET, school=school, holder=holder), language)
    assert said == f"{school}K7R2M{holder}"


def test_without_a_name_there_is_none() -> None:
    assert text(replace(TICKET, holder=" \n")) == "LaScuoladeiQuartieriK7R2M"


def test_a_very_long_name_is_cut_and_does_not_grow_the_picture() -> None:
    long = replace(TICKET, holder="Maria Antonietta della Santissima " * 200, school="x" * 4000)
    made = tickets.png(long, words("it"))
    assert text(long).endswith("K7R2MMariaAntoniettadellaSantissimaMariaAntoniettadellaSa…")
    assert len(made) < 60_000
    (found,) = zxingcpp.read_barcodes(grey(made))
    assert found.text == LINK


def test_the_widest_letters_stand_inside_the_margin() -> None:
    seen = picture(replace(TICKET, code="WMWMW", holder="Donaudampfschiff" * 3))
    height, width = seen.shape or (0, 0)
    sides = [*range(width // 40), *range(width - width // 40, width)]
    assert {seen[row, column] for row in range(height) for column in sides} == {WHITE}


def test_the_same_ticket_is_the_same_picture() -> None:
    assert tickets.png(TICKET, words("it")) == tickets.png(TICKET, words("it"))
