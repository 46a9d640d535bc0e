"""An event's flyer: a camera reads its code, and the poster is one page whatever stands on it."""

import io
from dataclasses import asdict, replace
from typing import Any

import pytest
import zxingcpp
from pypdf import PdfReader

from bot import flyers, typesetting
from locales.translator import words
from school import codes
from school.flyers import Flyer
from school.loading import load
from tests.pictures import grey

SCHOOL = load()
LINK = "https://t.me/quartieri_bot?start=e-K7R2MX"
FLYER = Flyer(
    school="La Scuola dei Quartieri",
    kind="Laboratorio",
    title="Una bottega di quartiere",
    when="Sabato 28 novembre, ore 18-20",
    where="Biblioteca Dergano\nvia Baldinucci 76",
    picture=codes.svg(LINK),
    address=LINK.removeprefix("https://"),
    how="Inquadra il codice.",
    without="Senza Telegram, chiama +39 02 0000 0000.",
    large=False,
)
TITLES = {
    "it": "Una bottega di quartiere 🚲",
    "en": "# A *shop* $x$ #let a = 1",
    "es": "Una tienda",
    "fr": "Une boutique",
    "ar": "دكان في الحي",
    "zh": "社区里的小店",
}
LONG = replace(
    FLYER,
    title="Donaudampfschifffahrt und noch viel mehr, " * 2,
    when="\n".join(["Sabato 28 novembre, ore 18-20"] * 7),
    where="Biblioteca comunale di quartiere Dergano Bovisa e dintorni\n" + "via lunga " * 15,
    large=True,
)


def page(flyer: Flyer) -> dict[str, Any]:
    return asdict(flyer)


def poster(flyer: Flyer, language: str) -> list[str]:
    """The words of each page, without spaces."""
    made = typesetting.made(
        flyers.TEMPLATE,
        page(flyer),
        language,
        right_to_left=words(language).right_to_left,
    )
    return ["".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("language", SCHOOL.languages)
def test_a_camera_reads_the_link_from_the_picture(language: str) -> None:
    flyer = replace(FLYER, title=TITLES[language], school=SCHOOL.settings.name[language])
    (found,) = zxingcpp.read_barcodes(grey(flyers.png(page(flyer), words(language))))
    assert found.text == LINK


def test_the_poster_says_what_when_where_and_how() -> None:
    (said,) = poster(replace(FLYER, large=True), "it")
    expected = "".join(str(value) for key, value in page(FLYER).items() if key not in _UNSAID)
    assert said == "".join(expected.split())


_UNSAID = ("picture", "large")


@pytest.mark.parametrize("language", ["it", "ar", "zh"])
def test_the_poster_is_one_page(language: str) -> None:
    assert len(poster(LONG, language)) == 1
