"""The first meeting."""

from tests.world import World


async def test_a_newcomer_hears_who_speaks_and_what_it_costs(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    assert ada.sees == []
