"""An announcement goes as it was seen, once: whoever confirms or approves says by a mark what was
looked at. Whatever is changed of one that was confirmed makes it a draft again.

To many people it goes once somebody else, who coordinates too, has approved exactly this. At night
it goes to nobody, but where those who have a seat must know at once that their meeting changed.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import cast

from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.tables import Person
from db.types import Json
from school import announcements, events, staff
from school.announcements import ASKED, DRAFT, URGENT, is_urgent
from school.audiences import NOT, TO
from school.loading import School
from school.quiet import Quiet

WHOM, SUBJECT, END = "whom", "subject", "end"  # what one may lack
_SIGNS = 10


def mark(one: Announcement) -> str:
    """It is of exactly what an announcement says, to whom, about what, how and when."""
    times = [at and at.astimezone(dt.UTC).isoformat() for at in (one.starts_at, one.until)]
    what = [one.content, one.audience, one.subject, one.options, times]
    said = json.dumps(what, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:_SIGNS]


def changed(one: Announcement) -> bool:
    """Something of it is another: it is a draft again, and nobody has approved it. Whether it was
    none.
    """
    confirmed = one.state != DRAFT
    one.state, one.mark, one.approver_id = DRAFT, None, None
    return confirmed


def take_back(one: Announcement, now: dt.datetime) -> None:
    """What was asked for, or planned, is a draft again; a time that went by meanwhile is none."""
    changed(one)
    if one.starts_at is not None and one.starts_at <= now:
        one.starts_at = None


def listed(one: Announcement, key: str) -> Sequence[str]:
    """The criteria of those who get it, or of those who are left out."""
    return cast("Sequence[str]", one.audience.get(key) or ())


def put(one: Announcement, key: str, criterion: str) -> None:
    """Somebody else gets it, or is left out. Whoever names some does not mean everybody."""
    found = [each for each in listed(one, key) if each not in ("all", criterion)]
    _set(one, key, ["all"] if criterion == "all" else [*found, criterion])


def drop(one: Announcement, key: str, criterion: str) -> None:
    """They are not chosen any more."""
    _set(one, key, [each for each in listed(one, key) if each != criterion])


def _set(one: Announcement, key: str, found: Sequence[str]) -> None:
    """For others it may be no matter of haste, and a matter of some subject."""
    one.audience = {TO: [*listed(one, TO)], NOT: [*listed(one, NOT)], key: [*found]}
    one.options = {name: value for name, value in one.options.items() if name != URGENT}


def is_own(one: Announcement) -> bool:
    """Whether all who get it do so for a seat or a sheet of their own: that needs no subject."""
    own = [
        each.startswith("event:") or (each.startswith("groups:") and each != "groups:none")
        for each in listed(one, TO)
    ]
    return bool(own) and all(own)


def may_be_urgent(session: Session, one: Announcement) -> bool:
    """Whether it is for those who have a seat in one event that was changed or called off."""
    match [each.split(":") for each in listed(one, TO)]:
        case [["event", number, "seated"]] if number.isdecimal() and not listed(one, NOT):
            event = events.find(session, int(number))
        case _:
            return False
    return event is not None and (event.sequence > 0 or event.state == events.CANCELLED)


def set_urgent(one: Announcement, *, on: bool) -> None:
    """It goes at night too, or not."""
    rest: dict[str, Json] = {name: it for name, it in one.options.items() if name != URGENT}
    one.options = {**rest, URGENT: True} if on else rest


def goes_at(one: Announcement, now: dt.datetime, quiet: Quiet) -> dt.datetime:
    """When it would go, were it confirmed now."""
    at = max(one.starts_at or now, now)
    return at if is_urgent(one) else quiet.awake(at)


def lacks(one: Announcement, now: dt.datetime, quiet: Quiet) -> str | None:
    """What stands against it, but for what it says and how many get it."""
    if not listed(one, TO):
        return WHOM
    if one.subject is None and not is_own(one):
        return SUBJECT
    late = one.until is not None and goes_at(one, now, quiet) >= one.until
    return END if late else None


def needs_approval(school: School, count: int) -> bool:
    """Whether so many people are written to only once somebody else approves it."""
    return count > school.settings.announcing.approve_above


def others(session: Session, person: Person) -> Sequence[Person]:
    """Who can approve what somebody asks for."""
    return [one for one in staff.coordinators(session) if one.id != person.id]


def ask(one: Announcement, by: Person) -> None:
    """Somebody else is to approve exactly this."""
    one.state, one.mark, one.person_id, one.approver_id = ASKED, mark(one), by.id, None


def go(session: Session, one: Announcement, now: dt.datetime, quiet: Quiet) -> None:
    """It goes: now, at its time, or when the night is over."""
    if goes_at(one, now, quiet) > now:
        announcements.plan(one, one.starts_at or now)
        one.mark = mark(one)
    else:
        announcements.start(session, one, now)


def is_as_confirmed(one: Announcement) -> bool:
    """Whether nothing of it has changed since it was confirmed."""
    return one.mark is None or one.mark == mark(one)
