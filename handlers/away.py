"""When a tutor is away: the days are tapped or written, the people of the tutor's sheets are told,
and what they have can be handed on. It ends by itself, or with a tap.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from db.dossiers import Dossier
from handlers import choosing, expected, sheet_people, sheets
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import handing_on, interview, people, profiles, spans
from school.bubbles import Bubble
from school.dossiers import BACK, TAKEN
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.profiles import Away

# Days after today, by what a button carries.
_USUAL: Mapping[str, tuple[int, Phrase]] = {
    "day": (1, t("Until tomorrow")),
    "week": (7, t("For a week")),
    "weeks": (14, t("For two weeks")),
}
_SHOWN = 60


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the days, or say which they are."""
    days = _days(turn)
    if days is None:
        _ask(turn, notes)
        return
    interview.pause(turn.person)
    first, last = (expected.day(turn, day, turn.person.language) for day in (days.first, days.last))
    said = paragraphs(
        bold(t("You are away")),
        t("From %(first)s to %(last)s.", first=first, last=last),
        t("On these days no new sheet is proposed to you. It ends by itself."),
        t("These sheets are with you. Somebody else can take them:") if _held(turn) else None,
    )
    ways: Keyboard = [
        [(t("I am back"), data("awayback"))],
        [(t("Change the days"), data("awaydays"))],
        [(t("Back"), data("mytutoring"))],
    ]
    turn.show(Screen(said, [*_handing(turn), *ways]), notes)


def _days(turn: Turn) -> Away | None:
    return profiles.away(turn.session, turn.school, turn.person, turn.now)


def _held(turn: Turn) -> Sequence[Dossier]:
    found = handing_on.held(turn.session, turn.person)
    return [dossier for dossier in found if dossier.state in (TAKEN, BACK)]


def _handing(turn: Turn) -> Keyboard:
    return [[(sheets.label(turn, one), data("handon", one.id))] for one in _held(turn)[:8]]


def days(turn: Turn) -> None:
    """Other days."""
    _ask(turn)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The days are asked for once more."""
    _ask(turn, notes)


def _ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    turn.person.expects = people.AWAY
    asked = lines(
        bold(t("Until when are you away?")),
        t(
            "Tap, or write the last day, or from when to when. For example: %(day)s",
            day=_example(turn),
        ),
    )
    usual: Keyboard = [[(label, data("awayfor", key))] for key, (_, label) in _USUAL.items()]
    cancel: Button = (t("Cancel"), data("mytutoring"))
    turn.show(Screen(asked, [*usual, [cancel]]), notes)


def _example(turn: Turn) -> str:
    """A day as people write it."""
    return expected.day(turn, _today(turn) + dt.timedelta(days=10), turn.person.language)


def _today(turn: Turn) -> dt.date:
    return turn.now.astimezone(turn.school.zone).date()


def usual(turn: Turn, key: str) -> None:
    """Days that were tapped."""
    found = _USUAL.get(key)
    if found is None:
        start(turn)
        return
    today = _today(turn)
    _go(turn, (today, today + dt.timedelta(days=found[0])))


def given(turn: Turn, bubble: Bubble) -> None:
    """Days that were written."""
    found = spans.read(bubble.words, _today(turn), turn.school.languages)
    if found is None or not _go(turn, found):
        read = t("I read “%(words)s”.", words=bubble.words[:_SHOWN])
        need = t("I need a day from today on, for example: %(day)s", day=_example(turn))
        _ask(turn, [lines(read, need)])


def _go(turn: Turn, days: tuple[dt.date, dt.date]) -> bool:
    """The tutor is away on these days; False where they are too many."""
    away = profiles.until(*days)
    if away is None:
        return False
    profiles.go_away(turn.session, turn.school, turn.person, away)
    interview.pause(turn.person)
    _tell(turn, away)
    start(turn)
    return True


def _tell(turn: Turn, away: Away) -> None:
    """The people of the tutor's sheets hear when an answer comes."""
    for dossier in _held(turn):
        sheet_people.tell(turn, dossier, partial(_said, dossier=dossier, away=away))


def _said(turn: Turn, dossier: Dossier, away: Away) -> Phrase:
    first, last = (expected.day(turn, day, turn.person.language) for day in (away.first, away.last))
    said = t("Your tutor is away from %(first)s to %(last)s.", first=first, last=last)
    return paragraphs(said, sheets.expected(turn, dossier))


def back(turn: Turn) -> None:
    """The tutor is there again, sooner than was said."""
    if _days(turn) is not None:
        profiles.come_back(turn.session, turn.school, turn.person, turn.now)
        for dossier in _held(turn):
            sheet_people.tell(turn, dossier, partial(_is_back, dossier=dossier))
    interview.pause(turn.person)
    said = t("Welcome back. New sheets are proposed to you again.")
    turn.show(Screen(said, [*choosing.list_door(), [(t("Back"), data("mytutoring"))]]))


def _is_back(turn: Turn, dossier: Dossier) -> Phrase:
    return paragraphs(t("Your tutor is back."), sheets.expected(turn, dossier))
