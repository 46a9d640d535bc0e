"""A sheet as those who work here see it in a line: its name, how long it waits, when an answer is
expected; and the buttons that lead to it.
"""

import datetime as dt

from db.dossiers import Dossier
from handlers import expected as when
from handlers.buttons import Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Turn
from school import queue
from school.phrases import Phrase, t, tn

_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def name(turn: Turn, dossier: Dossier) -> Phrase:
    """What a sheet is called."""
    said = queue.name(turn.session, dossier)
    return cut(said, 80) if said else t("Sheet %(number)s", number=dossier.id)


def label(turn: Turn, dossier: Dossier, most: int = 24) -> Phrase:
    """What a sheet is called, on a button."""
    said = queue.name(turn.session, dossier)
    return cut(said, most) if said else t("Sheet %(number)s", number=dossier.id)


def open_(dossier: Dossier) -> Keyboard:
    """The button that leads to it."""
    return [[(t("Open the sheet"), data("sheetof", dossier.id))]]


def hand_on_door(dossier: Dossier) -> Keyboard:
    """The button that hands it on."""
    return [[(t("Hand it on"), data("handon", dossier.id))]]


def mediator_door(dossier: Dossier) -> Keyboard:
    """The button that names who mediates."""
    return [[(t("Name a mediator"), data("mediator", dossier.id))]]


def waited(turn: Turn, since: dt.datetime) -> Phrase:
    """How long something waits."""
    return span(turn.now - since)


def span(took: dt.timedelta) -> Phrase:
    """A time in words: days, or hours where it is less than one."""
    if took >= _DAY:
        return tn("%(count)s day", "%(count)s days", took // _DAY)
    return tn("%(count)s hour", "%(count)s hours", max(took // _HOUR, 1))


def expected(turn: Turn, dossier: Dossier) -> Phrase | None:
    """By when an answer is expected."""
    return when.line(turn, dossier, turn.person.language)
