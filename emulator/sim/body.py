"""Reads what a call of the control API carries, and says what is wrong with it.

An unknown key is refused: a misspelt one would else be passed over in silence. A key that is
null counts as absent.
"""

from aiohttp import web

from emulator.json_types import Json, LoneSurrogateError, as_object, decode, is_whole
from emulator.refusals import SimError


async def read_json(request: web.Request) -> object:
    """The decoded body; null if there is none.

    Raises:
        SimError: 400, it is no JSON, or has a text that no program could be sent; 413.
    """
    try:
        body = await request.read()
        return decode(body.decode()) if body else None
    except LoneSurrogateError:
        raise SimError(400, "a text in the body has a lone half of a surrogate pair") from None
    except web.HTTPRequestEntityTooLarge:
        raise SimError(413, "the body is too large") from None
    except web.RequestPayloadError:
        raise SimError(400, "the body is not encoded as its headers say") from None
    except ValueError:
        raise SimError(400, "the body is not JSON") from None


async def read_body(request: web.Request, *keys: str) -> Json:
    """The body's object, which has only these keys; absent and null ones are left out.

    Raises:
        SimError: 400.
    """
    given = as_object(await read_json(request))
    if given is None:
        raise SimError(400, "the body is not a JSON object")
    for key in given:
        if key not in keys:
            raise SimError(400, f"unknown key {key!r}; there are {', '.join(keys)}")
    return {key: value for key, value in given.items() if value is not None}


def integer(body: Json, key: str) -> int:
    """A whole number that must be there."""
    value = optional_integer(body, key)
    if value is None:
        raise SimError(400, f"{key!r} is missing")
    return value


def optional_integer(body: Json, key: str) -> int | None:
    """A whole number, or None if absent."""
    value = body.get(key)
    if value is not None and not is_whole(value):
        raise SimError(400, f"{key!r} is a whole number")
    return value


def text(body: Json, key: str) -> str:
    """A text that must be there."""
    value = optional_text(body, key)
    if value is None:
        raise SimError(400, f"{key!r} is missing")
    return value


def optional_text(body: Json, key: str) -> str | None:
    """A text, or None if absent."""
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise SimError(400, f"{key!r} is a text")
    return value


def choice(body: Json, key: str, options: tuple[str, ...]) -> str:
    """One of some words."""
    value = text(body, key)
    if value not in options:
        raise SimError(400, f"{key!r} is one of {', '.join(options)}")
    return value


def number(query: Json, key: str, default: float) -> float:
    """A number of 0 or more from a query string."""
    value = query.get(key)
    if value is None or value == "":
        return default
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise SimError(400, f"{key!r} is a number of 0 or more")
    return found


def whole(query: Json, key: str) -> int | None:
    """A whole number from a query string or a path, None if absent."""
    value = query.get(key)
    if value is None or value == "":
        return None
    try:
        return int(value)
    except ValueError:
        raise SimError(400, f"{key!r} is a whole number") from None
