"""A group: made, and joined by a link; its sheet is the same for all."""

import pytest
import zxingcpp

from db.groups import Group, GroupLink, Member
from db.tables import Answer, Idea
from tests.pictures import grey
from tests.stories.grouped import ALL, LEAD, NAME, OUT, founded, founder, joins, link, member, two
from tests.stories.steps import asked_in, at_question, begins, kept
from tests.world import World

TOGETHER = "All of you see the same sheet, and who wrote what."
ALONE = "So far you are alone here. Public calls ask for at least two people."


async def test_who_has_no_group_reads_what_one_is(town: World) -> None:
    ada = await town.resident()
    await ada.says("/group")
    assert ada.sees == [
        "Make a group",
        "A group is two or more people with one idea. Public calls for projects ask for that.",
        "All see the same sheet, and who wrote what. You invite them with a link.",
        "Is there a group already? Ask somebody in it for a link.",
    ]
    assert ada.buttons == ["Make a group", "Look for company", "Home"]


@pytest.mark.parametrize("name", ["/gruppo", "/grupo", "/groupe"])
async def test_all_names_of_the_command_work(town: World, name: str) -> None:
    ada = await town.resident()
    await ada.says(name)
    assert ada.sees[0] == "Make a group"


async def test_a_group_is_made_with_a_name_and_a_name_of_ones_own(town: World) -> None:
    ada = await town.resident(name="Account Name")
    await ada.says("/group")
    await ada.taps("Make a group")
    assert ada.sees == ["What is your group called?\nA few words, 40 characters at most."]
    await ada.says("  The   menders ")
    assert ada.sees[0] == "Your group The menders is there. Now invite somebody."
    assert ada.sees[1].startswith("Which name shall others see?")
    await ada.says("Ada")
    assert ada.sees == ["Others see you as Ada now."]
    await ada.taps("Go on")
    assert ada.sees == ["The menders", "Members: Ada\nYou lead the group.", ALONE]
    assert ada.buttons == LEAD + OUT


async def test_a_name_that_is_too_long_is_asked_again(town: World) -> None:
    ada = await town.resident()
    await ada.says("/group")
    await ada.taps("Make a group")
    await ada.says("x" * 41)
    assert ada.sees == ["Your text has 41 characters, and 40 fit here.\nWrite a shorter one."]
    await ada.says("/help")
    assert ada.sees[0].startswith("What is your group called?")
    await ada.taps("Cancel")
    assert ada.sees[0] == "Make a group"
    assert await town.rows(Group) == []


async def test_the_overview_of_an_idea_leads_to_a_group(town: World) -> None:
    ada = await begins(town)
    await ada.taps_data("overview")
    await ada.taps("Make a group")
    assert ada.sees[3] == "The sheet that you began comes along: then it is the group's."


async def test_home_leads_to_the_group_only_where_there_is_one(town: World) -> None:
    ada = await begins(town)
    await ada.taps("Later")
    assert "My group" not in ada.buttons
    await founded(ada)
    await ada.taps("Home")
    await ada.taps("My group")
    assert ada.sees[0] == NAME
    await ada.taps("Our sheet")
    await ada.taps("My group")
    assert ada.sees[0] == NAME


async def test_a_sheet_begun_alone_is_taken_along(town: World) -> None:
    ada = await at_question(town, "need")
    before = await kept(town)
    await founded(ada)
    bruno = await member(town, ada)
    assert await kept(town) == before
    [idea] = await town.rows(Idea)
    [group] = await town.rows(Group)
    assert (idea.person_id, idea.group_id) == (None, group.id)
    await bruno.taps("Our sheet")
    assert bruno.sees[0].splitlines() == [
        "Your idea",
        "The sheet of the group The menders",
        "A workshop to repair things",
    ]
    await bruno.taps("Continue my idea")
    assert asked_in(bruno) == "need"


async def test_each_member_sees_the_same_sheet_who_wrote_what_and_when(town: World) -> None:
    ada, bruno = await two(town)
    await ada.says("/idea")
    await ada.taps("I have a ready project")
    await town.later(days=1)
    await bruno.says("/idea")
    await bruno.says("We mend lamps")
    zone = town.app.school.zone
    days = sorted({f"{one.changed_at.astimezone(zone):%-d %b}" for one in await town.rows(Answer)})
    for phone in (ada, bruno):
        await phone.taps_data("review:basics")
        first, second = phone.sees[1].splitlines()[:2]
        assert first.startswith("How far you are: I have a ready project · Ada, ")
        assert second.startswith("Idea in short: We mend lamps · Bruno, ")
        assert sorted({first.rpartition(", ")[2], second.rpartition(", ")[2]}) == days
        assert len(days) == 2


async def test_of_a_sheet_alone_nobody_is_named(town: World) -> None:
    ada = await at_question(town, "need")
    await ada.taps_data("review:basics")
    assert "·" not in ada.sees[1]


async def test_members_come_by_a_link_for_one_person_that_works_once(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada)
    assert ada.said[-2].splitlines()[:2] == [
        "Join our group The menders at The School of Neighbourhoods.",
        "Tap the link, then Start.",
    ]
    assert ada.sees == ["Pass the message above on to one person. The link works once."]
    bruno = await town.resident(1002, "Account")
    await bruno.says(f"/start {payload}")
    assert bruno.sees == ["Join the group The menders?", "Members: Ada", TOGETHER]
    assert bruno.buttons == ["Join", "Rather not"]
    await bruno.taps("Join")
    assert bruno.sees[0] == "One thing before you join The menders."
    assert bruno.sees[1].startswith("Which name shall others see?")
    await bruno.says("Bruno")
    await bruno.taps("Go on")
    here = [NAME, "Members: Ada, Bruno\nAda leads the group.", TOGETHER]
    assert bruno.sees == ["You are in the group The menders now.", *here]
    assert bruno.buttons == ALL + OUT
    await ada.look()
    assert ada.said[-1] == "Bruno has joined your group."
    chen = await town.resident(1003, "Chen")
    await chen.says(f"/start {payload}")
    assert chen.sees[0] == "This link leads nowhere now. Please ask for a new one."
    assert await town.rows(GroupLink) == []


async def test_a_link_for_the_group_works_for_all_until_it_is_revoked(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada, "Invite the whole group")
    assert await link(ada, "Invite the whole group") == payload
    for number, name in ((1002, "Bruno"), (1003, "Chen")):
        await joins(await town.resident(number, "Account"), payload, name)
    await ada.look()
    assert ada.said[-2:] == ["Bruno has joined your group.", "Chen has joined your group."]
    await ada.says("/group")
    await ada.taps("Invite somebody")
    await ada.taps("See our links")
    day = f"{town.app.clock.now().astimezone(town.app.school.zone):%-d %b}"
    assert ada.sees == ["Links into your group", f"1: for the whole group, {day}"]
    assert ada.rows == [["Link 1", "Revoke 1"], ["Back"]]
    await ada.taps("Revoke 1")
    assert ada.sees[0] == "That link leads nowhere now."
    dora = await town.resident(1004, "Dora")
    await dora.says(f"/start {payload}")
    assert dora.sees[0] == "This link leads nowhere now. Please ask for a new one."
    assert len(await town.rows(Member)) == 3


async def test_a_link_can_be_seen_again(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada)
    await ada.taps("Back")
    await ada.taps("See our links")
    await ada.taps("Link 1")
    assert ada.said[-2].rpartition("start=")[2] == payload


async def test_a_group_has_so_many_links_at_most(town: World) -> None:
    ada = await founder(town)
    for _ in range(8):
        await link(ada)
    await ada.taps("Back")
    await ada.taps("Invite one person")
    assert ada.sees[0] == "Your group has many links. Take one back, then make a new one."
    assert len(await town.rows(GroupLink)) == 8


async def test_a_camera_reads_the_link_from_a_picture(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada)
    await ada.taps("Picture with a code")
    [message] = [one for one in ada.messages if "photo" in one]
    async with town.http.get(f"{town.emulator.url}{message['photo'][-1]['url']}") as answer:
        [found] = zxingcpp.read_barcodes(grey(await answer.read()))
    assert found.text == f"https://t.me/quartieri_bot?start={payload}"
    assert message["caption"].startswith("Join our group The menders")


async def test_who_is_new_finds_the_group_behind_the_notice(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada)
    bruno = await town.person(1002, "Account")
    await bruno.says(f"/start {payload}")
    assert bruno.sees[0] == "An invitation to the group The menders"
    await bruno.taps("I have read, go on")
    assert bruno.sees[0] == "An invitation to the group The menders"
    await bruno.taps_data("age:yes")
    assert bruno.sees[0] == "Join the group The menders?"
    await bruno.taps("Join")
    await bruno.taps("Go on without a name")
    assert bruno.sees[2] == "Members: Ada, without a name\nAda leads the group."
    await ada.look()
    assert ada.said[-1] == "Somebody has joined your group."


async def test_who_would_rather_not_is_at_home(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada)
    bruno = await town.resident(1002, "Account")
    await bruno.says(f"/start {payload}")
    await bruno.taps("Rather not")
    assert "Tell my idea" in bruno.buttons
    assert len(await town.rows(Member)) == 1


async def test_who_is_in_a_group_must_leave_it_before_joining_another(town: World) -> None:
    ada, bruno = await two(town)
    chen = await founded(await town.resident(1003, "Chen"), "Chen", "Gardeners")
    payload = await link(chen)
    await bruno.says(f"/start {payload}")
    assert bruno.sees[:2] == [
        "You are in a group already. To join another one, leave yours first.",
        NAME,
    ]
    await bruno.taps_data(f"gjoin:{payload.removeprefix('g-')}")
    assert bruno.sees[1] == NAME
    own = await link(ada, "Invite the whole group")
    await bruno.says(f"/start {own}")
    assert bruno.sees[0] == "You are in this group."
    assert len(await town.rows(Member)) == 3


async def test_who_joins_with_an_own_sheet_is_told_that_it_comes_back(town: World) -> None:
    bruno = await at_question(town, "need")
    ada = await founded(await town.resident(1002, "Account"))
    payload = await link(ada)
    await bruno.says(f"/start {payload}")
    kept_ = "Your own sheet is kept. It comes back when you leave the group."
    assert bruno.sees[3] == kept_
    await bruno.taps("Join")
    await bruno.says("Bruno")
    await bruno.taps("Go on")
    assert bruno.sees[0] == f"You are in the group The menders now.\n{kept_}"
    await bruno.says("/idea")
    assert asked_in(bruno) == "stage"
    await bruno.says("/group")
    await bruno.taps("Leave the group")
    assert bruno.sees == [
        "Leave the group The menders?\nWhat you wrote stays in the group's sheet, with your name."
    ]
    await bruno.taps("Leave the group")
    assert bruno.sees[0] == "You have left the group The menders.\nYour own sheet is back."
    await bruno.says("/idea")
    assert asked_in(bruno) == "need"


async def test_of_a_crowd_some_are_named(town: World) -> None:
    ada = await founder(town)
    payload = await link(ada, "Invite the whole group")
    for number in range(2, 12):
        await joins(await town.resident(1000 + number, "Account"), payload, f"Friend {number}")
    await ada.says("/group")
    assert ada.sees[1].splitlines()[0] == (
        "Members: Ada, Friend 2, Friend 3, Friend 4, Friend 5, Friend 6, Friend 7, Friend 8 "
        "and 3 more people"
    )
