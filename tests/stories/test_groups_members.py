"""Who leads a group, who is taken out, who leaves, and what becomes of the sheet."""

from typing import Any

from db.groups import Group, Member
from db.tables import Answer, Bubble, Idea, Person
from tests.stories.grouped import (
    ALL,
    LEAD,
    NAME,
    OUT,
    OVER,
    founded,
    founder,
    joins,
    leaves,
    link,
    removes,
    three,
    two,
)
from tests.stories.steps import asked_in, at_question, begins, kept
from tests.stories.test_own_data import NOTHING_LEFT, copy_of, lines_of
from tests.world import World


async def test_leaving_takes_two_taps_and_the_others_are_told(town: World) -> None:
    ada, bruno, chen = await three(town)
    await leaves(bruno)
    for phone in (ada, chen):
        await phone.look()
        assert phone.said[-1] == "Bruno has left your group."
    await bruno.says("/group")
    assert bruno.sees[0] == "Make a group"
    await bruno.taps_data("gleave")
    assert bruno.sees[0] == "Make a group"


async def test_with_the_lead_who_leaves_the_lead_goes_to_who_came_next(town: World) -> None:
    ada, bruno, chen = await three(town)
    await leaves(ada)
    await bruno.look()
    assert bruno.said[-1] == "Ada has left your group.\nYou lead the group now."
    await chen.look()
    assert chen.said[-1] == "Ada has left your group."
    await bruno.says("/group")
    assert bruno.sees[1] == "Members: Bruno, Chen\nYou lead the group."


async def test_the_last_one_takes_the_sheet_along(town: World) -> None:
    ada, bruno = await two(town)
    await bruno.says("/idea")
    await bruno.taps("I have a ready project")
    await leaves(ada)
    await bruno.says("/group")
    await bruno.taps("Leave the group")
    assert bruno.sees[0].splitlines()[1] == (
        "You are the last one: the group ends, and its sheet is yours alone."
    )
    await bruno.taps("Leave the group")
    assert bruno.sees[0] == "You have left the group The menders.\nIts sheet is yours alone now."
    [idea] = await town.rows(Idea)
    [person] = [one for one in await town.rows(Person) if one.telegram_id == 1002]
    assert (idea.person_id, idea.group_id) == (person.id, None)
    assert (await town.rows(Group), await town.rows(Member)) == ([], [])
    await bruno.says("/idea")
    assert asked_in(bruno) == "sentence"


async def test_the_last_one_with_an_own_sheet_is_told_what_goes(town: World) -> None:
    bruno = await at_question(town, "need")
    ada = await founded(await town.resident(1002, "Account"))
    await joins(bruno, await link(ada), "Bruno")
    await leaves(ada)
    await bruno.says("/group")
    await bruno.taps("Leave the group")
    assert bruno.sees[0].splitlines()[1] == (
        "You are the last one: the group ends, and its sheet is deleted. Yours comes back."
    )
    await bruno.taps("Leave the group")
    assert bruno.sees[0].splitlines()[1] == "Your own sheet is back."
    assert len(await town.rows(Idea)) == 1
    await bruno.says("/idea")
    assert asked_in(bruno) == "need"


async def test_the_lead_removes_somebody_who_is_told_as_the_others_are(town: World) -> None:
    ada, bruno, chen = await three(town)
    payload = await link(ada, "Invite the whole group")
    await bruno.says("/idea")
    await ada.says("/group")
    await ada.taps("Remove somebody")
    assert (ada.sees, ada.buttons) == (
        ["Who is to leave the group?"],
        ["Bruno", "Chen", "Back"],
    )
    await ada.taps("Bruno")
    assert ada.sees == [
        "Shall Bruno leave the group?\nWhat they wrote stays in the sheet. They are told."
    ]
    await ada.taps("Remove from the group")
    assert ada.sees[0] == (
        "Bruno is no longer in your group.\nThe links into the group lead nowhere now."
    )
    await bruno.look()
    assert bruno.said[-1] == "You are no longer in the group The menders."
    await chen.look()
    assert chen.said[-1] == "Bruno is no longer in your group."
    await bruno.says(f"/start {payload}")
    assert bruno.sees[0] == "This link leads nowhere now. Please ask for a new one."


async def test_what_somebody_writes_who_was_removed_is_nobodys(town: World) -> None:
    ada, bruno = await two(town)
    await bruno.says("/idea")
    await bruno.taps("I have a ready project")
    await removes(ada, "Bruno")
    await bruno.says("We mend lamps")
    assert bruno.sees == ["I read: “We mend lamps”\nDoes it answer “Idea in short”?"]
    assert await kept(town) == {"stage": {"choice": "project"}}


async def test_the_lead_is_handed_on_and_all_are_told(town: World) -> None:
    ada, bruno, chen = await three(town)
    await ada.says("/group")
    await ada.taps("Hand the lead on")
    await ada.taps("Chen")
    assert ada.sees[0].splitlines() == [
        "Shall Chen lead the group?",
        "Who leads can rename the group, remove people, and hand the lead on.",
    ]
    await ada.taps("Hand the lead on")
    assert ada.sees[0] == "Chen leads the group now."
    assert ada.buttons == ALL + OUT
    await bruno.look()
    assert bruno.said[-1] == "Chen leads the group now."
    await chen.look()
    assert chen.said[-1] == "You lead the group now."
    await chen.says("/group")
    assert chen.buttons == LEAD + OVER + OUT


async def test_the_lead_renames_the_group(town: World) -> None:
    ada, bruno = await two(town)
    await ada.says("/group")
    await ada.taps("Rename the group")
    await ada.says("Lamp doctors")
    assert ada.sees[:2] == ["Your group is called Lamp doctors now.", "Lamp doctors"]
    await bruno.look()
    assert bruno.said[-1] == "Your group is called Lamp doctors now."


async def test_members_stand_in_a_list_with_who_leads(town: World) -> None:
    ada, bruno = await two(town)
    day = f"{town.app.clock.now().astimezone(town.app.school.zone):%-d %b}"
    await bruno.says("/group")
    await bruno.taps("Members")
    assert bruno.sees == [
        NAME,
        f"Ada, since {day} · leads the group\nBruno, since {day}",
    ]
    await bruno.taps("My name")
    await bruno.says("Bruno the smith")
    await bruno.taps("Go on")
    assert bruno.sees[1].splitlines()[0] == "Members: Ada, Bruno the smith"
    await ada.says("/group")
    assert ada.sees[1].splitlines()[0] == "Members: Ada, Bruno the smith"


async def test_answers_of_who_is_forgotten_stay_without_the_name(town: World) -> None:
    ada, bruno, chen = await three(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await ada.says("We mend lamps")
    await ada.says("/forget")
    assert ada.sees[2] == (
        "What you wrote in your group's sheet stays with the group, without your name."
    )
    await ada.taps("Delete my data")
    assert ada.sees[0] == "I have deleted your data."
    await bruno.look()
    assert bruno.said[-1] == "Ada has left your group.\nYou lead the group now."
    await chen.taps_data("review:basics")
    lines = [line.rpartition(", ")[0] for line in chen.sees[1].splitlines()[:2]]
    assert lines == [
        "How far you are: I have a ready project · somebody who left",
        "Idea in short: We mend lamps · somebody who left",
    ]
    assert {one.person_id for one in await town.rows(Answer)} == {None}
    assert {one.person_id for one in await town.rows(Bubble)} == {None}
    assert sorted(one.telegram_id for one in await town.rows(Person)) == [1002, 1003]


async def test_a_part_of_somebody_forgotten_stays_when_another_part_is_edited(
    town: World,
) -> None:
    ada, bruno = await two(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await ada.says("We mend lamps")
    await bruno.says("/group")
    await bruno.taps("Home")
    message = await bruno.says("and radios")
    await bruno.taps("Add it to an answer")
    await bruno.taps("Idea in short")
    await ada.says("/forget")
    await ada.taps("Delete my data")
    await bruno.edits(message, "and old radios")
    assert (await kept(town))["sentence"]["text"] == "We mend lamps\nand old radios"


async def test_the_last_one_who_is_forgotten_takes_group_and_sheet_along(town: World) -> None:
    ada = await founder(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await ada.says("We mend lamps")
    await link(ada)
    await ada.says("/forget")
    assert ada.sees[2] == (
        "You are the last one in your group: the group and its sheet are deleted too."
    )
    await ada.taps("Delete my data")
    assert set(await lines_of(town)) - NOTHING_LEFT == set()


async def test_who_does_not_write_for_long_leaves_the_group_too(town: World) -> None:
    ada, bruno = await two(town)
    await town.later(days=701)
    await town.app.sweep()
    await bruno.taps_data("stay")
    await town.later(days=31)
    await town.app.sweep()
    await town.settle()
    await bruno.look()
    assert bruno.said[-1] == "Ada has left your group.\nYou lead the group now."
    assert [one.telegram_id for one in await town.rows(Person)] == [1002]
    [group] = await town.rows(Group)
    assert [one.person_id for one in await town.rows(Member)] == [group.lead_id]
    assert ada.id == 1001


async def test_the_copy_of_a_member_has_the_own_words_and_the_group(town: World) -> None:
    ada, bruno = await two(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await bruno.says("/idea")
    await bruno.sends_file("voice", "v.ogg")
    await bruno.says("/mydata")
    assert bruno.sees[0].splitlines()[-3:-1] == ["Answers: 1", "Files: 1"]
    await bruno.taps("Get a copy of all")
    await bruno.look()
    data, files = await copy_of(town, bruno)
    rows: dict[str, Any] = data["rows"]
    assert [one["question"] for one in rows["answers"]] == ["sentence"]
    assert [one["name"] for one in rows["groups"]] == [NAME]
    assert len(rows["members"]) == 1
    assert rows["ideas"] == []
    assert files == {"files/001.oga": b"..."}


async def test_an_edit_of_who_has_left_changes_nothing(town: World) -> None:
    ada, bruno = await two(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await bruno.says("/idea")
    message = await bruno.says("We mend lamps")
    await leaves(bruno)
    await bruno.edits(message, "We break lamps")
    assert bruno.sees[0] == "That message is not an answer, so nothing changed."
    assert (await kept(town))["sentence"]["text"] == "We mend lamps"


async def test_an_edit_of_the_sheet_that_is_kept_changes_nothing(town: World) -> None:
    bruno = await begins(town)
    message = await bruno.says("A garden")
    ada = await founded(await town.resident(1002, "Account"))
    await joins(bruno, await link(ada), "Bruno")
    await bruno.edits(message, "Another garden")
    assert bruno.sees[0] == "That message belongs to another sheet, so nothing changed here."
    assert (await kept(town))["sentence"]["text"] == "A garden"


async def test_the_title_is_the_groups_and_the_others_hear_of_it(town: World) -> None:
    ada, bruno = await two(town)
    await ada.taps_data("overview")
    await ada.taps("Give it a title")
    await ada.says("Lamps")
    await bruno.look()
    assert bruno.said[-1] == "Ada gave your sheet this title: Lamps"
    await bruno.taps_data("title")
    await bruno.says("Lamps and radios")
    await ada.look()
    assert ada.said[-1] == "Bruno gave your sheet this title: Lamps and radios\nBefore: Lamps"
