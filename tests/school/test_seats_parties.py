"""Seats for several people on both databases: they wait as one, and are offered what is free."""

import pytest

from db.session import Database
from school import parties, seats
from school.seats import LEFT, OFFERED, SEATED, WAITING
from school.settings import EventKind
from tests.school.room import NOW, UNTIL, Room, Story


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


async def test_seats_are_counted_by_people(story: Story) -> None:
    def told(room: Room) -> None:
        assert room.takes(1, 2, party=2) == [SEATED, SEATED]
        assert room.takes(3, party=2) == [WAITING]
        assert room.takes(4) == [WAITING]
        assert room.fills() == [3]
        assert room.parties(1, 2, 3, 4) == [2, 2, 1, 1]
        assert parties.asked(room.event, room.seat(3)) == 2
        assert seats.free(room.session, room.event) == 0
        assert seats.waiting(room.session, room.event) == 1

    await story(told, count=5)


async def test_what_is_free_goes_to_the_first_and_then_to_the_next(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, party=4)
        room.takes(2, party=2)
        room.takes(3, party=3)
        room.takes(4)
        assert room.leaves(1) == [2, 3]
        assert room.parties(2, 3) == [2, 2]
        assert room.accepts(3) == SEATED
        assert parties.asked(room.event, room.seat(3)) == 2
        assert room.leaves(2) == [4]
        assert seats.free(room.session, room.event) == 1

    await story(told, count=4)


async def test_who_lets_fewer_go_makes_room_for_the_next(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, party=3)
        room.takes(2, party=2)
        room.takes(3)
        assert room.fills() == [2]
        assert room.parties(2) == [1]
        assert room.leaves(2) == [3]
        assert room.event.options == {"asked": {}}

    await story(told, count=4)


async def test_who_does_not_answer_or_cannot_be_reached(story: Story) -> None:
    """An offer that ends is gone; whoever could not be asked waits for as many as before."""

    def told(room: Room) -> None:
        room.takes(1, party=3)
        room.takes(2, 3, party=2)
        room.fills()
        room.set_reachable(2, NOW)
        assert room.sweeps() == ([], [3])
        assert (room.states(2), room.parties(2, 3)) == ([WAITING], [2, 1])
        room.set_reachable(2, None)
        room.now = UNTIL
        assert room.sweeps() == ([3], [2])
        assert (room.states(2, 3), room.parties(2)) == ([OFFERED, LEFT], [1])

    await story(told, count=4)


async def test_fewer_frees_at_once_and_more_needs_room_and_no_line(story: Story) -> None:
    def told(room: Room) -> None:
        room.takes(1, party=3)
        assert room.resizes(1, 4) == []
        room.takes(2, party=2)
        assert room.resizes(1, 1) == [2]
        assert room.accepts(2) == SEATED
        said = "Not so many seats are free for you. You keep what you have."
        assert room.refused(lambda: room.resizes(1, 3)) == said
        assert (room.resizes(1, 2), room.takes(3), room.resizes(3, 4)) == ([], [WAITING], [])
        assert room.resizes(2, 1) == [3]
        assert room.refused(lambda: room.resizes(2, 2)) == said
        assert room.parties(1, 2, 3) == [2, 1, 1]

    await story(told, count=4)


async def test_without_a_waiting_list_a_group_hears_how_many_are_free(story: Story) -> None:
    def told(room: Room) -> None:
        room.event.options = {"waiting_list": False}
        room.takes(1)
        said = "Only 2 seats are free, and there is no waiting list."
        assert room.refused(lambda: room.takes(2, party=3)) == said
        assert room.takes(2, party=2) == [SEATED]

    await story(told, count=3)


@pytest.mark.parametrize(
    ("options", "usual", "expected"),
    [({}, None, 1), ({}, 4, 4), ({"party": 1}, 4, 1), ({"party": 6}, 1, 6), ({"party": 10}, 1, 8)],
)
async def test_how_many_seats_one_person_can_take(
    story: Story, options: dict[str, int], usual: int | None, expected: int
) -> None:
    kind = usual and EventKind(name={"en": "lab"}, minutes=60, seats=8, party=usual)

    def told(room: Room) -> None:
        room.event.options = {**options}
        assert parties.most(room.event, kind or None) == expected

    await story(told, count=8)
