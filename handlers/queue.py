"""The sheets that wait, for those who work here: a tutor's own, those that nobody has, those that
wait for their people; for who coordinates all of them, and how long the first answer takes.
"""

from collections.abc import Mapping, Sequence

from db.dossiers import Dossier
from db.tables import Person
from handlers import choosing, sheet_people, sheets
from handlers.buttons import Keyboard, data, paging, row_number
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import dossiers, handing_on, interview, queue, staff, tutors
from school.dossiers import BACK, TAKEN, WAITING
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.queue import MINE, PAGE, TAKEN_BY_OTHERS, UNCLAIMED, WITH_PEOPLE, Entry

_NAMES: Mapping[str, Phrase] = {
    MINE: t("For you to answer"),
    UNCLAIMED: t("Without a tutor"),
    TAKEN_BY_OTHERS: t("With another tutor"),
    WITH_PEOPLE: t("Waiting for its people"),
}
_STATES: Mapping[str, Phrase] = {
    WAITING: t("Without a tutor"),
    TAKEN: t("Its people wait for an answer"),
    BACK: t("Waiting for its people"),
}
_TITLE = 22  # letters in a line
_FEW = 3


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
    """One of them."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    if dossier is None or not queue.sees(dossier, turn.person, turn.roles):
        start(turn, [t("This sheet is with others now.")])
        return
    interview.pause(turn.person)
    show(turn, dossier)


def show(turn: Turn, dossier: Dossier) -> None:
    """A sheet in the own chat: what it is, with whom, how long it waits."""
    sentence = queue.sentence(turn.session, dossier)
    facts = lines(
        _STATES[dossier.state],
        t("It waits for %(time)s.", time=sheets.waited(turn, dossier.since)),
        t("Round: %(number)s", number=dossier.round) if dossier.round > 1 else None,
        *_people(turn, dossier),
        sheets.expected(turn, dossier),
    )
    text = paragraphs(bold(sheets.name(turn, dossier)), cut(sentence or "", 200) or None, facts)
    turn.show(Screen(text, [*_ways(turn, dossier), *choosing.list_door()]))


def _people(turn: Turn, dossier: Dossier) -> list[Phrase]:
    """Its tutor, who mediates, whom it fits."""
    tutor, mediator = (
        turn.session.get(Person, number) if number is not None else None
        for number in (dossier.tutor_id, dossier.mediator_id)
    )
    fits = tutors.fitting(turn.session, turn.school, dossier, turn.now)[:_FEW]
    said: list[Phrase] = []
    if tutor is not None:
        said.append(t("Tutor: %(name)s", name=sheet_people.named(tutor)))
    elif fits:
        named = joined(", ", *map(sheet_people.named, fits))
        said.append(t("Fits: %(names)s", names=named))
    if mediator is not None:
        said.append(t("Mediator: %(name)s", name=sheet_people.named(mediator)))
    return said


def _ways(turn: Turn, dossier: Dossier) -> Keyboard:
    hands = sheets.hand_on_door(dossier)
    can = handing_on.may(dossier, turn.person, turn.roles)
    named = sheets.mediator_door(dossier) if handing_on.may_mediate(dossier, turn.roles) else []
    return [*(hands if can else []), *named]
