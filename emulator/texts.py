"""Texts and captions of the bot: parsed, cleaned, measured.

The length is that after parsing. Control signs, and marks that break a line's direction, are
taken out; white space at both ends goes, and entities move with the text.
"""

import re
from collections.abc import Callable

from emulator.entities.automatic import find_entities, utf16_length
from emulator.entities.html import parse_html
from emulator.entities.markdown import parse_markdown
from emulator.entities.nesting import arrange
from emulator.json_types import Json, as_object, is_whole
from emulator.params import Params
from emulator.refusals import bad

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
_NOT_SHOWN = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_TO_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")

_PARSERS: dict[str, Callable[[str], tuple[str, list[Json]]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown,
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
        found = [_given(item, text) for item in params.array(entities) or []]
    return _tidied(text, found)


def _given(item: object, text: str) -> Json:
    """An entity that the call gives.

    Raises:
        Refused: 400, it is none, or lies beyond the text.
    """
    entity = as_object(item) or {}
    offset, length = entity.get("offset"), entity.get("length")
    if not (is_whole(offset) and is_whole(length) and isinstance(entity.get("type"), str)):
        raise bad("can't parse entities: an entity has a type, an offset and a length")
    if offset < 0 or length <= 0 or offset + length > utf16_length(text):
        raise bad("can't parse entities: an entity lies beyond the text")
    return entity


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
    """The `caption`, its entities and place; nothing if there is no caption.

    Raises:
        Refused: 400, it is too long, or cannot be parsed.
    """
    text, entities = formatted(params, "caption", "parse_mode", "caption_entities")
    if utf16_length(text) > CAPTION_LENGTH:
        raise bad("message caption is too long")
    if not text:
        return {}
    content: Json = {"caption": text}
    if entities:
        content["caption_entities"] = entities
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content
