"""The lines of an announcement's passes: put a few at a time, each once, and only for those whom
the pass concerns.
"""

import datetime as dt

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from db.announcements import Announcement
from db.session import Database
from db.tables import Outgoing, Person
from db.types import Json
from school import announcements, fan_out, ledger, loading
from school.announcements import CORRECT, RECALL, SEND
from school.delivery import End
from school.ledger import Ended, News
from tests.school.room import NOW, QUIET

SCHOOL = loading.load()
PEOPLE = 1_200
CONTENT: dict[str, Json] = {
    "en": {"messages": [{"method": "sendMessage", "params": {"text": "x"}}]}
}
MENDED: dict[str, Json] = {"en": {"messages": [{"method": "sendMessage", "params": {"text": "y"}}]}}


def _people(session: Session, first: int, last: int) -> None:
    known = {"language": "en", "created_at": NOW, "notice_read": "1", "old_enough_at": NOW}
    rows = [{**known, "telegram_id": number} for number in range(first, last + 1)]
    session.execute(insert(Person), rows)


def _confirmed(session: Session, **more: object) -> Announcement:
    known = {"content": CONTENT, "audience": {"to": ["all"]}, "options": {}, "created_at": NOW}
    one = Announcement(state=announcements.DRAFT, **{**known, **more})
    session.add(one)
    session.flush()
    assert announcements.start(session, one, NOW)
    return one


def _all(session: Session, one: Announcement, now: dt.datetime = NOW) -> int:
    """Do all there is to do; in how many steps."""
    steps = 0
    while fan_out.more(session, SCHOOL, one, now):
        steps += 1
    return steps


def _lines(session: Session, method: str = SEND) -> int:
    return session.scalars(select(func.count(Outgoing.id)).where(Outgoing.method == method)).one()


def _news(session: Session) -> list[News]:
    session.flush()
    return ledger.news(session, NOW, QUIET)


def _sends(session: Session, most: int = 10_000) -> int:
    """All who may go get it; how many they were."""
    sent = 0
    for one in _news(session):
        lines = ledger.take(session, 1, one, NOW, most)
        ledger.record(session, [Ended(line, End.SENT, ids=[line.id]) for line in lines], NOW)
        sent += len(lines)
    return sent


async def test_lines_are_put_a_few_at_a_time_and_once(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        assert fan_out.more(session, SCHOOL, one, NOW)
        assert 0 < _lines(session) < PEOPLE
        # As after a crash of which nobody remembers how far it came.
        one.reached = 0
        assert _all(session, one) > 1
        assert (_lines(session), announcements.is_put(one)) == (PEOPLE, True)
        assert announcements.counts(session, one) == {"queued": PEOPLE, "blocked": 0}

    await database.run(told)


async def test_who_came_or_went_meanwhile_has_no_line(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        assert fan_out.more(session, SCHOOL, one, NOW)
        there = _lines(session)
        session.execute(delete(Person).where(Person.telegram_id.between(1_001, 1_100)))
        _people(session, PEOPLE + 1, PEOPLE + 50)
        _all(session, one)
        assert _lines(session) == PEOPLE - 100
        assert there < PEOPLE - 100

    await database.run(told)


async def test_who_is_left_when_it_is_stopped_is_skipped_and_it_is_over(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        fan_out.more(session, SCHOOL, one, NOW)
        put = _lines(session)
        sent = _sends(session, 10)
        assert announcements.stop(one)
        # Until all have settled it can't go on in any way.
        assert not announcements.resend(session, one, ["failed"])
        assert not announcements.correct(session, one, MENDED)
        assert _sends(session) == 0
        _all(session, one)
        assert announcements.counts(session, one) == {
            "sent": sent,
            "skipped": put - sent,
            "blocked": 0,
        }
        assert (one.state, one.ended_at) == (announcements.STOPPED, NOW)
        assert announcements.correct(session, one, MENDED)
        _all(session, one)
        assert (_lines(session, CORRECT), _sends(session)) == (sent, sent)

    await database.run(told)


async def test_a_correction_waits_until_all_lines_are_put(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        fan_out.more(session, SCHOOL, one, NOW)
        assert not announcements.correct(session, one, MENDED)
        _all(session, one)
        assert announcements.correct(session, one, MENDED)
        assert (one.content == MENDED, one.revision) == (False, 1)

    await database.run(told)


async def test_who_waits_for_a_correction_gets_the_newest_by_one_line(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, 10)
        one = _confirmed(session)
        _all(session, one)
        assert _sends(session) == 10
        for content in (MENDED, CONTENT):
            assert announcements.correct(session, one, content)
            _all(session, one)
        assert _lines(session, CORRECT) == 10

    await database.run(told)


async def test_what_is_on_its_way_is_corrected_once_it_came(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, 2)
        one = _confirmed(session)
        _all(session, one)
        (news,) = _news(session)
        first, second = ledger.take(session, 1, news, NOW, 2)
        assert announcements.correct(session, one, MENDED)
        _all(session, one)
        (changed,) = _news(session)
        assert changed.version != news.version
        lines = ledger.take(session, 1, changed, NOW, 9)
        assert [line.too_soon for line in lines] == [True, True]
        again = [Ended(line, End.AGAIN) for line in lines]
        ledger.record(session, [*again, Ended(first, End.SENT, ids=[5])], NOW)
        ledger.record(session, [Ended(second, End.FAILED, "400")], NOW)
        lines = ledger.take(session, 1, changed, NOW, 9)
        assert [(line.too_soon, line.told) for line in lines] == [
            (False, {"ids": [5], "at": NOW.isoformat()}),
            (False, None),
        ]

    await database.run(told)


async def test_what_is_recalled_goes_to_nobody_else(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        fan_out.more(session, SCHOOL, one, NOW)
        assert (_sends(session, 10), announcements.recall(one)) == (10, True)
        assert [news.passes for news in _news(session)] == [(RECALL,)]
        _all(session, one)
        assert (_lines(session, RECALL), _sends(session)) == (10, 10)
        _all(session, one)
        assert (one.state, announcements.counts(session, one, RECALL)) == (
            announcements.DONE,
            {"sent": 10, "blocked": 0},
        )

    await database.run(told)


async def test_what_is_resent_is_not_resent_when_it_fails_again(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, PEOPLE)
        one = _confirmed(session)
        _all(session, one)
        session.execute(update(Outgoing).values(state="failed"))
        assert announcements.resend(session, one, ["failed"])
        assert fan_out.more(session, SCHOOL, one, NOW)
        queued = announcements.counts(session, one)["queued"]
        session.execute(update(Outgoing).values(state="failed"))
        _all(session, one)
        assert announcements.counts(session, one)["queued"] == PEOPLE - queued

    await database.run(told)


async def test_the_end_is_expected_by_the_rate_and_never_at_night(database: Database) -> None:
    def told(session: Session) -> None:
        _people(session, 1, 1)
        one, minute = _confirmed(session), dt.timedelta(minutes=1)
        evening = NOW.replace(hour=19, minute=59)  # in Rome it is quiet from 21:00 to 8:00
        end = announcements.expected_end(one, 3600, 30, NOW, QUIET)
        assert end == NOW + 2 * minute
        end = announcements.expected_end(one, 3600, 30, evening, QUIET)
        assert end == NOW.replace(hour=7, minute=1) + dt.timedelta(days=1)
        one.options = {"urgent": True}
        end = announcements.expected_end(one, 3600, 30, evening, QUIET)
        assert end == evening + 2 * minute

    await database.run(told)
