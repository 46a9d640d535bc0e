"""Words made ready for paper: directions, emoji, and the process that goes on meanwhile."""

import asyncio
import datetime as dt
import io
from typing import Any, cast

import pytest
from pypdf import PdfReader

from bot import printing
from bot.clock import Clock
from bot.documents import Documents
from db.tables import Answer
from locales.translator import words
from school import people
from school.printed import Printer, Subject
from tests.school.answers import SCHOOL, sheet, text
from tests.world import World

NOW = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)


def prepared(line: str) -> Any:
    """One line, made ready."""
    return cast("list[Any]", printing.prepared(line, {}))[0]


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
def test_every_language_has_its_page(language: str) -> None:
    spoken = words(language)
    subject = Subject("🚲 #1", sheet("project", sentence=text("Lamps")), [], [])
    page = Printer(SCHOOL, spoken).page(subject, NOW)
    content = printing.pdf("sheet.typ", page, language, right_to_left=spoken.right_to_left)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


async def test_the_loop_and_the_database_are_free_while_a_page_is_made(town: World) -> None:
    now = town.app.clock.now()
    long = "In my street many people ask for exactly this. " * 2000

    def idea(session: Any) -> int:
        begun = people.begin_idea(session, people.add(session, 7, "en", now), now)
        given: dict[str, Any] = {
            "stage": {"choice": "none"},
            "need": {"text": long, "voices": []},
        }
        for key, value in given.items():
            row = Answer(idea_id=begun.id, question=key, status="answered", value=value)
            row.changed_at = now
            session.add(row)
        return begun.id

    number = await town.in_database(idea)
    documents = Documents(town.app.database, town.app.school, Clock(), town.app.api.content)
    making = asyncio.ensure_future(documents.make({"sheet": number}, words("en")))
    turns = 0
    while not making.done():
        await town.in_database(lambda _session: None)
        turns += 1
    made = making.result()
    assert made is not None
    assert made.content.startswith(b"%PDF")
    assert turns > 5
