"""Words to a sheet's people, each in the own language. They come at once, as somebody has just done
something; in the night without a sound.
"""

import datetime as dt
from collections.abc import Callable

from db.dossiers import Dossier
from db.tables import Idea, Person
from db.types import Json
from handlers.buttons import Keyboard, as_json
from handlers.turn import Turn
from school import groups, moments, reminders
from school.phrases import Phrase, t
from school.working import midnight


def tell(
    turn: Turn, dossier: Dossier, said: Callable[[Turn], Phrase], rows: Keyboard | None = None
) -> None:
    """Tell each of a sheet's people."""
    quiet = reminders.is_quiet(turn.school.quiet, turn.now)
    for person in groups.people_of(turn.session, turn.session.get_one(Idea, dossier.idea_id)):
        if person.unreachable_at is None:
            other = turn.of(person)
            body: dict[str, Json] = {"text": said(other), "buttons": as_json(rows or [])}
            other.send_beside("sendMessage", {**body, "disable_notification": quiet})


def named(person: Person | None) -> Phrase:
    """The name that somebody chose."""
    return (person.name if person is not None else None) or t("without a name")


def day(turn: Turn, at: dt.date) -> str:
    """A day in the words of whoever reads it."""
    start = midnight(at, turn.school.zone)
    return moments.day(turn.person.language, turn.school.zone, start, turn.now)
