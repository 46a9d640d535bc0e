"""What a demo begins with: those of the emulator's people who work here have their roles, and a
group for it; there is a meeting to come to.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.tables import Person
from school import dates, desk, events, people, staff
from school.loading import School

# Number, name and role, as the emulator has them; number and title of the group.
Seed = Iterable[tuple[int, str, str]]
Group = tuple[int, str]
_TITLE = {
    "it": "Dall'idea al primo passo",
    "en": "From an idea to a first step",
    "es": "De la idea al primer paso",
    "fr": "De l'idée au premier pas",
    "ar": "من الفكرة إلى الخطوة الأولى",
    "zh": "从想法到第一步",
}
_PLACE, _WHERE = "Biblioteca Dergano, via Baldinucci 76", (45.5045, 9.1772)
_AHEAD, _HOUR, _LONG = dt.timedelta(days=8), dt.time(18), dt.timedelta(hours=2)


def prepare(session: Session, school: School, seed: Seed, group: Group, now: dt.datetime) -> None:
    """Where a demo begins; one that goes on is left as it is."""
    new = [one for one in seed if one[2] in staff.ROLES and people.find(session, one[0]) is None]
    for number, name, role in new:
        person = _known(session, school, number, name, now)
        staff.give(session, person, role, now)
        if role == staff.COORDINATOR:
            desk.bind(session, *group, person, now)
    if new:
        _announce(session, school, now)


def _known(session: Session, school: School, number: int, name: str, now: dt.datetime) -> Person:
    """Somebody who works here has read the notice and is old enough."""
    person = people.add(session, number, school.languages[0], now)
    person.name, person.notice_read, person.old_enough_at = name, school.notice.version, now
    return person


def _announce(session: Session, school: School, now: dt.datetime) -> None:
    event, place = events.begin(session, now), events.place_named(session, _PLACE)
    place.latitude, place.longitude = _WHERE
    day = (now.astimezone(school.zone) + _AHEAD).date()
    starts = dt.datetime.combine(day, _HOUR, school.zone).astimezone(dt.UTC)
    key, kind = next(iter(school.events.kinds.items()))
    event.kind, event.title, event.seats = key, dict(_TITLE), kind.seats
    event.place_id, event.state = place.id, events.PUBLISHED
    events.set_meetings(session, event, [dates.Meeting(starts, starts + _LONG)], kind)
