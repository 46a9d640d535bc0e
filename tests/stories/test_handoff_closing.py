"""A tutor puts a sheet away: with a reason that is tapped, or in words, which its people read."""

from school.dossiers import CLOSED, TAKEN
from school.staff import COORDINATOR as COORDINATES
from tests.stories.groups_made import COORDINATOR, OTHER, alone, dossier, group, handed_in, tutor
from tests.stories.test_changes_asked import card, taken
from tests.world import Phone, World

KEPT = "Your answers are all here. You can send it once more whenever you like."
PROMPT = [
    "Why do you close it?\nAn idea without a title",
    (
        "Reply to this message with the reason.\n"
        "Its people get it in your words, 300 characters at most."
    ),
]
WORDS = "We have no room for a workshop.\nThe library has one."


async def test_a_sheet_is_closed_with_a_reason_and_can_be_sent_anew(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    bruno = await taken(town, ada, bea)
    for label in ("More", "Close it"):
        await bruno.taps_old(label)
    shown = card(bruno)
    labels = [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]]
    assert labels == [
        *("They asked for it", "Nothing came for long", "It is not for us"),
        *("Write the reason", "Back"),
    ]
    await bruno.taps_old("Nothing came for long")
    assert (await dossier(town)).state == CLOSED
    shown = card(bruno)
    assert "Closed by Bruno." in shown["text"]
    assert "reply_markup" not in shown
    await bea.look()
    assert bea.sees == [
        (
            "The sheet is closed now, as nothing came for a while. That is all right.\n"
            "Your answers are all here. You can send it once more whenever you like."
        )
    ]
    await bea.taps("Where my sheet is")
    assert bea.sees[1].splitlines()[0] == "A tutor has closed it. Your answers are all here."
    await bea.taps("Send it to a tutor")
    await bea.taps("Yes, ask the others")
    await ada.look()
    await ada.taps("I agree")
    await bruno.look()
    assert "Take it" in bruno.buttons
    row = await dossier(town)
    assert (row.round, row.tutor_id) == (2, None)


async def asked(town: World) -> tuple[Phone, Phone, int]:
    """Ada, and Bruno who is asked why he closes her sheet: by which message."""
    ada = await alone(town)
    bruno = await taken(town, ada)
    for label in ("More", "Close it", "Write the reason"):
        await bruno.taps_old(label)
    assert bruno.sees == PROMPT
    return ada, bruno, bruno.messages[-1]["message_id"]


async def test_the_reason_can_be_written(town: World) -> None:
    ada, bruno, prompt = await asked(town)
    assert (await dossier(town)).state == TAKEN
    await bruno.replies(prompt, text=WORDS)
    assert (await dossier(town)).state == CLOSED
    assert "Closed by Bruno." in card(bruno)["text"]
    await ada.look()
    assert ada.sees == [f"The sheet is closed now.\nBruno, tutor: {WORDS}\n{KEPT}"]


async def test_what_is_no_reason_closes_nothing_and_can_be_mended(town: World) -> None:
    ada, bruno, prompt = await asked(town)
    await bruno.replies(prompt, photo={"name": "lamp.jpg", "base64": "AAAA"})
    assert bruno.sees == ["Please write the reason: a reply with words only."]
    number = await bruno.replies(prompt, text="long " * 80)
    assert bruno.sees == [
        (
            "Your text has 399 characters, and 300 fit here.\n"
            "Edit your message, or write a shorter one."
        )
    ]
    assert (await dossier(town)).state == TAKEN
    await bruno.edits(number, "It is too long.")
    await ada.look()
    assert ada.sees == [f"The sheet is closed now.\nBruno, tutor: It is too long.\n{KEPT}"]


async def test_it_is_closed_once(town: World) -> None:
    ada, bruno, prompt = await asked(town)
    await bruno.taps_data("closing:1:wish")
    await ada.look()
    heard = ada.said
    await bruno.replies(prompt, text=WORDS)
    assert bruno.sees == ["This sheet can't be closed now, so nobody gets your reason."]
    await ada.look()
    assert ada.said == heard


async def test_who_handed_it_on_closes_it_no_more(town: World) -> None:
    await tutor(town, OTHER, "Olga")
    ada, bruno, prompt = await asked(town)
    await bruno.taps_data("handon:1")
    await bruno.taps("Olga")
    await bruno.replies(prompt, text=WORDS)
    assert (await dossier(town)).state == TAKEN
    await ada.look()
    assert "Another tutor has your sheet now: Olga" in ada.sees


async def test_what_asks_for_the_reason_goes_with_a_sheet_that_is_taken_back(town: World) -> None:
    carla = await tutor(town, COORDINATOR, "Carla", COORDINATES)
    ada = await alone(town)
    await handed_in(ada)
    await carla.taps_data("closewhy:1")
    assert carla.sees == PROMPT
    await ada.taps_data("takeback")
    await carla.look()
    assert "Why do you close it?" not in "\n".join(carla.said)
