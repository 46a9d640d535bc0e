"""What an option of an event is: what it says now, and how it is set. Each option is one row of a
table, and each table a page behind "More": handlers/event_more.py.

An option that is asked has a question of its own, and takes what is typed or tapped; one that is
not has its choices on the page itself, but for the one that holds. Where several can hold, each is
ticked and unticked by itself. What was set is `Event.options[key]`; what holds where nobody set it
is `usual`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from db.events import Event
from db.types import Json
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.turn import Screen, Turn
from school.phrases import Phrase, joined, t

Asks: TypeAlias = Callable[[Turn, Event], tuple[Phrase, Keyboard]]
Takes: TypeAlias = Callable[[Turn, Event, str], Phrase | Screen | None]

_TICK = "✓ "
_SHOWN = 40


class Choice(NamedTuple):
    """One of an option's choices: what its button carries, says and sets."""

    key: str
    label: Phrase
    value: Json


def _nothing(_turn: Turn, _event: Event) -> None:
    return None


def _none(_turn: Turn, _event: Event) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that an event may have. `says` is its line on the page, if it has one; `label` is
    on the button to its question, which shows all choices if it `lists` them, else those that hold.
    """

    key: str
    label: Phrase = ""
    says: Callable[[Turn, Event], Phrase | None] = _nothing
    asks: Asks | None = None
    takes: Takes | None = None
    choices: Callable[[Turn, Event], Sequence[Choice]] = _none
    several: bool = False
    lists: bool = True
    usual: Callable[[Turn, Event], Json] = _nothing


def table(*options: Option) -> Mapping[str, Option]:
    """Options by their keys, in their order."""
    return {option.key: option for option in options}


def value(turn: Turn, event: Event, option: Option) -> Json:
    """What holds now."""
    return event.options.get(option.key, option.usual(turn, event))


def chosen(turn: Turn, event: Event, option: Option) -> list[Choice]:
    """The choices that hold now."""
    held = value(turn, event, option)
    there = held if option.several and isinstance(held, list) else [held]
    return [choice for choice in option.choices(turn, event) if choice.value in there]


def opening(turn: Turn, event: Event, option: Option) -> Keyboard:
    """An option's buttons on its page."""
    if option.asks is not None:
        return [[(option.label, data("evchange", event.id, option.key))]]
    here = chosen(turn, event, option)
    return [
        [_setting(event, option, one)] for one in option.choices(turn, event) if one not in here
    ]


def question(turn: Turn, event: Event, option: Option, asks: Asks) -> tuple[Phrase, Keyboard]:
    """How an option is asked, with its choices."""
    text, keyboard = asks(turn, event)
    shown = option.choices(turn, event) if option.lists else chosen(turn, event, option)
    if option.several:
        return text, [*ticks(turn, event, option, shown), *keyboard]
    return text, [*in_rows([_setting(event, option, one) for one in shown]), *keyboard]


def ticks(turn: Turn, event: Event, option: Option, choices: Sequence[Choice]) -> Keyboard:
    """Choices that can hold together, to be ticked and unticked."""
    here = chosen(turn, event, option)
    return in_rows([_tick(event, option, choice, on=choice in here) for choice in choices])


def _setting(event: Event, option: Option, choice: Choice) -> Button:
    return choice.label, data("evset", event.id, option.key, choice.key)


def _tick(event: Event, option: Option, choice: Choice, *, on: bool) -> Button:
    own = isinstance(choice.label, str)
    ticked = f"{_TICK}{choice.label}" if own else joined("", _TICK, choice.label)
    return ticked if on else choice.label, data(
        "evoff" if on else "evon", event.id, option.key, choice.key
    )


def typed(turn: Turn, event: Event, option: Option, words: str) -> Phrase | Screen | None:
    """Take what was typed, or say why not; the name of a choice will do for it."""
    if option.takes is not None:
        return option.takes(turn, event, words)
    said = words.strip().casefold()
    for choice in option.choices(turn, event):
        if isinstance(choice.label, str) and choice.label.casefold() == said:
            _hold(turn, event, option, choice)
            return None
    return t("I read “%(words)s”. Here I need one of the buttons below.", words=words[:_SHOWN])


def _hold(turn: Turn, event: Event, option: Option, choice: Choice) -> None:
    if option.several:
        tick(turn, event, option, choice, on=True)
    else:
        put(event, option, choice)


def find(turn: Turn, event: Event, option: Option, key: str) -> Choice | None:
    """A choice by what its button carried."""
    return next((one for one in option.choices(turn, event) if one.key == key), None)


def put(event: Event, option: Option, choice: Choice) -> None:
    """One choice holds from now on."""
    event.options = {**event.options, option.key: choice.value}


def tick(turn: Turn, event: Event, option: Option, choice: Choice, *, on: bool) -> None:
    """One of several choices holds from now on, or does not."""
    held = [one.value for one in chosen(turn, event, option) if one != choice]
    added = [choice.value] if on else []
    event.options = {**event.options, option.key: [*held, *added]}
