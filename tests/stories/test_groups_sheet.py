"""The sheet of a group on paper, and who hears that it waits."""

from db.tables import Attachment
from tests.stories.grouped import founded, joins, leaves, link, member, two
from tests.stories.steps import at_question, at_the_end
from tests.stories.test_nudges import WAITS, at
from tests.stories.test_printed import documents, text
from tests.stories.test_reminders import strikes
from tests.world import Phone, World


async def test_the_pdf_says_the_group_and_its_people_by_their_chosen_names(town: World) -> None:
    ada = await founded(await at_the_end(town, "project"))
    bruno = await member(town, ada)
    await bruno.taps_data("sheet")
    [sent] = documents(bruno)
    assert sent["caption"] == "Your idea\nThis is your group's sheet with all answers."
    said = await text(bruno)
    assert "Group: The menders Members: Ada, Bruno Made on" in said
    assert "Account" not in said


async def test_the_pdf_of_one_alone_names_nobody(town: World) -> None:
    ada = await at_the_end(town, "project")
    await ada.taps("Get my sheet")
    assert "Group:" not in await text(ada)


def waited(phone: Phone) -> bool:
    """Whether somebody heard that the idea waits."""
    return any(said.startswith(WAITS[0]) for said in phone.said)


async def test_of_a_sheet_that_waits_only_who_wrote_last_hears(town: World) -> None:
    town.app.clock.set_to(at(3, 18))
    ada, bruno = await two(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await bruno.says("/idea")
    await bruno.says("We mend lamps")
    await strikes(town, at(6, 10), ada, bruno)
    assert (waited(ada), waited(bruno)) == (False, True)


async def test_where_nobody_wrote_the_lead_hears(town: World) -> None:
    town.app.clock.set_to(at(3, 18))
    ada, bruno = await two(town)
    await strikes(town, at(6, 10), ada, bruno)
    assert (waited(ada), waited(bruno)) == (True, False)


async def test_of_the_sheet_that_is_kept_nobody_hears(town: World) -> None:
    town.app.clock.set_to(at(3, 18))
    ada, bruno = await two(town)
    await leaves(bruno)
    await bruno.says("/idea")
    await joins(bruno, await link(ada), "Bruno")
    await strikes(town, at(6, 10), ada, bruno)
    assert (waited(ada), waited(bruno)) == (True, False)


async def test_a_file_that_somebody_takes_off_the_sheet_comes_to_the_others_once_more(
    town: World,
) -> None:
    ada = await founded(await at_the_end(town, "project"))
    bruno = await member(town, ada)
    await ada.taps_data("files")
    await ada.sends_file("document", "plan.pdf")
    [file] = await town.rows(Attachment)
    await bruno.taps_data(f"unfile:{file.id}")
    await ada.look()
    [sent] = documents(ada)
    assert (sent["document"]["file_name"], sent["caption"]) == (
        "plan.pdf",
        "Bruno has taken this file off your sheet.",
    )
    assert (documents(bruno), await town.rows(Attachment)) == ([], [])


async def test_so_does_a_voice_message_and_who_takes_it_off_hears_nothing(town: World) -> None:
    ada = await founded(await at_question(town, "field"))
    bruno = await member(town, ada)
    await ada.says("/idea")
    await ada.sends_file("voice", "field.ogg")
    [file] = await town.rows(Attachment)
    await ada.taps_data(f"unfile:{file.id}")
    await bruno.look()
    assert [one.get("caption") for one in bruno.messages if "voice" in one] == [
        "Ada has taken this file off your sheet."
    ]
    assert [one for one in ada.messages if "voice" in one and one["from"]["is_bot"]] == []
