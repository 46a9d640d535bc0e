"""What one of the staff is asked about a sheet. It stands in the own chat, wherever the button was:
a topic is read by all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers.buttons import Button, Keyboard, as_json, data, paging
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import desk
from school.phrases import Phrase, t

_WHAT = "choose"
PAGE = 8


def show(turn: Turn, dossier: Dossier, screen: Screen) -> None:
    """Ask, or say what came of it: in place where that was tapped."""
    at_desk = turn.chat is not None
    if at_desk:
        turn.toast(t("I wrote to you in our private chat."))
    here = not at_desk and turn.tapped is not None and turn.standing(slot(dossier)) == turn.tapped
    body: dict[str, Json] = {"text": screen.text, "buttons": as_json(screen.keyboard)}
    turn.send_beside("sendMessage", {**body, "in_place": here}, slot(dossier))


def no(turn: Turn, dossier: Dossier | None, said: Phrase) -> None:
    """It cannot be: say what is so, where it was tapped."""
    if dossier is None:
        said = t("This sheet is not here any more.")
    if turn.chat is not None:
        turn.toast(said)
    elif dossier is not None:
        done(turn, dossier, said)
    else:
        body: dict[str, Json] = {"text": said, "buttons": as_json(list_door())}
        turn.send_beside("sendMessage", body)


def is_one(slot: str) -> bool:
    """Whether it is what is asked that stands in a slot."""
    return slot.endswith(f":{_WHAT}")


def done(turn: Turn, dossier: Dossier, said: Phrase) -> None:
    """Say what came of it."""
    show(turn, dossier, Screen(said, list_door()))


def list_door() -> Keyboard:
    """The button that leads to all sheets."""
    return [[(t("Open the list"), data("queue", 0))]]


def slot(dossier: Dossier) -> str:
    """Where it stands in the own chat."""
    return desk.slot(dossier, _WHAT)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button of somebody says and does: its verb, the verb of further pages, and the number
    of who it is now, so that a button counts only while that is so.
    """

    verb: str
    pages: str
    now: int


def people(dossier: Dossier, found: Sequence[Person], page: int, choice: Choice) -> Keyboard:
    """Some of the people to choose from."""
    here = found[page * PAGE : (page + 1) * PAGE]
    rows: Keyboard = [[_one(dossier, person, choice)] for person in here]
    more = len(found) > (page + 1) * PAGE
    return [*rows, *paging(page, choice.pages, dossier.id, more=more)]


def _one(dossier: Dossier, person: Person, choice: Choice) -> Button:
    label: Phrase = cut(person.name) if person.name else t("without a name")
    return label, data(choice.verb, dossier.id, person.id, choice.now)
