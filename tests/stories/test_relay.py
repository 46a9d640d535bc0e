"""A tutor's words to a sheet's people: only a reply leaves the place where tutors meet it."""

from datetime import timedelta

import pytest

from db.dossiers import Relay
from db.tables import Outgoing
from school import dossiers
from tests.stories.dossiers import Talk, below, card, handed, joins, reactions, talk
from tests.stories.steps import asked_in, at_question
from tests.stories.test_staff import works
from tests.world import World


@pytest.fixture
async def begun(town: World) -> Talk:
    return await talk(town)


async def test_a_reply_to_the_card_reaches_everybody_of_the_group(begun: Talk) -> None:
    await begun.answers("Which <room> & when?")
    for phone in (begun.ada, begun.ben):
        assert phone.sees == ["Tom, tutor\nWhich <room> & when?"]
        assert phone.buttons == ["Write back", "Go on"]


async def test_what_is_no_reply_stays_inside(begun: Talk) -> None:
    before = begun.ada.said
    await begun.tom.says("I will look at it tomorrow.")
    own = await begun.tom.says("A note")
    await begun.tom.sends(text="To my own note", reply_to=own)
    await begun.look()
    assert begun.ada.said == before
    assert await begun.town.rows(Relay) == []


async def test_the_tutor_reads_how_many_got_it_and_sees_a_receipt(begun: Talk) -> None:
    number = await begun.answers()
    assert below(begun.tom, number) == ["Sent to 2 people."]
    assert begun.tom.buttons == ["Take the message back"]
    assert await reactions(begun.town, begun.tom.id, number) == ["👌"]
    assert await begun.town.rows(Outgoing) == []


async def test_the_sheet_is_read_and_answered_from_then_on(begun: Talk) -> None:
    await begun.answers()
    first = await begun.dossiers()
    assert first.answered_at is not None
    assert first.read_at == first.answered_at
    await begun.town.later(hours=2)
    await begun.answers("And when?")
    second = await begun.dossiers()
    assert second.read_at == first.read_at
    assert second.answered_at is not None
    assert (second.answered_at - first.answered_at) // timedelta(hours=1) == 2


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_a_file_goes_with_its_words_below_it(begun: Talk, kind: str) -> None:
    name = {"photo": "a.jpg", "document": "a.pdf", "voice": "a.ogg"}[kind]
    await begun.tom.sends_file(kind, name, caption="Like this", reply_to=begun.card)
    await begun.look()
    newest = begun.ada.messages[-1]
    assert kind in newest
    assert newest["caption"] == "Tom, tutor\nLike this"
    assert begun.ada.buttons == ["Write back", "Go on"]


async def test_a_video_goes_too(begun: Talk) -> None:
    video = {
        "file_id": "no such file",
        "file_unique_id": "x",
        "width": 1,
        "height": 1,
        "duration": 1,
    }
    await begun.tom.sends(raw={"video": video}, reply_to=begun.card)
    (call,) = [
        call for call in await begun.town.calls("sendVideo") if call["params"]["chat_id"] == 1001
    ]
    assert call["params"]["video"] == "no such file"
    assert call["params"]["caption"] == "<b>Tom, tutor</b>"


async def test_a_long_text_comes_whole_in_pieces_and_the_last_has_the_buttons(begun: Talk) -> None:
    long = "".join(f"{number:04d}" for number in range(1000))
    await begun.answers(long)
    first, second = begun.ada.said[-2:]
    assert first.removeprefix("Tom, tutor\n") + second.removeprefix("Tom, tutor\n") == long
    assert begun.ada.with_buttons[-1] == begun.ada.messages[-1]["message_id"]
    assert begun.ada.messages[-2].get("reply_markup") is None


async def test_words_too_long_for_a_caption_follow_the_file(begun: Talk) -> None:
    words = "x" * 1000
    await begun.tom.sends_file("photo", "a.jpg", caption=words, reply_to=begun.card)
    await begun.look()
    assert begun.ada.messages[-2]["caption"] == "Tom, tutor"
    assert begun.ada.sees == [f"Tom, tutor\n{words}"]


async def test_an_album_is_confirmed_once(begun: Talk) -> None:
    for number in range(3):
        raw = {"media_group_id": "seven"}
        await begun.tom.sends_file("photo", f"{number}.jpg", reply_to=begun.card, raw=raw)
    await begun.look()
    assert ["photo" in message for message in begun.ada.messages[-3:]] == [True] * 3
    assert begun.tom.said.count("Sent to 2 people.") == 1


async def test_what_cannot_be_passed_on_is_said_so(begun: Talk) -> None:
    before = begun.ada.said
    number = await begun.tom.sends(sticker=True, reply_to=begun.card)
    await begun.look()
    said = "I can pass on a text, a voice message, a photo or a document."
    assert below(begun.tom, number) == [said]
    assert begun.ada.said == before


async def test_the_next_free_text_is_nobodys_and_can_go_to_the_tutor(town: World) -> None:
    tom = await works(town, "tutor", number=1003, name="Tom")
    ada = await at_question(town, "need")
    number = await handed(town, [ada], tom)
    await tom.sends(text="Which room?", reply_to=await card(town, number, tom.id))
    await ada.look()
    await ada.says("The big one")
    assert ada.sees == ["I read: “The big one”\nDoes it answer “The problem”?"]
    assert ada.buttons == [
        "Yes, it answers that",
        "Add it to an answer",
        "Send it to my tutor",
        "Neither",
    ]
    await ada.taps("Send it to my tutor")
    assert ada.sees == [
        "It is on its way to Tom. The answer comes here.",
        "If you want to add something, write it now.",
    ]
    await tom.look()
    assert tom.sees == ["without a name\nThe big one"]
    await ada.taps("Go on")
    assert asked_in(ada) == "need"


async def test_who_has_just_written_to_the_tutor_goes_on_writing(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.answers("Which room?")
    await begun.ada.says("The big one")
    await begun.look()
    assert begun.tom.sees == ["Ada\nThe big one"]


async def test_go_on_leads_back_to_the_interview(town: World) -> None:
    tom = await works(town, "tutor", number=1003, name="Tom")
    ada = await at_question(town, "need")
    number = await handed(town, [ada], tom)
    await tom.sends(text="Which room?", reply_to=await card(town, number, tom.id))
    await ada.look()
    await ada.taps("Go on")
    assert asked_in(ada) == "need"
    await ada.says("Lamps break")
    assert asked_in(ada) == "evidence"


async def test_the_next_screen_is_drawn_below_a_tutors_message(begun: Talk) -> None:
    await begun.ada.says("/start")
    await begun.answers()
    await begun.ada.taps_old("I have a rough idea")
    assert begun.ada.said[-2] == "Tom, tutor\nWhich room?"
    assert asked_in(begun.ada) == "sentence"


async def test_who_has_no_telegram_or_is_away_is_said_to_the_tutor(begun: Talk) -> None:
    await joins(begun.town, begun.dossier, "Emma")
    await begun.town.sim("block", {"user": begun.ben.id})
    await begun.town.settle()
    number = await begun.answers()
    assert below(begun.tom, number) == [
        "Sent to 1 of 2 people.\nWithout Telegram, tell them yourself: Emma"
    ]


async def test_where_nobody_can_be_reached_the_tutor_knows(begun: Talk) -> None:
    for phone in (begun.ada, begun.ben):
        await begun.town.sim("block", {"user": phone.id})
    await begun.town.settle()
    number = await begun.tom.sends(text="Which room?", reply_to=begun.card)
    assert below(begun.tom, number) == ["Nobody gets it by Telegram now."]
    assert await reactions(begun.town, begun.tom.id, number) == []


async def test_a_sheet_that_nobody_has_is_to_be_taken_first(town: World) -> None:
    begun = await talk(town, dossiers.WAITING)
    before = begun.ada.said
    number = await begun.answers()
    assert begun.ada.said == before
    assert below(begun.tom, number) == ["Nobody gets your message yet: take the sheet first."]
    assert begun.tom.buttons == ["Take it"]
    assert await town.rows(Relay) == []


async def test_another_tutor_is_told_whose_sheet_it_is(begun: Talk) -> None:
    before = begun.ada.said
    rosa = await works(begun.town, "tutor", number=1004, name="Rosa")
    other = await card(begun.town, begun.dossier, rosa.id)
    number = await rosa.sends(text="Which room?", reply_to=other)
    await begun.look()
    assert below(rosa, number) == [
        ("Tom has this sheet, so nobody gets your message.\nAsk Tom or a coordinator.")
    ]
    assert begun.ada.said == before


async def test_a_coordinator_may_answer_too(begun: Talk) -> None:
    carla = await works(begun.town, "coordinator", number=1004, name="Carla")
    await carla.sends(text="Hello", reply_to=await card(begun.town, begun.dossier, carla.id))
    await begun.look()
    assert begun.ada.sees == ["Carla, coordination\nHello"]


async def test_a_tutor_whose_role_has_ended_reaches_nobody(begun: Talk) -> None:
    carla = await works(begun.town, "coordinator", number=1004, name="Carla")
    before = begun.ada.said
    await carla.taps("People and roles")
    await carla.taps("Tom")
    await carla.taps("End: tutor")
    await carla.taps("End the role")
    await begun.answers()
    gone = "Your sheet goes to another tutor. Nothing of it is lost."
    assert begun.ada.said == [*before, f"{gone}\n\nI tell you as soon as somebody takes it."]
    assert await begun.town.rows(Relay) == []


async def test_nobody_gets_a_word_about_a_sheet_that_is_put_away(town: World) -> None:
    begun = await talk(town, dossiers.CLOSED)
    before = begun.ada.said
    number = await begun.answers()
    assert begun.ada.said == before
    assert below(begun.tom, number) == ["This sheet is put away, so nobody gets your message."]


async def test_an_edited_message_is_changed_on_every_phone(begun: Talk) -> None:
    number = await begun.answers("Which rom?")
    await begun.tom.edits(number, "Which room?")
    await begun.look()
    for phone in (begun.ada, begun.ben):
        assert phone.sees == ["Tom, tutor\nWhich room?"]
        assert phone.buttons == ["Write back", "Go on"]


async def test_an_edited_message_may_get_longer_and_shorter(begun: Talk) -> None:
    number = await begun.answers("short")
    before = begun.ada.said
    await begun.tom.edits(number, "x" * 4000)
    await begun.look()
    assert "".join(said.removeprefix("Tom, tutor\n") for said in begun.ada.said[-2:]) == "x" * 4000
    await begun.tom.edits(number, "short")
    await begun.look()
    assert begun.ada.said == before


async def test_an_edit_of_what_stayed_inside_stays_inside(begun: Talk) -> None:
    before = begun.ada.said
    number = await begun.tom.says("A note")
    await begun.tom.edits(number, "A better note")
    await begun.look()
    assert begun.ada.said == before


async def test_the_caption_of_a_photo_that_was_passed_on_can_be_edited(begun: Talk) -> None:
    number = await begun.tom.sends_file("photo", "a.jpg", caption="Like", reply_to=begun.card)
    sent = next(message for message in begun.tom.messages if message["message_id"] == number)
    await begun.town.sim(
        "raw", {"edited_message": {**sent, "edit_date": 1, "caption": "Like this"}}
    )
    await begun.town.settle()
    await begun.look()
    assert begun.ada.messages[-1]["caption"] == "Tom, tutor\nLike this"
    assert begun.ada.buttons == ["Write back", "Go on"]
