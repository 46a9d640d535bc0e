"""A tutor asks for changes, answer by answer, and its people send the sheet again, until it is
ready. Each version is kept, and the tutor sees what has changed.
"""

import io

from pypdf import PdfReader

from db.dossiers import Comment
from db.tables import Deed
from school.dossiers import BACK, READY, TAKEN
from tests.stories.groups_made import OTHER, alone, dossier, group, handed_in, tutor
from tests.world import Json, Phone, World

ASKED = "Bruno asks you to change something:"
PROBLEM = "The problem\nYour answer: Broken lamps are thrown away\nComment: Whose lamps?"


async def taken(town: World, *people: Phone) -> Phone:
    """A tutor has the sheet of these people."""
    bruno = await tutor(town)
    await handed_in(*people)
    await bruno.look()
    await bruno.taps("Take it")
    return bruno


async def comments(bruno: Phone, part: str, question: str, words: str) -> int:
    """The tutor writes a comment on an answer; the number of the message."""
    await bruno.taps_old("Ask for changes")
    await bruno.taps(part)
    await bruno.taps(question)
    return await bruno.replies(prompt(bruno, question), text=words)


def prompt(bruno: Phone, question: str) -> int:
    """The newest message that asks for a comment on an answer."""
    asks = "Reply to this message with your comment."
    found = [m for m in bruno.messages if asks in m.get("text", "")]
    assert found[-1]["text"].startswith(question)
    return found[-1]["message_id"]


async def sends_all(town: World, ada: Phone, *more: Phone) -> Phone:
    """A sheet to which its people are to change something."""
    bruno = await taken(town, ada, *more)
    await comments(bruno, "Useful", "The problem", "Whose lamps?")
    await bruno.taps("Send all")
    await ada.look()
    return bruno


def card(phone: Phone) -> Json:
    """The sheet's newest card in somebody's chat."""
    titles = ("Lamps for all", "An idea without a title")
    return next(m for m in reversed(phone.messages) if m.get("text", "").startswith(titles))


def documents(phone: Phone) -> list[dict[str, str]]:
    """The PDFs that somebody got."""
    return [m["document"] for m in phone.messages if "document" in m]


async def printed(phone: Phone) -> str:
    """The words of the newest PDF, in their order."""
    url = phone.world.emulator.url + documents(phone)[-1]["url"]
    async with phone.world.http.get(url) as answer:
        content = await answer.read()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return " ".join(" ".join(pages).split())


async def test_whoever_takes_it_gets_the_answers_and_its_people_hear_who_that_is(
    town: World,
) -> None:
    ada, bea = await group(town, 1001, 1002)
    await ada.taps_data("files")
    await ada.sends_file("photo", "lamp.jpg")
    bruno = await taken(town, ada, bea)
    assert bruno.toasts[-1]["text"] == "You have it now."
    shown = card(bruno)
    lines = shown["text"].splitlines()
    assert lines[:10] == [
        "Lamps for all",
        "Group: Repair café",
        "A workshop to repair things",
        "",
        "Neighbourhood: Dergano",
        "How far you are: I have a rough idea",
        "Useful: 2 of 2 answered",
        "New: 0 of 1 answered",
        "Sustainable: 0 of 1 answered",
        "The answers are in: English",
    ]
    assert lines[10:14] == ["2 people", "", "Version 1", "It is with Bruno."]
    assert lines[14].startswith("It waits since: ")
    (sent,) = documents(bruno)
    assert sent["file_name"].startswith("sheet-")
    assert bruno.messages[-1]["photo"]
    said = await printed(bruno)
    for words in ("Version 1", "From: Ada, Bea", "Broken lamps are thrown away", "Still open"):
        assert words in said
    for phone in (ada, bea):
        await phone.look()
        assert phone.sees == [
            (
                "The sheet is with Bruno now.\n"
                "You can write to each other here. I tell you of each step."
            )
        ]
        assert phone.rows == [["Write to my tutor"], ["Where my sheet is"]]
    await ada.taps("Where my sheet is")
    assert ada.sees[:2] == ["Where the sheet is", "It is with Bruno."]
    said = [line.partition(":")[0].partition(" by ")[0] for line in ada.sees[2].splitlines()]
    assert said == ["Version 1", "Sent", "Taken", "Not read yet.", "An answer is expected"]


async def test_two_tutors_take_it_and_one_has_it(town: World) -> None:
    bruno, olga = await tutor(town), await tutor(town, OTHER, "Olga")
    ada = await alone(town)
    await handed_in(ada)
    for phone in (bruno, olga):
        await phone.look()
        assert phone.rows == [["Take it"], ["Read the sheet"]]
    await olga.taps("Read the sheet")
    assert len(documents(olga)) == 1
    await bruno.taps("Take it")
    await olga.taps_data("takeit:1")
    assert olga.toasts[-1]["text"] == "Bruno has taken it."
    shown = card(olga)
    assert "It is with Bruno." in shown["text"]
    assert "reply_markup" not in shown
    row = await dossier(town)
    assert (row.state, [deed.what for deed in await town.rows(Deed)]) == (TAKEN, ["took"])


async def test_comments_are_collected_and_sent_in_one_message_with_a_button_each(
    town: World,
) -> None:
    ada, bea = await group(town, 1001, 1002)
    bruno = await taken(town, ada, bea)
    await bruno.taps_old("Ask for changes")
    assert bruno.sees == ["What is your comment about?\nLamps for all"]
    assert bruno.buttons == ["To begin", "Useful", "New", "Sustainable", "You and your group"]
    await bruno.taps("Useful")
    assert bruno.sees == ["Which question is your comment about?\nUseful"]
    assert bruno.buttons == ["For whom", "The problem", "Back"]
    await bruno.taps("The problem")
    assert bruno.sees == [
        "The problem\nBroken lamps are thrown away",
        (
            "Reply to this message with your comment.\n"
            "Its people get it in your words, 300 characters at most."
        ),
    ]
    await bruno.replies(prompt(bruno, "The problem"), text="Whose lamps?")
    assert bruno.sees == ["Your comments\nLamps for all", "The problem: Whose lamps?"]
    assert bruno.buttons == ["Send all", "Another question", "Remove: The problem"]
    await bruno.taps("Another question")
    await bruno.taps("To begin")
    await bruno.taps("Neighbourhood")
    await bruno.replies(prompt(bruno, "Neighbourhood"), text="Which street?")
    await ada.look()
    assert ada.sees == ["Bruno is reading the sheet."]
    assert [one.sent_at for one in await town.rows(Comment)] == [None, None]
    await bruno.taps("Send all")
    assert (bruno.sees, bruno.rows) == (
        ["2 comments are sent.\nNow it is with its people."],
        [],
    )
    for phone in (ada, bea):
        await phone.look()
        assert [text.startswith(ASKED) for text in phone.said[-2:]] == [False, True]
        assert phone.sees == [
            ASKED,
            "Neighbourhood\nYour answer: Dergano\nComment: Which street?",
            PROBLEM,
        ]
        assert phone.buttons == [
            *("Change: Neighbourhood", "Change: The problem", "Send it again", "Write to my tutor")
        ]
    assert (await dossier(town)).state == BACK


async def test_a_comment_stays_on_its_question_until_the_sheet_goes_back(town: World) -> None:
    ada = await alone(town)
    await sends_all(town, ada)
    await ada.taps("Change: The problem")
    assert ada.sees == [
        "Useful · 2 of 2\nWhat problem do these people have?",
        "Your tutor asks: “Whose lamps?”",
        "Your answer: Broken lamps are thrown away",
    ]
    await ada.says("Those of my street")
    assert ada.sees[1].splitlines()[1] == "The problem: Those of my street"
    await ada.taps("Send it again")
    assert ada.sees[0] == "The sheet is back with Bruno.\nVersion 2"
    await ada.taps_data("change:need")
    assert "Your tutor asks" not in ada.screen


async def test_one_question_leads_to_the_next_that_is_asked_about(town: World) -> None:
    ada = await alone(town)
    bruno = await taken(town, ada)
    await comments(bruno, "To begin", "Neighbourhood", "Which street?")
    await comments(bruno, "Useful", "The problem", "Whose lamps?")
    await bruno.taps("Send all")
    await ada.look()
    await ada.taps("Change: The problem")
    await ada.says("Those of my street")
    assert ada.buttons[-3:] == ["Change: Neighbourhood", "Send it again", "My idea"]
    await ada.taps("Change: Neighbourhood")
    await ada.says("Isola")
    await ada.taps("Go on")
    assert "Change: The problem" not in ada.buttons
    assert ada.buttons[-2:] == ["Send it again", "My idea"]


async def test_a_comment_can_be_replaced_edited_and_removed_until_all_are_sent(
    town: World,
) -> None:
    ada = await alone(town)
    bruno = await taken(town, ada)
    number = await comments(bruno, "Useful", "The problem", "Who?")
    await bruno.edits(number, "Whose lamps?")
    assert bruno.sees[1] == "The problem: Whose lamps?"
    other = await bruno.replies(prompt(bruno, "The problem"), text="Which lamps?")
    assert bruno.sees[1] == "The problem: Which lamps?"
    await bruno.taps("Remove: The problem")
    assert bruno.sees == ["What is your comment about?\nAn idea without a title"]
    assert await town.rows(Comment) == []
    await bruno.edits(other, "How many lamps?")
    await bruno.taps("Send all")
    for late in (bruno.edits(other, "Too late"), bruno.edits(number, "Too late")):
        await late
        assert bruno.sees == [
            "Comments on this sheet can't be collected now, so I do not keep this one."
        ]
    assert [one.words for one in await town.rows(Comment)] == ["How many lamps?"]


async def test_what_is_no_comment_is_said_kindly(town: World) -> None:
    ada = await alone(town)
    bruno = await taken(town, ada)
    await bruno.taps_old("Ask for changes")
    await bruno.taps("Useful")
    await bruno.taps("The problem")
    at = prompt(bruno, "The problem")
    await bruno.replies(at, text="x" * 301)
    assert bruno.sees == [
        (
            "Your text has 301 characters, and 300 fit here.\n"
            "Edit your message, or write a shorter one."
        )
    ]
    await bruno.replies(at, voice={"name": "a.ogg", "base64": "AAAA"})
    assert bruno.sees == ["Please write your comment: a reply with words only."]
    assert await town.rows(Comment) == []


async def test_many_long_comments_come_in_messages_that_can_be_read(town: World) -> None:
    ada = await alone(town)
    bruno = await taken(town, ada)
    long = "Please say more about this, with a number if you have one. " * 5
    for part, question in (
        *(("To begin", "Neighbourhood"), ("Useful", "For whom"), ("Useful", "The problem")),
        *(("New", "What exists"), ("Sustainable", "The resources")),
    ):
        await comments(bruno, part, question, long[:290])
    await bruno.taps("Send all")
    await ada.look()
    told = ada.said[-5:]
    assert [len(text) <= 600 for text in told] == [True] * 5
    assert told[0].startswith(ASKED)
    assert all(text.startswith("And this:") for text in told[1:])
    assert ada.buttons[-2:] == ["Send it again", "Write to my tutor"]


async def test_ready_means_ready_to_send_and_says_the_next_step(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    bruno = await taken(town, ada, bea)
    await bruno.taps_old("Ready to send")
    shown = card(bruno)
    assert shown["text"].endswith("Is it ready to send? Its people are told at once.")
    assert (await dossier(town)).state == TAKEN
    await bruno.taps_old("Yes, ready to send")
    assert (await dossier(town)).state == READY
    for phone in (ada, bea):
        await phone.look()
        assert phone.sees == [
            "Bruno says: it is ready to send.",
            "Ready means ready to send. About each call, people decide.",
            "There is no meeting with a date yet. When there is one, we can write to you here.",
        ]
    await ada.taps("Where my sheet is")
    assert ada.sees[1] == "Bruno says: it is ready to send."
    await bruno.taps_old("Ask for changes")
    assert bruno.sees[0].startswith("What is your comment about?")


async def test_its_people_hear_once_that_it_is_read(town: World) -> None:
    ada = await alone(town)
    bruno = await taken(town, ada)
    await bruno.taps_old("Ask for changes")
    await ada.look()
    assert ada.sees == ["Bruno is reading the sheet."]
    before = len(ada.said)
    await bruno.taps_old("Ask for changes")
    await bruno.taps_data("version:1:1")
    await ada.look()
    assert len(ada.said) == before
    await ada.taps("Where my sheet is")
    assert ada.sees[-1].splitlines()[-2].startswith("Read: ")
