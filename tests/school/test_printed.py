"""What the sheet on paper says, without paper."""

import datetime as dt
from typing import Any

from db.tables import Attachment
from locales.translator import words
from school.printed import Printer, Subject
from tests.school.answers import SCHOOL, choices, sheet, text

NOW = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)


def page(
    language: str = "en", title: str | None = None, files: tuple[Attachment, ...] = (), **given: Any
) -> Any:
    """The page of a project with these answers."""
    spoken = [attachment(1, "voice", seconds=12), attachment(2, "voice")]
    subject = Subject(title, sheet("project", **given), files, spoken)
    return Printer(SCHOOL, words(language)).page(subject, NOW)


def attachment(
    number: int, kind: str, name: str | None = None, seconds: int | None = None
) -> Attachment:
    return Attachment(id=number, kind=kind, name=name, seconds=seconds)


def answers(printed: Any, part: int) -> dict[str, Any]:
    return {row["name"]: row["words"] for row in printed["parts"][part]["answers"]}


def test_the_parts_are_the_questionnaires_in_their_order() -> None:
    labels = [part["label"] for part in page()["parts"]]
    assert labels == ["To begin", "Useful", "New", "Sustainable", "You and your group"]


def test_the_day_is_in_words_and_the_time_is_the_schools() -> None:
    facts = {language: page(language)["facts"][0] for language in ("en", "it", "zh")}
    assert facts == {
        "en": "Made on Tuesday, 24 November 2026, 18:30",
        "it": "Fatta martedì 24 novembre 2026, ore 18:30",
        "zh": "制作时间：2026年11月24日星期二 18:30",
    }


def test_it_is_named_as_its_idea_or_plainly() -> None:
    assert page(title="The lamp club")["title"] == "The lamp club"
    assert page()["title"] == "Your idea"


def test_an_answer_stands_in_full_as_it_was_typed() -> None:
    typed = "# one\n\n  two * _three_ $4$ <b>&amp;</b> " + "long " * 500
    assert answers(page(sentence=text(typed)), 0)["Idea in short"] == typed


def test_a_voice_is_named_with_its_length_below_what_was_written() -> None:
    said = answers(page(need=text("Lamps", 1, 2)), 1)["The problem"]
    assert said == "Lamps\nvoice message, 0:12\nvoice message"


def test_own_words_stand_beside_what_was_chosen() -> None:
    said = answers(page(for_whom=choices("older", other="my street")), 1)["For whom"]
    assert said == "Older people, my street"


def test_what_is_open_is_told_by_its_question_and_what_was_left_out_is_not() -> None:
    printed = page(sentence=text("Lamps"), where="unknown", field="skipped")
    assert answers(printed, 0) == {
        "How far you are": "I have a ready project",
        "Idea in short": "Lamps",
        "Neighbourhood": "I don't know yet",
        "The topic": "skipped",
    }
    assert printed["open"]["said"] == "You can go on in the chat when you like. There is no hurry."
    assert printed["open"]["rows"][:2] == [
        {
            "name": "Neighbourhood",
            "words": "In which neighbourhood would your idea happen?",
            "given": False,
        },
        {"name": "For whom", "words": "Who is your idea for?", "given": False},
    ]


def test_a_criterion_has_its_self_check_once_all_of_it_is_answered() -> None:
    half = page(exists={"ready": "nothing"})["parts"][2]["check"]
    whole = page(exists={"ready": "nothing"}, different="unknown")["parts"][2]["check"]
    assert half == []
    assert [line["sort"] for line in whole] == [
        "Strong",
        "Missing",
        "A tutor may ask",
        "For example",
    ]


def test_files_are_numbered_as_in_the_chat() -> None:
    files = (
        attachment(7, "photo"),
        attachment(9, "document", "plan.pdf"),
        attachment(11, "voice", seconds=72),
    )
    assert page(files=files)["files"]["rows"] == [
        {"kind": "photo", "name": "File 1", "length": ""},
        {"kind": "document", "name": "plan.pdf", "length": ""},
        {"kind": "voice message", "name": "File 3", "length": "1:12"},
    ]


def test_its_file_has_a_plain_name_with_the_schools_day() -> None:
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    names = {code: Printer(SCHOOL, words(code)).file_name(late) for code in ("it", "ar")}
    assert names == {"it": "scheda-2026-11-25.pdf", "ar": "bitaqa-2026-11-25.pdf"}
