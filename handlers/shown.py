"""What a turn shows, how it ended, and what the operator's settings say to people."""

from dataclasses import dataclass, field
from typing import NamedTuple

from handlers.buttons import Keyboard
from school.phrases import Phrase


@dataclass(slots=True)
class Screen:
    """A message with buttons; notes stand above its text."""

    text: Phrase
    keyboard: Keyboard = field(default_factory=Keyboard)


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator's settings say to people: in which chat a human answers, if in any, and
    for how many days copies of the database are kept.
    """

    chat: int | None = None
    copies_days: int = 1


class Done(NamedTuple):
    """How a turn ended: with what its tap is answered, in which language."""

    toast: Phrase | None = None
    language: str = ""
