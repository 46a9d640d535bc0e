"""Puts given and automatic entities of one text together, as a message shows them.

Neighbours of one plain kind are one entity; within code nothing else is marked; automatic
entities stand back where given ones say something of the same place.
"""

from emulator.entities.automatic import find_entities, utf16_length
from emulator.json_types import Json

_ORDER = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 1,
    "code": 2,
    "text_link": 3,
    "text_mention": 3,
    "bold": 5,
    "italic": 6,
    "underline": 7,
    "strikethrough": 8,
    "spoiler": 9,
    "custom_emoji": 10,
}
_AUTOMATIC = 4
_PLAIN = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_VERBATIM = frozenset({"code", "pre"})
_OPAQUE = _VERBATIM | {"text_link", "text_mention", "custom_emoji"}


def in_order(entities: list[Json]) -> list[Json]:
    """Entities by offset, outer ones first."""
    return sorted(
        entities,
        key=lambda one: (one["offset"], -one["length"], _ORDER.get(one["type"], _AUTOMATIC)),
    )


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
    shift, total = utf16_length(text[:lead]), utf16_length(kept)
    clipped = [_clip(entity, shift, total) for entity in entities]
    found = _joined(in_order([entity for entity in clipped if entity["length"] > 0]))
    found = [one for one in found if not _verbatim(one, found)]
    found += [auto for auto in find_entities(kept) if not _covered(auto, found)]
    return kept, in_order(found)


def _characters(text: str, units: int) -> int:
    """How many characters the first UTF-16 units are."""
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def _clip(entity: Json, shift: int, total: int) -> Json:
    offset = entity["offset"] - shift
    return entity | {"offset": offset, "length": min(entity["length"], total - offset)}


def _joined(entities: list[Json]) -> list[Json]:
    """Neighbours of one plain kind made one."""
    found: list[Json] = []
    last: dict[str, int] = {}
    for entity in entities:
        kind = entity["type"]
        place = last.get(kind)
        if place is not None and kind in _PLAIN:
            before = found[place]
            if before["offset"] + before["length"] >= entity["offset"]:
                end = max(before["length"], entity["offset"] + entity["length"] - before["offset"])
                found[place] = before | {"length": end}
                continue
        last[kind] = len(found)
        found.append(entity)
    return found


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _verbatim(one: Json, entities: list[Json]) -> bool:
    """Whether a plain mark lies within code."""
    start, end = _span(one)
    return one["type"] in _PLAIN and any(
        entity["type"] in _VERBATIM and _span(entity)[0] <= start and end <= _span(entity)[1]
        for entity in entities
    )


def _covered(auto: Json, given: list[Json]) -> bool:
    """Whether an automatic entity lies in one that excludes it, or crosses one."""
    start, end = _span(auto)
    for entity in given:
        first, last = _span(entity)
        meets = first < end and start < last
        holds = (first <= start and end <= last) or (start <= first and last <= end)
        if meets and (not holds or entity["type"] in _OPAQUE):
            return True
    return False
