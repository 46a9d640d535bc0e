"""Voices answer, photos and documents stay with the idea, everything else gets a friendly word."""

from typing import Any

import pytest

from db.tables import Attachment
from tests.stories.steps import asked_in, at_question, at_the_end, kept, waiting
from tests.world import Phone, World

FRIENDLY = "Thank you. I cannot use this here: write to me, tap a button or send a voice message."


def last_sent(phone: Phone, kind: str) -> str:
    return next(m for m in reversed(phone.messages) if m["from"]["is_bot"] and kind in m)[kind][
        "file_id"
    ]


async def test_a_voice_message_answers_a_text_question(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.sends_file("voice", "need.ogg")
    (voice,) = await town.rows(Attachment)
    assert (await kept(town))["need"] == {"text": "", "voices": [voice.id]}
    assert asked_in(ada) == "evidence"


async def test_a_voice_is_played_again_from_the_review(town: World) -> None:
    ada = await at_question(town, "need", "none")
    await ada.sends_file("voice", "need.ogg")
    await ada.taps("Later")
    await ada.taps("My answers")
    await ada.taps("Read my answers")
    await ada.taps("Next page")
    assert ada.sees[1] == "What is missing: a voice message\nWho needs it: not answered yet"
    await ada.taps("Hear: What is missing")
    (voice,) = await town.rows(Attachment)
    assert last_sent(ada, "voice") == voice.file_id
    assert ada.sees[0] == "Useful · page 2 of 2"


async def test_a_voice_and_words_make_one_answer(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.sends_file("voice", "need.ogg")
    await ada.says("In short: lamps")
    await ada.taps("It belongs to the answer before")
    (voice,) = await town.rows(Attachment)
    assert (await kept(town))["need"] == {"text": "In short: lamps", "voices": [voice.id]}


async def test_a_voice_to_a_question_with_buttons_is_kept_with_the_idea(town: World) -> None:
    ada = await at_question(town, "field")
    await ada.sends_file("voice", "field.ogg")
    assert ada.sees[0] == "I keep it. 1 file is with your idea."
    assert asked_in(ada) == "field"


async def test_a_voice_that_nobody_asked_for_is_asked_about(town: World) -> None:
    ada = await at_the_end(town, "intuition")
    await ada.sends_file("voice", "more.ogg")
    assert ada.sees == ["I have your voice message.\nDoes it answer “Idea in short”?"]
    await ada.taps("Yes, it answers that")
    (voice,) = await town.rows(Attachment)
    assert (await kept(town))["sentence"] == {
        "text": "A workshop to repair things",
        "voices": [voice.id],
    }


@pytest.mark.parametrize(("kind", "name"), [("photo", "yard.jpg"), ("document", "plan.pdf")])
async def test_photos_and_documents_stay_with_the_idea(town: World, kind: str, name: str) -> None:
    ada = await at_question(town, "field")
    await ada.sends_file(kind, name)
    assert [file.kind for file in await town.rows(Attachment)] == [kind]
    assert ada.sees[0] == "I keep it. 1 file is with your idea."
    assert asked_in(ada) == "field"


async def test_a_caption_answers_the_question_and_the_photo_is_kept(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.sends_file("photo", "yard.jpg", caption="This yard is empty")
    assert (await kept(town))["need"] == {"text": "This yard is empty", "voices": []}
    assert [file.kind for file in await town.rows(Attachment)] == ["photo"]


async def test_an_album_is_kept_whole_and_answered_by_one_screen(town: World) -> None:
    ada = await at_question(town, "field")
    before = len(ada.said)
    for number in range(3):
        size = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
        await ada.sends(raw={"photo": [size], "media_group_id": "album"})
    assert len(await town.rows(Attachment)) == 3
    assert ada.sees[0] == "I keep it. 3 files are with your idea."
    assert len(ada.said) == before + 1


async def test_files_can_be_opened_and_taken_away(town: World) -> None:
    ada = await at_the_end(town)
    await ada.sends_file("document", "plan.pdf")
    await ada.taps("Add a file")
    assert ada.rows == [["plan.pdf", "Delete"], ["My idea"]]
    (file,) = await town.rows(Attachment)
    await ada.taps("plan.pdf")
    assert last_sent(ada, "document") == file.file_id
    await ada.taps("Delete")
    assert ada.rows == [["My idea"]]
    assert await town.rows(Attachment) == []


STRANGE: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": True},
    "contact": {"contact": {"phone_number": "+39333"}},
    "location": {"location": {"latitude": 45.5, "longitude": 9.2}},
    "poll": {
        "raw": {
            "poll": {
                "id": "1",
                "question": "Yes?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            }
        }
    },
    "dice": {"raw": {"dice": {"emoji": "🎲", "value": 6}}},
    "forward": {
        "raw": {
            "text": "From a friend",
            "forward_origin": {
                "type": "hidden_user",
                "date": 1,
                "sender_user_name": "B",
            },
        }
    },
    "nothing we know": {"raw": {}},
}


@pytest.mark.parametrize("kind", STRANGE)
async def test_everything_else_gets_a_friendly_word_and_the_question_again(
    town: World, kind: str
) -> None:
    ada = await at_question(town, "need")
    answers = await kept(town)
    await ada.sends(**STRANGE[kind])
    assert ada.sees[0] == FRIENDLY
    assert asked_in(ada) == "need"
    assert await kept(town) == answers
    assert await waiting(town) == []


async def test_where_nothing_is_asked_the_friendly_word_leads_home(town: World) -> None:
    ada = await town.resident()
    await ada.sends(sticker=True)
    assert ada.sees[:2] == [FRIENDLY, "The School of Neighbourhoods"]
    assert ada.buttons == ["Tell my idea", "Language", "Help and privacy"]
