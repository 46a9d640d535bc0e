"""What of an announced event changes, as it is said: to the coordinator before it counts, and to
all whom it concerns after.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from db.events import Event
from handlers import events_shown, without_telegram
from handlers.buttons import Button, Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import changes, events, moments, seats
from school.changes import ASKS_AGAIN, Change, Thing, Times
from school.events import SEATS, TITLE, WHEN, WHERE
from school.phrases import Phrase, bold, lines, paragraphs, t, tn
from school.seats import SEATED
from school.texts import Text, capitalised

_MOST, _SHORT = 8, 13
NAMES: Mapping[str, Phrase] = {
    WHEN: t("When"),
    WHERE: t("Where"),
    SEATS: t("Seats"),
    TITLE: t("Title"),
}


def announced(turn: Turn) -> Keyboard:
    """Events that are out, to be changed."""
    found = events.upcoming(turn.session, turn.now)[:_MOST]
    return [[(_label(turn, event), data("manage", event.id))] for event in found]


def _label(turn: Turn, event: Event) -> Phrase:
    return t("Change: %(title)s", title=cut(events_shown.title(turn, event), _SHORT))


def thing(turn: Turn, change: Change, which: Thing) -> Phrase:
    """One side of a change, in the person's language."""
    if change.what == WHEN:
        start, end = cast("Times", which)
        language, zone = turn.person.language, turn.school.zone
        return capitalised(moments.in_words(language, zone, start, turn.now, end))
    if change.what == SEATS:
        return tn("%(count)s seat", "%(count)s seats", cast("int", which))
    return turn.text(cast("Text", which)) if change.what == TITLE else cast("str", which)


def both(turn: Turn, change: Change) -> Phrase:
    """What was, and what is now."""
    return lines(
        t("Until now: %(what)s", what=thing(turn, change, change.before)),
        t("From now on: %(what)s", what=bold(thing(turn, change, change.after))),
    )


def preview(turn: Turn, change: Event, notes: Sequence[Phrase] = ()) -> None:
    """A change as it would be, and what it means for people; nothing has changed yet."""
    event = changes.subject(turn.session, change, turn.now)
    if event is None:
        turn.show(Screen(t("This event cannot be changed any more."), [[_events()]]), notes)
        return
    back: Button = (t("Back"), data("manage", event.id))
    anew: Button = (t("Write it anew"), data("evchange", change.id, changes.what_of(change)))
    name = bold(events_shown.title(turn, event))
    if not changes.one_date(turn.session, change):
        one = t("Here I need one date: each date of a series is moved by itself.")
        turn.show(Screen(lines(name, one), [[anew], [back]]), notes)
        return
    found = changes.difference(turn.session, change, event)
    if found is None:
        turn.show(Screen(lines(name, t("This is as it was.")), [[anew], [back]]), notes)
        return
    yes: Button = (t("Change it"), data("altered", change.id, changes.looked_at(change)))
    text = paragraphs(name, both(turn, found), lines(*_meaning(turn, event, found)))
    turn.show(Screen(text, [[yes], [anew], [back]]), notes)


def _events() -> Button:
    return t("Back"), data("events")


def _meaning(turn: Turn, event: Event, change: Change) -> list[Phrase | None]:
    if change.what == SEATS:
        return _seats(turn, event, cast("int", change.before), cast("int", change.after))
    if change.what in ASKS_AGAIN:
        asked = t("They are asked again whether they come.")
        return told(turn, event, asked)
    return [*told(turn, event), t("Their tickets say it too.")]


def told(turn: Turn, event: Event, asked: Phrase | None = None) -> list[Phrase | None]:
    """How many people are told."""
    found = changes.concerned(turn.session, event)
    seated = sum(seat.state == SEATED for seat, _ in found)
    others = len(found) - seated
    have = tn(
        "%(count)s person has a seat and is told.",
        "%(count)s people have a seat and are told.",
        seated,
    )
    wait = tn("%(count)s person in line is told.", "%(count)s people in line are told.", others)
    rest = without_telegram.tell_yourself(turn, event)
    return [have, asked if seated else None, wait if others else None, rest]


def _seats(turn: Turn, event: Event, before: int, after: int) -> list[Phrase | None]:
    if after < before:
        return [t("Nobody loses a seat. New people find one only when enough are given up.")]
    waiting = min(seats.waiting(turn.session, event), after - before)
    offered = tn(
        "%(count)s person in line is offered a seat at once.",
        "%(count)s people in line are offered a seat at once.",
        waiting,
    )
    return [offered if waiting else t("Nobody waits: the new seats are free.")]
