"""What was announced is corrected, or recalled, wherever it went: seen before, confirmed once."""

from typing import Any

import pytest

from school.announcements import CORRECT, RECALL
from tests.stories.announced import at, it_is, ledger, saying, shown, state, text
from tests.stories.test_announce_progress import DONE, FULL, carla_of, looks
from tests.stories.test_announce_progress import goes as goes_saying
from tests.stories.test_staff import trail, works
from tests.world import Phone, World

SENT = ("sent", None)
HELLO = saying(text("At five"))
BOTH = saying(text("At five"), it=[text("Alle cinque")])


@pytest.fixture(autouse=True)
async def morning(town: World) -> None:
    await it_is(town, at(10))


async def goes(town: World, by: Phone, content: dict[str, Any] = HELLO) -> int:
    """It went as far as it can."""
    return await goes_saying(town, by, content)


async def picture(phone: Phone) -> str:
    """A picture that Telegram has."""
    sent = await phone.sends_file("photo", "a.png")
    await phone.look()
    message = next(one for one in phone.messages if one["message_id"] == sent)
    return str(message["photo"][-1]["file_id"])


def captioned(file: str, words: str) -> dict[str, Any]:
    """A part that is a picture."""
    return {"method": "sendPhoto", "params": {"photo": file, "caption": words}}


async def test_it_is_asked_seen_confirmed_and_then_other_everywhere(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await carla.taps("Correct it")
    assert carla.sees == [
        (
            "Send me the message as it shall be.\nLanguage: English\n"
            "A text stays a text: send another one.\nYou see it once more before it changes."
        )
    ]
    await carla.says("At six")
    assert carla.said[-2] == "At six"
    assert carla.sees == [
        (
            "Correct it like this?\nLanguages: English\n2 people have it.\n"
            "Whoever is still to get it gets it like this."
        )
    ]
    assert carla.buttons == ["Correct it now", "Back"]
    assert await shown(town, 1010) == ["At five"]
    await carla.taps("Correct it now")
    assert carla.sees[:2] == [
        "It is confirmed.",
        "At six\nIt is being corrected where it was sent.",
    ]
    await looks(town, carla)
    assert carla.sees == [
        "At six\nIt is corrected: nobody is left.",
        f"{FULL}\nCorrected: 2\nStill to come: 0",
    ]
    assert carla.buttons == DONE
    assert [await shown(town, chat) for chat in (1010, 1011)] == [["At six"], ["At six"]]
    assert await ledger(town, number, CORRECT) == {1010: SENT, 1011: SENT}
    assert (await trail(carla))[0].startswith("Carla · corrected an announcement")


async def test_another_message_takes_its_place_until_it_is_confirmed(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await carla.taps("Correct it")
    await carla.says("At six")
    old = carla.messages[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await carla.says("At seven")
    await carla.taps_data(old)
    assert carla.sees[0] == "It has changed meanwhile: look at it once more."
    await looks(town, carla)
    assert await ledger(town, number, CORRECT) == {}
    await carla.taps("Correct it")
    await carla.says("At seven")
    confirm = carla.messages[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await carla.taps_data(confirm)
    assert carla.sees[0] == "It has changed meanwhile: look at it once more."
    await looks(town, carla)
    assert await shown(town, 1010) == ["At seven"]


async def test_the_second_correction_counts_from_the_beginning(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    for words in ("At six", "At seven"):
        await carla.taps("Correct it")
        await carla.says(words)
        await carla.taps("Correct it now")
        await looks(town, carla)
        assert carla.sees[1] == f"{FULL}\nCorrected: 2\nStill to come: 0"
    assert await ledger(town, number, CORRECT) == {1010: SENT, 1011: SENT}
    assert await shown(town, 1010) == ["At seven"]


async def test_each_language_is_corrected_by_itself_and_they_go_together(town: World) -> None:
    carla = await carla_of(town)
    await town.resident(1020, "Bruno", language="it")
    await goes(town, carla, BOTH)
    await carla.taps("Correct it")
    assert carla.sees == ["In which language do you correct it?"]
    assert carla.buttons == ["English", "Italiano", "Back"]
    await carla.taps("Italiano")
    await carla.says("Alle sei")
    assert carla.sees[0].splitlines()[1] == "Languages: Italiano"
    assert carla.buttons == ["Correct it now", "One more language", "Back"]
    await carla.taps("One more language")
    await carla.taps("English")
    await carla.says("At six")
    assert carla.sees[0].splitlines()[1] == "Languages: English, Italiano"
    await carla.taps("Correct it now")
    await looks(town, carla)
    assert (await shown(town, 1010), await shown(town, 1020)) == (["At six"], ["Alle sei"])


async def test_what_was_begun_and_left_is_not_in_the_next_one(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla, BOTH)
    await carla.taps("Correct it")
    await carla.taps("Italiano")
    await carla.says("Alle sei")
    await carla.taps("Back")
    await carla.taps("Correct it")
    await carla.taps("English")
    await carla.says("At six")
    assert carla.sees[0].splitlines()[1] == "Languages: English"
    await carla.taps_data(f"anncorrectin:{number}:xx")
    assert carla.sees == ["In which language do you correct it?"]


async def test_a_message_of_another_kind_gets_a_kind_word(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await carla.taps("Correct it")
    await carla.sends_file("photo", "a.png", caption="At six")
    assert carla.sees == [
        "A text stays a text: send another one.",
        (
            "Send me the message as it shall be.\nLanguage: English\n"
            "A text stays a text: send another one.\nYou see it once more before it changes."
        ),
    ]
    await carla.says("At five")
    assert carla.sees[0] == "It says this already."
    await carla.says("At six")
    await carla.taps("Correct it now")
    await looks(town, carla)
    assert await ledger(town, number, CORRECT) == {1010: SENT, 1011: SENT}


async def test_a_text_gives_a_picture_other_words(town: World) -> None:
    carla = await carla_of(town)
    ada = await town.resident(1020, "Ada")
    file = await picture(ada)
    await goes(town, carla, saying(captioned(file, "At five")))
    await carla.taps("Correct it")
    assert "another one of its kind, or a text for below it." in carla.screen
    await carla.says("x" * 1025)
    assert "1024" in carla.sees[0]
    await carla.says("At six")
    assert carla.messages[-2]["caption"] == "At six"
    await carla.taps("Correct it now")
    await looks(town, carla)
    await ada.look()
    assert (ada.messages[-1]["caption"], ada.messages[-1]["photo"][-1]["file_id"]) == (
        "At six",
        file,
    )


async def test_a_place_can_only_be_recalled(town: World) -> None:
    carla = await carla_of(town)
    place = {"method": "sendLocation", "params": {"latitude": 45.5, "longitude": 9.2}}
    await goes(town, carla, saying(place))
    await carla.taps("Correct it")
    assert carla.sees[0] == "Telegram cannot change this kind of message. You can recall it."


async def test_it_is_recalled_after_a_question(town: World) -> None:
    carla = await carla_of(town)
    number = await goes(town, carla)
    await carla.taps("Recall it")
    assert carla.sees == [
        (
            "Delete it wherever it was sent?\n2 people have it.\n"
            "Nobody else gets it. This cannot be undone."
        )
    ]
    assert await shown(town, 1010) == ["At five"]
    await carla.taps("Delete it everywhere")
    assert carla.sees[1] == "At five\nIt is being deleted where it was sent."
    await looks(town, carla)
    assert carla.sees == [
        "At five\nIt is recalled: nobody is left.",
        f"{FULL}\nDeleted: 2\nStill to come: 0",
    ]
    assert carla.buttons == ["See the report", "Back"]
    assert (await shown(town, 1010), await state(town, number)) == ([], "done")
    assert (await trail(carla))[0].startswith("Carla · recalled an announcement")
    for verb in ("annrecall", "annrecalling", "anncorrect"):
        await carla.taps_data(f"{verb}:{number}")
        assert "recalled" in carla.screen
    assert await ledger(town, number, RECALL) == {1010: SENT, 1011: SENT}


async def test_what_telegram_no_longer_deletes_is_said_before_and_reported(town: World) -> None:
    carla = await carla_of(town)
    await goes(town, carla)
    await it_is(town, at(11, day=25))
    await carla.taps("Recall it")
    assert carla.sees[0].splitlines()[1:3] == [
        "2 people have it.",
        "For 2 of them it is older than 48 hours: there it stays.",
    ]
    await carla.taps("Delete it everywhere")
    await looks(town, carla)
    assert carla.sees[1] == f"{FULL}\nDeleted: 0\nStill to come: 0\nFailed: 2"
    await carla.taps("See the report")
    assert carla.sees == [
        "At five",
        "2 people got it.",
        "It was deleted for 0 people.\nNot deleted:\n· older than 48 hours: 2",
    ]
    # To try again is of no use.
    assert carla.buttons == ["As a file", "Back"]
    assert await shown(town, 1010) == ["At five"]


async def test_a_recall_does_not_wait_for_the_morning(town: World) -> None:
    carla = await carla_of(town)
    await goes(town, carla)
    await it_is(town, at(23))
    await carla.taps("Recall it")
    await carla.taps("Delete it everywhere")
    await looks(town, carla)
    assert await shown(town, 1010) == []


async def test_whoever_else_coordinates_may_correct_it(town: World) -> None:
    carla = await carla_of(town)
    dora = await works(town, "coordinator", number=1004, name="Dora")
    number = await goes(town, carla)
    await dora.taps_data(f"anncorrect:{number}")
    await dora.says("At six")
    await dora.taps("Correct it now")
    await looks(town, carla)
    assert await shown(town, 1010) == ["At six"]
    assert carla.sees[0] == "At six\nIt is corrected: nobody is left."


async def test_an_album_is_corrected_by_an_album_or_by_a_text_below_it(town: World) -> None:
    carla = await carla_of(town)
    ada = await town.resident(1020, "Ada")
    file = await picture(ada)
    media = [{"type": "photo", "media": file, "caption": "One"}, {"type": "photo", "media": file}]
    album = {"method": "sendMediaGroup", "params": {"media": media}}
    number = await goes(town, carla, saying(album))
    await carla.taps("Correct it")
    await carla.says("Two")
    await carla.taps("Correct it now")
    await looks(town, carla)
    await ada.look()
    assert [one.get("caption") for one in ada.messages[-2:]] == ["Two", None]
    await carla.taps("Correct it")
    one = {"media_group_id": "seven"}
    await carla.sends_file("photo", "a.png", raw=one, caption="Three")
    assert carla.sees[0].startswith("It is an album: send as many files")
    await carla.sends_file("photo", "b.png", raw=one)
    assert carla.sees[0].startswith("Correct it like this?")
    await carla.taps("Correct it now")
    await looks(town, carla)
    assert len(await ledger(town, number, CORRECT)) == 3
