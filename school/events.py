"""The school's events: a draft is asked for what it lacks, then published. What is asked is derived
from the row, like a question of the interview from the answers.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.events import Event, Meeting, Place, Seat
from school import calendars, dates, links, parties, signs
from school.loading import School
from school.settings import EventKind
from school.texts import Text, in_language

DRAFT, PUBLISHED, CANCELLED = "draft", "published", "cancelled"
CHANGE = "change"  # no event, but what one is to be: school/changes.py
KIND, TITLE, WHEN, WHERE, SEATS = "kind", "title", "when", "where", "seats"
ASKED = (KIND, TITLE, WHEN, WHERE, SEATS)
# What an event may have besides: its text, how to get in with a wheelchair, the language that is
# spoken there, and whether people may wait for a seat.
TEXT, ACCESS, SPOKEN, LINE = "text", "access", "spoken", "waiting_list"
# When people are reminded, of what besides, and how long a seat is kept for who does not answer.
REMINDERS, NOTE, RELEASE = "reminders", "note", "release"
PICTURE = "picture"  # a photo that Telegram keeps
SEPARATE = "separate"  # of a series: each date has seats of its own
MOST_TITLE, MOST_PLACE, MOST_SEATS = 80, 60, 10_000
MATERIALS = "materials"  # school/materials.py
DOOR = "door"  # its codes, by the number of the meeting: school/door_codes.py
_ITS_OWN = (WHEN, MATERIALS, DOOR, parties.ASKED)  # of its options, what no copy has
_CODE = 6  # signs
_REMEMBERED = 6


def begin(session: Session, now: dt.datetime) -> Event:
    """A new draft."""
    event = Event(
        code=signs.draw(_CODE), state=DRAFT, created_at=now, sequence=0, title={}, options={}
    )
    session.add(event)
    session.flush()
    return event


def copy(session: Session, event: Event, now: dt.datetime) -> Event:
    """A draft like an event, but for when it is."""
    made = begin(session, now)
    made.kind, made.place_id, made.seats = event.kind, event.place_id, event.seats
    made.title = dict(event.title)
    made.options = {name: value for name, value in event.options.items() if name not in _ITS_OWN}
    session.flush()
    return made


def parted(session: Session, event: Event, now: dt.datetime) -> Sequence[Event]:
    """A series whose dates have seats of their own becomes as many events, with each one's place
    among them before its title, where no button cuts it off; any other event is one.
    """
    when, called = meetings(session, event), title(event)
    separate = event.options.get(SEPARATE) is True and len(when) > 1
    event.options = {name: value for name, value in event.options.items() if name != SEPARATE}
    if not separate:
        return [event]
    found = [event, *(copy(session, event, now) for _ in when[1:])]
    for number, (one, meeting) in enumerate(zip(found, when, strict=True), start=1):
        meeting.event_id = one.id
        place = f"{number}/{len(when)}"
        one.title = {language: f"{place} · {words}" for language, words in called.items()}
    session.flush()
    return found


def find(session: Session, number: int) -> Event | None:
    """An event by its number."""
    return session.get(Event, number)


def by_code(session: Session, code: str) -> Event | None:
    """A published event by the code of its link."""
    query = select(Event).where(Event.code == code.upper(), Event.state == PUBLISHED)
    return session.scalars(query).first()


def title(event: Event) -> Text:
    """What it is called, by language."""
    return {language: str(words) for language, words in event.title.items()}


def texts(event: Event, what: str) -> Text:
    """One of its texts, by language; empty where there is none."""
    found = event.options.get(what)
    return {code: str(words) for code, words in found.items()} if isinstance(found, dict) else {}


def picture(event: Event) -> str | None:
    """Its picture, as Telegram knows it."""
    found = event.options.get(PICTURE)
    return str(found) if found else None


def meetings(session: Session, event: Event) -> Sequence[Meeting]:
    """Its dates, the first one first."""
    query = select(Meeting).where(Meeting.event_id == event.id).order_by(Meeting.starts_at)
    return list(session.scalars(query))


def place(session: Session, event: Event) -> Place | None:
    """Where it is."""
    return session.get(Place, event.place_id) if event.place_id is not None else None


def lacks(session: Session, event: Event) -> str | None:
    """The first thing that a draft must still be told; None where it can be published."""
    there: Mapping[str, bool] = {
        KIND: event.kind is not None,
        TITLE: bool(event.title),
        WHEN: bool(meetings(session, event)),
        WHERE: event.place_id is not None,
        SEATS: event.seats is not None,
    }
    return next((name for name in ASKED if not there[name]), None)


def set_meetings(
    session: Session, event: Event, found: Sequence[dates.Meeting], kind: EventKind | None
) -> None:
    """When it is; a meeting without an end is as long as its kind says."""
    usual = dt.timedelta(minutes=kind.minutes if kind is not None else 120)
    session.execute(delete(Meeting).where(Meeting.event_id == event.id))
    for one in found:
        ends = one.end or one.start + usual
        session.add(Meeting(event_id=event.id, starts_at=one.start, ends_at=ends))
    session.flush()


def places(session: Session) -> Sequence[Place]:
    """Where events were, the last ones first."""
    used = select(func.max(Event.id)).where(Event.place_id == Place.id).scalar_subquery()
    return list(session.scalars(select(Place).order_by(used.desc(), Place.id).limit(_REMEMBERED)))


def place_named(session: Session, words: str) -> Place:
    """The place of a name, remembered from now on; what follows a comma is its address."""
    name, _, address = (part.strip() for part in " ".join(words.split()).partition(","))
    found = session.scalars(select(Place).where(Place.name == name)).first()
    if found is None:
        found = Place(name=name)
        session.add(found)
    found.address = address or found.address
    session.flush()
    return found


def drafts(session: Session) -> Sequence[Event]:
    """What is not published yet, the newest first."""
    query = select(Event).where(Event.state == DRAFT).order_by(Event.id.desc()).limit(_REMEMBERED)
    return list(session.scalars(query))


def latest(session: Session) -> Sequence[Event]:
    """Events that can be copied, the newest first."""
    return out(session, _REMEMBERED)


def out(session: Session, most: int, skip: int = 0) -> Sequence[Event]:
    """Some of the events that are or were announced, the newest first."""
    those = Event.state.in_((PUBLISHED, CANCELLED))
    query = select(Event).where(those).order_by(Event.id.desc())
    return list(session.scalars(query.offset(skip).limit(most)))


def upcoming(session: Session, now: dt.datetime) -> Sequence[Event]:
    """Published events that are not over, the next one first."""
    query = (
        select(Event)
        .join(Meeting, Meeting.event_id == Event.id)
        .where(Event.state == PUBLISHED, Meeting.ends_at > now, Meeting.cancelled_at.is_(None))
        .group_by(Event.id)
        .order_by(func.min(Meeting.starts_at), Event.id)
    )
    return list(session.scalars(query))


def is_over(session: Session, event: Event, now: dt.datetime) -> bool:
    """Whether its last meeting has ended."""
    return all(one.ends_at <= now for one in taking_place(session, event))


def taking_place(session: Session, event: Event) -> Sequence[Meeting]:
    """Its dates that were not called off."""
    return [one for one in meetings(session, event) if one.cancelled_at is None]


def at_the_same_time(session: Session, event: Event, seats: Sequence[Seat]) -> Sequence[Event]:
    """The events of other seats of which a meeting is at the same time as one of this event's."""
    own = taking_place(session, event)
    others = [find(session, seat.event_id) for seat in seats if seat.event_id != event.id]
    return [
        other
        for other in others
        if other is not None
        and any(_meet(one, another) for one in own for another in taking_place(session, other))
    ]


def _meet(one: Meeting, other: Meeting) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def drop(session: Session, event: Event) -> None:
    """Delete a draft."""
    session.delete(event)
    session.flush()


def entry(
    session: Session, school: School, language: str, event: Event, bot: str
) -> calendars.Event:
    """An event as a calendar has it."""
    name, where = in_language(title(event), language), place(session, event)
    at = None
    if where is not None and where.latitude is not None and where.longitude is not None:
        at = where.latitude, where.longitude
    venue = calendars.Place(where.name if where else "", (where and where.address) or "", at)
    dates = [
        calendars.Meeting(
            str(one.id), name, one.starts_at, one.ends_at, venue, one.cancelled_at is not None
        )
        for one in meetings(session, event)
    ]
    return calendars.Event(
        key=event.code,
        domain=bot,
        revision=event.sequence,
        description=name,
        link=links.opens(bot, links.about(links.EVENT, event.code)),
        organizer=in_language(school.settings.name, language),
        meetings=dates,
        cancelled=event.state == CANCELLED,
    )
