"""A coordinator writes to many people: begins an announcement, goes on with one, or looks at what
became of one. All of a draft is on one screen, from which each part of it is changed. Who
coordinates sees and changes the drafts of all.
"""

from collections.abc import Callable, Mapping, Sequence

from db.announcements import Announcement
from handlers import announce_confirm, announce_message, announce_progress
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import announcements, composing, interview, people
from school.announcements import (
    ASKED,
    DONE,
    DRAFT,
    PAUSED,
    PLANNED,
    RECALL,
    SENDING,
    STOPPED,
)
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

WENT = t("It went already.")
_STATES: Mapping[str, Phrase] = {
    DRAFT: t("not confirmed yet"),
    ASKED: t("waits for approval"),
    PLANNED: t("goes later"),
    SENDING: t("goes now"),
    PAUSED: t("paused"),
    STOPPED: t("was stopped"),
    DONE: t("went"),
}


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Begin one, or go on with one."""
    interview.pause(turn.person)
    found = announcements.latest(turn.session)
    rows: Keyboard = [[(announce_message.label(turn, one), data("ann", one.id))] for one in found]
    new: Button = (t("New announcement"), data("annew"))
    states = [joined(" · ", announce_message.label(turn, one), _state(one)) for one in found]
    hint = t("Tap one to see it.") if found else None
    text = paragraphs(bold(t("Announcements")), lines(*states) if states else None, hint)
    turn.show(Screen(text, [[new], *rows, [(t("Back"), data("staff"))]]), notes)


def _state(one: Announcement) -> Phrase:
    return t("taken back") if one.method == RECALL else _STATES[one.state]


def new(turn: Turn) -> None:
    """A new draft."""
    one = announcements.begin(turn.session, turn.person, turn.now)
    announce_message.ask(turn, one)


def find(turn: Turn, number: str) -> Announcement | None:
    """An announcement by a number that came back from a button, locked for this turn."""
    found = row_number(number)
    return announcements.find(turn.session, found) if found is not None else None


def changing(turn: Turn, number: str) -> Announcement | None:
    """One that can still be changed; else what is so is shown."""
    found = find(turn, number)
    if found is None:
        start(turn)
    elif composing.can_change(found):
        return found
    else:
        show(turn, found, [WENT])
    return None


def one(turn: Turn, number: str) -> None:
    """One of them, as it stands."""
    found = find(turn, number)
    if found is None:
        start(turn)
    else:
        show(turn, found)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Something else was done meanwhile: the one in hand is shown as it is."""
    found = find(turn, turn.person.expects.split(":")[1])
    if found is None:
        start(turn, notes)
    else:
        show(turn, found, notes)


def show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    """The screen of one: what it needs, or what became of it."""
    interview.pause(turn.person)
    _SHOWN.get(one.state, announce_progress.show)(turn, one, notes)


def _draft(turn: Turn, one: Announcement, notes: Sequence[Phrase]) -> None:
    """What it says, for whom and when, and a way to each of these."""
    if not announce_message.is_there(one):
        announce_message.ask(turn, one, notes)
        return
    turn.person.expects = people.NOBODY
    now = announce_confirm.stand(turn, one)
    text = paragraphs(
        bold(t("An announcement")),
        announce_message.summary(turn, one),
        announce_confirm.summary(turn, one, now),
    )
    rows = [*announce_message.doors(turn, one), *announce_confirm.doors(turn, one, now)]
    turn.show(Screen(text, [*rows, [(t("Back"), data("anns"))]]), notes)


_SHOWN: Mapping[str, Callable[[Turn, Announcement, Sequence[Phrase]], None]] = {
    DRAFT: _draft,
    ASKED: _draft,
    PLANNED: _draft,
}


def dropping(turn: Turn, number: str) -> None:
    """Ask before one is deleted that did not go."""
    found = changing(turn, number)
    if found is None:
        return
    asked = lines(bold(t("Delete this announcement?")), announce_message.label(turn, found))
    yes: Button = (t("Delete it"), data("anndrop", found.id))
    turn.show(Screen(asked, [[yes], [(t("Back"), data("ann", found.id))]]))


def drop(turn: Turn, number: str) -> None:
    """Delete one that did not go."""
    found = changing(turn, number)
    if found is not None and composing.drop(turn.session, found):
        start(turn, [t("It is deleted.")])
