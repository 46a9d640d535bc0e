"""Whoever writes for somebody else reads so on every screen, and can end it on every overview."""

from handlers.buttons import Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Turn
from school.phrases import t

_SHORT = 10  # letters of a name on a button that says more


def way_out(turn: Turn) -> Keyboard:
    """The button that ends it, where somebody writes for another."""
    helped = turn.helped
    if helped is None:
        return []
    return [[(t("Stop for %(name)s", name=cut(helped.name or "…", _SHORT)), data("helpstop"))]]
