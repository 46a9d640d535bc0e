"""An event's flyer as a picture, made as a ticket is: in this process, and in a thread."""

from collections.abc import Mapping

from db.types import Json
from locales.translator import Words

TEMPLATE = "flyer.typ"
_PER_INCH = 160


def png(page: Mapping[str, Json], words: Words) -> bytes:
    """The picture of a page of school/flyers.py."""
    from bot import typesetting  # fonts and all: a bot that makes no picture does without

    return typesetting.made(
        TEMPLATE,
        dict(page),
        words.language,
        right_to_left=words.right_to_left,
        form="png",
        per_inch=_PER_INCH,
    )
