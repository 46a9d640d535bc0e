"""What a phone shows of the bot: commands by scope and language, names, descriptions.

Telegram takes the narrowest scope that has commands in the person's language, else without a
language: first the chat, then all private chats, then the default.
"""

from emulator.json_types import Json
from emulator.state import Bot, Person


def commands_for(bot: Bot, scopes: tuple[str, ...], language: str) -> list[Json]:
    """The commands of the first scope that has any, in the language or without one."""
    for scope in scopes:
        for code in (language, "") if language else ("",):
            found = bot.commands.get(f"{scope}|{code}")
            if found:
                return found
    return []


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in that language, else the one without a language, else nothing."""
    return texts.get(language) or texts.get("", "")


def shown_menu(bot: Bot, person: Person) -> Json:
    """The commands and descriptions on that person's phone."""
    language = (person.language_code or "").partition("-")[0]
    scopes = (f"chat:{person.id}", "all_private_chats", "default")
    return {
        "commands": commands_for(bot, scopes, language),
        "description": in_language(bot.descriptions, language),
        "short_description": in_language(bot.short_descriptions, language),
    }
