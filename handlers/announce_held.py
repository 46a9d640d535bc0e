"""An announcement that goes is held, goes on, or is stopped for good."""

from db.announcements import Announcement
from handlers import announce, announce_progress
from handlers.buttons import Button, data
from handlers.shown import Screen
from handlers.turn import Turn
from school import announcements, progress, staff
from school.announcements import PAUSED, SENDING
from school.phrases import Phrase, bold, lines, t, tn


def begun(turn: Turn, number: str) -> Announcement | None:
    """One that has begun, by a number that came back from a button; another one is shown as it
    stands, and so is what there is where there is none.
    """
    one = announce.find(turn, number)
    if one is None:
        announce.start(turn)
    elif not announcements.has_begun(one):
        announce.show(turn, one)
    else:
        return one
    return None


def pause(turn: Turn, number: str) -> None:
    """Nobody gets it for now."""
    one = begun(turn, number)
    if one is not None:
        announcements.pause(one)
        announce_progress.show(turn, one)


def go_on(turn: Turn, number: str) -> None:
    """It goes on after that."""
    one = begun(turn, number)
    if one is not None:
        announcements.go_on(one)
        announce_progress.show(turn, one)


def stopping(turn: Turn, number: str) -> None:
    """Ask before nobody else gets it."""
    one = begun(turn, number)
    if one is None:
        return
    if one.state not in (SENDING, PAUSED):
        announce_progress.show(turn, one)
        return
    left = progress.progress(turn.session, one, turn.now, turn.school.quiet).left
    asked = lines(
        bold(t("Shall it stop for good?")),
        tn("%(count)s person is left.", "%(count)s people are left.", left),
        t("Afterwards it does not go on."),
    )
    yes: Button = (t("Stop it for good"), data("annstop", one.id))
    turn.show(Screen(asked, [[yes], [(t("Back"), data("ann", one.id))]]))


def stop(turn: Turn, number: str) -> None:
    """Nobody else gets it."""
    one = begun(turn, number)
    if one is None:
        return
    note: list[Phrase] = []
    if announcements.stop(one):
        staff.note(turn.session, turn.person, "stopped_ann", turn.now, announcement=one.id)
        note = [t("It is stopped.")]
    announce_progress.show(turn, one, note)
