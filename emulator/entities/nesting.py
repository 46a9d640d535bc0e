"""Puts given and automatic entities of one text together, as a message shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.entities.automatic import find_entities, utf16_length

if TYPE_CHECKING:
    from emulator.json_types import Json

_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "text_link": 1, "text_mention": 1}
_OPAQUE = frozenset({"text_link", "text_mention", "code", "pre", "custom_emoji"})


def arrange(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """A text without white space at its ends, and its entities sorted, clipped and completed.

    Args:
        text: as parsed.
        entities: with offsets into it, in UTF-16 code units.
    """
    kept = text.rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=0)
    lead = min(len(kept) - len(kept.lstrip(" \n")), _characters(kept, first))
    kept = kept[lead:]
    shift = utf16_length(text[:lead])
    total = utf16_length(kept)
    clipped = [_clip(entity, shift, total) for entity in entities]
    found = [entity for entity in clipped if entity["length"] > 0]
    found += [auto for auto in find_entities(kept) if not _covered(auto, found)]
    found.sort(key=lambda item: (item["offset"], -item["length"], _ORDER.get(item["type"], 2)))
    return kept, found


def _characters(text: str, units: int) -> int:
    """How many characters the first UTF-16 units are."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def _clip(entity: Json, shift: int, total: int) -> Json:
    offset = entity["offset"] - shift
    return entity | {"offset": offset, "length": min(entity["length"], total - offset)}


def _covered(auto: Json, given: list[Json]) -> bool:
    """Whether an automatic entity lies in one that excludes it, or crosses one."""
    start, end = auto["offset"], auto["offset"] + auto["length"]
    for entity in given:
        first, last = entity["offset"], entity["offset"] + entity["length"]
        meets = first < end and start < last
        holds = (first <= start and end <= last) or (start <= first and last <= end)
        if meets and (not holds or entity["type"] in _OPAQUE):
            return True
    return False
