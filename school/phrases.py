"""What is going to be said, as data: msgids and parameters, turned into words only when it is sent.

A plain string is somebody's own words and is escaped; a msgid may carry Telegram's HTML.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from db.types import Json
from locales.translator import Words

Phrase: TypeAlias = str | dict[str, Json]
Parameter: TypeAlias = Phrase | int

_ISOLATE, _END = "\u2068", "\u2069"
# Lead a sentence that begins with an isolated name: apps take its direction from the first letter.
_MARKS = {False: "\u200e", True: "\u200f"}
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
)  # Hebrew, Arabic and others


def t(msgid: str, /, **parameters: Parameter) -> Phrase:
    """The program's words for a msgid with %(named)s parameters."""
    return {"t": msgid, "p": cast("Json", parameters)}


def tn(msgid: str, plural: str, count: int, /, **parameters: Parameter) -> Phrase:
    """As `t`, in the form that a count asks for; %(count)s is the count."""
    return {"t": msgid, "s": plural, "n": count, "p": cast("Json", {**parameters, "count": count})}


def bold(phrase: Phrase) -> Phrase:
    """A phrase that stands out."""
    return {"b": phrase}


def linked(phrase: Phrase, address: str) -> Phrase:
    """A phrase that opens an address when it is tapped."""
    return {"a": phrase, "to": address}


def lines(*phrases: Phrase | None) -> Phrase:
    """Phrases one below the other; None leaves no line, an empty one a free line."""
    return joined("\n", *phrases)


def paragraphs(*phrases: Phrase | None) -> Phrase:
    """Phrases with a free line between them."""
    return joined("\n\n", *(phrase for phrase in phrases if phrase))


def joined(separator: str, *phrases: Phrase | None) -> Phrase:
    """Phrases in a row."""
    return {"j": separator, "of": [phrase for phrase in phrases if phrase is not None]}


def as_html(phrase: Phrase, words: Words) -> str:
    """The phrase in a language, as Telegram's HTML."""
    return _render(phrase, words, markup=True)


def as_text(phrase: Phrase, words: Words) -> str:
    """The phrase in a language, without markup: for labels."""
    return _render(phrase, words, markup=False)


def _render(phrase: Json, words: Words, *, markup: bool) -> str:
    if not isinstance(phrase, dict):
        return html.escape(str(phrase), quote=False) if markup else str(phrase)
    if "t" in phrase:
        return _translated(phrase, words, markup=markup)
    if "b" in phrase:
        inner = _render(phrase["b"], words, markup=markup)
        return f"<b>{inner}</b>" if markup else inner
    if "a" in phrase:
        inner = _render(phrase["a"], words, markup=markup)
        return f'<a href="{html.escape(str(phrase["to"]))}">{inner}</a>' if markup else inner
    parts = cast("Sequence[Json]", phrase["of"])
    return str(phrase["j"]).join(_render(part, words, markup=markup) for part in parts)


def _translated(phrase: Mapping[str, Json], words: Words, *, markup: bool) -> str:
    msgid, plural, count = phrase["t"], phrase.get("s"), phrase.get("n")
    if isinstance(plural, str) and isinstance(count, int):
        pattern = words.many(str(msgid), plural, count)
    else:
        pattern = words.one(str(msgid))
    parameters = cast("Mapping[str, Json]", phrase["p"])
    if not parameters:
        return pattern
    said = pattern % {
        name: _isolated(value, _render(value, words, markup=markup), words)
        for name, value in parameters.items()
    }
    return f"{_MARKS[words.right_to_left]}{said}" if said.startswith(_ISOLATE) else said


def _isolated(value: Json, text: str, words: Words) -> str:
    """Names and codes keep their own direction inside a sentence of the other one, and do not give
    it theirs; a plain count has it by itself.
    """
    other = words.right_to_left or from_the_right(text)
    return isolated(text) if other and not isinstance(value, int) else text


def from_the_right(text: str) -> bool:
    """Whether something in a text is written from right to left."""
    return _FROM_THE_RIGHT.search(text) is not None


def isolated(text: str) -> str:
    """A text with its own direction, whatever is around it."""
    return f"{_ISOLATE}{text}{_END}"
