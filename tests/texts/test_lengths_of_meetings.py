"""The screens of meetings are short too: before, on and after the day, in every language."""

import datetime as dt

import pytest

from bot import sweeps
from db.events import Event, Seat
from db.tables import Person
from handlers import (
    attendance,
    by_name,
    changes,
    event,
    event_more,
    event_published,
    feedback,
    feedback_shown,
    hours,
    materials,
    messages,
    mutes,
    roll,
    share,
    today,
    without_telegram,
    workshops,
    writing,
)
from handlers import meetings as lists
from handlers.event_asked import QUESTIONS
from handlers.incoming import File, Incoming
from handlers.process import Context
from handlers.turn import Turn
from school import attendance as arrived
from school import changes as altered
from school import dates, events, people, seats, staff
from school import feedback as opinions
from school.loading import load
from tests.texts.screens import NOW, Work, scenes, too_long

SCHOOL = load()
LANGUAGES = SCHOOL.languages
TITLE = "Dall'idea al progetto: una bottega di quartiere"
WHERE = "Biblioteca comunale di Dergano Bovisa, via Baldinucci 76, Milano"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def meetings(turn: Turn, *starts: dt.datetime, count: int = 20) -> Event:
    """An event that is announced, with a long title and place."""
    made = events.begin(turn.session, NOW)
    made.kind, made.title, made.seats = "mentoring", {"it": TITLE}, count
    made.place_id, made.state = events.place_named(turn.session, WHERE).id, events.PUBLISHED
    found = [dates.Meeting(start, start + 2 * HOUR) for start in starts]
    events.set_meetings(turn.session, made, found, None)
    return made


def another(turn: Turn, number: int) -> Person:
    """Somebody else, with a long name."""
    person = people.add(turn.session, 2000 + number, "it", NOW)
    person.name = f"Maria Antonietta della Santissima {number}"
    turn.session.flush()
    return person


def swept(sweep: sweeps.Sweep, now: dt.datetime, turn: Turn) -> None:
    """What comes by the clock."""
    sweep(turn.session, Context(SCHOOL, 42, now))


def of_a_resident(turn: Turn) -> None:
    """From the list to a seat, a ticket, a reminder, and back."""
    found = meetings(turn, NOW + DAY, NOW + 8 * DAY)
    meetings(turn, NOW + DAY + HOUR)
    lists.start(turn)
    for number in ("1", "2"):
        workshops.show(turn, number)
        workshops.take(turn, number)
    lists.mine(turn)
    workshops.leaving(turn, "1")
    share.start(turn, "1")
    seat = turn.session.get_one(Seat, 1)
    seat.line_at = NOW - 9 * DAY
    turn.session.flush()
    for before in (7 * DAY, DAY, 2 * HOUR):
        first = events.meetings(turn.session, found)[0].starts_at
        swept(sweeps.remind, first - before, turn)
    workshops.leave(turn, "1")
    mutes.start(turn)


def of_a_full_one(turn: Turn) -> None:
    """In line, then offered a seat."""
    found = meetings(turn, NOW + 9 * DAY, count=1)
    taken = seats.take(turn.session, found, another(turn, 1), NOW)
    workshops.show(turn, "1")
    workshops.take(turn, "1")
    seats.leave(turn.session, found, taken, NOW, SCHOOL.quiet)
    workshops.show(turn, "1")
    lists.mine(turn)


def came(turn: Turn, found: Event, person: Person) -> Seat:
    """Somebody had a seat and was there."""
    seat = seats.take(turn.session, found, person, NOW - 3 * DAY)
    meeting = events.meetings(turn.session, found)[0]
    arrived.came(turn.session, seat, meeting, arrived.LIST, meeting.starts_at)
    return seat


def over(turn: Turn) -> tuple[Event, Seat]:
    """An event of the day before, to which the person came."""
    found = meetings(turn, NOW + DAY)
    seat = came(turn, found, turn.person)
    for meeting in events.meetings(turn.session, found):
        meeting.starts_at, meeting.ends_at = NOW - DAY, NOW - DAY + 2 * HOUR
    turn.session.flush()
    return found, seat


def afterwards(turn: Turn) -> None:
    """The questions, the hours, the past event."""
    _, seat = over(turn)
    swept(sweeps.ask_feedback, NOW, turn)
    for key in SCHOOL.feedback.questions:
        feedback.skip(turn, str(seat.id), key)
    hours.start(turn)
    lists.mine(turn)
    workshops.show(turn, "1")


def by_those_who_work_here(turn: Turn) -> None:
    """An event is made, announced and changed."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    event.start(turn)
    event.new(turn)
    for what in QUESTIONS:
        event.change(turn, "1", what)
    made = turn.session.get_one(Event, 1)
    made.kind, made.title, made.seats = "mentoring", {"it": TITLE}, 20
    made.place_id = events.place_named(turn.session, WHERE).id
    found = [dates.Meeting(NOW + days * DAY, NOW + days * DAY + HOUR) for days in (2, 9)]
    events.set_meetings(turn.session, made, found, None)
    event.go_on(turn, "1")
    event_published.dropping(turn, "1")
    for page in event_more.PAGES:
        event.page(turn, "1", page)
    event_published.publish(turn, "1")
    changes.manage(turn, "1")
    changes.dates(turn, "1")
    for what in altered.WHATS:
        changes.alter(turn, "1", what)
    first = str(events.meetings(turn.session, made)[0].id)
    changes.one_date(turn, first)
    changes.calling_off(turn, "1", first)
    changes.calling_off(turn, "1", "0")


def at_the_door(turn: Turn) -> None:
    """The day, its lists, and what is seen afterwards."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    found, _ = over(turn)
    for number in range(9):
        seat = seats.take(turn.session, meetings(turn, NOW + number * DAY + HOUR), turn.person, NOW)
        assert seat.state == seats.SEATED
    meeting = str(events.meetings(turn.session, found)[0].id)
    for number in range(3):
        late = Seat(event_id=found.id, person_id=another(turn, number).id, code=f"K7R2{number}")
        late.state, late.line_at = seats.SEATED, NOW
        turn.session.add(late)
        turn.session.flush()
        for key, asked in SCHOOL.feedback.questions.items():
            said_so = next(iter(asked.options), "Una sala più grande. " * 14)
            opinions.keep(turn.session, late, key, said_so, NOW)
    today.start(turn)
    today.page(turn, "1")
    today.past(turn, "0")
    today.day(turn, meeting)
    attendance.show(turn, meeting, "0")
    roll.show(turn, str(found.id), "0")
    feedback_shown.show(turn, str(found.id))
    feedback_shown.words(turn, str(found.id), "0")
    materials.show(turn, str(found.id))
    for number in range(11):
        sent = File("document", "x", f"{TITLE} {number}.pdf")
        materials.given(turn, Incoming(number, "", sent))


def by_their_names(turn: Turn) -> None:
    """People without Telegram, where all seats are taken."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    found = meetings(turn, NOW, count=11)
    meeting = str(events.meetings(turn.session, found)[0].id)
    for number in range(12):
        by_name.ask(turn, "1", meeting)
        messages.text(turn, Incoming(100 + number, f"Maria Antonietta della Santissima {number}"))
    by_name.anyway(turn, "1", meeting, "0", "11")
    messages.text(turn, Incoming(200, "Maria Antonietta della Santissima 3"))
    without_telegram.listed(turn, "1", meeting, "0")
    for screen in (without_telegram.one, without_telegram.erasing, without_telegram.take_off):
        screen(turn, "1", meeting, "5")
    roll.show(turn, "1", "0")
    changes.calling_off(turn, "1", "0")


def written_to(turn: Turn) -> None:
    """A coordinator's own words, at night, and somebody without Telegram."""
    by_their_names(turn)
    turn.now = NOW.replace(hour=22)
    meeting = str(events.meetings(turn.session, turn.session.get_one(Event, 1))[0].id)
    writing.start(turn, meeting)
    writing.to(turn, meeting, "held")
    writing.given(turn, Incoming(9, "Portate una penna."))
    writing.send(turn, meeting, "held", "9")


SCENES: list[Work] = [
    by_their_names,
    written_to,
    of_a_resident,
    of_a_full_one,
    afterwards,
    by_those_who_work_here,
    at_the_door,
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(scenes(SCHOOL, language, SCENES)) == []
