"""The program's words and the school's, flat: every text with where it stands."""

import tomllib
from collections.abc import Iterator
from typing import NamedTuple, cast

from babel.messages.catalog import Message

from locales import gather
from locales.translator import SOURCE, available, catalog
from school.loading import DEFAULT

TRANSLATED = [language for language in available() if language != SOURCE]


class Said(NamedTuple):
    """A text of a language, and where it stands."""

    where: str
    language: str
    text: str


def texts(message: Message, language: str) -> list[str]:
    """All forms of a message in a language; in English its msgid and its plural."""
    found = message.id if language == SOURCE else message.string
    return [found] if isinstance(found, str) else list(found or ())


def messages(language: str) -> list[Message]:
    """The messages of a catalog without its header; English is the code itself."""
    read = gather.msgids() if language == SOURCE else catalog(language)
    return [message for message in read if message.id]


def program() -> list[Said]:
    """All that the program says, in every language."""
    return [
        Said("bot.po", language, text)
        for language in (SOURCE, *TRANSLATED)
        for message in messages(language)
        for text in texts(message, language)
    ]


def content() -> list[Said]:
    """All that the school says, in every language."""
    return [
        said
        for path in sorted(DEFAULT.glob("*.toml"))
        for said in _leaves(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    ]


def _leaves(where: str, value: object) -> Iterator[Said]:
    if isinstance(value, list):
        for number, item in enumerate(cast("list[object]", value), start=1):
            yield from _leaves(f"{where}[{number}]", item)
    if isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            if isinstance(item, str) and key in (SOURCE, *TRANSLATED):
                yield Said(where, key, item)
            yield from _leaves(f"{where}.{key}", item)
