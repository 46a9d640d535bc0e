"""TDLib's own cases of HTML and MarkdownV2; read from beside the repository, where they are."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.entities.html import parse_html
from emulator.entities.markdown import parse_markdown
from emulator.refusals import Refused

VECTORS = Path(__file__).parents[3] / "shared" / "botapi" / "entity-vectors.json"
KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji",
    "FormattedDate": "date_time",
}
PARSERS: dict[str, Callable[[str], tuple[str, list[dict[str, Any]]]]] = {
    "parse_html": parse_html,
    "parse_markdown": parse_markdown,
}
DATE_FORMATS = {
    1: "r",
    2: "t",
    4: "T",
    8: "d",
    10: "dt",
    16: "D",
    20: "DT",
    32: "w",
    34: "wt",
    62: "wDT",
}


def cases() -> list[Any]:
    if not VECTORS.exists():
        return []
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    return [
        pytest.param(table, case, id=f"{table}-{case['line']}")
        for table in PARSERS
        for case in vectors[table]
    ]


def expected(entity: dict[str, Any]) -> dict[str, Any]:
    kind, argument = entity["type"], entity.get("arg", "")
    found = {"type": KINDS[kind], "offset": entity["offset"], "length": entity["length"]}
    numbers = [int(number) for number in re.findall(r"\b\d+\b", argument)]
    if kind == "TextUrl":
        found["url"] = json.loads(argument)
    elif kind == "PreCode":
        found["language"] = json.loads(argument)
    elif kind == "CustomEmoji":
        found["custom_emoji_id"] = str(numbers[-1])
    elif kind == "FormattedDate":
        found["unix_time"] = numbers[0]
        if numbers[1]:
            found["date_time_format"] = DATE_FORMATS[numbers[1]]
    return found


if VECTORS.exists():

    @pytest.mark.parametrize(("table", "case"), cases())
    def test_parses_as_tdlib_does(table: str, case: dict[str, Any]) -> None:
        parse = PARSERS[table]
        if "error" in case:
            with pytest.raises(Refused) as refused:
                parse(case["text"])
            prefix = "Bad Request: can't parse entities: "
            assert refused.value.description == prefix + case["error"]
        else:
            text, entities = parse(case["text"])
            assert text == case["result"]
            assert entities == [expected(entity) for entity in case["entities"]]
