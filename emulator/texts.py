"""Texts and captions of the bot: parsed, cleaned, measured.

The length is that after parsing. Control signs, and marks that break a line's direction, are
taken out; white space at both ends goes, and entities move with the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from emulator.entities.automatic import find_entities, utf16_length
from emulator.entities.html import parse_html
from emulator.entities.nesting import arrange
from emulator.refusals import bad

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.json_types import Json
    from emulator.params import Params

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
_NOT_SHOWN = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_TO_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")

_PARSERS: dict[str, Callable[[str], tuple[str, list[Json]]]] = {
    "html": parse_html,
}


def formatted(params: Params, name: str, parse_mode: str, entities: str) -> tuple[str, list[Json]]:
    """The text that a call carries and its entities, automatic ones included.

    Args:
        params: the call's.
        name: of the parameter with the text.
        parse_mode: of the parameter with the mode.
        entities: of the parameter with the entities that may be given instead.

    Raises:
        Refused: 400, the mode is unknown or the text cannot be parsed.
    """
    text = params.text(name)
    mode = params.text(parse_mode).lower()
    if mode:
        parser = _PARSERS.get(mode)
        if parser is None:
            raise bad("unsupported parse_mode")
        text, found = parser(text)
    else:
        found = list(params.array(entities) or [])
    return _tidied(text, found)


def _tidied(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    if not entities:
        clean = _TO_SPACE.sub(" ", _NOT_SHOWN.sub("", text)).strip(" \n")
        return clean, find_entities(clean)
    return arrange(_TO_SPACE.sub(" ", text), entities)


def message_text(params: Params) -> Json:
    """The `text` and `entities` of a message that a call sends or edits.

    Raises:
        Refused: 400, it is empty, too long, or cannot be parsed.
    """
    text, entities = formatted(params, "text", "parse_mode", "entities")
    if not text:
        raise bad("message text is empty")
    if len(text) > TEXT_LENGTH:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def message_caption(params: Params) -> Json:
    """The `caption` and `caption_entities`; nothing if there is no caption.

    Raises:
        Refused: 400, it is too long, or cannot be parsed.
    """
    text, entities = formatted(params, "caption", "parse_mode", "caption_entities")
    if utf16_length(text) > CAPTION_LENGTH:
        raise bad("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}
