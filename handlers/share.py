"""An event is passed on: as a message with its link, as a picture with a code, and by those who
make events as a page for a wall.
"""

from db.events import Event
from db.types import Json
from handlers import events_shown, meetings, workshops
from handlers.buttons import Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import events, links, outbox
from school.phrases import Phrase, bold, lines, t

PICTURE, POSTER = "flyer", "eventposter"


def start(turn: Turn, number: str) -> None:
    """A message to be passed on, with the event's link; and in which other form it can be had."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn)
        return
    turn.say(_message(turn, event))
    poster: Keyboard = []
    if turn.may("events"):
        poster = [[(t("Poster to print"), data(POSTER, event.id))]]
    rows: Keyboard = [
        [(t("Picture with a code"), data(PICTURE, event.id))],
        *poster,
        [(t("Back"), data("meeting", event.id))],
    ]
    turn.show(Screen(t("Pass the message above on to whom it may help."), rows))


def _event(turn: Turn, number: str) -> Event | None:
    found = events.find(turn.session, row_number(number) or 0)
    return found if found is not None and found.state == events.PUBLISHED else None


def _message(turn: Turn, event: Event) -> Phrase:
    title = bold(events_shown.title(turn, event))
    return lines(title, *events_shown.facts(turn, event), turn.link(links.EVENT, event.code))


def picture(turn: Turn, number: str) -> None:
    """A picture with the message below it."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn)
        return
    _send(turn, "sendPhoto", {PICTURE: event.id}, _message(turn, event))
    workshops.show(turn, number, [t("The picture comes in a moment: pass it on.")])


def _send(turn: Turn, method: str, document: dict[str, Json], caption: Phrase) -> None:
    """Send it; one that is on its way is enough."""
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        turn.send_beside(method, {"document": document, "caption": caption})


def poster(turn: Turn, number: str) -> None:
    """A page for a wall."""
    event = _event(turn, number)
    if event is None:
        meetings.start(turn)
        return
    _send(turn, "sendDocument", {POSTER: event.id}, bold(events_shown.title(turn, event)))
    workshops.show(turn, number, [t("The poster comes in a moment, as a PDF.")])
