"""What the bot tells about itself."""

from typing import Any

import pytest

from tests.emulator.telegram import Telegram

HELP = [{"command": "help", "description": "Help"}]


async def test_commands_are_kept_by_scope_and_language(telegram: Telegram) -> None:
    await telegram.person()
    scopes: list[dict[str, Any]] = [
        {},
        {"language_code": "it"},
        {"scope": {"type": "all_group_chats"}},
        {"scope": {"type": "chat", "chat_id": 7}},
    ]
    for number, where in enumerate(scopes):
        commands = [{"command": f"c{number}", "description": "x"}]
        await telegram.call("setMyCommands", commands=commands, **where)
    for number, where in enumerate(scopes):
        found = await telegram.call("getMyCommands", **where)
        assert [command["command"] for command in found] == [f"c{number}"]
    await telegram.call("deleteMyCommands", **scopes[1])
    assert await telegram.call("getMyCommands", **scopes[1]) == []


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"commands": [{"command": "Help!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "help", "description": ""}]},
            "command description must be non-empty",
        ),
        ({"commands": HELP * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": HELP, "language_code": "ita"}, "invalid language code specified"),
        ({"commands": HELP, "scope": {"type": "chat", "chat_id": 9}}, "chat not found"),
        (
            {"commands": HELP, "scope": {"type": "everywhere"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
    ],
)
async def test_wrong_commands_are_refused(
    telegram: Telegram, params: dict[str, Any], reason: str
) -> None:
    assert await telegram.fails("setMyCommands", **params) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("suffix", "key", "unset", "longest"),
    [
        ("Name", "name", "Quartieri", 64),
        ("Description", "description", "", 512),
        ("ShortDescription", "short_description", "", 120),
    ],
)
async def test_texts_by_language(
    telegram: Telegram, suffix: str, key: str, unset: str, longest: int
) -> None:
    assert await telegram.call(f"getMy{suffix}") == {key: unset}
    await telegram.call(f"setMy{suffix}", **{key: "School"})
    await telegram.call(f"setMy{suffix}", **{key: "Scuola"}, language_code="it")
    assert await telegram.call(f"getMy{suffix}") == {key: "School"}
    assert await telegram.call(f"getMy{suffix}", language_code="it") == {key: "Scuola"}
    await telegram.call(f"setMy{suffix}", **{key: ""}, language_code="it")
    assert await telegram.call(f"getMy{suffix}", language_code="it") == {key: "School"}
    refused = await telegram.fails(f"setMy{suffix}", **{key: "x" * (longest + 1)})
    assert refused == (400, f"Bad Request: {key.replace('_', ' ')} is too long")


async def test_a_menu_button_for_a_chat_or_for_all(telegram: Telegram) -> None:
    await telegram.person()
    assert await telegram.call("getChatMenuButton") == {"type": "commands"}
    app = {"type": "web_app", "text": "x", "web_app": {"url": "https://x.it"}}
    await telegram.call("setChatMenuButton", chat_id=7, menu_button=app)
    assert await telegram.call("getChatMenuButton", chat_id=7) == app
    assert await telegram.call("getChatMenuButton") == {"type": "commands"}


@pytest.mark.parametrize("method", ["logOut", "close"])
async def test_there_is_no_other_server_to_move_to(telegram: Telegram, method: str) -> None:
    assert await telegram.call(method) is True
