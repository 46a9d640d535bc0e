"""What happens by the clock among tutors: see bot/sweeps.py. Nobody waits in silence."""

from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.tables import Idea
from handlers import digests, mediators, sight, waits
from handlers.process import Context
from handlers.turn import Turn
from school import digests as lists
from school import groups, mediating, put_out, staff
from school import waits as waiting
from school.outbox import put_each_once


def _turn(session: Session, context: Context, dossier: Dossier) -> Turn | None:
    """A turn about a sheet; None where it has nobody any more."""
    people = groups.people_of(session, session.get_one(Idea, dossier.idea_id))
    return context.turn(session, people[0]) if people else None


def wait_no_longer(session: Session, context: Context) -> None:
    """A sheet that no tutor has, or whose tutor is silent, is spoken of."""
    for dossier, step, before in waiting.due(session, context.school, context.now):
        turn = _turn(session, context, dossier)
        if turn is not None:
            waits.step(turn, dossier, step, before)


def remind_people(session: Session, context: Context) -> None:
    """A sheet that waits for its people for a week is spoken of to them, once."""
    for dossier, people in waiting.left_alone(session, context.school, context.now):
        rows = [waits.left_alone(context.turn(session, person), dossier) for person in people]
        put_each_once(session, [row for row in rows if row is not None])


def seek_mediators(session: Session, context: Context) -> None:
    """Where no tutor speaks the language of a sheet, somebody is looked for who does."""
    for dossier in mediating.missing(session, context.school, context.now):
        turn = _turn(session, context, dossier)
        if turn is not None:
            mediators.seek(turn, dossier)


def tell_daily(session: Session, context: Context) -> None:
    """Tutors hear once a day what waits for them."""
    found = lists.due(session, context.school, context.now)
    rows = [digests.message(context.turn(session, one.person), one) for one in found]
    put_each_once(session, [row for row in rows if row is not None])


def take_out_by_hand(session: Session, context: Context) -> None:
    """Whom Telegram did not let us take out of the tutors' group."""
    for person in put_out.failed(session):
        for coordinator in staff.coordinators(session):
            sight.by_hand(context.turn(session, coordinator), person)
