"""Every button of a group, tapped by somebody who may not: it changes nothing."""

import pytest

from db.groups import Group, GroupLink, Member
from db.tables import Person
from tests.stories.grouped import ALL, NAME, OUT, founded, founder, link, two
from tests.stories.test_own_data import lines_of
from tests.world import World

# Buttons of a group: what members have, and what only the lead has.
OF_MEMBERS = (
    *("ginvite", "glink:once", "glinks", "gshow:{}", "gpicture:{}", "grevoke:{}"),
    *("gname", "gmembers", "gleaving", "gleave"),
)
OF_LEAD = (
    *("grename", "gremove", "ghand"),
    *("gremoving:{}", "gremoved:{}", "ghanding:{}", "ghanded:{}"),
)


async def rows(town: World) -> dict[str, int]:
    """How many rows there are, but for those of what was done."""
    return {key: value for key, value in (await lines_of(town)).items() if key != "updates"}


@pytest.mark.parametrize("forged", [*OF_MEMBERS, *OF_LEAD])
async def test_who_is_in_no_group_does_nothing_to_one(town: World, forged: str) -> None:
    ada = await founder(town)
    code = (await link(ada)).removeprefix("g-")
    chen = await town.resident(1003, "Chen")
    before = await rows(town)
    await chen.taps_data(forged.format(code))
    assert chen.sees[0] == "Make a group"
    assert await rows(town) == before


@pytest.mark.parametrize("forged", ["gjoin:x", "gjoin:", "gcome:x", "gcome:"])
async def test_nobody_joins_by_a_code_that_is_none(town: World, forged: str) -> None:
    await founder(town)
    chen = await town.resident(1003, "Chen")
    before = await rows(town)
    await chen.taps_data(forged)
    assert chen.sees[0] == "This link leads nowhere now. Please ask for a new one."
    assert await rows(town) == before


@pytest.mark.parametrize("forged", OF_LEAD)
async def test_who_does_not_lead_changes_nothing(town: World, forged: str) -> None:
    ada, bruno = await two(town)
    [group] = await town.rows(Group)
    await bruno.taps_data(forged.format(group.lead_id))
    assert (bruno.sees[0], bruno.buttons) == (NAME, ALL + OUT)
    assert len(await town.rows(Member)) == 2
    assert (await town.rows(Group))[0].lead_id == group.lead_id
    assert ada.id == 1001


@pytest.mark.parametrize("number", ["", "x", "999", "own", "9" * 30])
async def test_the_lead_removes_nobody_from_elsewhere(town: World, number: str) -> None:
    ada, _ = await two(town)
    chen = await founded(await town.resident(1003, "Chen"), "Chen", "Gardeners")
    rows = {one.telegram_id: one.id for one in await town.rows(Person)}
    for verb in ("gremoving", "gremoved", "ghanding", "ghanded"):
        for forged in (number.replace("own", str(rows[1001])), str(rows[1003])):
            await ada.taps_data(f"{verb}:{forged}")
            assert ada.sees[0] == NAME
    assert len(await town.rows(Member)) == 3
    assert chen.id == 1003


async def test_links_of_another_group_are_out_of_reach(town: World) -> None:
    ada = await founder(town)
    code = (await link(ada)).removeprefix("g-")
    chen = await founded(await town.resident(1003, "Chen"), "Chen", "Gardeners")
    for verb in ("gshow", "gpicture", "grevoke"):
        await chen.taps_data(f"{verb}:{code}")
        assert code not in str(chen.messages)
    assert [one.code for one in await town.rows(GroupLink)] == [code]
