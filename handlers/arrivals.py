"""What a link brings somebody to. It comes first: who is new finds it behind the notice."""

from collections.abc import Callable, Mapping

from handlers import (
    attendance,
    certificates,
    claims,
    door_code,
    events_shown,
    group_links,
    home,
    name,
    staff,
    workshops,
)
from handlers.turn import Turn
from school import events, links
from school.phrases import Phrase, t


def _invited(turn: Turn, secret: str) -> None:
    if not staff.accept(turn, secret):
        home.again(turn, [t("This invitation is used up or too old. Please ask for a new one.")])
        return
    welcome: Phrase = t("You work with us now: the menu beside the text field has changed.")
    if turn.person.name is None:
        name.ask(turn, [welcome])
    else:
        staff.home(turn, [welcome])


def _scanned(turn: Turn, code: str) -> None:
    """A ticket: at the door it counts, to anybody else it says nothing of its holder."""
    if turn.may("today"):
        attendance.scanned(turn, code)
    else:
        home.again(turn, [t("This is somebody's ticket: it is scanned at the door.")])


def _came_in(turn: Turn, code: str) -> None:
    """The code at a door, by a link or before the notice was read."""
    if not door_code.read(turn, code):
        home.again(turn, [t("This code counts at the door, in the hours of the meeting.")])


# By what a link is about.
_KINDS: Mapping[str, Callable[[Turn, str], None]] = {
    links.STAFF: _invited,
    links.EVENT: workshops.opened,
    links.CERTIFICATE: certificates.scanned,
    links.SEAT: _scanned,
    links.DOOR: _came_in,
    links.GROUP: group_links.opened,
    links.CLAIM: claims.opened,
}


def leads_somewhere(payload: str) -> bool:
    """Whether a link is about something; else its code is only counted."""
    kind, code = links.parts(payload)
    return kind in _KINDS and bool(code)


def remember(turn: Turn, payload: str) -> None:
    """Keep what a link is about until its person can be shown it."""
    turn.person.came_for = payload


def in_sight(turn: Turn) -> list[Phrase]:
    """What somebody who is new came for, above the first words."""
    kind, code = links.parts(turn.person.came_for or "")
    said = _IN_SIGHT[kind](turn, code) if kind in _IN_SIGHT else None
    return [said] if said is not None else []


def _event(turn: Turn, code: str) -> Phrase | None:
    event = events.by_code(turn.session, code)
    return events_shown.line(turn, event) if event is not None else None


_IN_SIGHT: Mapping[str, Callable[[Turn, str], Phrase | None]] = {
    links.CERTIFICATE: certificates.confirmed,
    links.DOOR: door_code.meant,
    links.EVENT: _event,
    links.GROUP: group_links.invited,
}


def go_on(turn: Turn) -> None:
    """Show what somebody came for, once no new notice stands before it; else go on as usual."""
    if turn.first is not None:
        home.again(turn)
        return
    payload, turn.person.came_for = turn.person.came_for, None
    if payload is None:
        home.come(turn)
        return
    kind, code = links.parts(payload)
    _KINDS[kind](turn, code)
