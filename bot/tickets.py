"""A ticket as a picture: a code for a camera, five letters for the eye, the school, the holder.

Nothing on it changes when the event moves. It takes some hundredths of a second and no more memory
the more there are, so that it is made in this process; in a thread, as typst lets go of the GIL.
"""

from dataclasses import dataclass

from db.types import Json
from locales.translator import Words
from school import codes

_MOST = 60  # letters of a name: a picture has no second page
_PER_INCH = 160


@dataclass(frozen=True, slots=True)
class Ticket:
    """What stands on it: `link` is in the code for the camera; names in any script."""

    link: str
    code: str
    school: str
    holder: str = ""


def png(ticket: Ticket, words: Words) -> bytes:
    """The picture; the language only decides how names are set."""
    from bot import typesetting  # fonts and all: a bot that makes no ticket does without

    return typesetting.made(
        "ticket.typ",
        page(ticket),
        words.language,
        right_to_left=words.right_to_left,
        form="png",
        per_inch=_PER_INCH,
    )


def page(ticket: Ticket) -> dict[str, Json]:
    """What stands on it, as data; a name that is too long for a picture is cut."""
    return {
        "picture": codes.svg(ticket.link),
        "code": ticket.code,
        "school": _short(ticket.school),
        "holder": _short(ticket.holder),
    }


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
