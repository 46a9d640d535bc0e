"""For whom an announcement is: each criterion, unions, exclusions, and who is never written to."""

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from db.events import Attendance, Event, Meeting, Mute, Seat
from db.groups import Card, Group, Member
from db.session import Database
from db.tables import Answer, Idea, Person, Role
from db.types import Json
from school import audiences, loading
from school.sheet import ANSWERED, CHOOSING
from tests.school.room import DAY, NOW, START

SCHOOL = loading.load()
# Who they are: numbers of people.
ADA, BRUNO, CARLA, DINA, EMIL, FAY, GIO, HANA = range(1, 9)


def _person(number: int, **more: object) -> Person:
    known = {"notice_read": "1", "old_enough_at": NOW, "language": "en", "created_at": NOW}
    return Person(id=number, **{"telegram_id": 1000 + number, **known, **more})


def _sheet(session: Session, idea: int, stage: str, *places: str, **whose: int) -> None:
    session.add(Idea(id=idea, created_at=NOW, **whose))
    session.flush()
    answers: dict[str, dict[str, Json]] = {
        "stage": {"choice": stage},
        "where": {"places": [*places]},
    }
    for question, value in answers.items():
        given = {"status": ANSWERED, "value": value, "changed_at": NOW}
        session.add(Answer(idea_id=idea, question=question, **given))


def _seat(session: Session, number: int, state: str) -> None:
    session.add(
        Seat(id=number, event_id=5, person_id=number, code=f"C{number}", state=state, line_at=NOW)
    )


def people(session: Session) -> None:
    """Eight people: Gio and Hana are away, or without Telegram."""
    session.add_all(_person(number) for number in (ADA, CARLA, DINA, EMIL, FAY))
    session.add(_person(BRUNO, language="ar"))
    session.add_all([_person(GIO, unreachable_at=NOW), _person(HANA, telegram_id=None)])
    session.flush()
    _sheet(session, 1, "project", "79", person_id=ADA)
    _sheet(session, 2, "none", "7", person_id=BRUNO)
    # Carla's own sheet rests while she writes the group's, which is Dina's, too.
    _sheet(session, 3, "none", person_id=CARLA)
    session.add(Group(id=1, name="Lamps", created_at=NOW))
    session.flush()
    session.add_all(Member(person_id=n, group_id=1, joined_at=NOW) for n in (CARLA, DINA))
    _sheet(session, 4, "intuition", "city", group_id=1)
    _sheet(session, 5, "project", person_id=GIO)
    session.add(Dossier(idea_id=4, state="waiting", since=NOW))
    session.add(Dossier(idea_id=2, state="ready", since=NOW))
    session.add(Event(id=5, code="e5", state="published", title={}, options={}, created_at=NOW))
    session.flush()
    session.add(Meeting(id=1, event_id=5, starts_at=START, ends_at=START + DAY))
    for number, state in ((ADA, "seated"), (BRUNO, "waiting"), (CARLA, "left"), (DINA, "seated")):
        _seat(session, number, state)
    session.flush()
    session.add(Attendance(seat_id=DINA, meeting_id=1, at=START, how="list"))
    session.add_all(
        [Role(person_id=EMIL, role="tutor", at=NOW), Mute(person_id=FAY, kind="subject:calls")]
    )
    session.add(Card(person_id=FAY, place="79", field="food", words="x", at=NOW))
    session.add(Answer(idea_id=3, question="field", status=CHOOSING, value={}, changed_at=NOW))
    session.flush()


EVERYBODY = [ADA, BRUNO, CARLA, DINA, EMIL, FAY]
WHOM: dict[str, list[int]] = {
    "all": EVERYBODY,
    "stage:project": [ADA],
    "stage:none": [BRUNO],
    "stage:intuition": [CARLA, DINA],
    "place:79": [ADA],
    "place:7": [BRUNO],
    "place:city": [CARLA, DINA],
    f"municipio:{SCHOOL.neighbourhoods[0].municipi[0]}": [],
    "language:ar": [BRUNO],
    "event:5": [ADA, BRUNO, DINA],
    "event:5:seated": [ADA, DINA],
    "event:5:waiting": [BRUNO],
    "event:5:came": [DINA],
    "event:5:missed": [ADA],
    "event:6": [],
    "groups:waiting": [CARLA, DINA],
    "groups:ready": [BRUNO],
    "groups:taken": [],
    "groups:none": [ADA],
    "tutors": [EMIL],
    "coordinators": [],
    "company": [FAY],
}


def _found(
    session: Session, to: list[str], without: list[str] | None = None, subject: str | None = None
) -> list[int]:
    given: dict[str, Json] = {"to": [*to], "not": [*(without or [])]}
    them = audiences.condition(SCHOOL, given, subject)
    found = sorted(person.id for person in audiences.examples(session, them, 100))
    assert audiences.count(session, them) == len(found)
    return found


async def test_each_criterion_means_some_people(database: Database) -> None:
    await database.run(people)
    for criterion, expected in WHOM.items():
        found = await database.run(lambda session, one=criterion: _found(session, [one]))
        if not criterion.startswith("municipio"):
            assert (criterion, found) == (criterion, expected)


async def test_a_district_is_all_its_neighbourhoods(database: Database) -> None:
    await database.run(people)
    place = next(place for place in SCHOOL.neighbourhoods if place.id == "79")
    criterion = f"municipio:{place.municipi[0]}"
    assert ADA in await database.run(lambda session: _found(session, [criterion]))


async def test_an_audience_is_a_union_less_others(database: Database) -> None:
    await database.run(people)

    def told(session: Session) -> None:
        assert _found(session, ["stage:project", "tutors", "event:5:came"]) == [ADA, DINA, EMIL]
        assert _found(session, ["all"], ["event:5", "tutors"]) == [CARLA, FAY]
        assert _found(session, []) == []
        assert _found(session, [], ["tutors"]) == []

    await database.run(told)


async def test_who_muted_the_subject_is_not_written_to(database: Database) -> None:
    await database.run(people)

    def told(session: Session) -> None:
        assert _found(session, ["all"], subject="calls") == EVERYBODY[:-1]
        assert _found(session, ["all"], subject="events") == EVERYBODY

    await database.run(told)


@pytest.mark.parametrize(
    "criterion", ["", "nobody", "stage", "event:x", "event:5:best", "groups:x"]
)
def test_a_criterion_that_means_nothing_is_refused(criterion: str) -> None:
    with pytest.raises(ValueError, match=r"nobody|number|no sheet"):
        audiences.condition(SCHOOL, {"to": [criterion]})
