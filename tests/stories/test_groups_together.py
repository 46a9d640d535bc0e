"""Two people at one sheet: both are told, and nothing is overwritten in silence."""

from db.groups import Member
from db.tables import Answer, Bubble, Person
from tests.stories.grouped import founded, joins, leaves, link, member, two
from tests.stories.steps import asked_in, at_question, gives, kept, waiting
from tests.world import Phone, World

DECIDE = ["Use mine instead", "Add mine to it", "Keep that answer", "Later"]


async def at(town: World, key: str) -> tuple[Phone, Phone]:
    """Ada and Bruno, both at a question of their sheet; Ada was first."""
    ada = await founded(await at_question(town, key))
    bruno = await member(town, ada)
    await ada.says("/idea")
    await bruno.says("/idea")
    assert asked_in(ada) == asked_in(bruno) == key
    return ada, bruno


async def author(town: World, key: str) -> int | None:
    """The account of who gave an answer."""
    accounts = {person.id: person.telegram_id for person in await town.rows(Person)}
    [answer] = [row for row in await town.rows(Answer) if row.question == key]
    return accounts.get(answer.person_id)


async def test_who_comes_to_a_question_hears_who_is_there(town: World) -> None:
    ada, bruno = await at(town, "need")
    assert bruno.sees[0] == "Ada is at this question too."
    assert ada.sees[0] != "Bruno is at this question too."
    await ada.says("/idea")
    assert ada.sees[0] == "Bruno is at this question too."


async def test_after_ten_minutes_nobody_is_there_any_more(town: World) -> None:
    ada, bruno = await at(town, "need")
    await town.later(minutes=11)
    await bruno.says("/idea")
    assert "is at this question too." not in bruno.screen
    await ada.says("/idea")
    assert ada.sees[0] == "Bruno is at this question too."


async def test_who_has_gone_elsewhere_is_not_there(town: World) -> None:
    ada, bruno = await at(town, "need")
    await ada.taps("Later")
    await bruno.says("/idea")
    assert "is at this question too." not in bruno.screen


async def test_who_is_alone_hears_of_nobody(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.says("/idea")
    assert "is at this question too." not in ada.screen
    assert await town.rows(Member) == []


async def test_a_text_written_meanwhile_is_not_applied_but_kept(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    assert ada.sees == [
        "The problem",
        "Bruno answered this meanwhile: Lamps break",
        "You wrote: Nobody mends",
        "What shall the answer be?",
    ]
    assert ada.buttons == DECIDE
    assert (await kept(town))["need"]["text"] == "Lamps break"


async def test_mine_instead(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    await ada.taps("Use mine instead")
    assert asked_in(ada) == "evidence"
    assert (await kept(town))["need"]["text"] == "Nobody mends"
    assert await author(town, "need") == 1001
    await bruno.look()
    assert bruno.said[-1].splitlines() == [
        "Ada changed the answer to “The problem”.",
        "Before: Lamps break",
        "Now: Nobody mends",
    ]


async def test_mine_added(town: World) -> None:
    ada, bruno = await at(town, "need")
    first = await bruno.says("Lamps break")
    second = await ada.says("Nobody mends")
    await ada.taps("Add mine to it")
    assert (await kept(town))["need"]["text"] == "Lamps break\nNobody mends"
    await bruno.edits(first, "Lamps burst")
    assert (await kept(town))["need"]["text"] == "Lamps burst\nNobody mends"
    await ada.edits(second, "and nobody mends")
    assert (await kept(town))["need"]["text"] == "Lamps burst\nand nobody mends"


async def test_that_answer_kept(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    await ada.taps("Keep that answer")
    assert ada.sees[0] == "All right. That answer stays, and I do not keep yours."
    assert asked_in(ada) == "evidence"
    assert (await kept(town))["need"]["text"] == "Lamps break"
    assert [row.words for row in await town.rows(Bubble) if row.question == "mine:need"] == []


async def test_more_texts_of_one_breath_wait_together(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    second = await ada.says("and we throw away")
    assert ada.sees[2] == "You wrote: Nobody mends\nand we throw away"
    await ada.edits(second, "and we throw all away")
    assert ada.sees[2] == "You wrote: Nobody mends\nand we throw all away"
    await ada.taps("Later")
    await ada.taps("Continue my idea")
    assert ada.buttons == DECIDE
    await ada.taps("Use mine instead")
    assert (await kept(town))["need"]["text"] == "Nobody mends\nand we throw all away"


async def test_texts_that_are_too_long_together_change_nothing(town: World) -> None:
    ada, bruno = await at(town, "sentence")
    await bruno.says("b" * 200)
    await ada.says("a" * 200)
    await ada.taps("Add mine to it")
    assert ada.sees[0] == "Your text has 401 characters, and 250 fit here."
    assert ada.buttons == DECIDE
    assert (await kept(town))["sentence"]["text"] == "b" * 200


async def test_a_voice_waits_as_a_text_does(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.sends_file("voice", "v.ogg")
    assert ada.sees[2] == "You wrote: a voice message"
    await ada.taps("Add mine to it")
    value = (await kept(town))["need"]
    assert (value["text"], len(value["voices"])) == ("Lamps break", 1)


async def test_a_third_answer_between_question_and_tap_is_shown_first(town: World) -> None:
    ada, bruno = await at(town, "need")
    message = await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    await bruno.edits(message, "Radios break")
    await ada.taps("Use mine instead")
    assert ada.sees[1] == "Bruno answered this meanwhile: Radios break"
    assert (await kept(town))["need"]["text"] == "Radios break"
    await ada.taps("Use mine instead")
    assert (await kept(town))["need"]["text"] == "Nobody mends"


async def test_there_is_nothing_to_add_to_a_ready_answer(town: World) -> None:
    ada, bruno = await at(town, "exists")
    await bruno.taps("I found nothing")
    await ada.says("A shop")
    assert ada.buttons == ["Use mine instead", "Keep that answer", "Later"]
    await ada.taps_data("addmine:exists")
    assert await author(town, "exists") == 1002


async def test_a_choice_made_meanwhile_is_shown_before_another_takes_its_place(
    town: World,
) -> None:
    ada, bruno = await at(town, "field")
    await bruno.taps("Sport")
    await ada.taps("Environment and reuse")
    assert ada.sees[0].splitlines() == [
        "Bruno answered this meanwhile: Sport",
        "You answered: Environment and reuse",
        "To change the answer, give yours again.",
    ]
    assert asked_in(ada) == "field"
    assert await author(town, "field") == 1002
    await ada.taps("Environment and reuse")
    assert await author(town, "field") == 1001
    await bruno.look()
    assert bruno.said[-1].splitlines()[0] == "Ada changed the answer to “The topic”."


async def test_who_chose_the_same_goes_on(town: World) -> None:
    ada, bruno = await at(town, "field")
    await bruno.taps("Sport")
    await ada.taps("Sport")
    assert asked_in(ada) == "for_whom"
    assert await author(town, "field") == 1002


async def test_a_number_written_meanwhile_is_shown_first(town: World) -> None:
    ada, bruno = await at(town, "costs")
    await bruno.says("3500")
    await ada.says("2000")
    assert ada.sees[0].splitlines()[:2] == [
        "Bruno answered this meanwhile: €3,500",
        "You answered: €2,000",
    ]
    assert await waiting(town) == ["2000"]
    await ada.says("2000")
    assert (await kept(town))["costs"] == {"number": "2000"}


async def test_i_dont_know_takes_no_answer_away_unseen(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.taps("I don't know yet")
    assert ada.sees[0].splitlines()[1] == "You answered: I don't know yet"
    assert (await kept(town))["need"]["text"] == "Lamps break"
    assert "Bruno answered: Lamps break" in ada.screen


async def test_ticks_add_up(town: World) -> None:
    ada, bruno = await at(town, "for_whom")
    await bruno.taps("Children")
    await ada.taps("Older people")
    assert ada.sees[0] == "Bruno answered this meanwhile: Children"
    assert "✓ Children" in ada.buttons
    await bruno.taps("Go on")
    assert "✓ Older people" in bruno.buttons
    assert bruno.sees[0] == "Ada answered this meanwhile: Children, Older people"
    await bruno.taps("Go on")
    assert (await kept(town))["for_whom"]["choices"] == ["children", "older"]
    assert asked_in(bruno) == "need"


async def test_a_tick_that_stands_alone_drops_nothing_unseen(town: World) -> None:
    ada, bruno = await at(town, "where")
    await bruno.says("Dergano")
    await ada.taps("The whole city")
    assert ada.sees[0].splitlines()[:2] == [
        "Bruno answered this meanwhile: Dergano",
        "You answered: The whole city",
    ]
    assert (await kept(town))["where"] == {"places": ["79"]}
    await ada.taps("The whole city")
    assert (await kept(town))["where"] == {"places": ["city"]}


async def test_an_answer_that_is_seen_can_be_changed_and_its_author_hears_of_it(
    town: World,
) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.taps_data("change:need")
    assert "Bruno answered: Lamps break" in ada.screen
    await ada.says("Nobody mends")
    assert (await kept(town))["need"]["text"] == "Nobody mends"
    await bruno.look()
    assert bruno.said[-1].splitlines()[1:] == ["Before: Lamps break", "Now: Nobody mends"]


async def test_whose_words_go_hears_of_it_too(town: World) -> None:
    """Ada wrote the first part, Bruno added one and so gave the answer last."""
    ada, bruno = await at(town, "need")
    await ada.says("Nobody mends")
    await bruno.says("Lamps break")
    await bruno.taps("Add mine to it")
    chen = await town.resident(1003, "Chen")
    await joins(chen, await link(ada), "Chen")
    await chen.taps_data("change:need")
    await chen.says("All is well")
    for phone in (ada, bruno):
        await phone.look()
        assert phone.said[-1].splitlines()[0] == "Chen changed the answer to “The problem”."


async def test_who_goes_on_hears_what_was_answered_meanwhile(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("/idea")
    assert ada.sees[0] == "Bruno answered “The problem” meanwhile."
    assert asked_in(ada) == "evidence"


async def test_a_text_belongs_to_what_was_shown_last(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await gives(bruno, "evidence")
    await ada.says("Nobody mends")
    assert ada.sees[0] == "The problem"
    assert "take_part" not in await kept(town)


async def test_a_text_to_a_question_that_is_asked_no_more_is_asked_about(town: World) -> None:
    ada, bruno = await at(town, "take_part")
    await bruno.taps_data("change:stage")
    await bruno.taps("I don't have an idea yet")
    await ada.says("They repair together")
    assert ada.sees[0].startswith("I read: “They repair together”")
    assert await waiting(town) == ["They repair together"]


async def test_an_edit_of_a_number_does_not_undo_anothers(town: World) -> None:
    ada, bruno = await at(town, "costs")
    message = await ada.says("3500")
    await bruno.taps_data("change:costs")
    await bruno.says("2000")
    await ada.edits(message, "3600")
    assert (await kept(town))["costs"] == {"number": "2000"}


async def test_buttons_of_a_decision_that_is_made_draw_what_stands(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("Nobody mends")
    await ada.taps("Use mine instead")
    before = await kept(town)
    for verb in ("usemine", "addmine", "theirs"):
        for key in ("need", "nothing", ""):
            await ada.taps_data(f"{verb}:{key}")
            await bruno.taps_data(f"{verb}:{key}")
            assert asked_in(ada) == "evidence"
    assert await kept(town) == before


async def test_one_person_of_two_makes_no_difference_alone(town: World) -> None:
    """Who is in a group with nobody else meets the interview as it was."""
    ada, bruno = await two(town)
    await leaves(bruno)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await gives(ada, "sentence", "where", "field", "for_whom", "need")
    await ada.says("and they go to the bin")
    await ada.taps("It belongs to the answer before")
    assert (await kept(town))["need"]["text"] == (
        "Broken lamps are thrown away\nand they go to the bin"
    )


async def test_words_are_not_added_to_the_answer_before_of_somebody_else(town: World) -> None:
    ada, bruno = await at(town, "need")
    await bruno.says("Lamps break")
    await ada.says("/idea")
    await ada.says("and nobody mends")
    assert "It belongs to the answer before" not in ada.buttons


async def test_who_adds_to_anothers_answer_later_tells_them(town: World) -> None:
    ada, bruno = await at(town, "need")
    await ada.says("Lamps break")
    await bruno.taps("Later")
    await bruno.says("and radios too")
    await bruno.taps("Add it to an answer")
    await bruno.taps("The problem")
    await ada.look()
    assert ada.said[-1].splitlines() == [
        "Bruno changed the answer to “The problem”.",
        "Before: Lamps break",
        "Now: Lamps break",
        "and radios too",
    ]


async def test_who_writes_the_same_goes_on(town: World) -> None:
    ada, bruno = await at(town, "need")
    message = await bruno.says("Lamps break")
    await ada.says("Lamps break")
    assert asked_in(ada) == "evidence"
    await bruno.edits(message, "Lamps burst")
    assert (await kept(town))["need"]["text"] == "Lamps burst"
    assert await author(town, "need") == 1002
