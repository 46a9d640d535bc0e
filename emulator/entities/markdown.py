"""Telegram's MarkdownV2: strict, with the parser's own words for what is wrong.

Every reserved sign that opens or closes nothing must be escaped. A quotation is a run of lines
that begin with ">"; "||" at the end of its last line lets it fold. A position in a message is a
byte offset in UTF-8, that of an entity is in UTF-16 code units.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from emulator.entities.automatic import utf16_length
from emulator.entities.dates import date_fields
from emulator.entities.links import link_fields
from emulator.entities.nesting import in_order
from emulator.json_types import Json
from emulator.refusals import Refused, bad

RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
VERBATIM = frozenset({"code", "pre"})
LAST_ESCAPABLE = 126

SIGNS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("[", "text_link"),
    ("`", "code"),
)
ENDS = {kind: "]" if sign.endswith("[") else sign for sign, kind in SIGNS}
NAMES = {
    "pre": "Pre",
    "underline": "Underline",
    "spoiler": "Spoiler",
    "custom_emoji": "CustomEmoji",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "text_link": "TextUrl",
    "code": "Code",
    "blockquote": "BlockQuote",
}

_LANGUAGE = re.compile(r"[^\s`]+(?=\s)")
_LINE_BREAK = re.compile(r"\n\r|\r\n|\n|\r")
_FOLD = re.compile(r"\|\|(?=\r*(?:\n(?!>)|$(?!\n)))")
_PLAIN = re.compile(r"[^\\_*\[\]()~`>#+\-=|{}.!\n\r]+")


@dataclass(slots=True)
class Open:
    """An entity that is open: its kind, where it begins in UTF-16 units, in pieces, in the text."""

    kind: str
    offset: int
    piece: int
    position: int
    language: str = ""

    @property
    def name(self) -> str:
        """Its name in messages."""
        return "PreCode" if self.language else NAMES[self.kind]


@dataclass(slots=True)
class Parser:
    """Reads `text` from `at` on. `fresh`: nothing is on this line yet, a quotation may begin."""

    text: str
    at: int = 0
    units: int = 0
    fresh: bool = True
    pieces: list[str] = field(default_factory=list[str])
    stack: list[Open] = field(default_factory=list[Open])
    entities: list[Json] = field(default_factory=list["Json"])

    def add(self, piece: str) -> None:
        """Appends plain text."""
        self.pieces.append(piece)
        self.units += utf16_length(piece)
        self.at += len(piece)

    def inside(self) -> str:
        """The kind of the innermost open entity, empty if none is."""
        return self.stack[-1].kind if self.stack else ""

    def sees(self, sign: str) -> bool:
        """Whether that comes next."""
        return self.text.startswith(sign, self.at)

    def fail(self, reason: str, position: int) -> Refused:
        """The refusal for something wrong at a position."""
        return _wrong(f"{reason} at byte offset {len(self.text[:position].encode())}")


def _wrong(reason: str) -> Refused:
    return bad(f"can't parse entities: {reason}")


def parse_markdown(text: str) -> tuple[str, list[Json]]:
    """The plain text and its entities.

    Raises:
        Refused: 400, `can't parse entities: ...`.
    """
    parser = Parser(text)
    while parser.at < len(text):
        _step(parser)
    if parser.inside() == "blockquote":
        _close(parser)
    if parser.stack:
        last = parser.stack[-1]
        raise parser.fail(f"Can't find end of {last.name} entity", last.position)
    return "".join(parser.pieces), in_order(parser.entities)


def _step(parser: Parser) -> None:
    sign = parser.text[parser.at]
    inside = parser.inside()
    following = parser.text[parser.at + 1 : parser.at + 2]
    if sign == "\\" and following and 0 < ord(following) <= LAST_ESCAPABLE:
        parser.at += 1
        _plain(parser, following)
    elif inside in VERBATIM and sign != "`":
        _plain(parser, sign)
    elif sign not in RESERVED:
        match = _PLAIN.match(parser.text, parser.at)
        _plain(parser, match.group() if match else sign)
    elif sign == "\n":
        _line_break(parser)
    elif inside and inside != "blockquote" and _ends(parser, inside):
        _CLOSERS.get(inside, _close)(parser)
    elif inside == "blockquote" and _FOLD.match(parser.text, parser.at):
        parser.stack[-1].language = "fold"
        parser.at += 2
    elif inside == "blockquote" and len(parser.stack) > 1 and _ends(parser, parser.stack[-2].kind):
        _close(parser)  # what surrounds a quotation ends it too
    else:
        _begin(parser, sign)


def _plain(parser: Parser, piece: str) -> None:
    parser.add(piece)
    if piece != "\r":
        parser.fresh = piece == "\n"


def _ends(parser: Parser, inside: str) -> bool:
    """Whether the innermost open entity ends here: "__" ends no italic."""
    return parser.sees(ENDS[inside]) and not (inside == "italic" and parser.sees("__"))


def _line_break(parser: Parser) -> None:
    parser.add("\n")
    parser.fresh = True
    if not any(entity.kind == "blockquote" for entity in parser.stack):
        return
    if parser.sees(">"):
        parser.at += 1
        parser.fresh = False
        return
    last = parser.stack[-1]
    if last.kind != "blockquote":
        raise parser.fail(f"Can't find end of {last.name} entity", last.position)
    _close(parser)


def _begin(parser: Parser, sign: str) -> None:
    position = parser.at
    if sign == ">":
        kind = _quotation(parser)
    else:
        opener, kind = next(((o, k) for o, k in SIGNS if parser.sees(o)), ("", ""))
        parser.at += len(opener)
    if not kind:
        raise _wrong(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
    entity = Open(kind, parser.units, len(parser.pieces), position)
    if kind == "pre":
        _begin_pre(parser, entity)
    parser.stack.append(entity)


def _quotation(parser: Parser) -> str:
    """The kind that ">" opens here, empty if it may not."""
    if not parser.fresh or any(entity.kind == "blockquote" for entity in parser.stack):
        return ""
    parser.at += 1
    parser.fresh = False
    return "blockquote"


def _begin_pre(parser: Parser, entity: Open) -> None:
    language = _LANGUAGE.match(parser.text, parser.at)
    if language:
        entity.language = language.group()
        parser.at = language.end()
    line_break = _LINE_BREAK.match(parser.text, parser.at)
    if line_break:
        parser.at = line_break.end()


def _close(parser: Parser, fields: Json | None = None) -> None:
    """Ends the innermost entity, which says `fields`, or what its kind says by itself."""
    entity = parser.stack.pop()
    if entity.kind != "blockquote" and fields is None:
        parser.at += len(ENDS[entity.kind])
    if parser.units == entity.offset:
        return
    told = fields or {"type": entity.kind}
    if entity.kind == "pre" and entity.language:
        told["language"] = entity.language
    elif entity.language:
        told["type"] = "expandable_blockquote"
    span = {"offset": entity.offset, "length": parser.units - entity.offset}
    parser.entities.append(span | told)


def _address(parser: Parser) -> str:
    """Moves over "](...)" and gives what is in the parentheses."""
    parser.at += 2
    begin = parser.at
    url: list[str] = []
    while parser.at < len(parser.text) and not parser.sees(")"):
        following = parser.text[parser.at + 1 : parser.at + 2]
        if parser.sees("\\") and following and ord(following) <= LAST_ESCAPABLE:
            parser.at += 1
        url.append(parser.text[parser.at])
        parser.at += 1
    if parser.at == len(parser.text):
        raise parser.fail("Can't find end of a URL", begin)
    parser.at += 1
    return "".join(url)


def _close_link(parser: Parser) -> None:
    if parser.sees("]("):
        url = _address(parser)
    else:
        url = "".join(parser.pieces[parser.stack[-1].piece :])
        parser.at += 1
    fields = link_fields(url)
    if fields is None:
        parser.stack.pop()
    else:
        _close(parser, fields)


def _close_emoji(parser: Parser) -> None:
    if not parser.sees("]("):
        raise _wrong("The entity must contain a tg://emoji or tg://time URL")
    _close(parser, _emoji_fields(_address(parser)))


def _emoji_fields(url: str) -> Json:
    """The fields of a custom emoji, or of a date, by its address."""
    parts = urlsplit(url)
    kind = parts.netloc.lower() if parts.path in ("", "/") and parts.scheme == "tg" else ""
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    number = query.get("id" if kind == "emoji" else "unix", "")
    if kind not in ("emoji", "time") or not number.isdigit() or number.startswith("0"):
        raise _wrong("Invalid tg://emoji or tg://time URL specified")
    if kind == "emoji":
        return {"type": "custom_emoji", "custom_emoji_id": number}
    return date_fields(number, query.get("format", ""))


_CLOSERS: dict[str, Callable[[Parser], None]] = {
    "text_link": _close_link,
    "custom_emoji": _close_emoji,
}
