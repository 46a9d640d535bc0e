"""What Telegram shows of the bot, in every language of the school: menu and descriptions."""

import asyncio
import logging
from typing import Any

from telegram.error import RetryAfter

from bot.api import Api
from bot.outcomes import seconds
from school.loading import School
from school.texts import in_language

log = logging.getLogger(__name__)


async def set_menu(api: Api, school: School) -> None:
    """Set commands and descriptions: for each language, and the first one for all others."""
    await asyncio.gather(
        *(
            _call(api, method, language_code=code, **parameters)
            for code in (None, *school.languages)
            for method, parameters in _calls(school, code or school.languages[0])
        )
    )


async def _call(api: Api, method: str, **parameters: Any) -> None:
    """Make a call; where Telegram says to wait, wait and make it again."""
    while True:
        try:
            await api.call(method, **parameters)
        except RetryAfter as error:
            log.warning("%s: Telegram says to wait %s s", method, seconds(error))
            await asyncio.sleep(seconds(error))
        else:
            return


def _calls(school: School, language: str) -> list[tuple[str, dict[str, Any]]]:
    menu = school.menu
    return [
        ("setMyCommands", {"commands": menu.shown((), language)}),
        ("setMyDescription", {"description": in_language(menu.description, language)}),
        (
            "setMyShortDescription",
            {"short_description": in_language(menu.short_description, language)},
        ),
    ]
