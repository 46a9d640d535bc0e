"""What a Bot API request carries: in the query, a form, JSON or multipart, not yet decoded.

Whatever cannot be read is refused with 400, never answered with an error of ours.
"""

from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from emulator.json_types import Json, LoneSurrogateError, as_object, decode
from emulator.params import Upload
from emulator.refusals import Refused, bad, not_utf8

_UNREADABLE = (ValueError, LookupError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
"""What aiohttp raises for broken multipart, unknown encodings, headers that are none."""


async def read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters and uploaded files.

    Raises:
        Refused: 400, the body is not what its type says, or no UTF-8; 413, it is too large.
    """
    try:
        return await _read(request)
    except (UnicodeError, LoneSurrogateError):
        raise not_utf8() from None
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    except _UNREADABLE:
        raise bad("can't parse request body") from None


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    values: Json = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.body_exists:
        return values, {}
    if request.content_type == "application/json":
        return values | _json_body((await request.read()).decode()), {}
    if request.content_type == "multipart/form-data":
        return await _multipart(request, values)
    if request.content_type == "application/x-www-form-urlencoded":
        return values | _form((await request.read()).decode()), {}
    return values, {}


def _json_body(body: str) -> Json:
    if not body:
        return {}
    try:
        found = as_object(decode(body))
    except ValueError:
        found = None
    if found is None:
        raise bad("can't parse request JSON object")
    return found


def _form(body: str) -> Json:
    return dict(parse_qsl(body, keep_blank_values=True, errors="strict"))


async def _multipart(request: web.Request, values: Json) -> tuple[Json, dict[str, Upload]]:
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise bad("nested multipart bodies are not read")
        content = bytes(await part.read(decode=True))
        name = _encodable(part.name or "")
        if part.filename is None:
            values[name] = content.decode()
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[name] = Upload(_encodable(part.filename), _encodable(kind), content)
    return values, files


def _encodable(name: str) -> str:
    """A name out of a header; raises UnicodeError if its bytes were no UTF-8."""
    name.encode()
    return name
