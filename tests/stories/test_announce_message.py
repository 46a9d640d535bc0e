"""What an announcement says: any message as it is, in one language or several, with buttons."""

import base64
from collections.abc import Mapping
from typing import Any, cast

import pytest

from db.announcements import Announcement
from school.staff import COORDINATOR
from tests.stories.announced import at, it_is
from tests.stories.test_staff import works
from tests.world import Phone, World

ASKED = [
    (
        "Send me the message now.\nLanguage: English\n"
        "A text, picture, album, document, voice, video, place or poll.\n"
        "You see it once more before it goes."
    )
]


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def begins(town: World) -> Phone:
    """A coordinator begins an announcement."""
    carla = await works(town, COORDINATOR)
    await carla.says("/announce")
    await carla.taps("New announcement")
    return carla


async def content(town: World) -> dict[str, Any]:
    """What the newest one says."""
    one = (await town.rows(Announcement))[-1]
    return cast("dict[str, Any]", one.content)


async def part(town: World, language: str = "en") -> tuple[str, dict[str, Any]]:
    """Its only message in a language: the method, and the parameters."""
    (found,) = (await content(town))[language]["messages"]
    return found["method"], found["params"]


async def file_of(carla: Phone, message: int, kind: str) -> str:
    """How Telegram knows a file that she sent."""
    sent = next(one for one in carla.messages if one["message_id"] == message)
    return str((sent["photo"][-1] if kind == "photo" else sent[kind])["file_id"])


async def test_from_the_home_or_the_command_one_is_asked_for_the_message(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.says("/start")
    await carla.taps("Write to many people")
    assert (carla.sees, carla.buttons) == (["Announcements"], ["New announcement", "Back"])
    await carla.taps("New announcement")
    assert (carla.sees, carla.buttons) == (ASKED, ["In another language", "Back"])
    await carla.says("A meeting for all.")
    assert carla.sees[:2] == [
        "An announcement",
        "It says: A meeting for all.\nLanguages: English",
    ]
    assert carla.buttons[:5] == ["Look at it", "The message", "Languages", "Buttons", "Delete it"]
    assert await part(town) == ("sendMessage", {"text": "A meeting for all."})


async def test_formatted_words_stay_as_they_are(town: World) -> None:
    carla = await begins(town)
    entities = [{"type": "bold", "offset": 0, "length": 5}]
    shown = {"is_disabled": True}
    more = {"entities": entities, "link_preview_options": shown}
    await carla.sends(text="Hello all", raw=more)
    said = {"text": "Hello all", "entities": entities, "link_preview_options": shown}
    assert await part(town) == ("sendMessage", said)
    await carla.taps("Look at it")
    seen = next(one for one in reversed(carla.messages) if one.get("text") == "Hello all")
    assert seen["entities"] == entities


FILE = {"file_id": "F1", "file_unique_id": "u"}
SIZE = {"width": 1, "height": 1, "duration": 1}
STICKER = {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
PLACE = {"latitude": 45.5, "longitude": 9.0}
CAPTION: dict[str, Any] = {
    "caption": "Look here",
    "caption_entities": [{"type": "italic", "offset": 0, "length": 4}],
}
VENUE = {"location": PLACE, "title": "Library", "address": "via Baldinucci 76"}
KINDS: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "sendPhoto": (
        {"photo": [{**FILE, "width": 1, "height": 1}], "has_media_spoiler": True, **CAPTION},
        {"photo": "F1", "has_spoiler": True, **CAPTION},
    ),
    "sendVideo": (
        {"video": {**FILE, **SIZE}, "show_caption_above_media": True, **CAPTION},
        {"video": "F1", "show_caption_above_media": True, **CAPTION},
    ),
    "sendAnimation": (
        {"animation": {**FILE, **SIZE}, "document": FILE, **CAPTION},
        {"animation": "F1", **CAPTION},
    ),
    "sendDocument": ({"document": FILE, **CAPTION}, {"document": "F1", **CAPTION}),
    "sendAudio": ({"audio": {**FILE, "duration": 1}}, {"audio": "F1"}),
    "sendVoice": ({"voice": {**FILE, "duration": 1}, **CAPTION}, {"voice": "F1", **CAPTION}),
    "sendVideoNote": ({"video_note": {**FILE, "length": 1, "duration": 1}}, {"video_note": "F1"}),
    "sendSticker": ({"sticker": {**FILE, **STICKER}}, {"sticker": "F1"}),
    "sendLocation": ({"location": PLACE}, PLACE),
    "sendVenue": (
        {"venue": VENUE, "location": PLACE},
        {**PLACE, "title": "Library", "address": "via Baldinucci 76"},
    ),
}


@pytest.mark.parametrize("method", KINDS)
async def test_any_message_is_taken_as_it_is(town: World, method: str) -> None:
    carla = await begins(town)
    sent, params = KINDS[method]
    await carla.sends(raw=sent)
    assert await part(town) == (method, params)
    assert carla.sees[0] == "An announcement"


NOT_THIS = "I cannot send this to many people. A text or a picture, for example, goes."


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"contact": {"phone_number": "1", "first_name": "A"}}, NOT_THIS),
        ({"dice": {"emoji": "🎲", "value": 3}}, NOT_THIS),
        (
            {"photo": [{**FILE, "width": 1, "height": 1}], "caption": "a" * 1025},
            "Your text has 1025 characters, and 1024 fit here.",
        ),
    ],
)
async def test_what_cannot_be_sent_is_said_and_asked_for_again(
    town: World, sent: dict[str, Any], why: str
) -> None:
    carla = await begins(town)
    await carla.sends(raw=sent)
    assert carla.sees == [why, *ASKED]
    assert await content(town) == {}


async def test_pictures_of_an_album_are_one_message_with_one_screen(town: World) -> None:
    carla = await begins(town)
    screens = len(carla.said)
    files: list[str] = []
    for number, caption in enumerate(("Our day", None, None)):
        more: dict[str, Any] = {"caption": caption} if caption else {}
        sent = await carla.sends_file(
            "photo", f"{number}.png", str(number).encode(), raw={"media_group_id": "G"}, **more
        )
        files.append(await file_of(carla, sent, "photo"))
    media = [{"type": "photo", "media": file} for file in files]
    media[0]["caption"] = "Our day"
    assert await part(town) == ("sendMediaGroup", {"media": media})
    assert carla.sees[:2] == ["An announcement", "It says: An album: Our day\nLanguages: English"]
    assert len(carla.said) == screens + 1
    await carla.taps("Look at it")
    shown = [one for one in carla.messages if one["from"]["is_bot"] and "photo" in one]
    assert [one["photo"][-1]["file_id"] for one in shown] == files
    assert len({one["media_group_id"] for one in shown}) == 1


async def test_under_an_album_the_buttons_come_as_a_second_message(town: World) -> None:
    carla = await begins(town)
    for number in range(2):
        await carla.sends_file(
            "photo", f"{number}.png", str(number).encode(), raw={"media_group_id": "G"}
        )
    await carla.taps("Buttons")
    await carla.taps("Add: my idea")
    await carla.taps("Back")
    await carla.taps("Look at it")
    below = [one for one in carla.messages if one["from"]["is_bot"]][-2]
    assert below["text"] == "The School of Neighbourhoods"
    (row,) = below["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Open my idea"]


async def test_another_message_takes_the_place_of_the_one_before_and_it_is_said(
    town: World,
) -> None:
    carla = await begins(town)
    await carla.says("At five")
    await carla.says("At six")
    assert carla.sees[0] == "It takes the place of the one before."
    assert carla.sees[2] == "It says: At six\nLanguages: English"
    await carla.taps("The message")
    assert carla.sees == [
        ASKED[0].replace(
            "You see it once more before it goes.", "It takes the place of the one that is there."
        )
    ]
    await carla.says("At seven")
    assert await part(town) == ("sendMessage", {"text": "At seven"})


async def test_an_edited_message_is_taken_as_it_is_now(town: World) -> None:
    carla = await begins(town)
    before = await carla.says("Hello")
    await carla.edits(before, "Hello again")
    assert carla.sees[:2] == [
        "It takes the place of the one before.",
        "An announcement",
    ]
    assert await part(town) == ("sendMessage", {"text": "Hello again"})
    # Later on it is sent anew.
    await carla.taps("Look at it")
    await carla.edits(before, "Hello once more")
    assert carla.sees[0] == "That message is not an answer, so nothing changed."
    assert await part(town) == ("sendMessage", {"text": "Hello again"})


async def test_pictures_that_come_at_once_are_one_message_in_their_order(town: World) -> None:
    carla = await begins(town)
    for number in range(4):
        file = {"name": f"{number}.png", "base64": base64.b64encode(bytes([number])).decode()}
        await town.sim("send", {"user": carla.id, "photo": file, "raw": {"media_group_id": "G"}})
    await town.settle()
    await carla.look()
    sent = [one for one in carla.messages if not one["from"]["is_bot"] and "photo" in one]
    _, params = await part(town)
    assert [one["media"] for one in params["media"]] == [
        one["photo"][-1]["file_id"] for one in sent
    ]
    assert [said.splitlines()[0] for said in carla.said].count("An announcement") == 1


async def test_a_text_for_each_language_and_the_first_for_all_others(town: World) -> None:
    carla = await begins(town)
    await carla.says("A meeting")
    await carla.taps("Languages")
    assert carla.sees == [
        "In which language do you write it?\nWho reads another language gets: English"
    ]
    assert carla.buttons == [
        "Italiano",
        "✓ English",
        "Español",
        "Français",
        "العربية",
        "中文",
        "Back",
    ]
    await carla.taps("Italiano")
    await carla.says("Un incontro")
    assert carla.sees[1] == "It says: A meeting\nLanguages: English, Italiano"
    assert await part(town, "it") == ("sendMessage", {"text": "Un incontro"})
    await carla.taps("Languages")
    await carla.taps("✓ Italiano")
    await carla.taps("Take it away")
    assert carla.buttons[:2] == ["Italiano", "✓ English"]
    assert list(await content(town)) == ["en"]
    # The only one stays.
    await carla.taps("✓ English")
    assert carla.buttons == ["In another language", "Back"]
    await carla.taps_data("annunlang:1:en")
    assert list(await content(town)) == ["en"]


async def test_it_can_be_written_in_another_language_than_ones_own(town: World) -> None:
    carla = await begins(town)
    await carla.taps("In another language")
    await carla.taps("العربية")
    await carla.says("لقاء")
    assert list(await content(town)) == ["ar"]


async def test_one_looks_at_it_in_each_language_first(town: World) -> None:
    carla = await begins(town)
    await carla.says("A meeting")
    await carla.taps_data("annsay:1:it")
    await carla.says("Un incontro")
    await carla.taps("Look at it")
    assert carla.said[-2:] == ["A meeting", "This is how people get it.\nLanguage: English"]
    await carla.taps("Italiano")
    assert carla.said[-2:] == ["Un incontro", "This is how people get it.\nLanguage: Italiano"]
    await carla.taps("Back")
    assert carla.sees[0] == "An announcement"


async def test_one_looks_at_what_has_no_words_too(town: World) -> None:
    carla = await begins(town)
    for what, kind in (({"sticker": True}, "sticker"), ({"location": PLACE}, "location")):
        await carla.sends(**what)
        await carla.taps("Look at it")
        shown = [one for one in carla.messages if one["from"]["is_bot"] and kind in one]
        assert len(shown) == 1
        await carla.taps("Back")
        await carla.taps("The message")


async def test_all_are_listed_with_their_state_and_any_coordinator_goes_on(town: World) -> None:
    carla = await begins(town)
    await carla.says("A meeting for all of the neighbourhood")
    dora = await works(town, COORDINATOR, number=1004, name="Dora")
    await dora.says("/announce")
    assert dora.sees == [
        "Announcements",
        "A meeting for all of th… · not confirmed yet",
        "Tap one to see it.",
    ]
    await dora.taps("A meeting for all of th…")
    await dora.taps("The message")
    await dora.says("At six")
    assert await part(town) == ("sendMessage", {"text": "At six"})


async def test_a_draft_is_deleted_after_one_question(town: World) -> None:
    carla = await begins(town)
    await carla.says("At five")
    await carla.taps("Delete it")
    assert carla.sees == ["Delete this announcement?\nAt five"]
    await carla.taps("Delete it")
    assert carla.sees == ["It is deleted.", "Announcements"]
    assert await town.rows(Announcement) == []
    await carla.taps_data("ann:1")
    assert carla.sees == ["Announcements"]


async def test_a_command_in_between_loses_nothing(town: World) -> None:
    carla = await begins(town)
    await carla.says("At five")
    await carla.taps("The message")
    await carla.says("/help")
    assert carla.sees[:2] == ["An announcement", "It says: At five\nLanguages: English"]
