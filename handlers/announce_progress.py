"""How far an announcement is, and how it is held and ended."""

from collections.abc import Sequence

from db.announcements import Announcement
from handlers.buttons import data
from handlers.turn import Screen, Turn
from school.phrases import Phrase, bold, t


def show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    """How far it is."""
    text = bold(t("Announcement %(number)s", number=one.id))
    turn.show(Screen(text, [[(t("Back"), data("anns"))]]), notes)
