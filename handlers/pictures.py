"""An event's picture: a photo that its coordinator sent. It stands above the card of whoever comes
by a link; elsewhere the card has a button for it.
"""

from collections.abc import Sequence

from db.events import Event
from handlers import events_shown
from handlers.buttons import Keyboard, data
from handlers.event_options import Choice, Option, table
from handlers.turn import Turn
from school import events
from school.events import PICTURE
from school.phrases import Phrase, bold, lines, t

NEEDED = t("Here I need a photo.")


def send(turn: Turn, event: Event) -> bool:
    """Send it, above what comes next; whether there is one."""
    file = events.picture(event)
    if file is None:
        return False
    turn.send("sendPhoto", {"photo": file, "caption": bold(events_shown.title(turn, event))})
    return True


def door(event: Event, verb: str) -> Keyboard:
    """The button on a card, where there is one."""
    there = events.picture(event) is not None
    return [[(t("See the picture"), data(verb, event.id))]] if there else []


def _says(_turn: Turn, event: Event) -> Phrase | None:
    return t("It has a picture.") if events.picture(event) is not None else None


def _asks(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    return lines(bold(t("Send a photo for this event.")), t("People see it above its card.")), []


def _takes(_turn: Turn, _event: Event, _words: str) -> Phrase:
    return NEEDED


def _none(_turn: Turn, event: Event) -> Sequence[Choice]:
    there = events.picture(event) is not None
    return [Choice("none", t("Without a picture"), None)] if there else []


OPTIONS = table(Option(PICTURE, t("Picture"), _says, _asks, _takes, choices=_none))
