"""What an event may have besides the five things that are asked: pages of options, each of which
says what is set now. Nothing of it need be said.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.events import Event
from handlers import event_options, event_reminding, event_taking, event_words, pictures
from handlers.buttons import Button, Keyboard, data
from handlers.event_options import Asks, Option, Takes
from handlers.events_shown import title
from handlers.turn import Screen, Turn
from school.events import PUBLISHED
from school.phrases import Phrase, bold, lines, paragraphs, t


class Page(NamedTuple):
    """Some options that belong together, and what leads to them."""

    label: Phrase
    options: Mapping[str, Option]


PAGES: Mapping[str, Page] = {
    "words": Page(t("Text and language"), {**event_words.OPTIONS, **pictures.OPTIONS}),
    "people": Page(t("Who can come"), event_taking.OPTIONS),
    "reminders": Page(t("Reminders"), event_reminding.OPTIONS),
}
FIRST = "words"
OPTIONS: Mapping[str, Option] = {
    key: option for page in PAGES.values() for key, option in page.options.items()
}


def show(turn: Turn, event: Event, name: str = FIRST, notes: Sequence[Phrase] = ()) -> None:
    """A page of options: what is there, and what can be added."""
    page = PAGES.get(name, PAGES[FIRST])
    options = page.options.values()
    said = paragraphs(
        lines(bold(title(turn, event)), page.label, t("Nothing of this must be said.")),
        lines(*(option.says(turn, event) for option in options)),
    )
    rows = [row for option in options for row in event_options.opening(turn, event, option)]
    others: list[Button] = [
        (other.label, data("evpage", event.id, key))
        for key, other in PAGES.items()
        if other is not page
    ]
    out = "manage" if event.state == PUBLISHED else "event"
    turn.show(Screen(said, [*rows, others, [(t("Back"), data(out, event.id))]]), notes)


def back(event: Event, what: str) -> list[Button]:
    """From an option's question to its page."""
    return [(t("Back"), data("evpage", event.id, page_of(what)))]


def page_of(key: str) -> str:
    """On which page an option is."""
    return next((name for name, page in PAGES.items() if key in page.options), FIRST)


def put(turn: Turn, event: Event, key: str, choice_key: str) -> bool:
    """One of an option's choices was tapped; whether it was one."""
    option = OPTIONS.get(key)
    choice = event_options.find(turn, event, option, choice_key) if option is not None else None
    if option is None or choice is None or option.several:
        return False
    event_options.put(event, option, choice)
    return True


def tick(turn: Turn, event: Event, key: str, choice_key: str, *, on: bool) -> bool:
    """One of several choices was tapped; whether it was one."""
    option = OPTIONS.get(key)
    choice = event_options.find(turn, event, option, choice_key) if option is not None else None
    if option is None or choice is None or not option.several:
        return False
    event_options.tick(turn, event, option, choice, on=on)
    return True


def _question(option: Option, asks: Asks) -> Asks:
    def question(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
        return event_options.question(turn, event, option, asks)

    return question


def _taking(option: Option) -> Takes:
    def take(turn: Turn, event: Event, words: str) -> Phrase | Screen | None:
        return event_options.typed(turn, event, option, words)

    return take


QUESTIONS: Mapping[str, Asks] = {
    key: _question(option, option.asks)
    for key, option in OPTIONS.items()
    if option.asks is not None
}
TAKING: Mapping[str, Takes] = {key: _taking(OPTIONS[key]) for key in QUESTIONS}
