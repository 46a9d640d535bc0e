"""For whom an announcement is and when it goes; and that it is confirmed once, as it was seen."""

from db.announcements import Announcement
from handlers.buttons import Keyboard
from handlers.turn import Turn
from school.phrases import Phrase


def summary(_turn: Turn, _one: Announcement) -> Phrase:
    """For whom it is and when it goes."""
    return ""


def doors(_turn: Turn, _one: Announcement) -> Keyboard:
    """Ways to change that, and to confirm."""
    return []
