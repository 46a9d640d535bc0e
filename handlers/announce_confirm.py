"""For whom an announcement is and when it goes; and that it is confirmed once, as it was seen."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.announcements import Announcement
from db.tables import Person
from handlers import announce_labels, announce_message, named
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Turn
from school import confirming, moments
from school.announcements import ASKED, DRAFT, PLANNED, is_urgent
from school.audiences import TO
from school.confirming import END, SUBJECT, WHOM
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.staff import COORDINATOR

_LACKS: Mapping[str, Phrase] = {
    WHOM: t("Choose for whom it is."),
    SUBJECT: t("Choose what it is about."),
    END: t("It would be of no use any more when it goes: choose another time."),
}


class Stand(NamedTuple):
    """How many people get it; what stands against that it goes, empty where that is to be seen;
    whether somebody else approves it first, and `alone` if nobody else can.
    """

    many: int = 0
    lacks: Phrase | None = None
    asks: bool = False
    alone: bool = False


def stand(turn: Turn, one: Announcement) -> Stand:
    """Whether it can go as it is. People are counted once for a screen, as they may be many."""
    lacks = confirming.lacks(one, turn.now, turn.school.quiet)
    count = announce_labels.count(turn, one) if lacks != WHOM else 0
    if lacks is not None:
        return Stand(count, _LACKS[lacks])
    if not count or not announce_message.is_there(one):
        return Stand(count, "")
    asks = confirming.needs_approval(turn.school, count)
    alone = asks and not confirming.others(turn.session, turn.person)
    return Stand(count, None, asks, alone)


def goes(turn: Turn, one: Announcement) -> Phrase:
    """When it goes, were it confirmed now."""
    at = confirming.goes_at(one, turn.now, turn.school.quiet)
    return said(turn, at) if at > turn.now else t("now")


def said(turn: Turn, at: dt.datetime) -> str:
    """A time, in words that stay true."""
    return moments.in_words(turn.person.language, turn.school.zone, at, turn.now)


def changed(one: Announcement) -> Sequence[Phrase]:
    """Something of it is another: what that means."""
    if not confirming.changed(one):
        return []
    return [t("It has changed: it goes only when it is confirmed anew.")]


def summary(turn: Turn, one: Announcement, now: Stand) -> Phrase:
    """For whom it is and when it goes."""
    about, until = announce_labels.subject(turn, one), one.until
    what = lines(
        *announce_labels.whom(turn, one),
        t("About: %(what)s", what=about) if about else None,
        t("When: %(when)s", when=goes(turn, one)),
        t("No use after: %(when)s", when=said(turn, until)) if until else None,
        t("Also at night.") if is_urgent(one) else _night(turn, one),
    )
    there = announce_labels.reached(turn, one, now.many) if confirming.listed(one, TO) else None
    stands = _of_draft(turn, now) if one.state == DRAFT else bold(_CONFIRMED[one.state](turn, one))
    return paragraphs(what, there, stands)


def _night(turn: Turn, one: Announcement) -> Phrase | None:
    at = max(one.starts_at or turn.now, turn.now)
    later = confirming.goes_at(one, turn.now, turn.school.quiet) > at
    return t("Nobody is woken at night.") if later else None


def _of_draft(turn: Turn, now: Stand) -> Phrase | None:
    if now.lacks is not None:
        return now.lacks
    most = turn.school.settings.announcing.approve_above
    looks = t("It is for more than %(most)s: somebody else approves it first.", most=most)
    alone = t("Nobody else coordinates here: invite somebody.") if now.alone else None
    return lines(looks, alone) if now.asks else None


def _of_asked(turn: Turn, one: Announcement) -> Phrase:
    if one.person_id == turn.person.id:
        return t("It waits for somebody else to approve it.")
    by = turn.session.get(Person, one.person_id) if one.person_id is not None else None
    return t("Approval is asked for by %(name)s.", name=named.or_without(by))


def _of_planned(turn: Turn, one: Announcement) -> Phrase:
    return t("It goes by itself: %(when)s", when=goes(turn, one))


_CONFIRMED = {ASKED: _of_asked, PLANNED: _of_planned}


def doors(turn: Turn, one: Announcement, now: Stand) -> Keyboard:
    """Ways to change that, and to confirm. Each carries what was looked at."""
    if one.state == DRAFT:
        return [*_parts(turn, one), *_ways(turn, one, now)]
    back: Button = (t("Withdraw it"), data("annundo", one.id))
    if one.state == PLANNED or one.person_id == turn.person.id:
        return [[back]]
    seen = confirming.mark(one)
    return [
        [(t("Approve it and send"), data("annyes", one.id, seen))],
        [(t("Send it back"), data("annno", one.id, seen))],
    ]


def _parts(turn: Turn, one: Announcement) -> Keyboard:
    rows: Keyboard = [
        [(t("For whom"), data("annwho", one.id)), (t("About what"), data("annabout", one.id))],
        [(t("When"), data("annat", one.id)), (t("Until when"), data("annuntil", one.id))],
    ]
    if is_urgent(one):
        rows.append([(t("Not at night"), data("annurgent", one.id, "off"))])
    elif confirming.may_be_urgent(turn.session, one):
        rows.append([(t("Send it at night too"), data("annurgent", one.id, "on"))])
    return rows


def _ways(turn: Turn, one: Announcement, now: Stand) -> Keyboard:
    seen = confirming.mark(one)
    if now.lacks is not None:
        return []
    if now.alone:
        return [[(t("Invite to coordinate"), data("invite", COORDINATOR))]]
    if now.asks:
        return [[(t("Ask for approval"), data("annask", one.id, seen))]]
    later = confirming.goes_at(one, turn.now, turn.school.quiet) > turn.now
    return [[(t("Send it later") if later else t("Send it now"), data("annsend", one.id, seen))]]
