"""Links that open the bot with something in hand: a poster's code, an invitation, an event.

What a link is about stands before its first hyphen; a code without one is a poster's.
"""

STAFF, EVENT, SEAT, CERTIFICATE, DOOR = "staff", "e", "t", "v", "d"
GROUP = "g"
CLAIM = "c"  # what is kept of somebody, to be taken over


def opens(bot: str, payload: str) -> str:
    """The address that opens a bot of a username with a payload: 64 of A-Z a-z 0-9 _ and - at
    most.
    """
    return f"https://t.me/{bot}?start={payload}"


def about(kind: str, code: str) -> str:
    """The payload of a link about something that has a code."""
    return f"{kind}-{code}"


def parts(payload: str) -> tuple[str, str]:
    """What a payload is about, and its code."""
    kind, _, code = payload.partition("-")
    return kind, code
