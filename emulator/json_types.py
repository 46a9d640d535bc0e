"""JSON as it travels.

Bot API objects are open sets of a hundred fields and are kept as the plain dictionaries that
they are on the wire. Their shape is held by the facts table and by tests against another
library's models; a second set of classes here would only be able to disagree with those.
A stored message is never changed in place: an edit puts a new dictionary in its stead, so an
answer that was logged stays what it was.
"""

import json
import math
from typing import Any, TypeAlias, TypeGuard, cast

Json: TypeAlias = dict[str, Any]
DEEPEST = 100
"""How many arrays and objects may lie within one another, as with Telegram."""


class LoneSurrogateError(Exception):
    """A text has half of a surrogate pair: no UTF-8 can say it."""


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_no_number)


def decode(text: str) -> object:
    """The value of a JSON text from outside: stricter than `json.loads`.

    Raises:
        ValueError: it is no JSON, or nested more deeply than `DEEPEST`.
        LoneSurrogateError: a text in it could be sent to nobody.
    """
    try:
        value = cast("object", _DECODER.decode(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("[") + text.count("{") > DEEPEST and not _shallow(value, DEEPEST):
        raise ValueError("nested too deeply")
    if "\\ud" in text or "\\uD" in text:
        _check_encodable(value)
    return value


def _shallow(value: object, levels: int) -> bool:
    inner = as_list(value) or list((as_object(value) or {}).values())
    return not inner or (levels > 0 and all(_shallow(item, levels - 1) for item in inner))


def _check_encodable(value: object) -> None:
    try:
        dumps(value).encode()
    except UnicodeEncodeError:
        raise LoneSurrogateError from None


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a JSON value is a whole number; Python alone takes true for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def dumps(value: object) -> str:
    """The compact JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_object(value: object) -> Json | None:
    """The value if it is a JSON object, else None."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """The value if it is a JSON array, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None
