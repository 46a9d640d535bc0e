"""People by the names they chose, in a row, on a button, in a sentence. No account is named."""

from collections.abc import Sequence

from db.tables import Person
from handlers.describe import shortened
from handlers.turn import Turn
from school import wording
from school.phrases import Phrase, joined, t, tn

_SHOWN, _LETTERS, _ON_A_BUTTON = 4, 20, 12


def tutor(person: Person | None, *, begins: bool = False) -> Phrase:
    """Who has a sheet, inside a sentence or where one begins."""
    if person is not None and person.name:
        return person.name
    return t("A tutor") if begins else t("a tutor")


def one(person: Person, *, begins: bool = False) -> Phrase:
    """One of a group, inside a sentence or where one begins."""
    if person.name:
        return person.name
    return t("Somebody in the group") if begins else t("somebody in the group")


def or_without(person: Person | None) -> Phrase:
    """The name that somebody chose, as it stands in a list."""
    return (person.name if person is not None else None) or t("without a name")


def on_a_button(name: str) -> Phrase:
    """A name that somebody chose, after a verb."""
    return shortened(name, _ON_A_BUTTON)


def several(turn: Turn, people: Sequence[Person]) -> Phrase:
    """Several of a group: the first ones by name."""
    shown, rest = people[:_SHOWN], len(people) - _SHOWN
    own = [str(shortened(person.name, _LETTERS)) for person in shown if person.name]
    names = [wording.listed(own, turn.person.language)] if own else []
    nameless = [t("without a name")] * (len(shown) - len(own))
    more = [tn("and %(count)s more", "and %(count)s more", rest)] if rest > 0 else []
    return joined(", ", *names, *nameless, *more)
