"""Whom one can choose an announcement for: the kinds of criteria, and what there is of each."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from school import audiences, events, neighbourhoods
from school.loading import School

PLACE, EVENT = "place", "event"
# Of an event's people: all of them, or those in one state.
STATES = ("", "seated", "waiting", "came", "missed")
_WHERE, _STAGE = "where", "stage"


def _stages(school: School) -> Sequence[str]:
    return list(school.questionnaire.stages)


def _places(school: School) -> Sequence[str]:
    where = school.questionnaire.questions.get(_WHERE)
    ours = list(where.options) if where is not None else []
    return [*ours, *neighbourhoods.by_id(school.neighbourhoods)]


def _municipi(school: School) -> Sequence[str]:
    return neighbourhoods.municipi(school.neighbourhoods)


def _languages(school: School) -> Sequence[str]:
    return school.languages


def _groups(_school: School) -> Sequence[str]:
    return audiences.GROUPS


# Kinds of which one is chosen; of each other one there is nothing to choose.
CHOICES: Mapping[str, Callable[[School], Sequence[str]]] = {
    "stage": _stages,
    PLACE: _places,
    "municipio": _municipi,
    "language": _languages,
    "groups": _groups,
}
ALONE = ("all", "tutors", "coordinators", "company")


def choices(school: School, kind: str) -> Sequence[str]:
    """The criteria of a kind."""
    found = CHOICES[kind](school) if kind in CHOICES else ()
    return [f"{kind}:{one}" for one in found]


def of_event(number: int) -> Sequence[str]:
    """The criteria about an event's people."""
    return [f"{EVENT}:{number}:{state}".rstrip(":") for state in STATES]


def is_one(session: Session, school: School, criterion: str) -> bool:
    """Whether there is such a criterion, and what it is about."""
    kind, _, about = criterion.partition(":")
    if kind != EVENT:
        return criterion in ALONE or criterion in choices(school, kind)
    number = about.partition(":")[0]
    if not (number.isascii() and number.isdecimal()) or criterion not in of_event(int(number)):
        return False
    found = events.find(session, int(number))
    return found is not None and found.state in (events.PUBLISHED, events.CANCELLED)
