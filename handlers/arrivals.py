"""What a link brings somebody to. It comes first: who is new finds it behind the notice."""

from collections.abc import Callable, Mapping

from handlers import home, name, staff
from handlers.turn import Turn
from school import links
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


# By what a link is about.
_KINDS: Mapping[str, Callable[[Turn, str], None]] = {links.STAFF: _invited}


def leads_somewhere(payload: str) -> bool:
    """Whether a link is about something; else its code is only counted."""
    kind, code = links.parts(payload)
    return kind in _KINDS and bool(code)


def remember(turn: Turn, payload: str) -> None:
    """Keep what a link is about until its person can be shown it."""
    turn.person.came_for = payload


def go_on(turn: Turn) -> None:
    """Show what somebody came for; else go on as usual."""
    payload, turn.person.came_for = turn.person.came_for, None
    if payload is None:
        home.come(turn)
        return
    kind, code = links.parts(payload)
    _KINDS[kind](turn, code)
