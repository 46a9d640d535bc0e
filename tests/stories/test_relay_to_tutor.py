"""A word of a sheet's people to their tutor: from a button, until they go on, or as a reply."""

import pytest

from db.dossiers import Relay
from db.tables import Attachment, Bubble, Outgoing
from school import dossiers
from tests.stories.dossiers import Talk, below, handed, is_now, leaves, reactions, talk
from tests.stories.steps import asked_in, at_question
from tests.stories.test_staff import works
from tests.world import World

FILES = ("photo", "voice", "document")


@pytest.fixture
async def begun(town: World) -> Talk:
    return await talk(town)


async def test_whose_sheet_a_tutor_has_finds_the_way_at_home(begun: Talk) -> None:
    await begun.ada.taps_data("home")
    assert "Write to my tutor" in begun.ada.buttons
    await begun.ada.taps("Write to my tutor")
    assert begun.ada.sees == [
        "What would you like to write?",
        "Tom reads it and answers here.\nYour group sees it too.",
        "Write it, or send a voice message, a photo or a document.",
    ]
    assert begun.ada.buttons == ["Cancel"]


async def test_who_has_no_tutor_is_not_offered_one(town: World) -> None:
    ada = await town.resident()
    assert "Write to my tutor" not in ada.buttons
    await ada.taps_data("tutor")
    assert ada.sees == ["No tutor has your sheet at present."]
    await ada.taps("Go on")
    assert "Tell my idea" in ada.buttons


async def test_the_tutor_reads_it_under_the_chosen_name(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    number = await begun.ada.says("Where do I find <a room>?")
    assert begun.ada.sees == [
        "It is on its way to Tom. The answer comes here.",
        "If you want to add something, write it now.",
    ]
    await begun.look()
    assert begun.tom.sees == ["Ada\nWhere do I find <a room>?"]
    assert await reactions(begun.town, begun.ada.id, number) == ["👌"]
    assert await begun.town.rows(Outgoing) == []
    assert await begun.town.rows(Bubble) == []


async def test_the_others_of_the_group_see_it_without_a_sound(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where do I find a room?")
    await begun.look()
    assert begun.ben.sees == ["Ada to your tutor:\nWhere do I find a room?"]
    loud = {
        call["params"]["chat_id"]: not call["params"]["disable_notification"]
        for call in await begun.town.calls("sendMessage")
        if "find a room" in call["params"]["text"]
    }
    assert loud == {begun.tom.id: True, begun.ben.id: False}


async def test_who_has_chosen_no_name_is_none_of_the_group_by_name(town: World) -> None:
    tom = await works(town, "tutor", number=1003, name="Tom")
    ada, ben = await town.resident(1001), await town.resident(1002)
    await handed(town, [ada, ben], tom)
    await ada.taps_data("tutor")
    await ada.says("Hello")
    await ben.look()
    assert ben.sees == ["Somebody of your group to your tutor:\nHello"]


async def test_three_bubbles_a_picture_and_a_voice_go_there_until_one_goes_on(
    begun: Talk,
) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where")
    await begun.ada.says("do I find a room?")
    await begun.ada.sends_file("photo", "room.jpg", caption="like this")
    await begun.ada.sends_file("voice", "words.ogg")
    await begun.ada.sends_file("document", "plan.pdf")
    await begun.look()
    shown = begun.tom.messages[-5:]
    assert [one.get("text") or one.get("caption") for one in shown] == [
        "Ada\nWhere",
        "Ada\ndo I find a room?",
        "Ada\nlike this",
        "Ada",
        "Ada",
    ]
    assert [kind in one for one, kind in zip(shown[2:], FILES, strict=True)] == [True] * 3
    assert await begun.town.rows(Attachment) == []
    await begun.ada.taps("Go on")
    assert asked_in(begun.ada) == "stage"


async def test_an_album_is_answered_by_one_screen(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Like these")
    before = len(begun.ada.said)
    for number in range(3):
        await begun.ada.sends_file("photo", f"{number}.jpg", raw={"media_group_id": "seven"})
    await begun.look()
    assert ["photo" in one for one in begun.tom.messages[-3:]] == [True] * 3
    assert len(begun.ada.said) == before + 1


async def test_what_cannot_be_passed_on_is_asked_for_again(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.sends(sticker=True)
    assert begun.ada.sees[0].startswith("Thank you. I cannot use this here")
    assert begun.ada.sees[1] == "What would you like to write?"
    assert await begun.town.rows(Relay) == []


@pytest.mark.parametrize("command", ["/help", "/language", "/privacy"])
async def test_a_command_that_informs_ends_by_asking_again(begun: Talk, command: str) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says(command)
    await begun.ada.says("And a lamp?")
    await begun.look()
    assert begun.tom.sees == ["Ada\nAnd a lamp?"]


async def test_help_asks_again_by_itself(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    await begun.ada.says("/help")
    assert begun.ada.sees[0] == "What would you like to write?"


async def test_a_tutors_message_is_answered_by_its_button(begun: Talk) -> None:
    await begun.answers("Which room?")
    await begun.ada.taps("Write back")
    await begun.ada.says("The big one")
    await begun.look()
    assert begun.tom.sees == ["Ada\nThe big one"]


async def test_a_reply_goes_to_the_tutor_whatever_is_being_asked(town: World) -> None:
    tom = await works(town, "tutor", number=1003, name="Tom")
    ada = await at_question(town, "need")
    begun = Talk(town, ada, ada, tom, await handed(town, [ada], tom), 0)
    await ada.taps_data("tutor")
    await ada.says("Hello")
    await ada.taps("Go on")
    await tom.look()
    await tom.sends(text="Which room?", reply_to=tom.messages[-1]["message_id"])
    await begun.look()
    question = ada.messages[-1]["message_id"]
    await ada.taps("Go on")
    await ada.sends(text="The big one", reply_to=question)
    await begun.look()
    assert tom.sees == ["without a name\nThe big one"]
    assert ada.sees[0] == "It is on its way to Tom. The answer comes here."
    assert asked_in(ada) == "need"


async def test_a_reply_stands_below_what_it_answers(begun: Talk) -> None:
    first = await begun.answers("Which room?")
    second = await begun.answers("Which day?")
    shown = {one["text"]: one["message_id"] for one in begun.ada.messages if one["from"]["is_bot"]}
    await begun.ada.sends(text="Monday", reply_to=shown["Tom, tutor\nWhich day?"])
    number = await begun.ada.sends(text="The big one", reply_to=shown["Tom, tutor\nWhich room?"])
    await begun.look()
    assert below(begun.tom, first)[-1] == "Ada\nThe big one"
    assert below(begun.tom, second)[-1] == "Ada\nMonday"
    answer = next(m for m in begun.tom.messages if m.get("text") == "Ada\nThe big one")
    await begun.tom.sends(text="Thank you", reply_to=answer["message_id"])
    await begun.look()
    assert below(begun.ada, number) == ["Tom, tutor\nThank you"]


async def test_a_reply_to_anything_else_is_an_answer_as_always(town: World) -> None:
    tom = await works(town, "tutor", number=1003, name="Tom")
    ada = await at_question(town, "need")
    await handed(town, [ada], tom)
    await ada.sends(text="Lamps break", reply_to=ada.messages[-1]["message_id"])
    assert asked_in(ada) == "evidence"
    assert await town.rows(Relay) == []


async def test_who_left_the_group_writes_no_more_to_its_tutor(begun: Talk) -> None:
    await begun.answers("Which room?")
    message = begun.ben.messages[-1]["message_id"]

    await leaves(begun.town, begun.ben)
    await begun.ben.sends(text="The big one", reply_to=message)
    assert begun.ben.sees[0].startswith("I read: “The big one”")
    assert begun.ben.buttons == ["Yes, it answers that", "Neither"]


async def test_an_edited_word_is_changed_for_the_tutor_and_the_others(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")
    number = await begun.ada.says("Where is a rom?")
    await begun.ada.edits(number, "Where is a room?")
    assert begun.ada.sees[:2] == [
        "I changed it for your tutor too.",
        "What would you like to write?",
    ]
    await begun.look()
    assert begun.tom.sees == ["Ada\nWhere is a room?"]
    assert begun.ben.sees == ["Ada to your tutor:\nWhere is a room?"]


async def test_while_nobody_has_the_sheet_words_wait_with_it(town: World) -> None:
    begun = await talk(town, dossiers.WAITING)
    await begun.ada.taps_data("tutor")
    assert begun.ada.sees[1] == (
        "The tutor who takes your sheet reads it and answers here.\nYour group sees it too."
    )
    await begun.ada.says("We have a room now")
    assert begun.ada.sees[0] == "It is with your sheet. The tutor who takes it answers here."
    await begun.look()
    assert begun.tom.sees == ["Ada\nWe have a room now"]


async def test_where_no_tutor_can_be_reached_the_words_are_not_taken(begun: Talk) -> None:
    await begun.town.sim("block", {"user": begun.tom.id})
    await begun.town.settle()
    await begun.ada.taps_data("tutor")
    await begun.ada.says("Where is a room?")
    assert begun.ada.sees[0] == "I cannot reach a tutor now. Please write it again later."
    assert await begun.town.rows(Relay) == []


async def test_a_text_for_which_no_tutor_can_be_reached_stays_where_it_was(begun: Talk) -> None:
    await begun.answers("Which room?")
    await begun.ada.says("The big one")
    await begun.town.sim("block", {"user": begun.tom.id})
    await begun.town.settle()
    await begun.ada.taps("Send it to my tutor")
    assert [bubble.words for bubble in await begun.town.rows(Bubble)] == ["The big one"]


async def test_a_word_to_a_tutor_who_is_gone_meanwhile_is_asked_about(begun: Talk) -> None:
    await begun.ada.taps_data("tutor")

    await is_now(begun.town, begun.dossier, dossiers.CLOSED)
    await begun.ada.says("Where is a room?")
    assert begun.ada.sees[0].startswith("I read: “Where is a room?”")
    assert "Send it to my tutor" not in begun.ada.buttons


@pytest.mark.parametrize("data", ["totutor:1", "totutor:x", "totutor:999999999999999999999"])
async def test_a_forged_message_goes_to_nobody(begun: Talk, data: str) -> None:
    await begun.ada.taps_data(data)
    assert await begun.town.rows(Relay) == []
