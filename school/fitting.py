"""For whom an event is: for people at a stage, and of neighbourhoods, as the interview's answers
say. It advises; only where its coordinator says so does it bar. What a person has not answered is
not held against them in a list; for a seat in an event that bars it has to be answered first.
"""

from collections.abc import Sequence

from db.events import Event
from school.events import SPOKEN
from school.sheet import Sheet, chosen_of

FOR_STAGES, FOR_PLACES, BARS = "for_stages", "for_places", "bars"
_STAGE, _WHERE, _EVERYWHERE = "stage", "where", "city"
FITS, UNKNOWN, OTHER = "fits", "unknown", "other"


def stages(event: Event) -> Sequence[str]:
    """At which stages the people are that an event is for; none: at any."""
    return _listed(event, FOR_STAGES)


def places(event: Event) -> Sequence[str]:
    """Of which neighbourhoods the people are; none: of any."""
    return _listed(event, FOR_PLACES)


def _listed(event: Event, key: str) -> Sequence[str]:
    found = event.options.get(key)
    return [str(one) for one in found] if isinstance(found, list) else []


def bars(event: Event) -> bool:
    """Whether nobody else can take a seat."""
    return event.options.get(BARS) is True and bool(stages(event) or places(event))


def suits(event: Event, sheet: Sheet) -> str:
    """Whether an event is for the person of a sheet, or one does not know."""
    said = (
        _match(stages(event), _chosen(sheet, _STAGE)),
        _match(places(event), _chosen(sheet, _WHERE)),
    )
    return next((one for one in (OTHER, UNKNOWN) if one in said), FITS)


def _chosen(sheet: Sheet, key: str) -> Sequence[str]:
    given = sheet.given(key)
    return chosen_of(given.value) if given is not None else []


def _match(wanted: Sequence[str], said: Sequence[str]) -> str:
    if not wanted or _EVERYWHERE in said or {*wanted} & {*said}:
        return FITS
    return OTHER if said else UNKNOWN


def is_for(event: Event, sheet: Sheet, language: str) -> bool:
    """Whether a list of events for somebody has it: also what one does not know may be for them."""
    spoken = event.options.get(SPOKEN)
    return spoken in (None, language) and suits(event, sheet) != OTHER
