"""Of which new meetings somebody wants to hear: of any, of a kind, in the own neighbourhoods. Each
is ticked and unticked by itself.
"""

from collections.abc import Mapping

from handlers.buttons import Button, Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import interview, neighbourhoods, wishes
from school.phrases import Phrase, bold, joined, lines, t
from school.sheet import chosen_of
from school.texts import capitalised

_TICK = "✓ "
_WHERE = "where"


def door(turn: Turn) -> list[Button]:
    """To say it, or to say it more exactly."""
    there = wishes.of(turn.session, turn.person)
    return [(t("Choose which ones") if there else t("Write me when there is one"), data("wishes"))]


def start(turn: Turn) -> None:
    """All there is to choose from."""
    interview.pause(turn.person)
    there = wishes.of(turn.session, turn.person)
    says = t("I write to you once, as soon as such a meeting is announced.")
    if not there:
        says = t("At present I do not write to you about new meetings.")
    rows: Keyboard = [
        [_switch(about, name, on=about in there)] for about, name in _choices(turn).items()
    ]
    text = lines(bold(t("Of which new meetings shall I tell you?")), says)
    ways: Keyboard = [[(t("All meetings"), data("meetings"))], [(t("Home"), data("home"))]]
    turn.show(Screen(text, [*rows, *ways]))


def _choices(turn: Turn) -> Mapping[str, Phrase]:
    """What can be wished for, by what a button carries."""
    kinds = turn.school.events.kinds
    return {
        wishes.ANY: t("Any meeting"),
        **{wishes.of_kind(key): capitalised(turn.text(kind.name)) for key, kind in kinds.items()},
        **{wishes.near(one): t("Near: %(place)s", place=name) for one, name in _mine(turn).items()},
    }


def _mine(turn: Turn) -> Mapping[str, str]:
    """The neighbourhoods that the person's idea is about."""
    given = turn.own_sheet.given(_WHERE)
    known = neighbourhoods.by_id(turn.school.neighbourhoods)
    chosen = chosen_of(given.value) if given is not None else []
    return {one: cut(known[one].label, 14) for one in chosen if one in known}


def _switch(about: str, name: Phrase, *, on: bool) -> Button:
    """The button says what it does, so that a double tap does it once."""
    return (joined("", _TICK, name), data("unwish", about)) if on else (name, data("want", about))


def want(turn: Turn, about: str) -> None:
    """Something was ticked."""
    if about in _choices(turn):
        wishes.add(turn.session, turn.person, about, turn.now)
    start(turn)


def unwish(turn: Turn, about: str) -> None:
    """Something was unticked."""
    wishes.take_back(turn.session, turn.person, about)
    start(turn)
