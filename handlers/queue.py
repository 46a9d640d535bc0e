"""The sheets that wait, for those who work here: a tutor's own, those that nobody has, those that
wait for their people; for who coordinates all of them, and how long the first answer takes.
"""

from collections.abc import Mapping, Sequence

from db.dossiers import Dossier
from handlers import dossier_card, sheets
from handlers.buttons import Keyboard, data, paging, row_number
from handlers.dossier_keys import MAIN
from handlers.turn import Screen, Turn
from school import dossiers, interview, queue, staff
from school.desk import Place
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.queue import MINE, PAGE, TAKEN_BY_OTHERS, UNCLAIMED, WITH_PEOPLE, Entry

_NAMES: Mapping[str, Phrase] = {
    MINE: t("For you to answer"),
    UNCLAIMED: t("Without a tutor"),
    TAKEN_BY_OTHERS: t("With another tutor"),
    WITH_PEOPLE: t("Waiting for its people"),
}
_TITLE = 22  # letters in a line


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The first page."""
    _page(turn, 0, notes)


def page(turn: Turn, number: str) -> None:
    """Some of them."""
    _page(turn, min(row_number(number) or 0, 1000))


def _page(turn: Turn, number: int, notes: Sequence[Phrase] = ()) -> None:
    interview.pause(turn.person)
    found = queue.listed(turn.session, turn.person, turn.roles)
    here = found[number * PAGE : (number + 1) * PAGE]
    nothing = None if found else t("No sheet waits.")
    text = paragraphs(
        bold(t("The sheets that wait")),
        _figures(turn) if number == 0 else None,
        *(_part(turn, part, here) for part in _NAMES),
        nothing,
    )
    rows: Keyboard = [
        [(sheets.label(turn, one.dossier), data("sheetof", one.dossier.id))] for one in here
    ]
    steps = paging(number, "queue", more=len(found) > (number + 1) * PAGE)
    turn.show(Screen(text, [*rows, *steps, [(t("Back"), data("staff"))]]), notes)


def _part(turn: Turn, part: str, here: Sequence[Entry]) -> Phrase | None:
    said = [_line(turn, one.dossier) for one in here if one.part == part]
    return lines(bold(_NAMES[part]), *said) if said else None


def _line(turn: Turn, dossier: Dossier) -> Phrase:
    """What it is called, how long it waits, in which round."""
    again = t("round %(number)s", number=dossier.round) if dossier.round > 1 else None
    name = sheets.label(turn, dossier, _TITLE)
    return joined(" · ", name, sheets.waited(turn, dossier.since), again)


def _figures(turn: Turn) -> Phrase | None:
    """How long people wait for the first answer, for who coordinates."""
    if staff.COORDINATOR not in turn.roles:
        return None
    found = queue.figures(turn.session, turn.now)
    said: list[Phrase] = []
    if found.median is not None:
        took = sheets.span(found.median)
        said.append(t("Usual time to the first answer: %(time)s", time=took))
    if found.oldest is not None:
        still = tn(
            "%(count)s sheet without one yet, for %(time)s",
            "%(count)s sheets without one yet, the first for %(time)s",
            found.open,
            time=sheets.span(found.oldest),
        )
        said.append(still)
    return lines(*said) if said else None


def sheet(turn: Turn, number: str) -> None:
    """The card of one of them, in the own chat."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    if dossier is None or not queue.sees(dossier, turn.person, turn.roles):
        start(turn, [t("This sheet is with others now.")])
        return
    place = Place(turn.chat_id, turn.person.language)
    dossier_card.put(turn, dossier, place, MAIN, anew=True)
