"""The sheet as a PDF: it arrives as a document, says every answer, and holds nothing up."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader
from sqlalchemy import update

from db.tables import Attachment, Idea, Outgoing
from db.types import Json
from school import outbox
from tests.school.answers import text as typed
from tests.stories.steps import PATHS, VALUES, at_the_end, begins, gives, has_answered, kept
from tests.world import Phone, World

ON_ITS_WAY = "Your sheet will be here in a moment, as a PDF."
SIGNS = (
    "# no title * star _low_ $x^2$ @name <b>tag</b> \\ `code` #let x = 1 [a](b) -- ...\n- line two"
)


def documents(phone: Phone) -> list[Any]:
    """The documents that the bot sent, oldest first."""
    return [m for m in phone.messages if m["from"]["is_bot"] and "document" in m]


async def pages(phone: Phone) -> list[str]:
    """The text of each page of the newest document."""
    url = phone.world.emulator.url + documents(phone)[-1]["document"]["url"]
    async with phone.world.http.get(url) as answer:
        content = await answer.read()
    assert content.startswith(b"%PDF")
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


async def text(phone: Phone) -> str:
    """The words of the newest document in their order, whatever the lines."""
    return " ".join(" ".join(await pages(phone)).split())


def in_order(words: Sequence[str], text: str) -> list[str]:
    """The words that do not come after those before them."""
    missing: list[str] = []
    at = 0
    for word in words:
        found = text.find(word, at)
        if found < 0:
            missing.append(word)
        at = max(found, at)
    return missing


async def test_the_sheet_arrives_as_a_document_with_all_answers(town: World) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps("Get my sheet")
    (sent,) = documents(ada)
    day = town.app.clock.now().astimezone(town.app.school.zone).date()
    assert sent["document"]["file_name"] == f"sheet-{day}.pdf"
    assert sent["caption"] == "Your idea\nThis is your sheet with your answers."
    said = await text(ada)
    expected = [
        "The School of Neighbourhoods",
        "Sheet of an idea",
        "Your idea",
        f"{day.day} {day:%B} {day.year}",
        "To begin",
        "A workshop to repair things",
        "Dergano",
        "Useful",
        "Older people",
        "Broken lamps are thrown away",
        "Strong",
        "Missing",
        "A tutor may ask",
        "New",
        "I found nothing",
        "Sustainable",
        "€3,500",
        "50%",
        "Members pay a fee",
        "You and your group",
        "I am an electrician",
        "Still open",
        "All questions about your idea have an answer.",
    ]
    assert in_order(expected, said) == []


async def test_the_screen_says_that_it_comes_and_the_next_one_is_below_it(town: World) -> None:
    ada = await at_the_end(town)
    await ada.taps("Get my sheet")
    screen = next(m for m in reversed(ada.messages) if "reply_markup" in m)
    assert screen["text"].startswith(ON_ITS_WAY)
    assert ada.messages[-1] == documents(ada)[0]
    await ada.taps_old("Read my answers")
    assert "text" in ada.messages[-1]
    assert ada.with_buttons == [ada.messages[-1]["message_id"]]
    before = len(ada.messages)
    await ada.taps("My idea")
    assert len(ada.messages) == before


async def test_the_person_goes_on_while_the_sheet_is_being_sent(town: World) -> None:
    ada = await at_the_end(town)
    await town.sim("faults", [{"method": "sendDocument", "kind": "slow", "delay_ms": 2000}])
    await town.sim("press", {"user": ada.id, "label": "Get my sheet"})
    await somebody_else_is_answered(town)
    await town.sim("press", {"user": ada.id, "label": "Read my answers"})
    await until_shown(ada, "page 1 of 2")
    waiting = {row.method: row.state for row in await town.rows(Outgoing)}
    assert waiting["sendDocument"] == "sending"
    await town.settle()
    await ada.look()
    assert len(documents(ada)) == 1


async def somebody_else_is_answered(town: World) -> None:
    bob = await town.person(1002, "Bob")
    await town.sim("send", {"user": bob.id, "text": "/start"})
    await until_shown(bob, "")


async def until_shown(phone: Phone, words: str) -> None:
    """Look until a message of the bot has these words."""
    async with asyncio.timeout(20):
        while not any(words in said for said in phone.said if said):
            await phone.look()


async def test_two_taps_make_one_sheet(town: World) -> None:
    ada = await at_the_end(town)
    await town.sim("faults", [{"method": "sendDocument", "kind": "slow", "delay_ms": 500}])
    for _ in range(3):
        await town.sim("press", {"user": ada.id, "data": "sheet"})
    await town.settle()
    await ada.look()
    assert len(documents(ada)) == 1
    await ada.taps_data("sheet")
    assert len(documents(ada)) == 2


async def test_an_upload_of_uncertain_outcome_is_tried_once_more(town: World) -> None:
    ada = await at_the_end(town)
    await town.sim("faults", [{"method": "sendDocument", "kind": "reset", "times": 1}])
    await ada.taps("Get my sheet")
    assert len(documents(ada)) == 1
    assert await town.rows(Outgoing) == []


async def test_signs_stand_as_they_were_typed(town: World) -> None:
    ada = await has_answered(town, {"need": typed(SIGNS)}, "none")
    await ada.taps_data("sheet")
    said = (await pages(ada))[0]
    assert in_order(SIGNS.splitlines(), said) == []


async def test_emoji_do_not_get_in_the_way_of_words(town: World) -> None:
    value = typed("Bikes 🚲 for 👨‍👩‍👧 and 🇮🇹 all ❤️")
    ada = await has_answered(town, {"need": value}, "none")
    await ada.taps_data("sheet")
    assert in_order(["Bikes", "for", "and", "all"], await text(ada)) == []


async def test_a_very_long_answer_runs_on_over_pages_whole(town: World) -> None:
    words = [f"word{number}" for number in range(3000)]
    value = typed(" ".join(words))
    ada = await has_answered(town, {"need": value}, "none")
    await ada.taps_data("sheet")
    assert len(await pages(ada)) > 2
    assert in_order(words, await text(ada)) == []


async def test_a_word_longer_than_a_line_is_whole(town: World) -> None:
    word = "Donaudampfschiff" * 30
    ada = await has_answered(town, {"need": typed(word)}, "none")
    await ada.taps_data("sheet")
    assert word in (await text(ada)).replace(" ", "")


async def test_eighteen_answers_of_some_hundred_characters_fit_on_two_pages(town: World) -> None:
    words = "In my street many people ask for exactly this, and nobody has ever tried it. " * 4
    long = {
        key: {**value, "text": words} if "text" in value else value for key, value in VALUES.items()
    }
    ada = await has_answered(town, {key: long[key] for key in PATHS["project"]}, "project")
    await ada.taps_data("sheet")
    assert len(await pages(ada)) == 2


async def test_what_is_open_is_said_kindly(town: World) -> None:
    ada = await begins(town)
    await gives(ada, "sentence", "where", "field")
    await ada.taps("I don't know yet")
    await ada.taps("Later")
    await ada.taps("My answers")
    await ada.taps("Get my sheet")
    said = await text(ada)
    assert (
        in_order(
            [
                "For whom I don't know yet",
                "not answered yet",
                "Still open",
                "You can go on in the chat when you like. There is no hurry.",
                "Who is your idea for?",
                "What problem do these people have?",
            ],
            said,
        )
        == []
    )


async def test_voices_and_files_are_listed(town: World) -> None:
    ada = await at_the_end(town)
    await ada.sends_file("document", "plan.pdf")
    await ada.sends_file("photo", "yard.jpg")
    await ada.taps_data("change:need")
    await ada.sends_file("voice", "need.ogg")
    await town.in_database(
        lambda session: session.execute(
            update(Attachment).where(Attachment.kind == "voice").values(seconds=12)
        )
    )
    await ada.taps_data("sheet")
    said = await text(ada)
    expected = [
        "What is missing voice message, 0:12",
        "Files with the idea",
        "document plan.pdf",
        "photo File 2",
    ]
    assert in_order(expected, said) == []


async def test_italian_has_its_own_words_and_date(town: World) -> None:
    ada = await has_answered(town, {key: VALUES[key] for key in PATHS["none"]}, "none", "it")
    await ada.taps("Scarica la scheda")
    (sent,) = documents(ada)
    assert sent["document"]["file_name"].startswith("scheda-")
    said = await text(ada)
    assert in_order(["La Scuola dei Quartieri", "Scheda dell'idea", "Fatta ", "ore "], said) == []


async def test_arabic_and_chinese_are_there(town: World) -> None:
    value = typed("مرحبا\n我们的社区")
    given = {key: VALUES[key] for key in PATHS["none"]} | {"need": value}
    ada = await has_answered(town, given, "none", "ar")
    await ada.taps("تنزيل البطاقة")
    (sent,) = documents(ada)
    assert sent["caption"] == "فكرتك\nهذه بطاقتك وفيها إجاباتك."
    said = await text(ada)
    # A line of Arabic is read back as it is seen: its words are whole, the last one first.
    words = ["مدرسة", "الأحياء", "بطاقة", "الفكرة", "مرحبا", "我们的社区"]
    assert [word for word in words if word not in said] == []


async def test_a_person_without_an_idea_gets_none(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("sheet")
    assert ada.buttons[0] == "Tell my idea"
    assert documents(ada) == []
    assert await town.rows(Idea) == []


async def test_an_idea_without_answers_has_no_sheet(town: World) -> None:
    ada = await town.resident()
    await ada.taps("Tell my idea")
    await ada.taps_data("sheet")
    assert documents(ada) == []


async def test_nobody_gets_the_sheet_of_another(town: World) -> None:
    ada = await at_the_end(town)
    (idea,) = await town.rows(Idea)
    bob = await town.resident(1002, "Bob")
    for forged in (f"sheet:{idea.id}", f"sheet:{ada.id}", "sheet:", "sheet"):
        await bob.taps_data(forged)
    assert documents(bob) == []
    assert await kept(town) != {}


async def sends_later(town: World, chat: int, document: dict[str, Json]) -> None:
    """A row names a document, as if it had waited for long."""
    now = town.app.clock.now()
    body: dict[str, Json] = {"document": document, "caption": "..."}
    await town.in_database(
        lambda session: outbox.put(
            session, chat, "sendDocument", body, language="en", now=now, lane=outbox.NOTICE
        )
    )
    town.app.sender.wake()
    await town.settle()


async def test_the_sheet_of_an_idea_that_is_gone_is_not_sent(town: World) -> None:
    ada = await at_the_end(town)
    before = len(ada.messages)
    await sends_later(town, ada.id, {"sheet": 99})
    await ada.look()
    assert len(ada.messages) == before
    assert await town.rows(Outgoing) == []


async def test_a_document_that_cannot_be_made_is_told_so(town: World) -> None:
    ada = await at_the_end(town)
    await sends_later(town, ada.id, {"no such thing": 1})
    await ada.look()
    assert ada.sees == [
        "The document could not be made. Your answers are safe. Please try again later."
    ]
    assert await town.rows(Outgoing) == []
