"""Turns a row of the outbox into the parameters of its call: phrases into words of its language."""

from collections.abc import Mapping
from typing import Any, cast

from db.types import Json
from locales.translator import Words
from school.phrases import Phrase, as_html, as_text
from school.topics import MOST, OPENING, TOPIC

Parameters = dict[str, Any]
# They say how to send, and are not sent.
_OURS = (
    *("buttons", "in_place", "standing", "receipt"),
    *("loose", "farewell", "patient"),
    *(TOPIC, OPENING),
)
_SIDE_BY_SIDE = 16  # so many letters of a label are seen on a cheap phone where two share a row


def render(body: Mapping[str, Json], words: Words) -> Parameters:
    """The call's parameters. Link previews are off: a message shows what we wrote, no more."""
    parameters: Parameters = {name: value for name, value in body.items() if name not in _OURS}
    for name in ("text", "caption"):
        if name in body:
            parameters[name] = as_html(cast("Phrase", body[name]), words)
            parameters["parse_mode"] = "HTML"
    if "name" in body:
        parameters["name"] = as_text(cast("Phrase", body["name"]), words)[:MOST]
    if "text" in body:
        parameters["link_preview_options"] = {"is_disabled": True}
    if body.get("buttons"):
        rows = cast("list[list[tuple[Phrase, str]]]", body["buttons"])
        parameters["reply_markup"] = {"inline_keyboard": _keyboard(rows, words)}
    return parameters


def _keyboard(rows: list[list[tuple[Phrase, str]]], words: Words) -> list[list[dict[str, str]]]:
    """The buttons; where a language has longer words than fit side by side, each in its own row. A
    row that begins with somebody's own words, a file's name, stays one.
    """
    keyboard: list[list[dict[str, str]]] = []
    for row in rows:
        shown = [{"text": as_text(label, words), "callback_data": data} for label, data in row]
        ours = all(isinstance(label, dict) for label, _ in row)
        cut = any(len(button["text"]) > _SIDE_BY_SIDE for button in shown)
        keyboard += [[button] for button in shown] if ours and cut else [shown]
    return keyboard
