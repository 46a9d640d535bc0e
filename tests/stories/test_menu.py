"""What Telegram itself shows: the menu of commands and the descriptions, in each language."""

from typing import Any

from tests.world import World


async def told(town: World, method: str) -> dict[str | None, Any]:
    """What was set for each language; None is for all others."""
    return {
        call["params"].get("language_code"): call["params"] for call in await town.calls(method)
    }


async def test_the_menu_shows_the_commands_in_each_language(town: World) -> None:
    menus = await told(town, "setMyCommands")
    names = {
        language: [command["command"] for command in menu["commands"]]
        for language, menu in menus.items()
    }
    assert names == {
        None: ["idea", "incontri", "gruppo", "percorso", "aiuto", "lingua"],
        "it": ["idea", "incontri", "gruppo", "percorso", "aiuto", "lingua"],
        "en": ["idea", "meetings", "group", "me", "help", "language"],
        "es": ["idea", "encuentros", "grupo", "camino", "ayuda", "idioma"],
        "fr": ["idee", "rencontres", "groupe", "parcours", "aide", "langue"],
        "ar": ["idea", "meetings", "group", "me", "help", "language"],
        "zh": ["idea", "meetings", "group", "me", "help", "language"],
    }


async def test_each_command_says_what_it_does_in_the_reader_s_language(town: World) -> None:
    menus = await told(town, "setMyCommands")
    shown = [
        key
        for key, command in town.app.school.menu.commands.items()
        if "resident" in command.shown_to
    ]
    for language in ("it", "en", "es", "fr", "ar", "zh"):
        commands = town.app.school.menu.commands
        expected = [commands[key].description[language] for key in shown]
        assert [item["description"] for item in menus[language]["commands"]] == expected


async def test_the_descriptions_are_set_in_each_language(town: World) -> None:
    long, short = await told(town, "setMyDescription"), await told(town, "setMyShortDescription")
    menu = town.app.school.menu
    assert {code: said["description"] for code, said in long.items()} == {
        None: menu.description["it"],
        **menu.description,
    }
    assert {code: said["short_description"] for code, said in short.items()} == {
        None: menu.short_description["it"],
        **menu.short_description,
    }


async def test_all_names_of_a_command_work_in_all_languages(town: World) -> None:
    ada = await town.resident()
    said: list[list[str]] = []
    for command in ("/language", "/lingua", "/idioma", "/langue"):
        await ada.says(command)
        said.append(ada.sees)
    assert said == [["Which language do you prefer?"]] * 4


async def test_telegram_accepts_all_that_is_set_at_the_start(town: World) -> None:
    made = await town.calls()
    assert [(call["method"], call["problems"]) for call in made if call["problems"]] == []
    assert {call["status"] for call in made} == {200}


async def test_a_start_that_is_too_soon_for_telegram_waits_and_goes_on(town: World) -> None:
    await town.stop()
    soon = [
        {"method": method, "kind": "refuse", "status": 429, "retry_after": seconds, "times": 1}
        for method, seconds in (("setMyCommands", 1), ("setMyDescription", 2))
    ]
    await town.sim("faults", soon)
    before = len(await town.calls("setMyCommands", "setMyDescription"))
    await town.start()
    ada = await town.resident()
    assert "Tell my idea" in ada.buttons
    made: list[dict[str, Any]] = []
    while len(made) < 16:
        await town.sim("idle", quiet_ms=100, timeout_s=5)
        made = (await town.calls("setMyCommands", "setMyDescription"))[before:]
    assert sorted(call["status"] for call in made) == [200] * 14 + [429] * 2
    refused = next(call for call in made if call["status"] == 429)
    again = [call for call in made if call["params"] == refused["params"]]
    assert [call["status"] for call in again] == [429, 200]
    assert again[1]["at"] - again[0]["at"] >= 1
