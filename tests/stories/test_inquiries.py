"""A question to a human goes to the operator's chat without a name; a reply there comes back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from db.tables import Attachment, Bubble, Handle, Inquiry, Outgoing, Person
from tests.stories.steps import asked_in, at_question
from tests.world import Phone, World, example_school, world

GROUP, OPERATOR, STRANGER = -1005001, 7001, 7002
HUMAN = "The school's help desk (sample)"


@pytest.fixture
async def staffed(database_url: str) -> AsyncIterator[World]:
    """A town where a human answers in a group."""
    async with world(database_url, operator_chat=GROUP) as town:
        await town.person(OPERATOR, "Carla", "it")
        group = {"id": GROUP, "title": "Desk", "forum": False}
        await town.sim("groups", {**group, "members": [OPERATOR], "admins": []})
        yield town


async def desk(town: World, chat: int = GROUP) -> list[dict[str, Any]]:
    """What the bot wrote in the operator's chat."""
    messages = (await town.sim(f"chats/{chat}"))["messages"]
    return [message for message in messages if message["from"]["is_bot"]]


async def words(town: World) -> list[str]:
    """Its texts and captions, with an X for each code."""
    said = [message.get("text") or message.get("caption", "") for message in await desk(town)]
    codes = [inquiry.code for inquiry in await town.rows(Inquiry)]
    for number, code in enumerate(codes, start=1):
        said = [text.replace(code, f"X{number}") for text in said]
    return said


async def reply(town: World, to: int, chat: int = GROUP, user: int = OPERATOR, **what: Any) -> int:
    """Somebody replies to a message."""
    sent = await town.sim("send", {"user": user, "chat": chat, "reply_to": to, **what})
    await town.settle()
    return sent["message_id"]


async def asks(town: World, text: str = "Where do I find a room?") -> Phone:
    ada = await at_question(town, "need")
    await ada.says("/help")
    await ada.taps("Ask a person")
    await ada.says(text)
    return ada


async def test_without_a_chat_nobody_is_offered_an_answer(town: World) -> None:
    ada = await town.resident()
    assert "Ask a person" not in ada.buttons
    await ada.taps_data("person")
    assert "To talk to a person:" in ada.said[-2]
    await ada.says("Is anybody there?")
    assert ada.sees[0].splitlines()[0] == "I read: “Is anybody there?”"
    assert await town.rows(Inquiry) == []


async def test_a_question_goes_out_without_a_name_and_the_words_are_not_kept(
    staffed: World,
) -> None:
    ada = await staffed.resident()
    await ada.taps("Ask a person")
    assert ada.sees == [
        "What would you like to ask?",
        f"{HUMAN} reads it and answers here.\nMonday to Friday, 10:00 to 18:00",
        "They see your words and your language, not your name.",
        "Write it, or send a voice message, a photo or a document.",
    ]
    await ada.says("Where do I find <a room> & a lamp?")
    (inquiry,) = await staffed.rows(Inquiry)
    assert ada.sees == [
        (
            f"I sent it to {HUMAN}. The answer comes here.\n"
            f"The code of your question: {inquiry.code}"
        ),
        "If you want to add something, write it now.",
    ]
    assert await words(staffed) == ["#X1 · English\nWhere do I find <a room> & a lamp?"]
    assert [await staffed.rows(table) for table in (Bubble, Outgoing)] == [[], []]


async def test_who_asked_in_the_middle_of_the_interview_goes_on_there(staffed: World) -> None:
    ada = await asks(staffed)
    await ada.taps("Go on")
    assert asked_in(ada) == "need"
    await ada.says("Lamps break")
    assert asked_in(ada) == "evidence"
    assert await words(staffed) == ["#X1 · English\nWhere do I find a room?"]


async def test_three_bubbles_are_one_question(staffed: World) -> None:
    ada = await asks(staffed, "Where")
    await ada.says("do I find")
    await ada.sends_file("photo", "room.jpg")
    await ada.sends_file("voice", "words.ogg", caption="a room?")
    assert await words(staffed) == [
        "#X1 · English\nWhere",
        "#X1 · English\ndo I find",
        "#X1 · English",
        "#X1 · English",
        "#X1 · English\na room?",
    ]
    kinds = [
        kind for message in await desk(staffed) for kind in ("photo", "voice") if kind in message
    ]
    assert kinds == ["photo", "voice"]
    assert await staffed.rows(Attachment) == []


async def test_a_long_question_arrives_whole(staffed: World) -> None:
    long = "".join(f"{number:05d}" for number in range(800))
    await asks(staffed, long)
    first, second = await words(staffed)
    assert first.removeprefix("#X1 · English\n") + second.removeprefix("#X1 · English\n") == long


async def test_a_question_that_is_edited_is_changed_there(staffed: World) -> None:
    ada = await staffed.resident()
    await ada.taps("Ask a person")
    message = await ada.says("Where is a rom?")
    await ada.edits(message, "Where is a room?")
    assert await words(staffed) == ["#X1 · English\nWhere is a room?"]


async def test_cancel_asks_nobody(staffed: World) -> None:
    ada = await staffed.resident()
    await ada.taps("Ask a person")
    await ada.taps("Cancel")
    await ada.says("Good morning")
    assert await words(staffed) == []
    assert ada.buttons == ["Yes, it answers that", "Send it to a person", "Neither"]


async def test_a_text_that_is_nobodys_can_be_sent_to_a_person(staffed: World) -> None:
    ada = await staffed.resident()
    await ada.says("Good morning")
    await ada.taps("Send it to a person")
    await ada.taps("Go on")
    await ada.sends_file("voice", "words.ogg")
    await ada.taps("Send it to a person")
    assert await words(staffed) == ["#X1 · English\nGood morning", "#X2 · English"]
    assert [await staffed.rows(table) for table in (Bubble, Attachment)] == [[], []]


async def test_a_reply_comes_back_and_says_who_answers(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    await reply(staffed, question["message_id"], text="In the library.")
    await ada.look()
    assert ada.sees == [f"{HUMAN} answers you:", "In the library."]
    assert ada.with_buttons == [ada.messages[-1]["message_id"]]
    assert (await words(staffed))[1:] == ["La tua risposta è in viaggio."]
    assert [inquiry.answered_at is None for inquiry in await staffed.rows(Inquiry)] == [False]
    await ada.says("Thank you")
    assert ada.sees[0] == "I read: “Thank you”\nDoes it answer “The problem”?"
    await ada.taps_old("Yes, it answers that")
    assert asked_in(ada) == "evidence"


@pytest.mark.parametrize("kind", ["voice", "photo", "document"])
async def test_a_reply_may_be_a_file(staffed: World, kind: str) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    file: Any = {kind: {"name": "answer.bin", "base64": "MQ=="}}
    await reply(staffed, question["message_id"], **file)
    await ada.look()
    assert ada.sees == [f"{HUMAN} answers you:", "The answer is in the file above."]
    assert kind in ada.messages[-2]


async def test_what_cannot_be_passed_on_is_said_so(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    before = ada.said
    await reply(staffed, question["message_id"], sticker=True)
    await ada.look()
    assert ada.said == before
    said = "Posso consegnare un testo, una voce, una foto o un documento."
    assert (await words(staffed))[1:] == [said]


async def test_an_answer_that_is_edited_comes_again(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    number = await reply(staffed, question["message_id"], text="In the libary.")
    await staffed.sim(
        "edit", {"user": OPERATOR, "chat": GROUP, "message": number, "text": "In the library."}
    )
    await staffed.settle()
    await ada.look()
    assert ada.sees == [f"{HUMAN} has changed the answer:", "In the library."]


async def test_who_writes_back_writes_to_the_same_question(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    await reply(staffed, question["message_id"], text="Which one?")
    await ada.look()
    await ada.taps("Write back")
    assert ada.sees[0] == "What would you like to write?"
    await ada.says("The big one")
    assert (await words(staffed))[2:] == ["#X1 · English\nThe big one"]
    assert [inquiry.answered_at for inquiry in await staffed.rows(Inquiry)] == [None]


async def test_what_is_no_reply_to_a_question_stays_where_it_is(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    before = ada.said
    own = await staffed.sim("send", {"user": OPERATOR, "chat": GROUP, "text": "Who takes it?"})
    code = question["text"].split()[0]
    forged = await staffed.sim("send", {"user": OPERATOR, "chat": GROUP, "text": f"{code} x"})
    for message in (own, forged):
        await reply(staffed, message["message_id"], text="I do")
    await ada.look()
    assert ada.said == before
    assert len(await desk(staffed)) == 1


async def test_nobody_answers_from_another_chat(staffed: World) -> None:
    """Neither from another group nor from a private chat, even under a message with a code."""
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    before = ada.said
    await staffed.person(STRANGER, "Mallory")
    other = GROUP - 1
    group = {"id": other, "title": "Others", "forum": False}
    await staffed.sim("groups", {**group, "members": [STRANGER], "admins": []})
    for chat in (other, STRANGER):
        kind = "private" if chat > 0 else "supergroup"
        place = {"id": chat, "type": kind, "title": "Others", "first_name": "Mallory"}
        sender = {"id": STRANGER, "is_bot": False, "first_name": "Mallory"}
        message = {"message_id": 9000, "date": 1, "chat": place, "from": sender, "text": "Ha"}
        asked = {**question, "chat": place}
        await staffed.sim("raw", {"message": {**message, "reply_to_message": asked}})
    await staffed.settle()
    await ada.look()
    assert ada.said == before
    assert [row.answered_at for row in await staffed.rows(Inquiry)] == [None]


async def test_a_question_can_be_answered_in_a_private_chat(database_url: str) -> None:
    async with world(database_url, operator_chat=OPERATOR) as town:
        carla = await town.resident(OPERATOR, "Carla", "it")
        ada = await asks(town)
        question = (await desk(town, OPERATOR))[-1]
        await reply(town, question["message_id"], chat=OPERATOR, text="In the library.")
        await ada.look()
        assert ada.sees == [f"{HUMAN} answers you:", "In the library."]
        await carla.says("/start")
        assert carla.sees[0] == "La Scuola dei Quartieri"


async def test_an_answer_to_who_is_away_is_said_so(staffed: World) -> None:
    await asks(staffed)
    (question,) = await desk(staffed)
    await staffed.sim("block", {"user": 1001})
    await staffed.settle()
    await reply(staffed, question["message_id"], text="In the library.")
    said = "Ora non posso raggiungere questa persona. Riprova più tardi."
    assert (await words(staffed))[1:] == [said]


async def test_who_is_forgotten_is_forgotten_there_too(staffed: World) -> None:
    ada = await asks(staffed)
    (question,) = await desk(staffed)
    code = question["text"][1:7]
    await ada.says("/forget")
    await ada.taps("Delete my data")
    await reply(staffed, question["message_id"], text="In the library.")
    assert (await words(staffed))[1:] == [
        (
            f"Chi ha fatto queste domande ha eliminato i suoi dati: #{code}\n"
            "Per favore, elimina anche questi messaggi."
        ),
        "Questa domanda è stata eliminata: la tua risposta non arriva a nessuno.",
    ]
    tables = (Inquiry, Person, Outgoing, Handle)
    assert [await staffed.rows(table) for table in tables] == [[], [], [], []]


async def test_a_question_can_stay_without_its_person(database_url: str, folder: Path) -> None:
    school = example_school(folder / "s", data='[kinds.questions]\non_forget = "anonymous"')
    async with world(database_url, school=school, operator_chat=-1005001) as town:
        await town.sim("groups", {"id": -1005001, "title": "D", "members": [], "admins": []})
        ada = await town.resident()
        await ada.taps("Ask a person")
        await ada.says("Where?")
        await ada.says("/forget")
        await ada.taps("Delete my data")
        assert [inquiry.person_id for inquiry in await town.rows(Inquiry)] == [None]
        assert await town.rows(Person) == []


async def test_a_question_waits_for_a_chat_that_the_bot_was_taken_out_of(staffed: World) -> None:
    await staffed.sim("members", {"chat": GROUP, "user": "bot", "status": "kicked"})
    ada = await asks(staffed)
    await ada.says("And a lamp?")
    assert await words(staffed) == []
    await staffed.later(hours=5)
    await staffed.sim("members", {"chat": GROUP, "user": "bot", "status": "administrator"})
    await staffed.later(minutes=1)
    await staffed.app.sweep()
    await staffed.settle()
    assert await words(staffed) == [
        "#X1 · English\nWhere do I find a room?",
        "#X1 · English\nAnd a lamp?",
    ]
    assert await staffed.rows(Outgoing) == []


async def test_a_question_that_waits_is_forgotten_with_its_person(staffed: World) -> None:
    await staffed.sim("members", {"chat": GROUP, "user": "bot", "status": "kicked"})
    ada = await asks(staffed)
    assert len(await staffed.rows(Outgoing)) == 1
    await ada.says("/forget")
    await ada.taps("Delete my data")
    waiting = [str(row.body) for row in await staffed.rows(Outgoing)]
    assert [text for text in waiting if "room" in text] == []
