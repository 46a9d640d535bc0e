"""The part of THE table (routes.py) that is for who writes to many people."""

from collections.abc import Mapping

from handlers import announce
from handlers.buttons import Tap

ANNOUNCING_TAPS: Mapping[str, Tap] = {
    "anns": Tap(announce.start, 0, "announce"),
    "annew": Tap(announce.new, 0, "announce"),
    "ann": Tap(announce.one, 1, "announce"),
    # What it says.
    # For whom and when, and that it goes.
    # What became of it.
}
