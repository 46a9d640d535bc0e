"""Who can come to an event, and how seats are taken: a page of "More"."""

from collections.abc import Sequence

from db.events import Event
from handlers import for_whom
from handlers.event_options import Choice, Option, table
from handlers.turn import Turn
from school.events import LINE
from school.phrases import Phrase, t


def _line(_turn: Turn, event: Event) -> Phrase:
    if event.options.get(LINE) is False:
        return t("Who finds it full cannot wait.")
    return t("Who finds it full can wait.")


def _with_or_without(_turn: Turn, _event: Event) -> Sequence[Choice]:
    return (
        Choice("on", t("With a waiting list"), value=True),
        Choice("off", t("No waiting list"), value=False),
    )


def _yes(_turn: Turn, _event: Event) -> bool:
    return True


OPTIONS = {
    **for_whom.OPTIONS,
    **table(Option(LINE, says=_line, choices=_with_or_without, usual=_yes)),
}
