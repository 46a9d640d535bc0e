"""Seats that the staff give, codes at the door, who was away and who is written to: the rules."""

import datetime as dt

import pytest

from db.events import Attendance, Meeting, Seat
from db.session import Database
from school import absences, attendance, by_name, door_codes, events, seats, writing
from school.absences import Presence
from school.events import CANCELLED
from school.seats import LEFT, OFFERED, SEATED, WAITING
from school.signs import SIGNS
from school.writing import CAME, HELD, LINE, MISSED
from tests.school.room import DAY, HOUR, NOW, QUIET, START, Room, Story, an_event

ENDS = START + 2 * HOUR
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


def is_room(room: Room) -> bool:
    return seats.room(room.session, room.event, room.now)


def gives(room: Room, number: int) -> Seat:
    return seats.give(room.session, room.event, room.person(number), room.now)


async def test_there_is_room_while_a_seat_is_free_and_nobody_waits(story: Story) -> None:
    def told(room: Room) -> None:
        assert is_room(room)
        room.takes(1, 2)
        assert not is_room(room)
        assert room.leaves(1) == []
        assert is_room(room)
        assert not seats.room(room.session, room.event, room.now, 2)

    await story(told, count=2)


async def test_who_waits_goes_first_until_the_event_is_over(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        assert room.leaves(1) == [2]
        assert not is_room(room)
        room.event.seats = 2
        assert (seats.free(room.session, room.event), is_room(room)) == (1, False)
        room.now = ENDS
        assert is_room(room)

    await story(told)


async def test_more_people_than_seats_are_counted_and_the_next_seats_are_offered_to_nobody(
    story: Story,
) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        assert [gives(room, 3).state, gives(room, 3).state, room.seat(2).state] == [
            *(SEATED, SEATED, WAITING),
        ]
        assert (seats.taken(room.session, room.event), seats.free(room.session, room.event)) == (
            2,
            0,
        )
        assert room.leaves(1) == []
        assert room.leaves(3) == [2]
        assert gives(room, 2).state == SEATED
        assert room.sweeps() == ([], [])

    await story(told)


async def test_a_seat_is_given_after_the_event_and_of_none_that_is_called_off(
    story: Story,
) -> None:
    def told(room: Room) -> None:
        room.now = ENDS
        assert gives(room, 1).state == SEATED
        room.event.state = CANCELLED
        assert room.refused(lambda: gives(room, 2)) == "This meeting was cancelled."

    await story(told)


async def test_who_is_taken_off_leaves_nothing_but_where_they_were(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        taken = seats.take_away(room.session, room.event, room.seat(1), room.now, QUIET)
        assert (room.numbers(taken), room.states(2)) == ([2], [OFFERED])
        assert seats.of(room.session, room.event, room.person(1)) is None
        came(room, 2)
        seats.take_away(room.session, room.event, room.seat(2), room.now, QUIET)
        assert room.states(2) == [LEFT]

    await story(told)


def came(room: Room, number: int, meeting: Meeting | None = None) -> None:
    found = meeting or events.meetings(room.session, room.event)[0]
    room.session.add(
        Attendance(seat_id=room.seat(number).id, meeting_id=found.id, at=START, how="list")
    )
    room.session.flush()


@pytest.mark.parametrize(
    ("when", "typed", "counts"),
    [
        (START - door_codes.BEFORE - SECOND, "{}", False),
        (START - door_codes.BEFORE, "{}", True),
        (ENDS - SECOND, "{}", True),
        (ENDS, "{}", False),
        (START, " {0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}\n", True),
        (START, "{0[0]} {0[1]} {0[2]} {0[3]} {0[4]}", True),
        (START, "I read {}", False),
        (START, "{}.{}", False),
        (START, "{0[0]}{0[1]}{0[2]}{0[3]}", False),
        (START, "{}{}", False),
        (START, "", False),
    ],
)
async def test_a_code_counts_in_its_hours_however_it_is_typed(
    story: Story, when: dt.datetime, typed: str, *, counts: bool
) -> None:
    def told(room: Room) -> None:
        meeting = events.meetings(room.session, room.event)[0]
        code = door_codes.of(room.session, room.event, meeting)
        found = door_codes.read(room.session, typed.format(code, code).lower(), when)
        assert (found is not None) == counts
        assert (len(code), {*code} <= {*SIGNS}) == (5, True)
        assert door_codes.of(room.session, room.event, meeting) == code

    await story(told)


async def test_each_meeting_has_another_code_and_one_called_off_has_none(story: Story) -> None:
    def told(room: Room) -> None:
        other = an_event(room.session, 1, code="def")
        both = [events.meetings(room.session, one)[0] for one in (room.event, other)]
        first = door_codes.of(room.session, room.event, both[0])
        assert first != door_codes.of(room.session, other, both[1])
        assert found(room, first) == both[0].id
        both[0].cancelled_at = NOW
        room.session.flush()
        assert found(room, first) is None

    await story(told)


def found(room: Room, code: str) -> int | None:
    read = door_codes.read(room.session, code, START)
    return read[1].id if read is not None else None


async def test_a_meeting_counts_once_it_is_over_and_somebody_was_noted(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        later = START + 7 * DAY
        room.session.add(Meeting(event_id=room.event.id, starts_at=later, ends_at=later + 2 * HOUR))
        room.session.flush()
        second = events.meetings(room.session, room.event)[1]
        assert away(room, later + DAY) == {}
        came(room, 1)
        assert away(room, ENDS - SECOND) == {}
        assert away(room, ENDS) == {1: Presence(1, 1), 2: Presence(0, 1)}
        room.now = ENDS
        room.takes(3)
        came(room, 2, second)
        assert away(room, later + DAY) == {
            1: Presence(1, 2),
            2: Presence(1, 2),
            3: Presence(0, 1),
        }
        room.seat(3).party = 2
        room.session.flush()
        assert missed(room, later + DAY) == (1, 3)
        assert [
            meeting.id
            for _, meeting in absences.of_person(room.session, room.person(3), later + DAY)
        ] == [second.id]
        assert absences.of_person(room.session, room.person(3), later + 61 * DAY) == []

    await story(told, count=5)


def away(room: Room, now: dt.datetime) -> dict[int, Presence]:
    of = absences.of_event(room.session, room.event, now)
    return {number: of[room.seat(number).id] for number in (1, 2, 3) if is_there(room, number, of)}


def is_there(room: Room, number: int, of: dict[int, Presence]) -> bool:
    seat = seats.of(room.session, room.event, room.person(number))
    return seat is not None and seat.id in of


def missed(room: Room, now: dt.datetime) -> tuple[int, ...]:
    all_ = events.meetings(room.session, room.event)
    return tuple(absences.missed(room.session, meeting, now) for meeting in all_)


async def test_to_whom_a_coordinator_writes(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.set_reachable(2, NOW)
        anna = by_name.add(room.session, "Anna", "en", NOW)
        seats.give(room.session, room.event, anna, NOW)
        came(room, 1)
        assert [to(room, group) for group in (HELD, LINE, CAME, MISSED)] == [
            ([1], ["Anna"], 1),
            ([3], [], 0),
            ([1], [], 0),
            ([], ["Anna"], 1),
        ]
        meeting = events.meetings(room.session, room.event)[0]
        assert [len(writing.groups(meeting, now)) for now in (NOW, START, ENDS)] == [2, 3, 4]

    await story(told, count=2)


def to(room: Room, group: str) -> tuple[list[int], list[str | None], int]:
    meeting = events.meetings(room.session, room.event)[0]
    them = writing.addressed(room.session, room.event, meeting, group)
    return room.numbers([s for s, _ in them.people]), [p.name for p in them.by_name], them.away


@pytest.mark.parametrize(
    ("name", "known"),
    [("Anna", True), ("anna ", True), ("Ánna", True), ("An na", False), ("Bruno", False)],
)
async def test_who_may_be_meant_by_a_name(story: Story, name: str, *, known: bool) -> None:
    def told(room: Room) -> None:
        by_name.add(room.session, "Anna", "en", NOW)
        room.person(1).name = "Anna"
        assert len(by_name.alike(room.session, room.event, name)) == known
        room.takes(1)
        assert len(by_name.alike(room.session, room.event, name)) == 2 * known

    await story(told)


async def test_past_meetings_are_those_of_other_days(story: Story) -> None:
    def told(room: Room) -> None:
        midnight = dt.datetime(2026, 11, 28, 23, tzinfo=dt.UTC)
        assert [past(room, now) for now in (ENDS, midnight - SECOND, midnight)] == [0, 0, 1]

    await story(told)


def past(room: Room, now: dt.datetime) -> int:
    return len(attendance.past_ones(room.session, now, QUIET.zone, 0)[0])
