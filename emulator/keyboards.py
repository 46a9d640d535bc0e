"""Keyboards: what Telegram takes, and how they look in a message."""

from collections.abc import Iterator
from typing import Any

from emulator.json_types import Json, as_list, as_object
from emulator.params import Params
from emulator.refusals import bad
from emulator.urls import parts_of

ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
TEXTS = frozenset(
    {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat"}
)
HOLDERS = {"web_app": "url", "login_url": "url", "copy_text": "text"}
"""Fields that are objects, and the text that each must have."""
DATA_BYTES = 64
SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
REPLY_KEYBOARD_FLAGS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
)


def read_markup(params: Params) -> Json | None:
    """The call's reply_markup, checked; None if there is none, or an empty inline keyboard.

    Raises:
        Refused: 400, as Telegram says it.
    """
    markup = params.object("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup)
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        flags = {name: markup[name] for name in REPLY_KEYBOARD_FLAGS if name in markup}
        return {"keyboard": [[_reply_button(item) for item in row] for row in rows], **flags}
    return markup if "remove_keyboard" in markup or "force_reply" in markup else None


def read_inline(params: Params) -> Json | None:
    """The reply_markup of a call that edits: an inline keyboard or none."""
    markup = read_markup(params)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def _rows(value: object, what: str) -> list[list[Any]]:
    rows = as_list(value)
    if rows is None:
        raise bad(f'field "{what}" of the markup must be of type Array')
    found = [as_list(row) for row in rows]
    if None in found:
        raise bad(f'field "{what}" must be an Array of Arrays')
    return [row for row in found if row]


def _inline(markup: Json) -> Json | None:
    rows = _rows(markup["inline_keyboard"], "inline_keyboard")
    if not rows:
        return None
    return {"inline_keyboard": [[_inline_button(item) for item in row] for row in rows]}


def _inline_button(item: object) -> Json:
    button = as_object(item)
    if button is None:
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad("can't parse inline keyboard button: can't find field \"text\"")
    button = {key: value for key, value in button.items() if value is not None}
    if not ACTIONS & button.keys():
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    for name in TEXTS & button.keys():
        button[name] = _text(name, button[name])
    for name in HOLDERS.keys() & button.keys():
        held = as_object(button[name])
        if held is None:
            raise bad(f'can\'t parse inline keyboard button: Field "{name}" must be of type Object')
        button[name] = held | {HOLDERS[name]: _text(HOLDERS[name], held.get(HOLDERS[name]))}
    if "callback_data" in button and len(button["callback_data"].encode()) > DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        button["url"] = _checked_url(button["url"])
    return button


def _text(name: str, value: object) -> str:
    """A field that is a text, or a number that stands for one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad(f'can\'t parse inline keyboard button: Field "{name}" must be of type String')
    return str(value)


def _checked_url(url: str) -> str:
    full = url if ":" in url.partition("/")[0] else f"http://{url}"
    parts = parts_of(full)
    if parts is None or parts.scheme not in SCHEMES or not parts.netloc or " " in full:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return full


def _reply_button(item: object) -> Json:
    if isinstance(item, str):
        return {"text": item}
    button = as_object(item)
    if button is None or not isinstance(button.get("text"), str):
        raise bad("can't parse keyboard button: can't find field \"text\"")
    return button


def inline_buttons(message: Json) -> Iterator[Json]:
    """A message's buttons in reading order."""
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    for row in rows:
        yield from row
