"""A Telegram reply to what was said of a sheet's way is a word to its tutor, whatever is asked."""

from db.dossiers import Relay
from db.tables import Bubble, Person
from school.staff import COORDINATOR as COORDINATES
from school.staff import TUTOR as TUTORS
from tests.stories.groups_made import COORDINATOR, group, handed_in, tutor
from tests.world import Phone, World

ON_ITS_WAY = "It is on its way to Bruno. The answer comes here."


def number(phone: Phone, begins: str) -> int:
    """The message of the bot that begins with these words."""
    found = [one for one in phone.messages if one.get("text", "").startswith(begins)]
    return found[-1]["message_id"]


async def taken(town: World) -> tuple[Phone, Phone, Phone]:
    """The sheet of Ada and Bea, which Bruno has."""
    bruno = await tutor(town)
    ada, bea = await group(town, 1001, 1002)
    await handed_in(ada, bea)
    await bruno.taps_data("takeit:1")
    for phone in (ada, bea):
        await phone.look()
    return ada, bea, bruno


async def test_a_reply_to_any_notice_reaches_the_tutor(town: World) -> None:
    ada, bea, bruno = await taken(town)
    await bruno.taps_data("version:1:1")
    await ada.look()
    for notice in ("The sheet is with Bruno now.", "Bruno is reading the sheet."):
        await ada.replies(number(ada, notice), text=f"To “{notice}”: thank you")
        assert ada.sees[0] == ON_ITS_WAY
        await bruno.look()
        assert bruno.sees == [f"Ada\nTo “{notice}”: thank you"]
    await bea.look()
    assert bea.sees == ["Ada to your tutor:\nTo “Bruno is reading the sheet.”: thank you"]


async def test_also_while_a_question_is_asked(town: World) -> None:
    ada, _, bruno = await taken(town)
    notice = number(ada, "The sheet is with Bruno now.")
    await ada.says("/idea")
    asked = ada.sees[-1]
    await ada.replies(notice, text="See you on Monday")
    assert (ada.sees[0], ada.sees[-1]) == (ON_ITS_WAY, asked)
    await bruno.look()
    assert bruno.sees == ["Ada\nSee you on Monday"]


async def test_also_to_each_message_with_comments(town: World) -> None:
    ada, _, bruno = await taken(town)
    for key in ("sentence", "where", "for_whom", "need"):
        await bruno.taps_data(f"askon:1:{key}")
        prompt = number(bruno, await _name(town, key))
        await bruno.replies(prompt, text="Could you say more about this? " * 9)
    await bruno.taps_data("asksend:1")
    await ada.look()
    first, last = number(ada, "Bruno asks you to change something:"), number(ada, "And this:")
    for message, words in ((first, "To the first"), (last, "To the last")):
        await ada.replies(message, text=words)
        await bruno.look()
        assert bruno.sees == [f"Ada\n{words}"]


async def _name(town: World, key: str) -> str:
    return str(town.app.school.questionnaire.questions[key].name["en"])


async def test_where_no_tutor_reads_it_that_is_said_and_it_answers_no_question(town: World) -> None:
    ada, _, bruno = await taken(town)
    await bruno.taps_data("closing:1:wish")
    await ada.look()
    notice = number(ada, "The sheet is closed now")
    await ada.says("/idea")
    await ada.replies(notice, text="Thank you for all")
    assert ada.said[-2] == "No tutor has your sheet at present."
    assert ada.sees[0].startswith("I read: “Thank you for all”")
    assert await town.rows(Relay) == []
    assert [(one.words, one.question) for one in await town.rows(Bubble)] == [
        ("Thank you for all", None)
    ]


async def test_whoever_works_here_no_longer_keeps_what_was_said_of_the_own_sheet(
    town: World,
) -> None:
    ada, _, bruno = await taken(town)
    carla = await tutor(town, COORDINATOR, "Carla", COORDINATES)
    await carla.taps_data(f"invite:{TUTORS}")
    link = next(text for text in reversed(carla.said) if "start=staff-" in text)
    await ada.says(f"/start {link.rpartition('start=')[2]}")
    person = next(one.id for one in await town.rows(Person) if one.telegram_id == ada.id)
    await carla.taps_data(f"end:{person}:{TUTORS}")
    await ada.look()
    assert "The sheet is with Bruno now." in "\n".join(ada.said)
    await ada.replies(number(ada, "The sheet is with Bruno now."), text="Here I am again")
    await bruno.look()
    assert bruno.sees == ["Ada\nHere I am again"]
