"""What the bot tells about itself: commands, names, descriptions, the menu button."""

import re
from functools import partial

from emulator.json_types import Json, as_object
from emulator.menus import in_language
from emulator.messages import find_chat
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Bot, World

COMMANDS_AT_MOST = 100
DESCRIPTION_LENGTH = 256
LENGTHS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE = re.compile(r"([a-z]{2})?")
PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def _key(world: World, params: Params) -> str:
    """Where commands of that scope and language are kept."""
    scope = params.object("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind in PLAIN_SCOPES:
        return f"{kind}|{_language(params)}"
    if kind not in CHAT_SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    chat = find_chat(world, Params(scope))
    member = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{member}|{_language(params)}"


def _command(item: object) -> Json:
    given = as_object(item) or {}
    name = _COMMAND.fullmatch(str(given.get("command", "")))
    if name is None:
        raise bad("BOT_COMMAND_INVALID")
    description = str(given.get("description", "")).strip()
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad("command description length must not exceed 256")
    return {"command": name[1], "description": description}


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands: an empty list deletes."""
    items = params.array("commands")
    if items is None:
        raise bad("commands are empty")
    if len(items) > COMMANDS_AT_MOST:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.bot.commands[_key(world, params)] = [_command(item) for item in items]
    _told(world)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands: of exactly that scope and language."""
    return world.bot.commands.get(_key(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """DeleteMyCommands."""
    world.bot.commands.pop(_key(world, params), None)
    _told(world)
    return True


def _texts(bot: Bot, name: str) -> dict[str, str]:
    texts = {
        "name": bot.names,
        "description": bot.descriptions,
        "short_description": bot.short_descriptions,
    }
    return texts[name]


def set_text(name: str, world: World, params: Params) -> bool:
    """setMyName, setMyDescription, setMyShortDescription: an empty text deletes."""
    text = params.text(name).strip()
    if len(text) > LENGTHS[name]:
        raise bad(f"{name.replace('_', ' ')} is too long")
    texts, language = _texts(world.bot, name), _language(params)
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    _told(world)
    return True


def get_text(name: str, world: World, params: Params) -> Json:
    """getMyName, getMyDescription, getMyShortDescription."""
    text = in_language(_texts(world.bot, name), _language(params))
    return {name: text or (world.bot.name if name == "name" else "")}


def _told(world: World) -> None:
    world.mark("meta", "bot")
    world.mark("person", world.bot.id)


def _button_key(world: World, params: Params) -> str:
    if "chat_id" not in params.values:
        return ""
    chat = find_chat(world, params)
    if chat.type != "private":
        raise bad("chat must be private")
    return str(chat.id)


def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton: for a chat, or for all that have none of their own."""
    button = params.object("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "web_app", "default"):
        raise bad("can't parse MenuButton: Unsupported type specified")
    world.bot.menu_buttons[_button_key(world, params)] = button
    _told(world)
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    """GetChatMenuButton."""
    buttons = world.bot.menu_buttons
    return buttons.get(_button_key(world, params)) or buttons.get("") or {"type": "commands"}


TABLE = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": partial(set_text, "name"),
    "getMyName": partial(get_text, "name"),
    "setMyDescription": partial(set_text, "description"),
    "getMyDescription": partial(get_text, "description"),
    "setMyShortDescription": partial(set_text, "short_description"),
    "getMyShortDescription": partial(get_text, "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
