"""Telegram's HTML: a few tags, strict, with the parser's own words for what is wrong.

A position in a message is a byte offset in UTF-8, that of an entity is in UTF-16 code units.
"""

import re
from dataclasses import dataclass, field

from emulator.entities.automatic import utf16_length
from emulator.entities.dates import date_fields
from emulator.entities.links import link_fields
from emulator.entities.nesting import in_order
from emulator.json_types import Json
from emulator.refusals import Refused, bad

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset(PLAIN) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = " \t\r\n\0\v"

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")
_NAME = re.compile(rf"[^{SPACE}>]*")
_ATTRIBUTE = re.compile(rf"[^{SPACE}=>/\"']*")
_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")
_BLANK = re.compile(rf"[{SPACE}]*")
_CHUNK = re.compile(r"[^<&]+")


@dataclass(slots=True)
class Tag:
    """A tag that is open: where its text begins, in UTF-16 units and in pieces."""

    name: str
    attributes: dict[str, str]
    offset: int
    piece: int


@dataclass(slots=True)
class Parser:
    """Reads `text` from `at` on; `pieces` is the text without tags so far, `units` its length."""

    text: str
    at: int = 0
    units: int = 0
    pieces: list[str] = field(default_factory=list[str])
    stack: list[Tag] = field(default_factory=list[Tag])
    entities: list[Json] = field(default_factory=list["Json"])

    def fail(self, reason: str, position: int) -> Refused:
        """The refusal for something wrong at a position."""
        offset = len(self.text[:position].encode("utf-8", "surrogatepass"))
        return bad(f"can't parse entities: {reason.replace('{at}', f'at byte offset {offset}')}")

    def add(self, piece: str) -> None:
        """Appends plain text."""
        self.pieces.append(piece)
        self.units += utf16_length(piece)

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Moves over what the pattern takes."""
        match = pattern.match(self.text, self.at)
        found = match.group() if match else ""
        self.at += len(found)
        return found

    def here(self) -> str:
        """The present character, empty at the end."""
        return self.text[self.at : self.at + 1]


def parse_html(text: str) -> tuple[str, list[Json]]:
    """The plain text and its entities.

    Raises:
        Refused: 400, `can't parse entities: ...`.
    """
    parser = Parser(text)
    while parser.at < len(text):
        if parser.here() == "<":
            if text.startswith("</", parser.at):
                _close(parser)
            else:
                _open(parser)
        elif parser.here() == "&":
            parser.add(_reference(parser) or "&")
        else:
            parser.add(parser.skip(_CHUNK))
    if parser.stack:
        name = parser.stack[-1].name
        raise parser.fail(f'Can\'t find end tag corresponding to start tag "{name}"', 0)
    for entity in parser.entities:
        if entity["type"] == "code" or not entity.get("language"):
            entity.pop("language", None)
    return _checked("".join(parser.pieces)), in_order(parser.entities)


def _checked(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad(
            "can't parse entities: Text contains invalid Unicode characters after decoding "
            "HTML entities, check for unmatched surrogate code units"
        ) from None
    return text


def _reference(parser: Parser) -> str:
    """Moves over a character reference, or over the ampersand if it is none (then empty)."""
    match = _REFERENCE.match(parser.text, parser.at)
    parser.at += 1
    if match is None:
        return ""
    hexadecimal, decimal, name = match.groups()
    if name:
        found = NAMED[name]
    else:
        number = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if not 0 < number < 0x10FFFF:
            return ""
        found = chr(number)
    parser.at = match.end()
    return found


def _open(parser: Parser) -> None:
    begin = parser.at
    parser.at += 1
    name = parser.skip(_NAME).lower()
    if not parser.here():
        raise parser.fail("Unclosed start tag {at}", begin)
    if name not in TAGS:
        raise parser.fail(f'Unsupported start tag "{name}" {{at}}', begin)
    attributes: dict[str, str] = {}
    while True:
        parser.skip(_BLANK)
        if parser.here() == ">":
            break
        key, value = _attribute(parser, name, begin)
        attributes[key] = value
    parser.at += 1
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise parser.fail('Tag "span" must have class "tg-spoiler" {at}', begin)
    parser.stack.append(Tag(name, attributes, parser.units, len(parser.pieces)))


def _attribute(parser: Parser, tag: str, begin: int) -> tuple[str, str]:
    key = parser.skip(_ATTRIBUTE)
    if not key:
        if not parser.here():
            raise parser.fail("Unclosed start tag {at}", begin)
        raise parser.fail(f'Empty attribute name in the tag "{tag}" {{at}}', begin)
    parser.skip(_BLANK)
    if not parser.here():
        raise parser.fail("Unclosed start tag {at}", begin)
    if parser.here() != "=":
        return key, ""
    parser.at += 1
    parser.skip(_BLANK)
    value = _literal(parser) if parser.here() in ("'", '"') else _bare(parser, begin)
    if not parser.here():
        raise parser.fail("Unclosed start tag {at}", begin)
    return key, value


def _bare(parser: Parser, begin: int) -> str:
    if not parser.here():
        raise parser.fail("Unclosed start tag {at}", begin)
    position = parser.at
    value = parser.skip(_TOKEN).lower()
    if parser.here() not in tuple(SPACE + ">"):
        raise parser.fail("Unexpected end of name token {at}", position)
    return value


def _literal(parser: Parser) -> str:
    quote = parser.here()
    parser.at += 1
    value: list[str] = []
    while parser.here() not in ("", quote):
        if parser.here() == "&":
            value.append(_reference(parser) or "&")
        else:
            value.append(parser.here())
            parser.at += 1
    parser.at += 1
    return "".join(value)


def _close(parser: Parser) -> None:
    begin = parser.at
    if not parser.stack:
        raise parser.fail("Unexpected end tag {at}", begin)
    parser.at += 2
    found = parser.skip(_NAME)
    parser.skip(_BLANK)
    if parser.here() != ">":
        raise parser.fail("Unclosed end tag {at}", begin)
    parser.at += 1
    tag = parser.stack.pop()
    if found and found != tag.name:
        reason = f'Unmatched end tag {{at}}, expected "</{tag.name}>", found "</{found}>"'
        raise parser.fail(reason, begin)
    if parser.units > tag.offset:
        _finish(parser, tag)


def _finish(parser: Parser, tag: Tag) -> None:
    span = {"offset": tag.offset, "length": parser.units - tag.offset}
    if tag.name in ("pre", "code"):
        _finish_code(parser, tag, span)
        return
    fields = _fields(parser, tag)
    if fields is not None:
        parser.entities.append(span | fields)


def _fields(parser: Parser, tag: Tag) -> Json | None:
    """What the entity of a finished tag says; None if it makes none."""
    if tag.name in PLAIN:
        return {"type": PLAIN[tag.name]}
    if tag.name == "blockquote":
        expandable = "expandable" in tag.attributes
        return {"type": "expandable_blockquote" if expandable else "blockquote"}
    if tag.name == "a":
        return link_fields(tag.attributes.get("href") or "".join(parser.pieces[tag.piece :]))
    if tag.name == "tg-emoji":
        number = tag.attributes.get("emoji-id", "")
        if not number.isdigit():
            raise bad("can't parse entities: Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": number}
    return date_fields(tag.attributes.get("unix", ""), tag.attributes.get("format", ""))


def _finish_code(parser: Parser, tag: Tag, span: Json) -> None:
    """A `code` with a language that fills a `pre`, or is filled by one, becomes one entity."""
    language = tag.attributes.get("class", "")
    language = language[9:] if language.startswith("language-") else ""
    last = parser.entities[-1] if parser.entities else {}
    same = {key: last.get(key) for key in span} == span
    if tag.name == "pre" and same and last.get("type") == "code" and last.get("language"):
        parser.entities[-1] = span | {"type": "pre", "language": last["language"]}
    elif tag.name == "code" and same and last.get("type") == "pre" and language:
        parser.entities[-1] = span | {"type": "pre", "language": language}
    else:
        parser.entities.append(span | {"type": tag.name, "language": language})
