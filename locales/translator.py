"""Finds the program's words in a language; what a catalog lacks is said in English, the msgid.

Catalogs are read from their .po files at start: nothing to compile, nothing to forget.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: its catalog and its direction."""

    language: str
    right_to_left: bool = False
    _messages: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    _form: Callable[[int], int] = lambda count: int(count != 1)

    @property
    def msgids(self) -> AbstractSet[str]:
        """What it has words for."""
        return self._messages.keys()

    def one(self, msgid: str) -> str:
        """The words for a msgid."""
        return self._messages.get(msgid, (msgid,))[0]

    def many(self, msgid: str, plural: str, count: int) -> str:
        """The words for a count, in the plural form that the language has for it."""
        forms = self._messages.get(msgid)
        if forms is None:
            return plural if count != 1 else msgid
        return forms[min(self._form(count), len(forms) - 1)]


def catalog(language: str) -> Catalog:
    """The catalog of a language as Babel reads it."""
    with (FOLDER / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        return read_po(file, locale=language)


def available() -> list[str]:
    """The languages that have landed, English included."""
    found = (path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/bot.po"))
    return sorted({SOURCE, *found})


@cache
def words(language: str) -> Words:
    """A language, read once. Raises FileNotFoundError where it has no catalog."""
    if language == SOURCE:
        return Words(SOURCE)
    read = catalog(language)
    messages = {
        str(message.id[0] if message.pluralizable else message.id): _forms(message.string)
        for message in read
        if message.id and message.string and not message.fuzzy
    }
    right_to_left = Locale.parse(language).text_direction == "rtl"
    return Words(language, right_to_left, messages, c2py(read.plural_expr))


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def negotiate(wanted: str | None, offered: list[str]) -> str:
    """The offered language nearest to a code that Telegram sent ("pt-br", "zh-hans"); else
    the first one offered.
    """
    code = (wanted or "").lower().replace("_", "-")
    for candidate in (code, code.partition("-")[0]):
        if candidate in offered:
            return candidate
    return offered[0]
