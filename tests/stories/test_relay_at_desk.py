"""Words between a sheet's people and a tutor who works in the supergroup: in the sheet's topic only
a reply leaves it, and what was passed on stands there.
"""

import pytest

from db.dossiers import Desk as Bound
from db.dossiers import Relay
from db.tables import Handle, Outgoing
from handlers import desk as cards
from handlers.turn import Screen
from school import dossiers, staff
from tests.desk import Desk, at_desk
from tests.stories.dossiers import CARD, Talk, reactions, talk
from tests.stories.test_staff import works
from tests.world import Phone, World

TOPIC = "Una scheda senza titolo"
GIF = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1, "duration": 1}
SENT = "Inviato a 2 persone."
TAKEN_BACK = "Ritirato: lo elimino dalle loro chat. Qualcuno può averlo già letto."


async def at_work(town: World, *others: Phone, state: str = "") -> tuple[Talk, Desk]:
    """Ada's and Ben's sheet has its topic, with a card; Tom has it, others are there too."""
    begun = await talk(town, state)
    desk = await at_desk(town, begun.tom, *others)
    await stands(town, begun.dossier)
    begun.card = await shown(desk, CARD)
    return begun, desk


async def stands(town: World, dossier: int) -> None:
    """The card of a dossier stands where tutors meet it."""

    def show(session: object) -> None:
        speaker = town.app.context().desk(session)  # type: ignore[arg-type]
        found = dossiers.find(speaker.session, dossier)
        assert found is not None
        cards.show(speaker, found, "card", Screen(CARD))

    await town.in_database(show)
    town.app.sender.wake()
    await town.settle()


async def shown(desk: Desk, words: str) -> int:
    """The number of the newest message in the topic that begins so."""
    await desk.look()
    return desk.number(TOPIC, words)


def told(desk: Desk) -> list[str]:
    """What the topic shows besides what the sheet's way brings there: its own card, its papers."""
    return [words for words in desk.sees(TOPIC) if not words.startswith("Un'idea senza titolo")]


async def test_a_reply_to_the_card_leaves_the_topic(town: World) -> None:
    begun, desk = await at_work(town)
    number = await desk.replies(begun.tom, begun.card, text="Which room?")
    await begun.look()
    for phone in (begun.ada, begun.ben):
        assert phone.sees == ["Tom, tutor\nWhich room?"]
    assert told(desk) == [CARD, SENT]
    assert desk.buttons(TOPIC) == ["Ritira il messaggio"]
    assert desk.reactions[number] == ["👌"]


async def test_everything_else_stays_inside(town: World) -> None:
    begun, desk = await at_work(town)
    number = await desk.replies(begun.tom, begun.card, text="Which room?")
    await begun.look()
    before = begun.ada.said
    await desk.says(begun.tom, "I know them", TOPIC)
    await desk.says(begun.tom, "I am in General")
    await desk.replies(begun.tom, number, text="To my own word")
    await desk.replies(begun.tom, desk.number(TOPIC, SENT), text="To what the bot says")
    await begun.look()
    assert begun.ada.said == before
    assert told(desk) == [CARD, SENT]


NOT_PASSED_ON: list[tuple[dict[str, object], str]] = [
    ({"text": "/queue"}, "Ciò che comincia con / è per me, quindi il tuo messaggio non arriva"),
    ({"sticker": True}, "Posso consegnare un testo, una voce, una foto o un documento."),
    (
        {"document": {"name": "fun.mp4", "base64": "MQ=="}, "raw": {"animation": GIF}},
        "Posso consegnare un testo, una voce, una foto o un documento.",
    ),
]


@pytest.mark.parametrize(("what", "said"), NOT_PASSED_ON)
async def test_what_cannot_be_passed_on_is_said_so(
    town: World, what: dict[str, object], said: str
) -> None:
    begun, desk = await at_work(town)
    before = begun.ada.said
    await desk.replies(begun.tom, begun.card, **what)
    await begun.look()
    assert [one.startswith(said) for one in told(desk)[1:]] == [True]
    assert begun.ada.said == before


async def test_a_members_word_comes_into_the_topic_and_rings(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    number = await begun.ada.says("Where do I find a room?")
    await desk.look()
    assert told(desk) == [CARD, "Ada\nWhere do I find a room?"]
    assert await reactions(town, begun.ada.id, number) == ["👌"]
    (call,) = [one for one in await town.calls("sendMessage") if _is_word(one["params"], desk.id)]
    assert call["params"]["disable_notification"] is False


def _is_word(params: dict[str, object], chat: int) -> bool:
    return params["chat_id"] == chat and "find a room" in str(params["text"])


async def test_while_nobody_has_it_a_members_word_comes_in_silence(town: World) -> None:
    begun, _desk = await at_work(town, state=dossiers.WAITING)
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where do I find a room?")
    (call,) = [one for one in await town.calls("sendMessage") if _is_word(one["params"], _desk.id)]
    assert call["params"]["disable_notification"] is True


async def test_files_albums_and_voices_come_into_the_topic(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    await begun.ada.sends_file("voice", "words.ogg")
    for number in range(2):
        await begun.ada.sends_file("photo", f"{number}.jpg", raw={"media_group_id": "seven"})
    await desk.look()
    posts = desk.posts(TOPIC)[1:]
    assert [kind for post in posts for kind in ("voice", "photo") if kind in post] == [
        *("voice", "photo", "photo")
    ]
    assert told(desk)[1:] == ["Ada"] * 3


async def test_a_reply_to_a_members_word_reaches_the_group(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where do I find a room?")
    await desk.replies(begun.tom, await shown(desk, "Ada"), text="In the library.")
    await begun.look()
    assert begun.ben.sees == ["Tom, tutor\nIn the library."]


async def test_another_tutor_is_told_whose_sheet_it_is(town: World) -> None:
    rosa = await works(town, staff.TUTOR, number=1004, name="Rosa")
    begun, desk = await at_work(town, rosa)
    await desk.replies(rosa, begun.card, text="Which room?")
    assert told(desk)[1:] == [
        (
            "Questa scheda la segue Tom, quindi il tuo messaggio non arriva a nessuno.\n"
            "Chiedi a Tom o a chi coordina."
        )
    ]
    assert await town.rows(Relay) == []


async def test_a_sheet_that_nobody_has_is_to_be_taken_first(town: World) -> None:
    begun, desk = await at_work(town, state=dossiers.WAITING)
    await desk.replies(begun.tom, begun.card, text="Which room?")
    assert told(desk)[1:] == [
        "Il tuo messaggio non arriva ancora a nessuno: prima prendi la scheda."
    ]
    assert desk.buttons(TOPIC) == ["Prendila"]


async def test_who_does_not_work_here_reaches_nobody_from_the_topic(town: World) -> None:
    eve = await town.resident(1009, "Eve")
    begun, desk = await at_work(town, eve)
    before = begun.ada.said
    await desk.replies(eve, begun.card, text="Send me money")
    await begun.look()
    assert begun.ada.said == before
    assert await town.rows(Relay) == []


async def test_edits_are_mirrored_both_ways(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    word = await begun.ada.says("Where is a rom?")
    answer = await desk.replies(begun.tom, await shown(desk, "Ada"), text="In the libary.")
    await begun.ada.edits(word, "Where is a room?")
    await desk.edits(begun.tom, answer, "In the library.")
    await begun.look()
    assert told(desk) == [CARD, "Ada\nWhere is a room?", SENT]
    assert begun.ben.sees == ["Tom, tutor\nIn the library."]
    assert "Ada to your tutor:\nWhere is a room?" in begun.ben.said


async def test_the_author_takes_it_back_in_the_topic(town: World) -> None:
    begun, desk = await at_work(town)
    before = begun.ada.said
    number = await desk.replies(begun.tom, begun.card, text="Which room?")
    await desk.taps(begun.tom, "Ritira il messaggio")
    await begun.look()
    assert begun.ada.said == before
    assert told(desk)[1:] == [TAKEN_BACK]
    assert desk.toasts[-1] == "Taken back."
    assert desk.reactions.get(number, []) == []


async def test_a_colleague_cannot_take_it_back_and_a_coordinator_can(town: World) -> None:
    rosa = await works(town, staff.TUTOR, number=1004, name="Rosa")
    carla = await works(town, staff.COORDINATOR, number=1005, name="Carla")
    begun, desk = await at_work(town, rosa, carla)
    await desk.replies(begun.tom, begun.card, text="Which room?")
    await desk.taps(rosa, "Ritira il messaggio")
    assert desk.toasts[-1] == "Only whoever wrote it, or a coordinator, can take it back."
    await begun.look()
    assert begun.ada.sees == ["Tom, tutor\nWhich room?"]
    await desk.taps(carla, "Ritira il messaggio")
    await begun.look()
    assert begun.ada.sees != ["Tom, tutor\nWhich room?"]
    await desk.taps_data(carla, "unsend:1")
    assert desk.toasts[-1] == "It was taken back before."


async def test_a_topic_that_was_deleted_has_its_history_again_and_replies_work(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    word = await begun.ada.says("Where is a room?")
    await desk.replies(begun.tom, await shown(desk, "Ada"), text="In the library.")
    await begun.ada.sends_file("voice", "words.ogg")
    await desk.topic(TOPIC, "delete")
    await begun.ada.says("And a lamp?")
    await desk.look()
    words = [one.partition(" · ")[0] for one in told(desk)]
    assert words == [
        "Ada",
        "Where is a room?",
        "Tom, tutor",
        "Tom, tutor\nIn the library.",
        "Ada",
        "[voice]",
        "And a lamp?",
    ]
    await desk.replies(begun.tom, desk.number(TOPIC, "Where is"), text="Upstairs.")
    await begun.look()
    assert begun.ben.sees == ["Tom, tutor\nUpstairs."]
    await begun.ada.edits(word, "Where is the room?")
    await desk.look()
    assert "Ada\nWhere is the room?" in told(desk)


async def test_from_the_history_too_it_can_be_taken_back(town: World) -> None:
    begun, desk = await at_work(town)
    await desk.replies(begun.tom, begun.card, text="In the library.")
    await desk.topic(TOPIC, "delete")
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Hello?")
    await desk.taps(begun.tom, "Ritira il messaggio")
    await begun.look()
    assert "Tom, tutor\nIn the library." not in begun.ada.said
    assert "Tom, tutor\nIn the library." not in begun.ben.said
    words = [one.partition(" · ")[0] for one in told(desk)]
    assert words == ["Tom, tutor", "Ada", "Hello?", TAKEN_BACK]


async def test_what_a_receipt_or_a_copy_fails_of_says_nothing_of_the_desk(town: World) -> None:
    begun, desk = await at_work(town)
    methods = ("setMessageReaction", "copyMessage", "deleteMessage")
    refused = {"chat": desk.id, "kind": "refuse", "status": 403, "times": 1}
    await town.sim("faults", [{"method": method, **refused} for method in methods])
    await desk.replies(begun.tom, begun.card, text="In the library.")
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Hello?")
    await desk.topic(TOPIC, "delete")
    await begun.ada.says("Are you there?")
    await desk.look()
    words = [one.partition(" · ")[0] for one in told(desk)]
    assert words == ["Tom, tutor", "Ada", "Hello?", "Are you there?"]
    assert [row.lost_at for row in await town.rows(Bound)] == [None]


async def test_what_is_gone_is_left_out_of_the_history(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    word = await begun.ada.says("Where is a room?")
    await begun.ada.says("And a lamp?")
    await town.app.api.call("deleteMessage", chat_id=begun.ada.id, message_id=word)
    await desk.topic(TOPIC, "delete")
    await begun.ada.says("And a chair?")
    await desk.look()
    assert told(desk)[1:] == ["And a lamp?", "And a chair?"]


async def test_who_is_forgotten_is_forgotten_in_the_topic(town: World) -> None:
    begun, desk = await at_work(town)
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where is a room?")
    await begun.ada.says("/forget")
    await begun.ada.taps("Delete my data")
    await desk.look()
    assert told(desk) == [
        CARD,
        (
            "Chi ha scritto qui alcuni messaggi ha eliminato tutti i suoi dati.\n"
            "Elimino qui quei messaggi. Per favore, elimina ciò che ne resta."
        ),
    ]
    assert [row for row in await town.rows(Handle) if ":r:" in row.slot] == []
    assert await town.rows(Outgoing) == []


@pytest.mark.parametrize("data", ["unsend", "unsend:1:2", "unsend:x", "unsend:77"])
async def test_a_forged_button_of_the_topic_takes_nothing_back(town: World, data: str) -> None:
    begun, desk = await at_work(town)
    await desk.replies(begun.tom, begun.card, text="Which room?")
    await desk.taps_data(begun.tom, data)
    await begun.look()
    assert begun.ada.sees == ["Tom, tutor\nWhich room?"]
