"""Whatever people and coordinators do with seats, and whenever the event is moved or called off:
never oversold, none idle while somebody waits, order kept, whether they come alone or with others.
After each step the clock's sweep runs, as it does in a minute.
"""

import datetime as dt
import os
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from db.events import Event, Meeting, Seat
from db.tables import Person
from locales.translator import SOURCE
from school import changes, dates, events, offers, parties, people, seats
from school.events import PUBLISHED, WHEN
from school.quiet import Quiet
from school.refusal import Refusal
from school.seats import LEFT, OFFERED, SEATED, WAITING
from tests.stories.machine import memory

NOW = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)
AHEAD, LONG = dt.timedelta(days=9), dt.timedelta(hours=2)  # the clocks go back meanwhile
QUIET = Quiet(ZoneInfo("Europe/Rome"))
LEAST = dt.timedelta(minutes=15)  # an offer stands for so long, however soon the event is
SPANS = [dt.timedelta(minutes=n) for n in (1, 14, 55, 400, 1440, 2500)]
WHO, PARTY = st.integers(1, 4), st.integers(1, 3)
_session = memory()


class Seats(RuleBasedStateMachine):
    """One event and four people. `joined` is in which order they came to the line last, `asked`
    for how many people.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.joined: dict[int, int] = {}
        self.asked: dict[int, int] = {}
        self.order = count()
        self.taken = 0

    @initialize(number=st.integers(0, 4))
    def begins(self, number: int) -> None:
        self.event = Event(
            code="abc",
            state=PUBLISHED,
            seats=number,
            created_at=NOW,
            sequence=0,
            title={},
            options={},
        )
        _session.add(self.event)
        _session.flush()
        start = NOW + AHEAD
        self.meeting = Meeting(event_id=self.event.id, starts_at=start, ends_at=start + LONG)
        _session.add(self.meeting)
        for person in range(1, 5):
            people.add(_session, person, SOURCE, NOW)

    def teardown(self) -> None:
        _session.rollback()

    def person(self, who: int) -> Person:
        found = people.find(_session, who)
        return found or people.add(_session, who, SOURCE, self.now)

    def seat(self, who: int) -> Seat | None:
        return seats.of(_session, self.event, self.person(who))

    def in_state(self, *states: str) -> list[int]:
        """Who is in one of the states, in the order in which they came to the line."""
        query = select(Person.telegram_id).join(Seat, Seat.person_id == Person.id)
        found = [who or 0 for who in _session.scalars(query.where(Seat.state.in_(states)))]
        return sorted(found, key=lambda who: self.joined[who])

    def line(self) -> list[int]:
        """Who waits and can be reached."""
        return [who for who in self.in_state(WAITING) if self.person(who).unreachable_at is None]

    def free(self) -> int:
        return max(0, (self.event.seats or 0) - self.taking())

    def taking(self) -> int:
        """How many people have a seat or are offered one."""
        return sum(self.party(who) for who in self.in_state(OFFERED, SEATED))

    def party(self, who: int) -> int:
        seat = self.seat(who)
        return seat.party if seat is not None else 0

    def numbers(self, found: list[Seat]) -> list[int]:
        return [_session.get_one(Person, seat.person_id).telegram_id or 0 for seat in found]

    def are_the_first(self, offered: list[Seat], line: list[int]) -> None:
        """All but the last are offered as many as they asked for, and that one what is left."""
        assert self.numbers(offered) == line[: len(offered)]
        asked = [self.asked[who] for who in self.numbers(offered)]
        got = [seat.party for seat in offered]
        assert got[:-1] == asked[:-1]
        assert got[-1:] == asked[-1:] or (0 < got[-1] < asked[-1] and self.free() == 0)

    def is_open(self) -> bool:
        return self.event.state == PUBLISHED and self.now < self.meeting.ends_at

    def sweeps(self) -> None:
        """Offers are taken back and made: only those that were over, only to the first."""
        over = [who for who in self.in_state(OFFERED) if self.is_due(who)]
        hidden = [who for who in self.in_state(OFFERED) if self.person(who).unreachable_at]
        changed = offers.sweep(_session, self.now, QUIET)
        told = [who for who in over if who not in hidden] if self.is_open() else []
        assert self.numbers(changed.expired) == told
        asked = self.numbers(changed.offered)
        assert [*asked, *self.line()] == sorted(
            [*asked, *self.line()], key=lambda who: self.joined[who]
        )
        again = offers.sweep(_session, self.now, QUIET)
        assert (again.expired, again.offered) == ([], [])

    def is_due(self, who: int) -> bool:
        seat = self.seat(who)
        assert seat is not None
        assert seat.offered_until is not None
        return seat.offered_until <= self.now

    @rule(who=WHO, party=PARTY)
    @precondition(is_open)
    def takes(self, who: int, party: int) -> None:
        before = self.seat(who)
        had = before.state if before is not None else LEFT
        at_once = self.free() >= party and not self.line()
        state = seats.take(_session, self.event, self.person(who), self.now, party).state
        if had == LEFT:
            self.joined[who], self.asked[who] = next(self.order), party
            had = SEATED if at_once else WAITING
        assert state == had
        self.sweeps()

    @rule(who=WHO)
    @precondition(is_open)
    def leaves(self, who: int) -> None:
        seat = self.seat(who)
        if seat is not None:
            line = [one for one in self.line() if one != who]
            offered = seats.leave(_session, self.event, seat, self.now, QUIET)
            assert seat.state == LEFT
            self.are_the_first(offered, line)
        self.sweeps()

    @rule(who=WHO)
    @precondition(is_open)
    def accepts(self, who: int) -> None:
        seat = self.seat(who)
        if seat is not None:
            room = self.free() >= seat.party and not self.line()
            may = seat.state in (SEATED, OFFERED) or room
            try:
                seats.accept(_session, self.event, seat, self.now)
                assert may
                assert seat.state == SEATED
                self.asked[who] = seat.party
            except Refusal:
                assert not may
        self.sweeps()

    @rule(who=WHO, party=PARTY)
    @precondition(is_open)
    def comes_with(self, who: int, party: int) -> None:
        seat = self.seat(who)
        if seat is not None and seat.state in (SEATED, WAITING):
            line, more = self.line(), party - seat.party
            may = seat.state == WAITING or more <= 0 or (self.free() >= more and not line)
            try:
                offered = seats.resize(_session, self.event, seat, party, self.now, QUIET)
                assert may
                assert seat.party == party
                self.asked[who] = party
                self.are_the_first(offered, line)
            except Refusal:
                assert not may
        self.sweeps()

    @rule(number=st.integers(0, 6))
    @precondition(is_open)
    def has_seats(self, number: int) -> None:
        line = self.line()
        self.event.seats = number
        self.are_the_first(seats.fill(_session, self.event, self.now, QUIET), line)
        assert seats.fill(_session, self.event, self.now, QUIET) == []
        self.sweeps()

    @rule(span=st.sampled_from([-span for span in SPANS[2:]] + SPANS[2:]))
    @precondition(is_open)
    def is_moved(self, span: dt.timedelta) -> None:
        """To another day or hour that is not past."""
        start = self.meeting.starts_at + span
        if start <= self.now:
            return
        change = changes.begin(_session, self.event, WHEN, self.meeting, self.now)
        events.set_meetings(_session, change, [dates.Meeting(start, start + LONG)], None)
        before = self.event.sequence
        changes.apply(_session, change, self.event)
        offers.shorten(_session, self.event, self.now, QUIET)
        assert (self.meeting.starts_at, self.event.sequence) == (start, before + 1)
        self.sweeps()

    @rule(seldom=st.integers(0, 9))
    @precondition(is_open)
    def is_called_off(self, seldom: int) -> None:
        """Nobody is asked any more, and who has a seat keeps the row: it says whom to tell."""
        if seldom == 0:
            seated = self.in_state(SEATED)
            changes.call_off(_session, self.event, None, self.now)
            self.sweeps()
            assert self.in_state(SEATED) == seated

    @rule(span=st.sampled_from(SPANS))
    def waits(self, span: dt.timedelta) -> None:
        self.now += span
        self.sweeps()

    @rule(who=WHO)
    def is_forgotten(self, who: int) -> None:
        people.leave_no_trace(_session, self.person(who))
        self.sweeps()

    @rule(who=WHO, since=st.sampled_from([NOW, None]))
    def is_reachable(self, who: int, since: dt.datetime | None) -> None:
        self.person(who)
        people.set_reachable(_session, who, since)
        self.sweeps()

    @invariant()
    def is_never_oversold(self) -> None:
        """With fewer seats than people nobody loses one, but nobody gets one."""
        taken = self.taking()
        assert taken <= max(self.event.seats or 0, self.taken)
        self.taken = taken

    @invariant()
    def has_no_idle_seat(self) -> None:
        assert not (self.is_open() and self.free() and self.line())
        assert seats.free(_session, self.event) == self.free()

    @invariant()
    def has_a_line_without_gaps(self) -> None:
        line = [self.seat(who) for who in self.in_state(WAITING)]
        places = [seats.place_in_line(_session, self.event, seat) for seat in line if seat]
        assert places == list(range(1, len(line) + 1))
        waiting = sum(self.asked[who] for who in self.in_state(WAITING))
        assert seats.waiting(_session, self.event) == waiting

    @invariant()
    def remembers_what_was_asked_for(self) -> None:
        """Also while fewer are offered, and not for longer, as long as the person is there."""
        there = {who: self.seat(who) for who in self.in_state(OFFERED, WAITING)}
        asked = {who: parties.asked(self.event, seat) for who, seat in there.items() if seat}
        assert asked == {who: self.asked[who] for who in there}
        fewer = sum(seat is not None and seat.party < asked[who] for who, seat in there.items())
        notes = self.event.options.get(parties.ASKED) or {}
        assert isinstance(notes, dict)
        there_still = {str(number) for number in _session.scalars(select(Seat.id))}
        assert len(there_still & {*notes}) == fewer

    @invariant()
    def has_no_offer_that_outlasts_it(self) -> None:
        rows = _session.scalars(select(Seat).where(Seat.state == OFFERED)).all()
        latest = max((row.offered_until for row in rows if row.offered_until), default=self.now)
        assert not self.is_open() or latest <= max(self.now, self.meeting.starts_at) + LEAST

    @invariant()
    def has_a_time_for_each_offer_and_for_nothing_else(self) -> None:
        rows = _session.scalars(select(Seat)).all()
        assert all((row.state == OFFERED) == (row.offered_until is not None) for row in rows)
        assert len({row.person_id for row in rows}) == len(rows)


# Hundreds of steps: on a busy machine they take longer than one test may.
pytestmark = pytest.mark.timeout(600)
TestSeats = Seats.TestCase
TestSeats.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
