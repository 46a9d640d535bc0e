"""By when an answer is expected, in words: for a sheet's people, and on its card."""

import datetime as dt

from db.dossiers import Dossier
from handlers.turn import Speaker
from school import moments, tutors
from school.phrases import Phrase, t
from school.working import midnight


def day(turn: Speaker, at: dt.date, language: str) -> str:
    """A day in words."""
    start = midnight(at, turn.school.zone)
    return moments.day(language, turn.school.zone, start, turn.now)


def line(turn: Speaker, dossier: Dossier, language: str) -> Phrase | None:
    """By when an answer is expected; nothing where it is not a tutor's turn."""
    by = tutors.expected_by(turn.session, turn.school, dossier, turn.now)
    if by is None:
        return None
    return t("An answer is expected by %(day)s.", day=day(turn, by, language))
