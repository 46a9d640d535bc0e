"""What all that changes an announcement has in common: it must be there, and not have gone."""

from collections.abc import Sequence

from db.announcements import Announcement
from handlers import announce
from handlers.turn import Turn
from school import confirming
from school.phrases import Phrase, t

WENT = t("It went already.")
CHANGED = t("It has changed meanwhile: look at it once more.")


def find(turn: Turn, number: str) -> Announcement | None:
    """One that has not gone, locked for this turn, by a number that came back from a button; where
    there is none, what is so is drawn.
    """
    one = announce.find(turn, number)
    if one is None:
        announce.start(turn)
    elif one.state not in confirming.OPEN:
        announce.show(turn, one, [WENT])
    else:
        return one
    return None


def changed(one: Announcement) -> Sequence[Phrase]:
    """Something of it is another: what that means."""
    if not confirming.changed(one):
        return []
    return [t("It has changed: it goes only when it is confirmed anew.")]
