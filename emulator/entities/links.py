"""Links behind a text: which are taken, and how they are written out."""

from urllib.parse import parse_qs

from emulator.json_types import Json
from emulator.urls import parts_of

_SCHEMES = frozenset({"http", "https", "ftp", "tg", "ton", "tonsite"})


def link_fields(url: str) -> Json | None:
    """The fields of a link's entity, None if Telegram takes the link for none."""
    checked = checked_link(url)
    parts = None if checked is None else parts_of(checked)
    if parts is None:
        return None
    if parts.scheme == "tg" and parts.netloc == "user":
        number = parse_qs(parts.query).get("id", [""])[0]
        if number.isdigit():
            return {"type": "text_mention", "user_id": int(number)}
    return {"type": "text_link", "url": checked}


def checked_link(url: str) -> str | None:
    """The link in full, None if it is none: a host needs a dot, a bare one gets http."""
    if not url or any(sign.isspace() for sign in url):
        return None
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "http", url
    scheme = scheme.lower()
    end = min((rest.find(sign) for sign in "/?#" if sign in rest), default=len(rest))
    host, tail = rest[:end], rest[end:]
    if scheme not in _SCHEMES or not host:
        return None
    if scheme in ("tg", "ton"):
        return f"{scheme}://{rest}"
    name = host.rpartition("@")[2].partition(":")[0]
    if "." not in name.strip(".") and name != "localhost":
        return None
    return f"{scheme}://{host.lower()}{tail if tail.startswith('/') else '/' + tail}"
