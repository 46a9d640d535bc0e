"""For whom an event is: how a coordinator sets it, and what somebody hears whom it is not for."""

from collections.abc import Sequence

from db.events import Event
from db.types import Json
from handlers import event_options, events_shown
from handlers.buttons import Keyboard, data
from handlers.event_options import Choice, Option, table
from handlers.turn import Screen, Turn
from school import fitting, neighbourhoods
from school.fitting import BARS, FOR_PLACES, FOR_STAGES
from school.phrases import Phrase, bold, lines, t

_MOST = 8  # neighbourhoods of an event
_SHOWN = 40
_OTHERS = 2  # events that are shown instead


def is_barred(turn: Turn, event: Event) -> bool:
    """Whether the person can't take a seat as the event is for others."""
    return fitting.bars(event) and fitting.suits(event, turn.own_sheet) != fitting.FITS


def barred(turn: Turn, event: Event) -> tuple[Phrase, Keyboard]:
    """Why somebody can't take a seat, and what else there is."""
    why = t("Your answers about your idea say something else. You can change them.")
    way = t("My answers"), data("overview")
    if fitting.suits(event, turn.own_sheet) == fitting.UNKNOWN:
        why = t("I do not know yet whether this is you: it is asked with your idea.")
        way = t("Tell my idea"), data("idea")
    others = [other for other in of_mine(turn) if other.id != event.id][:_OTHERS]
    shown = [events_shown.line(turn, other) for other in others]
    heading = [t("This is for you, too:")] if others else []
    rows: Keyboard = [[way], [(t("Meetings for me"), data("forme"))]]
    return lines(t("The seats are kept for these people."), why, *heading, *shown), rows


def hint(turn: Turn) -> Phrase | None:
    """How a list becomes the person's own, where that would change it."""
    if not any(_is_open(turn, event) for event in turn.coming):
        return None
    return t("Tell your idea, and this list fits you better.")


def _is_open(turn: Turn, event: Event) -> bool:
    return fitting.suits(event, turn.own_sheet) == fitting.UNKNOWN


def doors(turn: Turn, found: Sequence[Event]) -> Keyboard:
    """From one list of events to the other, where they are not the same."""
    tell: Keyboard = [[(t("Tell my idea"), data("idea"))]] if hint(turn) else []
    if len(of_mine(turn)) == len(turn.coming):
        return tell
    every = len(found) == len(turn.coming)
    mine, others = (t("Meetings for me"), data("forme")), (t("All meetings"), data("meetings"))
    return [*tell, [mine if every else others]]


def of_mine(turn: Turn) -> Sequence[Event]:
    """The next events that are for the person, as far as one knows."""
    language = turn.person.language
    return [one for one in turn.coming if fitting.is_for(one, turn.own_sheet, language)]


def _says(turn: Turn, event: Event) -> Phrase:
    said = events_shown.whom(turn, event)
    if said is None:
        return t("It is for everybody.")
    return lines(said, None if fitting.bars(event) else t("Others can come, too."))


def _which_stage(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    hint = t("Tap all that fit. Without any it is for everybody.")
    return lines(bold(t("How far along are the people it is for?")), hint), []


def _all_stages(turn: Turn, _event: Event) -> list[Choice]:
    options = turn.school.questionnaire.questions["stage"].options
    return [Choice(key, turn.text(label), key) for key, label in options.items()]


def _which_place(_turn: Turn, _event: Event) -> tuple[Phrase, Keyboard]:
    hint = t("Write a name, one at a time. Without any it is for the whole city.")
    return lines(bold(t("For people of which neighbourhood?")), hint), []


def _all_places(turn: Turn, _event: Event) -> list[Choice]:
    return [Choice(one.id, one.label, one.id) for one in turn.school.neighbourhoods]


def _take_place(turn: Turn, event: Event, words: str) -> Phrase | Screen | None:
    """A name that is one neighbourhood's sets it; else those that it may be are shown."""
    there = fitting.places(event)
    if len(there) >= _MOST:
        return t("%(most)s neighbourhoods are enough.", most=_MOST)
    found = neighbourhoods.search(turn.school.neighbourhoods, words)
    if not found:
        return t("I read “%(words)s” and found no such neighbourhood.", words=words[:_SHOWN])
    named = [one for one in found if neighbourhoods.plain(words) in one.names]
    if len(named) != 1:
        ids = {one.id for one in found}
        choices = [one for one in _all_places(turn, event) if one.key in ids]
        rows = event_options.ticks(turn, event, PLACES, choices)
        back: Keyboard = [[(t("Back"), data("evchange", event.id, FOR_PLACES))]]
        return Screen(
            t("Is it one of these? If not, write the name in another way."), [*rows, *back]
        )
    values: list[Json] = [one for one in there if one != named[0].id]
    event.options = {**event.options, FOR_PLACES: [*values, named[0].id]}
    return None


def _only_or_not(turn: Turn, event: Event) -> Sequence[Choice]:
    if events_shown.whom(turn, event) is None:
        return ()
    return (
        Choice("only", t("Only for them"), value=True),
        Choice("all", t("Others can come, too"), value=False),
    )


def _no(_turn: Turn, _event: Event) -> bool:
    return False


STAGES = Option(
    FOR_STAGES, t("How far they are"), _says, _which_stage, choices=_all_stages, several=True
)
PLACES = Option(
    FOR_PLACES,
    t("For which neighbourhood"),
    asks=_which_place,
    takes=_take_place,
    choices=_all_places,
    several=True,
    lists=False,
)
OPTIONS = table(STAGES, PLACES, Option(BARS, choices=_only_or_not, usual=_no))
