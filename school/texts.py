"""The school's own words: a text is a table of languages; a missing one falls back.

A key is an identifier of the content: it travels in the data of buttons, so it is short and plain.
"""

import re
from typing import Annotated, TypeAlias

from babel import localedata
from pydantic import AfterValidator, BaseModel, ConfigDict


class Table(BaseModel):
    """A table of a content file; a key that nobody knows is a mistake, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def matching(pattern: str, rule: str) -> AfterValidator:
    """A check that a string is what a rule says, in plain words, and a pattern exactly."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} must be {rule}; mend it")
        return value

    return AfterValidator(check)


def _language(code: str) -> str:
    """Telegram's menus know languages by two letters; names and plurals are CLDR's."""
    if not re.fullmatch("[a-z]{2}", code) or not localedata.exists(code):
        raise ValueError(f"{code!r} is no language; write two letters like it")
    return code


def _said(text: dict[str, str]) -> dict[str, str]:
    said = {language: words for language, words in text.items() if words.strip()}
    if not said:
        raise ValueError('no words in any language; add for example it = "..."')
    return said


# Two of them with a verb fit into the 64 bytes of a button's data.
Key: TypeAlias = Annotated[str, matching("[a-z0-9_]{1,24}", "1 to 24 of a to z, 0 to 9 and _")]
# Two of them with a verb and a row's number fit.
ShortKey: TypeAlias = Annotated[str, matching("[a-z0-9_]{1,12}", "1 to 12 of a to z, 0 to 9 and _")]
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
Text: TypeAlias = Annotated[dict[Language, str], AfterValidator(_said)]


def within(most: int) -> AfterValidator:
    """A check that no language's words are longer than so many characters."""

    def check(text: dict[str, str]) -> dict[str, str]:
        for language, words in text.items():
            if len(words) > most:
                raise ValueError(f"{language} has {len(words)} characters; make it {most} or less")
        return text

    return AfterValidator(check)


Label: TypeAlias = Annotated[Text, within(24)]
Sentence: TypeAlias = Annotated[Text, within(300)]


def in_language(text: Text, language: str) -> str:
    """The words in a language, else in the first one that the text has."""
    return text.get(language) or next(iter(text.values()))


def capitalised(words: str) -> str:
    """Words of a sentence as a title begins."""
    return words[:1].upper() + words[1:]
