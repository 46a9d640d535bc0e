"""A coordinator changes an event that is announced: one thing at a time, looked at first with what
it means for people, and confirmed once. All that follows is said in handlers/changed.py.
"""

from collections.abc import Sequence

from db.events import Event, Meeting
from handlers import change_shown, changed, event, events_shown, without_telegram
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import changes, interview, seats, staff
from school import events as rules
from school.changes import Change
from school.events import CHANGE, SEATS, WHEN
from school.phrases import Phrase, bold, lines, paragraphs, t, tn

_LATE = t("This button was of another change. Nothing was changed by it.")


def manage(turn: Turn, number: str, notes: Sequence[Phrase] = ()) -> None:
    """An event that is out, and what of it can be changed."""
    found = _event(turn, number)
    if found is None:
        event.start(turn, notes)
        return
    interview.pause(turn.person)
    changes.give_up(turn.session, found)
    series = len(rules.meetings(turn.session, found)) > 1
    when: Button = (change_shown.NAMES[WHEN], data("alter", found.id, WHEN))
    if series:
        when = (t("Dates"), data("dates", found.id))
    rest = [
        (change_shown.NAMES[what], data("alter", found.id, what))
        for what in changes.WHATS
        if what != WHEN
    ]
    off: Button = (t("Call it off"), data("callingoff", found.id, 0))
    more: Button = (t("More"), data("evmore", found.id))
    out: Button = (t("Announce it"), data("annevent", found.id))
    end: Keyboard = [[off], [(t("Back"), data("events"))]]
    rows: Keyboard = [[when, rest[0]], rest[1:], [out], [more], *end]
    turn.show(Screen(events_shown.card(turn, found, _count(turn, found)), rows), notes)


def _count(turn: Turn, found: Event) -> Phrase:
    total = found.seats or 0
    return t(
        "Seats: %(total)s, free: %(free)s, in line: %(waiting)s",
        total=total,
        free=seats.free(turn.session, found),
        waiting=seats.waiting(turn.session, found),
    )


def _event(turn: Turn, number: str) -> Event | None:
    """An event that can be changed, by a number that came back from a button."""
    found = changes.locked(turn.session, row_number(number) or 0)
    can = found is not None and changes.can_change(turn.session, found, turn.now)
    return found if can else None


def dates(turn: Turn, number: str) -> None:
    """The dates of a series that are still ahead."""
    found = _event(turn, number)
    if found is None:
        event.start(turn)
        return
    rows: Keyboard = [
        [(_day(turn, one), data("alterdate", one.id))]
        for one in changes.ahead(turn.session, found, turn.now)
    ]
    asked = lines(bold(events_shown.title(turn, found)), t("Which date?"))
    turn.show(Screen(asked, [*rows, [_back(found)]]))


def _day(turn: Turn, meeting: Meeting) -> str:
    return events_shown.short(turn, meeting)


def _back(found: Event) -> Button:
    return t("Back"), data("manage", found.id)


def one_date(turn: Turn, number: str) -> None:
    """One date of a series, to be moved or called off alone."""
    found, meeting = _date(turn, number)
    if found is None or meeting is None:
        event.start(turn)
        return
    said = lines(bold(events_shown.title(turn, found)), events_shown.when(turn, meeting))
    move_it: Button = (t("Move this date"), data("move", meeting.id))
    off: Button = (t("Call this date off"), data("callingoff", found.id, meeting.id))
    turn.show(Screen(said, [[move_it], [off], [(t("Back"), data("dates", found.id))]]))


def _date(turn: Turn, number: str) -> tuple[Event | None, Meeting | None]:
    """A date that is still ahead, with its event."""
    meeting = turn.session.get(Meeting, row_number(number) or 0)
    found = _event(turn, str(meeting.event_id)) if meeting is not None else None
    if found is None or meeting not in changes.ahead(turn.session, found, turn.now):
        return None, None
    return found, meeting


def alter(turn: Turn, number: str, what: str) -> None:
    """One thing of the event is to be another; of several dates one is chosen first."""
    found = _event(turn, number)
    if found is None or what not in changes.WHATS:
        manage(turn, number)
        return
    ahead = changes.ahead(turn.session, found, turn.now)
    if what == WHEN and len(ahead) > 1:
        dates(turn, number)
    else:
        _ask(turn, found, what, ahead[0])


def move(turn: Turn, number: str) -> None:
    """One date is to be another."""
    found, meeting = _date(turn, number)
    if found is None or meeting is None:
        event.start(turn)
    else:
        _ask(turn, found, WHEN, meeting)


def _ask(turn: Turn, found: Event, what: str, meeting: Meeting) -> None:
    change = changes.begin(turn.session, found, what, meeting, turn.now)
    event.ask(turn, change, what=what)


def confirm(turn: Turn, number: str, mark: str) -> None:
    """A change counts now, if it is the one that was looked at."""
    change = turn.session.get(Event, row_number(number) or 0)
    if change is None or change.state != CHANGE or changes.mark(change) != mark:
        event.start(turn, [_LATE])
        return
    found = changes.subject(turn.session, change, turn.now)
    if found is None or not changes.one_date(turn.session, change):
        event.start(turn, [_LATE])
        return
    done = changes.apply(turn.session, change, found)
    if done is None:
        manage(turn, str(found.id))
        return
    _note(turn, "changed", found)
    _follow(turn, found, done)
    rest = without_telegram.tell_yourself(turn, found) if done.what != SEATS else None
    manage(turn, str(found.id), [lines(t("It is changed."), rest)])


def _follow(turn: Turn, found: Event, done: Change) -> None:
    if done.what == SEATS:
        changed.more_seats(turn, found)
    else:
        seats.shorten(turn.session, found, turn.now, turn.school.quiet)
        changed.tell(turn, found, done)


def _note(turn: Turn, what: str, found: Event) -> None:
    title = events_shown.title(turn, found)
    staff.note(turn.session, turn.person, what, turn.now, event=title)


def calling_off(turn: Turn, number: str, date: str) -> None:
    """What it means to call a date off, or all of them; nothing has changed yet."""
    found, meeting = _event(turn, number), _one_of(turn, number, date)
    if found is None or (meeting is None and date != "0"):
        manage(turn, number)
        return
    asked = t("Call this date off?") if meeting is not None else t("Call this event off?")
    what = events_shown.when(turn, meeting) if meeting is not None else None
    name = events_shown.title(turn, found)
    means = lines(*change_shown.told(turn, found), t("It cannot be taken back."))
    yes: Button = (t("Call it off"), data("calloff", found.id, date, found.sequence))
    text = paragraphs(lines(bold(asked), name, what), means)
    turn.show(Screen(text, [[yes], [(t("Leave it as it is"), data("manage", found.id))]]))


def _one_of(turn: Turn, number: str, date: str) -> Meeting | None:
    """A date that is ahead, of this event."""
    found, meeting = _date(turn, date)
    return meeting if found is not None and str(found.id) == number else None


def call_off(turn: Turn, number: str, date: str, sequence: str) -> None:
    """A date does not take place, or the whole event, if it is as it was looked at."""
    found, meeting = _event(turn, number), _one_of(turn, number, date)
    known = found is not None and str(found.sequence) == sequence
    if found is None or not known or (meeting is None and date != "0"):
        event.start(turn, [_LATE])
        return
    starts = [one.starts_at for one in changes.ahead(turn.session, found, turn.now)]
    concerned = changes.concerned(turn.session, found)
    changes.call_off(turn.session, found, meeting, turn.now)
    _note(turn, "cancelled" if found.state == rules.CANCELLED else "cancelled_one", found)
    changed.called_off(turn, found, meeting, concerned, starts)
    count = tn("%(count)s person is told.", "%(count)s people are told.", len(concerned))
    rest = without_telegram.tell_yourself(turn, found)
    event.start(turn, [lines(t("It is called off."), count, rest)])
