"""Whatever a sheet's people and tutors do, in whatever order, while some join and others leave:
nothing is sent that somebody did not agree to, nothing that was sent ever changes, and it is known
who is to act next.
"""

import datetime as dt
import os
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import delete, select

from db.dossiers import Comment, Consent, Dossier, Version
from db.groups import Group, Member
from db.tables import Answer, Idea, Person
from locales.translator import SOURCE
from school import agreement, comments, dossiers, groups, people, staff, versions
from school.agreement import Agreement
from school.dossiers import ASKING, BACK, CLOSED, NO, READY, TAKEN, WAITING, YES
from school.sheet import Sheet, of_idea
from tests.school.answers import SCHOOL, text
from tests.stories.machine import memory

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAYS = 3
WHO, TUTOR = st.integers(1, 4), st.integers(11, 12)
SPANS = [dt.timedelta(hours=n) for n in (1, 23, 30, 72)]
_session = memory()


class Way(RuleBasedStateMachine):
    """One group of up to four people, the first of whom leads it, and two tutors. `sent` is what
    each version had when it was sent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now, self.sent = NOW, list[Any]()

    @initialize(count=st.integers(1, 4))
    def begins(self, count: int) -> None:
        for number in (1, 2, 3, 4, 11, 12):
            people.add(_session, number, SOURCE, NOW)
        for number in (11, 12):
            staff.give(_session, self.person(number), staff.TUTOR, NOW)
        group = Group(name="Lamps", lead_id=self.person(1).id, created_at=NOW)
        _session.add(group)
        _session.flush()
        self.idea = Idea(group_id=group.id, created_at=NOW)
        _session.add(self.idea)
        _session.flush()
        for number in range(1, count + 1):
            self.joins(number)
        self.answers("stage", {"choice": "intuition"})
        self.writes(0)

    def teardown(self) -> None:
        _session.rollback()

    def person(self, number: int) -> Person:
        found = people.find(_session, number)
        assert found is not None
        return found

    @property
    def row(self) -> Dossier | None:
        return dossiers.of_idea(_session, self.idea)

    @property
    def sheet(self) -> Sheet:
        return of_idea(_session, SCHOOL.questionnaire, self.idea)

    def them(self, row: Dossier) -> Agreement:
        return agreement.of(_session, row, groups.people_of(_session, self.idea))

    def is_member(self, who: int) -> bool:
        return self.person(who) in groups.people_of(_session, self.idea)

    def answers(self, key: str, value: dict[str, Any]) -> None:
        _session.merge(
            Answer(
                idea_id=self.idea.id,
                question=key,
                status="answered",
                value=value,
                changed_at=self.now,
            )
        )
        _session.flush()

    @rule(number=st.integers(0, 9))
    def writes(self, number: int) -> None:
        self.answers("sentence", text(f"A workshop {number}"))

    @rule(who=WHO)
    def joins(self, who: int) -> None:
        if not self.is_member(who):
            group = self.idea.group_id
            assert group is not None
            member = Member(person_id=self.person(who).id, group_id=group, joined_at=self.now)
            _session.add(member)
            _session.flush()

    @rule(who=WHO)
    def leaves(self, who: int) -> None:
        if self.is_member(who) and len(groups.people_of(_session, self.idea)) > 1:
            _session.execute(delete(Member).where(Member.person_id == self.person(who).id))

    @rule(span=st.sampled_from(SPANS))
    def waits(self, span: dt.timedelta) -> None:
        self.now += span

    def goes(self, row: Dossier, who: int, silent: list[Person] | None = None) -> None:
        """It is sent, if it may be."""
        them, before = self.them(row), row.state
        version = versions.send(_session, row, self.sheet, self.person(who), self.now, silent or [])
        if version is None:
            assert row.state == before
            assert before not in (ASKING, BACK) or not them.is_whole
            return
        assert before in (ASKING, BACK)
        assert not them.waiting
        assert not them.unasked
        assert them.silent == (silent or [])
        self.sent.append(deepcopy(version.content))

    @rule(who=WHO)
    def wants_to_send(self, who: int) -> None:
        if self.is_member(who):
            row = dossiers.begin(_session, self.idea, self.now)
            these = groups.people_of(_session, self.idea)
            asked = agreement.ask(_session, row, these, self.person(who), self.now)
            assert (asked is None) == (row.state not in (ASKING, BACK))
            self.goes(row, who)

    @rule(who=WHO, said=st.sampled_from([YES, NO]))
    def says(self, who: int, said: str) -> None:
        row = self.row
        if row is not None and self.is_member(who) and agreement.is_open(row, self.them(row)):
            dossiers.say(_session, row, self.person(who), said, self.now)
            if said == YES:
                self.goes(row, who)

    @rule(who=WHO)
    def goes_without(self, who: int) -> None:
        row = self.row
        if row is None or row.state not in (ASKING, BACK) or not self.is_member(who):
            return
        them, lead = self.them(row), self.person(who)
        if agreement.may_go_without(_session, self.idea, them, lead, DAYS, self.now):
            assert who == 1
            assert them.silent
            last = self.now - dt.timedelta(days=DAYS)
            ids = [one.id for one in them.silent]
            rows = _session.scalars(select(Consent.at).where(Consent.person_id.in_(ids)))
            assert max(rows) <= last
            self.goes(row, who, them.silent)

    @rule(who=WHO)
    def withdraws(self, who: int) -> None:
        row = self.row
        if row is not None and self.is_member(who):
            before = row.state
            done = agreement.withdraw(_session, row, self.now)
            assert done == (before in (ASKING, WAITING))

    @rule(who=TUTOR)
    def takes(self, who: int) -> None:
        row = self.row
        if row is not None:
            free, tutor = row.state == WAITING, row.tutor_id
            assert dossiers.take(row, self.person(who), self.now) == free
            assert row.tutor_id == (self.person(who).id if free else tutor)

    @rule(who=TUTOR, action=st.sampled_from([dossiers.CHANGE, dossiers.FINISH, dossiers.CLOSE]))
    def does(self, who: int, action: str) -> None:
        row = self.row
        if row is None or not dossiers.has_charge(row, self.person(who), (staff.TUTOR,)):
            return
        before = row.state
        if action == dossiers.CHANGE and dossiers.can(row, action):
            comments.write(_session, row, "sentence", "Which lamps?", self.person(who))
            comments.send(comments.collected(_session, row, self.sheet), self.now)
        if dossiers.act(row, action, self.now):
            assert (before, action) in dossiers.NEXT
            if row.state == CLOSED:
                agreement.end(_session, row)
        else:
            assert row.state == before

    @invariant()
    def has_what_was_sent(self) -> None:
        row = self.row
        kept: Sequence[Version] = versions.every(_session, row) if row is not None else ()
        assert [one.content for one in reversed(kept)] == self.sent
        assert [one.number for one in kept] == list(range(len(kept), 0, -1))
        assert (row.round if row is not None else 0) == len(kept)

    @invariant()
    def is_with_somebody_or_nobody(self) -> None:
        row = self.row
        if row is not None and row.state in (ASKING, WAITING):
            assert row.tutor_id is None
        elif row is not None and row.state != CLOSED:
            assert row.tutor_id is not None
            assert row.taken_at is not None

    @invariant()
    def asks_only_while_somebody_wants_to_send(self) -> None:
        row = self.row
        said = set(_session.scalars(select(Consent.said)))
        if row is None or row.state not in (ASKING, BACK):
            assert said <= {YES}

    @invariant()
    def has_comments_only_on_what_was_sent(self) -> None:
        numbers = set(_session.scalars(select(Comment.number)))
        assert numbers <= set(_session.scalars(select(Version.number)))
        row = self.row
        if row is not None and row.state == READY:
            assert row.round == len(self.sent)
        if row is not None and row.state == TAKEN:
            assert row.since <= self.now


# Hundreds of steps: on a busy machine they take longer than one test may.
pytestmark = pytest.mark.timeout(600)
TestWay = Way.TestCase
TestWay.settings = settings(
    max_examples=40,
    stateful_step_count=50,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
