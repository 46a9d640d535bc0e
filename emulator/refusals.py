"""How a call is refused: status, Telegram's own sentence, and what the caller may do about it."""

from emulator.json_types import Json


class Refused(Exception):  # noqa: N818 - it is an answer of the Bot API, not a fault of ours
    """The Bot API says no. `code` is also the HTTP status; `parameters` go into the answer."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class SimError(Exception):
    """The control API says no: HTTP status and what was wrong."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


def bad(reason: str) -> Refused:
    """400 with Telegram's prefix."""
    return Refused(400, f"Bad Request: {reason}")


def not_utf8() -> Refused:
    """400: a text has half of a surrogate pair, or bytes that are no UTF-8."""
    return bad("strings must be encoded in UTF-8")


def forbidden(reason: str) -> Refused:
    """403 with Telegram's prefix."""
    return Refused(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refused:
    """409 with Telegram's prefix."""
    return Refused(409, f"Conflict: {reason}")


def too_many(seconds: int) -> Refused:
    """429: come back after that many seconds."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
