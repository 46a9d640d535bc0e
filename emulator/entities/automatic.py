"""Entities that Telegram finds by itself: commands, mentions, tags, links, addresses.

Offsets are UTF-16 code units.
"""

import re

from emulator.json_types import Json

_TOP_LEVEL = (
    "com|org|net|edu|gov|int|info|eu|it|fr|es|de|uk|us|ch|at|be|nl|pt|ro|al|pl|ru|ua|cn|br|ma|eg"
    "|io|me|app|dev|ai|co|tv|online|site|city|xyz"
)
_EDGE = r"(?<![\w@./:-])"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-zA-Z\d-]+\.)+[a-zA-Z]{2,8}(?![\w@])")),
    (
        "url",
        re.compile(
            rf"{_EDGE}(?:(?:https?|ftp|tg|ton)://[^\s<>\"«»]*[^\s<>\"«».,;:!?')\]]"
            rf"|(?:[a-zA-Z\d](?:[a-zA-Z\d-]*[a-zA-Z\d])?\.)+(?:{_TOP_LEVEL})(?![\w@-])"
            rf"(?::\d+)?(?:[/?#](?:[^\s<>\"«»]*[^\s<>\"«».,;:!?')\]])?)?)"
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z\d_]{1,64}(?:@[a-zA-Z\d_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[a-zA-Z\d_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/])#(?=\w*[^\W\d_])\w{1,256}(?!\w|#)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)
_SIGNS = re.compile(r"[@/#$.]")


def utf16_length(text: str) -> int:
    """UTF-16 code units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def find_entities(text: str) -> list[Json]:
    """The entities of a text, in order, none within another."""
    if not _SIGNS.search(text):
        return []
    taken = [False] * len(text)
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                spans.append((start, end, kind))
    return [
        {
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
            "type": kind,
        }
        for start, end, kind in sorted(spans)
    ]
