"""A coordinator writes to an event's people: chooses to whom, sends one message, looks at it with
how many get it, and confirms once. The message is copied as it is, with a way to the meeting.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from db.events import Event, Meeting
from db.types import Json
from handlers import events_shown, today, without_telegram
from handlers.buttons import Button, Keyboard, as_json, data, row_number
from handlers.event_asked import cut
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import attendance, changes, interview, moments, outbox, people, staff, writing
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.writing import CAME, HELD, LINE, MISSED, Addressed

NAMES: Mapping[str, Phrase] = {
    HELD: t("With a seat"),
    LINE: t("In line"),
    CAME: t("Came"),
    MISSED: t("Did not come"),
}


def start(turn: Turn, number: str) -> None:
    """To whom?"""
    found = attendance.find(turn.session, row_number(number) or 0)
    if found is None:
        today.start(turn)
        return
    interview.pause(turn.person)
    event, meeting = found
    rows: Keyboard = [
        [(_group(turn, event, meeting, group), data("writeto", meeting.id, group))]
        for group in writing.groups(meeting, turn.now)
    ]
    asked = lines(bold(t("To whom do you write?")), _head(turn, event, meeting))
    turn.show(Screen(asked, [*rows, [_back(meeting)]]))


def _head(turn: Turn, event: Event, meeting: Meeting) -> Phrase:
    return lines(cut(events_shown.title(turn, event)), events_shown.when(turn, meeting))


def _group(turn: Turn, event: Event, meeting: Meeting, group: str) -> Phrase:
    count = len(writing.addressed(turn.session, event, meeting, group).people)
    return joined(": ", NAMES[group], str(count))


def _back(meeting: Meeting) -> Button:
    return t("Back"), data("day", meeting.id)


def _found(turn: Turn, number: str, group: str) -> tuple[Event, Meeting, Addressed] | None:
    """A meeting and whom it is written to, by what came back from a button."""
    found = attendance.find(turn.session, row_number(number) or 0)
    if found is None or group not in writing.groups(found[1], turn.now):
        return None
    return *found, writing.addressed(turn.session, *found, group)


def to(turn: Turn, number: str, group: str) -> None:
    """Ask for the message."""
    _ask(turn, number, group)


def _ask(turn: Turn, number: str, group: str, notes: Sequence[Phrase] = ()) -> None:
    found = _found(turn, number, group)
    if found is None:
        today.start(turn, notes)
        return
    event, meeting, them = found
    turn.person.expects = f"{people.WRITES}:{meeting.id}:{group}"
    asked = lines(
        bold(t("Send me the message now.")),
        _head(turn, event, meeting),
        _to(them),
        t("A text, a picture or a document. You see it once more before it goes."),
    )
    turn.show(Screen(asked, [[_back(meeting)]]), notes)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The message is asked for once more."""
    _, number, group, *_ = [*turn.person.expects.split(":"), "", ""]
    _ask(turn, number, group, notes)


def given(turn: Turn, message: Incoming) -> None:
    """The message is there: it is shown as people get it, with how many they are."""
    _, number, group, *_ = [*turn.person.expects.split(":"), "", ""]
    found = _found(turn, number, group)
    if found is None:
        today.start(turn)
        return
    event, meeting, them = found
    turn.person.expects = f"{people.WRITES}:{meeting.id}:{group}:{message.message_id}"
    turn.send("copyMessage", _copy(turn, event, message.message_id))
    at = _at(turn, event)
    text = paragraphs(
        lines(bold(t("Send it?")), _head(turn, event, meeting)),
        lines(_to(them), *_others(turn, them), _night(turn, at)),
    )
    sends: Button = (t("Send it"), data("write", meeting.id, group, message.message_id))
    other: Button = (t("Another message"), data("writeto", meeting.id, group))
    turn.show(Screen(text, [*([[sends]] if them.people else []), [other], [_back(meeting)]]))


def _copy(turn: Turn, event: Event, message: int) -> dict[str, Json]:
    see: Keyboard = [[(t("See the meeting"), data("meeting", event.id))]]
    return {"from_chat_id": turn.chat_id, "message_id": message, "buttons": as_json(see)}


def _to(them: Addressed) -> Phrase:
    return tn("To %(count)s person.", "To %(count)s people.", len(them.people))


def _others(turn: Turn, them: Addressed) -> list[Phrase | None]:
    """Who does not get it."""
    names = [person.name or "" for person in them.by_name]
    away = tn(
        "%(count)s person cannot be reached.",
        "%(count)s people cannot be reached.",
        them.away,
    )
    return [without_telegram.tell(turn, names), away if them.away else None]


def _at(turn: Turn, event: Event) -> dt.datetime:
    """Nobody is woken, but for a meeting right after the night."""
    starts = [one.starts_at for one in changes.ahead(turn.session, event, turn.now)]
    return changes.when_to_tell(turn.school.quiet, turn.now, starts)


def _night(turn: Turn, at: dt.datetime) -> Phrase | None:
    if at <= turn.now:
        return None
    when = moments.near(turn.person.language, turn.school.zone, at, turn.now)
    return t("It is night: people get it later, %(when)s.", when=when)


def send(turn: Turn, number: str, group: str, message: str) -> None:
    """It goes to each of them, once: only the message that was looked at, and only now."""
    found, mark = _found(turn, number, group), f"{people.WRITES}:{number}:{group}:{message}"
    if found is None or turn.person.expects != mark:
        today.day(turn, number, [t("This message was sent already, or another took its place.")])
        return
    event, meeting, them = found
    sent = _send(turn, event, them, int(message))
    title = events_shown.title(turn, event)
    staff.note(turn.session, turn.person, "wrote", turn.now, event=title)
    said = tn("It goes to %(count)s person.", "It goes to %(count)s people.", sent)
    today.day(turn, str(meeting.id), [lines(said, *_others(turn, them))])


def _send(turn: Turn, event: Event, them: Addressed, message: int) -> int:
    """To how many people it goes now."""
    at, copy = _at(turn, event), _copy(turn, event, message)
    calls = [
        turn.of(person).once(
            copy, None, writing.once(turn.person, message, seat, at), "copyMessage", at
        )
        for seat, person in them.people
    ]
    rows = [call for call in calls if call is not None]
    outbox.put_each_once(turn.session, rows)
    return len(rows)
