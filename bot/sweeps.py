"""What happens by the clock. A sweep may run at any time and any number of times: it asks the rows
what is due, and remembers nothing itself.
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import monotonic

from apscheduler.schedulers.asyncio import (  # pyright: ignore[reportMissingTypeStubs] - has none
    AsyncIOScheduler,
)
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot import tutoring
from db.announcements import Announcement
from db.events import Event
from db.session import Database
from db.tables import Deed, Forgotten, Inquiry, Outgoing, Person, Update
from handlers import announce_progress, feedback, introductions, nudges, offers, reminders
from handlers import company as looking
from handlers import own_data as conversation
from handlers.process import Context
from school import (
    announcements,
    bubbles,
    claims,
    company,
    conditions,
    delivery,
    fan_out,
    forgotten,
    inquiries,
    own_data,
    people,
    progress,
    releases,
    reminded,
    seats,
    staff,
)
from school import feedback as asked
from school import introductions as met
from school import nudges as waiting
from school import offers as offers_of
from school import reminders as reminders_of
from school.outbox import Row, put_each_once

log = logging.getLogger(__name__)
# What runs. Where it has more to do at once, in another transaction, it returns True, or the place
# to go on from, which it gets then.
Sweep = Callable[..., object | None]
_AT_ONCE = 200  # people in one transaction; the others come with the next one
_REMINDERS = "reminders"  # a condition: when missed ones were looked for
_A_WHILE = 0.025  # seconds after which a transaction comes to its end, so that no turn waits for it
_SHORT = 0.015  # the same where steps are small


def offer_seats(session: Session, context: Context) -> None:
    """Offers whose time is over go on to the next ones; no seat is idle while somebody waits."""
    changed = offers_of.sweep(session, context.now, context.school.quiet)
    for seat in (*changed.expired, *changed.offered):
        event, person = (
            session.get_one(Event, seat.event_id),
            session.get_one(Person, seat.person_id),
        )
        turn = context.turn(session, person)
        if seat.state == seats.OFFERED:
            offers.send(turn, event, [seat])
        else:
            offers.ended(turn, event)


def release_seats(session: Session, context: Context) -> None:
    """Seats of those who did not say whether they come go to whoever waits, where it is so."""
    school, now = context.school, context.now
    for event, silent in releases.due(session, school.events, now, school.quiet):
        for seat in silent:
            if releases.somebody_waits(session, event):
                person = session.get_one(Person, seat.person_id)
                reminders.release(context.turn(session, person), event, seat)


def remind(session: Session, context: Context, after: reminded.Place | None = None) -> object:
    """Who has a seat hears of the meeting."""
    school = context.school
    found = reminded.due(session, school.events, context.now, school.quiet, after)
    messages = (
        (
            [reminders.message(context.turn(session, one), due, seat) for seat, one in due.people],
            due.place,
        )
        for due in found
    )
    return _for_a_while(session, messages)


def count_missed(session: Session, context: Context) -> None:
    """Reminders whose time passed with nobody there to put them are counted, once."""
    school, now = context.school, context.now
    since = conditions.looked_at(session, _REMINDERS, now)
    count = reminded.missed(session, school.events, since, now, school.quiet)
    if count:
        log.warning("%s reminders dropped: their time is over", count)


def ask_feedback(session: Session, context: Context, after: asked.Place | None = None) -> object:
    """Who came is asked what it was like."""
    school = context.school
    found = asked.due(session, school.events, context.now, school.quiet, after)
    messages = (
        (
            [feedback.message(context.turn(session, one), due, seat) for seat, one in due.people],
            due.place,
        )
        for due in found
    )
    return _for_a_while(session, messages)


def nudge(session: Session, context: Context, after: waiting.Place | None = None) -> object:
    """Whoever began an idea and does not write hears that it waits."""
    school = context.school
    found = waiting.due(session, school.events, context.now, school.quiet, after)
    messages = (
        ([nudges.message(context.turn(session, one), key) for one, key in due.people], due.place)
        for due in found
    )
    return _for_a_while(session, messages)


def _for_a_while(
    session: Session, found: Iterable[tuple[Sequence[Row | None], object]]
) -> object | None:
    """Put messages that nobody asked for, some at a time; the place where it stops, if it does."""
    began = monotonic()
    for messages, place in found:
        put_each_once(session, [row for row in messages if row is not None])
        if monotonic() - began > _A_WHILE:
            return place
    return None


def look_for_company(session: Session, context: Context) -> None:
    """Cards whose time is over go; who is asked to meet somebody, or whom somebody wants to meet,
    hears of it by day; who looks for long is asked whether the card shall stay.
    """
    now, quiet = context.now, context.school.quiet
    for person in company.over(session, now):
        bubbles.drop_all(session, person, people.CARD)
        company.take_down(session, person)
    met.lapse(session, now)
    if reminders_of.is_quiet(quiet, now):
        return
    for row in met.to_tell(session):
        person = session.get_one(Person, row.person_id)
        introductions.tell(context.turn(session, person), row)
    a_day = context.school.events.unasked_a_day
    asked = company.to_ask(session, a_day, now, quiet)
    rows = [looking.shall_it_stay(context.turn(session, person), card) for person, card in asked]
    put_each_once(session, [row for row in rows if row is not None])


def announce(session: Session, context: Context) -> bool:
    """Announcements begin at their time, and get their lines; those with nobody left are over."""
    began = monotonic()
    for number in fan_out.due(session, context.now):
        one = announcements.find(session, number)
        while one is not None and fan_out.more(session, context.school, one, context.now):
            if monotonic() - began > _SHORT:
                return True
    return False


def tell_progress(session: Session, context: Context) -> None:
    """Who wrote an announcement, or looks at it, sees how far it is."""
    for number in progress.to_show(session):
        one = announcements.find(session, number)
        if one is None or progress.is_coming(session, one):
            continue
        found = progress.look(session, one, context.now, context.school.quiet)
        if found is not None:
            for person in progress.watchers(session, one):
                announce_progress.tell(context.turn(session, person), one, found)


def forget_updates(session: Session, context: Context) -> None:
    """Telegram keeps an update for a day; later none comes again."""
    before = own_data.due(context.school.own_data, Update, context.now)
    if before is not None:
        session.execute(delete(Update).where(Update.at < before))


def forget_ended_calls(session: Session, context: Context) -> None:
    """Calls that failed are of use to an operator for a while; none of somebody who is gone."""
    before = own_data.due(context.school.own_data, Outgoing, context.now)
    if before is not None:
        delivery.forget_ended(session, before, context.now)
    delivery.forget_strays(session)


def forget_strangers(session: Session, context: Context) -> None:
    """Who opened the chat and went no further is forgotten soon."""
    days = context.school.own_data.visitor_days
    people.forget_strangers(session, context.now - dt.timedelta(days=days))


def forget_inquiries(session: Session, context: Context) -> None:
    """Questions to a human are not kept for long."""
    before = own_data.due(context.school.own_data, Inquiry, context.now)
    if before is not None:
        inquiries.forget_old(session, before)


def forget_marks(session: Session, context: Context) -> None:
    """Marks of who was forgotten go in their turn; those beside the copies: see bot/watch.py."""
    before = own_data.due(context.school.own_data, Forgotten, context.now)
    if before is not None:
        forgotten.forget_old(session, before)


def forget_announcements(session: Session, context: Context) -> bool:
    """What was announced long ago goes, with who got it; a part at a time."""
    before = own_data.due(context.school.own_data, Announcement, context.now)
    return before is not None and announcements.forget_old(session, before)


def forget_staff(session: Session, context: Context) -> None:
    """Invitations and links that nobody took; and the trail does not go back for ever."""
    staff.forget_invitations(session, context.now)
    claims.forget_old(session, context.now)
    before = own_data.due(context.school.own_data, Deed, context.now)
    if before is not None:
        staff.forget_deeds(session, before)


def forget_untouched(session: Session, context: Context) -> None:
    """Who does not write for long is warned, and then forgotten."""
    data, now = context.school.own_data, context.now
    for person in own_data.to_forget(session, data, now, _AT_ONCE):
        conversation.untouched(context.turn(session, person))
    for person in own_data.to_warn(session, data, now, _AT_ONCE):
        conversation.warn(context.turn(session, person))


# Seconds between two runs, and what runs.
SWEEPS: tuple[tuple[int, Sweep], ...] = (
    (1, announce),
    (3, tell_progress),
    (30, offer_seats),
    (60, release_seats),
    (60, remind),
    (60, ask_feedback),
    (600, nudge),
    (60, tutoring.wait_no_longer),
    (60, tutoring.seek_mediators),
    (60, tutoring.tell_daily),
    (60, tutoring.take_out_by_hand),
    (600, tutoring.remind_people),
    (60, look_for_company),
    (3600, count_missed),
    (3600, forget_updates),
    (3600, forget_ended_calls),
    (3600, forget_strangers),
    (3600, forget_inquiries),
    (3600, forget_marks),
    (3600, forget_announcements),
    (3600, forget_staff),
    (3600, forget_untouched),
)


def _go_on(
    sweep: Sweep, context: Callable[[], Context], place: Sequence[object], session: Session
) -> object:
    return sweep(session, context(), *place)


async def run(database: Database, context: Callable[[], Context], sweep: Sweep) -> None:
    """Run one sweep now."""
    try:
        more = await database.run(lambda session: sweep(session, context()))
        while more:
            place = [] if more is True else [more]
            more = await database.run(partial(_go_on, sweep, context, place))
    except Exception:
        log.exception("the sweep %s comes again", sweep.__name__)


async def _tick(database: Database, context: Callable[[], Context], sweep: Sweep) -> None:
    """The same; the scheduler ends jobs when it is stopped, which is no error of theirs."""
    with contextlib.suppress(asyncio.CancelledError):
        await run(database, context, sweep)


async def run_all(database: Database, context: Callable[[], Context]) -> None:
    """Run every sweep now: the clock was moved."""
    for _, sweep in SWEEPS:
        await run(database, context, sweep)


def ticker(database: Database, context: Callable[[], Context]) -> AsyncIOScheduler:
    """A scheduler that only ticks; nothing is kept in it."""
    # A tick that finds the one before it still at work is left out: that one sees what is due.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    scheduler = AsyncIOScheduler(timezone=dt.UTC, job_defaults={"misfire_grace_time": None})
    for seconds, sweep in SWEEPS:
        scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - as above
            partial(_tick, database, context, sweep),
            "interval",
            seconds=seconds,
            name=sweep.__name__,  # else it says all that is handed over
        )
    return scheduler
