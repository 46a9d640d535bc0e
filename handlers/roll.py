"""The people of an event with their states, as coordinators see them. Who takes them as a file is
noted.
"""

from db.events import Event
from handlers import events_shown, today
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import attendance, events, roll, staff
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.roll import Line

FILE = "people"


def show(turn: Turn, number: str, page: str) -> None:
    """A page of the list."""
    event = _event(turn, number)
    if event is None:
        today.start(turn)
        return
    found = roll.people(turn.session, event, turn.now)
    pages = max(-(-len(found) // roll.PAGE), 1)
    at = min(row_number(page) or 0, pages - 1)
    said = [
        joined(": ", _name(one), roll.with_party(one))
        for one in found[at * roll.PAGE : (at + 1) * roll.PAGE]
    ]
    head = lines(bold(t("All people")), cut(events_shown.title(turn, event)))
    text = paragraphs(head, lines(*(said or [t("Nobody has a seat yet.")])))
    turn.show(
        Screen(text, [*paging(at, "people", event.id, more=at + 1 < pages), *_doors(turn, event)])
    )


def _event(turn: Turn, number: str) -> Event | None:
    found = events.find(turn.session, row_number(number) or 0)
    return found if found is not None and found.state == events.PUBLISHED else None


def _name(line: Line) -> Phrase:
    name = cut(line.name or line.code)
    return t("%(name)s, without Telegram", name=name) if line.by_name else name


def _doors(turn: Turn, event: Event) -> Keyboard:
    meeting = attendance.nearest(turn.session, event, turn.now, turn.school.zone)
    back = data("day", meeting.id) if meeting is not None else data("today", 0)
    by_name: Button = (t("Add a person"), data("guest", event.id, 0))
    return [[by_name], [(t("As a file"), data("peoplefile", event.id))], [(t("Back"), back)]]


def file(turn: Turn, number: str) -> None:
    """The list as a file, with names and states only."""
    event = _event(turn, number)
    if event is None:
        today.start(turn)
        return
    title = events_shown.title(turn, event)
    staff.note(turn.session, turn.person, "listed", turn.now, event=title)
    caption = t("Names and states: keep it to yourself, and delete it when it is used.")
    turn.send_beside("sendDocument", {"document": {FILE: event.id}, "caption": caption})
