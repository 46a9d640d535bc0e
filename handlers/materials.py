"""An event's materials: who works here sends them into the chat, and whoever took part gets them as
they came.
"""

from collections.abc import Sequence

from db.events import Event, Meeting
from handlers import events_shown, workshops
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.describe import too_long
from handlers.event_asked import cut
from handlers.files import sending
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import changes, events, materials, people, staff
from school.materials import MOST, MOST_TEXT, Item
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

_SHOWN = 30  # letters of one in the list


def get(turn: Turn, number: str) -> None:
    """Send all of an event to somebody who took part."""
    event = _event(turn, number)
    if event is not None:
        for item in materials.to_see(turn.session, event, turn.person, turn.now):
            _send(turn, item)
    workshops.show(turn, number)


def _event(turn: Turn, number: str) -> Event | None:
    """An event that is announced, as it is now."""
    found = changes.locked(turn.session, row_number(number) or 0)
    return found if found is not None and found.state == events.PUBLISHED else None


def _send(turn: Turn, item: Item) -> None:
    if item.kind == materials.TEXT:
        turn.say(item.text)
        return
    method, body = sending(item.kind, item.file_id)
    turn.send(method, {**body, "caption": item.text} if item.text else body)


def door(meeting: Meeting) -> Keyboard:
    """The way to them, for those who work here."""
    return [[(t("Materials"), data("evfiles", meeting.event_id))]]


def show(turn: Turn, number: str, notes: Sequence[Phrase] = ()) -> None:
    """What is there; what is sent now is added."""
    event = _event(turn, number)
    if event is None:
        turn.person.expects = people.NOBODY
        turn.show(Screen(t("This meeting is not there any more."), [[_today()]]), notes)
    else:
        _show(turn, event, notes)


def _show(turn: Turn, event: Event, notes: Sequence[Phrase] = ()) -> None:
    turn.person.expects = f"{people.MATERIALS}:{event.id}"
    found = materials.of(event)
    listed = [joined(". ", str(n), _name(item)) for n, item in enumerate(found, start=1)]
    how = t("Send a text with a link, a document or a picture: I add it.")
    who = t("Whoever has a seat gets them from the first meeting on.")
    head = lines(bold(t("Materials")), events_shown.title(turn, event))
    rows: Keyboard = [_row(event, item) for item in found]
    text = paragraphs(head, lines(*listed) if listed else None, lines(how, who))
    turn.show(Screen(text, [*rows, [_back(turn, event)]]), notes)


def _name(item: Item) -> Phrase:
    words = " ".join((item.name or item.text).split())
    return cut(words, _SHOWN) if words else t("without words")


def _row(event: Event, item: Item) -> list[Button]:
    label = _name(item)
    name = cut(label) if isinstance(label, str) else label
    away: Button = (t("Delete"), data("evunfile", event.id, item.number))
    return [(name, data("evfile", event.id, item.number)), away]


def _today() -> Button:
    return t("Back"), data("today", 0)


def _back(turn: Turn, event: Event) -> Button:
    found = events.taking_place(turn.session, event)
    ahead = next((one for one in found if one.ends_at > turn.now), found[-1] if found else None)
    return (t("Back"), data("day", ahead.id)) if ahead is not None else _today()


def look(turn: Turn, number: str, item_number: str) -> None:
    """See one as people get it."""
    event, item = _item(turn, number, item_number)
    if event is not None and item is not None:
        _send(turn, item)
    show(turn, number)


def _item(turn: Turn, number: str, item_number: str) -> tuple[Event | None, Item | None]:
    event = _event(turn, number)
    return event, materials.find(event, row_number(item_number) or 0) if event is not None else None


def remove(turn: Turn, number: str, item_number: str) -> None:
    """Take one away."""
    event, item = _item(turn, number, item_number)
    if event is not None and item is not None:
        materials.remove(event, item.number)
        _note(turn, "unhanded", event)
    show(turn, number)


def _note(turn: Turn, what: str, event: Event) -> None:
    title = events_shown.title(turn, event)
    staff.note(turn.session, turn.person, what, turn.now, event=title)


def given(turn: Turn, message: Incoming) -> None:
    """Something was sent for an event."""
    event = _event(turn, _number(turn))
    if event is None:
        again(turn)
        return
    found = materials.of(event)
    turn.in_place = bool(message.album and found and found[-1].album == message.album)
    _show(turn, event, [_taken(turn, event, message)])


def _taken(turn: Turn, event: Event, message: Incoming) -> Phrase:
    """Add it, or say why not."""
    if len(message.text) > MOST_TEXT:
        return too_long(len(message.text), MOST_TEXT)
    number, text, file = materials.next_number(event), message.text, message.file
    item = Item(number, materials.TEXT, text)
    if file is not None:
        item = Item(number, file.kind, text, file.file_id, file.name, message.album)
    if not materials.add(event, item):
        return t("There are %(most)s already: delete one first.", most=MOST)
    _note(turn, "handed", event)
    return t("It is added.")


def _number(turn: Turn) -> str:
    return turn.person.expects.partition(":")[2]


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What is there is shown again."""
    show(turn, _number(turn), notes)
