"""Seats on both databases: taken, given up, offered on."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from db.events import Event, Meeting, Seat
from db.session import Database
from school import seats
from school.events import CANCELLED, DRAFT, PUBLISHED
from school.seats import LEFT, OFFERED, SEATED, WAITING
from tests.school.room import DAY, HOUR, NOW, QUIET, START, UNTIL, Room, Story, an_event


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


async def test_seats_are_given_until_they_are_taken_then_there_is_a_line(story: Story) -> None:
    def told(room: Room) -> None:
        assert room.takes(1, 2, 3, 4) == [SEATED, SEATED, WAITING, WAITING]
        line = [seats.place_in_line(room.session, room.event, room.seat(n)) for n in (3, 4)]
        assert line == [1, 2]
        assert seats.free(room.session, room.event) == 0
        assert seats.waiting(room.session, room.event) == 2

    await story(told, count=2)


async def test_twice_is_once(story: Story) -> None:
    def told(room: Room) -> None:
        assert room.takes(1, 1, 2, 2) == [SEATED, SEATED, WAITING, WAITING]
        assert room.leaves(1) == [2]
        assert room.leaves(1) == []
        assert room.takes(2) == [OFFERED]
        assert [room.accepts(2), room.accepts(2)] == [SEATED, SEATED]
        assert len(room.session.scalars(select(Seat)).all()) == 2

    await story(told)


async def test_a_free_seat_is_offered_in_order_until_a_time(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        assert room.leaves(1) == [2]
        assert room.seat(2).offered_until == UNTIL
        assert (seats.free(room.session, room.event), room.takes(4)) == (0, [WAITING])
        assert room.accepts(2) == SEATED
        assert room.states(1, 2, 3, 4) == [LEFT, SEATED, WAITING, WAITING]

    await story(told)


async def test_an_offer_that_is_let_go_goes_to_the_next_one(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        assert room.leaves(2) == [3]
        assert room.states(1, 2, 3) == [LEFT, LEFT, OFFERED]
        assert room.seat(2).offered_until is None

    await story(told)


async def test_whoever_leaves_the_line_has_no_place_in_it(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        assert room.leaves(2) == []
        assert seats.place_in_line(room.session, room.event, room.seat(3)) == 1
        assert room.leaves(1) == [3]

    await story(told)


async def test_an_offer_without_an_answer_ends_and_the_next_one_is_asked(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        room.now = UNTIL - dt.timedelta(seconds=1)
        assert room.sweeps() == ([], [])
        room.now = UNTIL
        assert room.sweeps() == ([2], [3])
        assert room.sweeps() == ([], [])
        assert room.states(2, 3) == [LEFT, OFFERED]
        assert room.seat(2).offered_until is None

    await story(told)


async def test_a_late_answer_counts_until_the_offer_was_taken_back(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        room.now = UNTIL + HOUR
        assert room.accepts(2) == SEATED
        assert room.sweeps() == ([], [])

    await story(told)


async def test_after_that_it_counts_only_while_a_seat_is_free(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        room.now = UNTIL
        room.sweeps()
        said = "This seat is not free any more. You can wait for the next one."
        assert room.refused(lambda: room.accepts(2)) == said
        room.leaves(3)
        assert room.accepts(2) == SEATED

    await story(told)


async def test_whoever_waits_does_not_accept_what_was_not_offered(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        said = "This seat is not free any more. You can wait for the next one."
        assert room.refused(lambda: room.accepts(2)) == said

    await story(told)


async def test_whoever_comes_back_stands_at_the_end_with_the_same_code(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        code = room.seat(2).code
        room.leaves(2)
        assert room.takes(2) == [WAITING]
        assert room.seat(2).code == code
        places = [seats.place_in_line(room.session, room.event, room.seat(n)) for n in (2, 3)]
        assert places == [2, 1]
        assert room.leaves(1) == [3]

    await story(told)


async def test_more_seats_are_offered_fewer_take_none_away(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3, 4)
        room.event.seats = 3
        assert room.fills() == [2, 3]
        assert room.fills() == []
        room.event.seats = 1
        assert room.fills() == []
        assert (seats.free(room.session, room.event), room.leaves(1)) == (0, [])
        assert room.states(2, 3, 4) == [OFFERED, OFFERED, WAITING]

    await story(told)


async def test_the_seat_of_somebody_forgotten_is_offered_on(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.forgets(1)
        assert room.sweeps() == ([], [2])
        room.forgets(2)
        assert room.sweeps() == ([], [3])

    await story(told)


async def test_nobody_passes_those_who_wait_by_a_seat_that_is_not_offered_yet(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        room.forgets(1)
        assert room.takes(3) == [WAITING]
        assert room.sweeps() == ([], [2])

    await story(told)


async def test_what_was_read_before_is_read_anew(story: Story) -> None:
    """Another process may change rows after they were read and before they are locked."""

    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        seat, kept = room.seat(1), {"synchronize_session": False}
        room.session.execute(update(Event).values(seats=2), execution_options=kept)
        room.session.execute(
            update(Seat).where(Seat.id == seat.id).values(state=LEFT), execution_options=kept
        )
        assert (room.event.seats, seat.state) == (1, SEATED)
        assert room.fills() == [2, 3]
        assert room.takes(1) == [WAITING]

    await story(told)


async def test_who_cannot_be_reached_is_not_asked_but_keeps_the_place(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3, 4)
        room.set_reachable(2, NOW)
        assert room.leaves(1) == [3]
        room.set_reachable(2, None)
        assert room.leaves(3) == [2]
        room.set_reachable(2, NOW)
        assert room.sweeps() == ([], [4])
        assert room.states(2, 3, 4) == [WAITING, LEFT, OFFERED]

    await story(told)


async def test_no_seat_is_idle_because_of_who_cannot_be_reached(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        room.set_reachable(2, NOW)
        assert room.leaves(1) == []
        assert room.takes(3) == [SEATED]

    await story(told)


async def test_without_a_waiting_list_nobody_waits(story: Story) -> None:
    def told(room: Room) -> None:
        room.event.options = {"waiting_list": False}
        said = "All seats are taken, and there is no waiting list."
        assert room.takes(1) == [SEATED]
        assert room.refused(lambda: room.takes(2)) == said
        assert seats.of(room.session, room.event, room.person(2)) is None
        assert room.leaves(1) == []
        assert room.takes(2) == [SEATED]

    await story(told)


@pytest.mark.parametrize(
    ("state", "later", "said"),
    [
        (DRAFT, dt.timedelta(), "This meeting is not announced yet."),
        (CANCELLED, dt.timedelta(), "This meeting was cancelled."),
        (PUBLISHED, START + 2 * HOUR - NOW, "This meeting is over."),
    ],
)
async def test_an_event_that_is_not_open_has_no_seats(
    story: Story, state: str, later: dt.timedelta, said: str
) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        room.event.state, room.now = state, NOW + later
        assert room.refused(lambda: room.takes(4)) == said
        assert room.refused(lambda: room.accepts(2)) == said
        assert room.fills() == []
        assert seats.mine(room.session, room.person(2), room.now) == []

    await story(told)


async def test_what_is_over_stays_as_it_was(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2, 3)
        room.leaves(1)
        room.now = START + 2 * HOUR
        assert room.refused(lambda: room.leaves(2)) == "This meeting is over."
        assert room.sweeps() == ([], [])
        assert room.states(1, 2, 3) == [LEFT, LEFT, WAITING]

    await story(told, count=1)


async def test_an_event_that_was_cancelled_can_be_left(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        room.event.state = CANCELLED
        assert room.leaves(1) == []
        assert room.states(1, 2) == [LEFT, WAITING]

    await story(told)


async def test_my_seats_are_those_to_come_the_next_first(story: Story) -> None:
    def told(room: Room) -> None:
        session, person = room.session, room.person(1)
        soon = an_event(session, 0, START - DAY, "soon")
        session.add(Meeting(event_id=soon.id, starts_at=START + DAY, ends_at=START + DAY + HOUR))
        left = an_event(session, 1, START, "left")
        for event in (room.event, soon, left):
            seats.take(session, event, person, NOW)
        gone = seats.of(session, left, person)
        assert gone is not None
        seats.leave(session, left, gone, NOW, QUIET)
        found = [seat.event_id for seat in seats.mine(session, person, NOW)]
        assert found == [soon.id, room.event.id]
        between = START + dt.timedelta(hours=2, minutes=1)
        assert [s.event_id for s in seats.mine(session, person, between)] == [soon.id]

    await story(told)


async def test_events_have_each_their_seats_and_their_line(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, 2)
        first, room.event = room.event, an_event(room.session, 1, START, "other")
        assert room.takes(2, 1) == [SEATED, WAITING]
        room.forgets(2)
        assert room.sweeps() == ([], [1])
        assert seats.free(room.session, first) == 0

    await story(told)
