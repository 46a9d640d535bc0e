"""What tutors do with a sheet: take it, say that it is ready, look into its versions; closing.py
puts it away.
Whoever has it may, and whoever coordinates; each change is told its people once.
"""

from db.dossiers import Dossier
from handlers import dossier_card, dossier_papers, handoff, named
from handlers.buttons import row_number
from handlers.dossier_keys import CLOSING, MAIN, MORE, READYING, VERSIONS
from handlers.turn import Screen, Turn
from school import comments, dossiers, staff, versions
from school.dossiers import CLOSED, FINISH
from school.phrases import Phrase, lines, t

_PAGES = (MAIN, MORE, CLOSING, VERSIONS)


def found(turn: Turn, number: str) -> Dossier | None:
    """A sheet that tutors see, by a number that came back from a button."""
    dossier = dossiers.find(turn.session, row_number(number) or 0)
    seen = dossier is not None and dossier.state in (*dossiers.WITH_TUTORS, CLOSED)
    if not seen:
        turn.toast(t("This sheet is not with the tutors any more."))
    return dossier if seen else None


def in_charge(turn: Turn, number: str, action: str | None = None) -> Dossier | None:
    """As `found`, for who may do something with it now; else the card is drawn as it is."""
    dossier = found(turn, number)
    if dossier is None:
        return None
    may = dossiers.has_charge(dossier, turn.person, turn.roles)
    if may and (action is None or dossiers.can(dossier, action)):
        return dossier
    turn.toast(_why_not(turn, dossier) if not may else t("That is done already."))
    dossier_card.draw(turn, dossier)
    return None


def _why_not(turn: Turn, dossier: Dossier) -> Phrase:
    tutor = dossiers.tutor(turn.session, dossier)
    if tutor is None:
        return t("Take it first.")
    return t("It is with %(name)s.", name=named.tutor(tutor))


def take(turn: Turn, number: str) -> None:
    """Whoever is first has it; the others are told who that was."""
    dossier = found(turn, number)
    if dossier is None:
        return
    if not dossiers.take(dossier, turn.person, turn.now):
        tutor = dossiers.tutor(turn.session, dossier)
        mine = tutor is not None and tutor.id == turn.person.id
        name = named.tutor(tutor, begins=True)
        turn.toast(t("You have it.") if mine else t("%(name)s has taken it.", name=name))
        dossier_card.draw(turn, dossier)
        return
    staff.note(turn.session, turn.person, "took", turn.now)
    turn.toast(t("You have it now."))
    dossier_card.draw(turn, dossier)
    dossier_papers.in_private(turn, dossier)
    handoff.tell(turn, dossier, lambda other: _taken(other, dossier))


def _taken(turn: Turn, dossier: Dossier) -> Screen:
    name = handoff.tutor_name(turn, dossier)
    said = t("The sheet is with %(name)s now.", name=name)
    then = t("You can write to each other here. I tell you of each step.")
    return Screen(lines(said, then), [[handoff.write()], [handoff.where()]])


def page(turn: Turn, number: str, name: str) -> None:
    """Open a page of the card's buttons."""
    dossier = in_charge(turn, number)
    if dossier is not None and name in _PAGES:
        dossier_card.open_page(turn, dossier, name)


def looked(turn: Turn, dossier: Dossier) -> None:
    """Whoever has it looks into the newest version; its people are told the first time."""
    if dossier.tutor_id == turn.person.id and dossiers.read(dossier, turn.now):
        handoff.tell(turn, dossier, lambda other: _read(other, dossier))


def _read(turn: Turn, dossier: Dossier) -> Screen:
    name = handoff.tutor_name(turn, dossier, begins=True)
    return Screen(t("%(name)s is reading the sheet.", name=name), [[handoff.where()]])


def version(turn: Turn, number: str, which: str) -> None:
    """Get a version as a PDF where it was tapped."""
    dossier = found(turn, number)
    if dossier is None:
        return
    wanted = versions.find(turn.session, dossier, row_number(which) or 0)
    free = dossiers.can(dossier, dossiers.TAKE)
    if wanted is None or not (free or dossiers.has_charge(dossier, turn.person, turn.roles)):
        turn.toast(_why_not(turn, dossier))
        return
    dossier_papers.pdf(turn, dossier, dossier_card.here(turn, dossier), wanted)
    if wanted.number == dossier.round:
        looked(turn, dossier)


def readying(turn: Turn, number: str) -> None:
    """Ask before its people are told that it is ready."""
    dossier = in_charge(turn, number, FINISH)
    if dossier is not None:
        asked = t("Is it ready to send? Its people are told at once.")
        dossier_card.open_page(turn, dossier, READYING, asked)


def ready(turn: Turn, number: str) -> None:
    """It is ready to be sent."""
    dossier = in_charge(turn, number, FINISH)
    if dossier is None:
        return
    dossiers.act(dossier, FINISH, turn.now)
    dossiers.read(dossier, turn.now)
    dossier.answered_at = turn.now
    comments.remove(turn.session, dossier)
    staff.note(turn.session, turn.person, "readied", turn.now)
    dossier_card.draw(turn, dossier)
    handoff.tell(turn, dossier, lambda other: _ready(other, dossier))


def _ready(turn: Turn, dossier: Dossier) -> Screen:
    return Screen(handoff.ready(turn, dossier), [[handoff.where()]])
