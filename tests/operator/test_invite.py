"""`quartieri invite`: the first coordinator comes by a link of the operator's."""

from pathlib import Path

from tests.operator.desk import NOWHERE, Desk
from tests.world import World

_BEGINS = "It gives the role coordinator to whoever opens it first, until "


async def test_the_link_that_is_printed_gives_the_role(town: World, folder: Path) -> None:
    desk = Desk(folder, town.database_url, town.emulator.url)
    link, until = await desk.runs("invite", "coordinator")
    assert until.startswith(_BEGINS)
    carla = await town.resident(1003, "Carla")
    await carla.says(f"/start {link.removeprefix('https://t.me/quartieri_bot?start=')}")
    await carla.taps("Go on without a name")
    assert carla.sees[-1] == "Your role here: coordination."


async def test_without_telegram_the_bots_name_is_given(database_url: str, folder: Path) -> None:
    desk = Desk(folder, database_url)
    link, _ = await desk.runs("invite", "tutor", "--bot", "my_school_bot")
    assert link.startswith("https://t.me/my_school_bot?start=staff-")
    assert await desk.is_refused("invite", "tutor") == (
        f"QUARTIERI_API_URL: no answer from {NOWHERE} (ClientConnectorError); check it"
    )


async def test_a_role_that_is_none_is_refused(database_url: str, folder: Path) -> None:
    said = await Desk(folder, database_url).is_refused("invite", "pope")
    assert "argument role: invalid choice: 'pope'" in said
