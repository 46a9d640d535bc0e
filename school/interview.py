"""The interview over rows: what is asked now, and what an answer changes.

The present question is derived from the answers there are; only going back, or changing an
answer from the review, is remembered with the person. No answer is ever deleted because another
changed.
"""

import datetime as dt

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from db.base import table_of
from db.prepared import Prepared
from db.tables import Answer, Idea, Person
from db.upsert import put
from school import people
from school.questionnaire import Question
from school.reading import Value
from school.settings import Rule, Sort
from school.sheet import ANSWERED, Given, Sheet
from school.texts import Text

_answers = table_of(Answer)
_TAKE_AWAY = Prepared(
    delete(_answers).where(
        _answers.c.idea_id == bindparam("idea"), _answers.c.question == bindparam("key")
    )
)


def present(person: Person, sheet: Sheet) -> Question | None:
    """The question that stands now; None where all that apply have an answer."""
    again = sheet.question(person.revisiting) if person.revisiting else None
    return again or sheet.next_open()


def is_open(person: Person) -> bool:
    """Whether the next free text answers the present question."""
    return person.expects in (people.INTERVIEW, people.REVIEW)


def keep(
    session: Session,
    sheet: Sheet,
    idea: Idea,
    key: str,
    value: Value,
    now: dt.datetime,
    by: int,
    status: str = ANSWERED,
) -> None:
    """Write an answer that a person, by number, gave; the sheet in hand has it at once."""
    put(
        session,
        Answer,
        ("idea_id", "question"),
        idea_id=idea.id,
        question=key,
        value=value,
        status=status,
        changed_at=now,
        person_id=by,
    )
    sheet.answers[key] = Given(status, value)


def undo(session: Session, sheet: Sheet, idea: Idea, key: str) -> None:
    """Take an answer away, so that its question is open again."""
    if sheet.answers.pop(key, None) is not None:
        _TAKE_AWAY.run(session, idea=idea.id, key=key)


def forget_file(
    session: Session, sheet: Sheet, idea: Idea, attachment_id: int, now: dt.datetime, by: int
) -> list[str]:
    """A file goes: answers that have others keep those, one that was only this is open again.
    Returns the questions that it was an answer to.
    """
    changed: list[str] = []
    for key, answer in list(sheet.answers.items()):
        files = answer.value.get("files")
        if isinstance(files, list) and attachment_id in files:
            changed.append(key)
            left = [number for number in files if number != attachment_id]
            if left:
                keep(session, sheet, idea, key, {"files": left}, now, by, answer.status)
            else:
                undo(session, sheet, idea, key)
    return changed


def go_on(person: Person) -> str:
    """Leave the present question for the next; says where the person came from."""
    came_from = person.expects
    person.revisiting = None
    person.expects = people.NOBODY if came_from == people.REVIEW else people.INTERVIEW
    return came_from


def revisit(person: Person, question: Question, expects: str) -> None:
    """Ask a question again that has an answer."""
    person.revisiting, person.expects = question.key, expects


def resume(person: Person) -> None:
    """Free texts answer the present question again; a change that was begun stays."""
    if not (person.expects == people.REVIEW and person.revisiting):
        person.expects = people.INTERVIEW


def pause(person: Person) -> None:
    """Nothing is asked of the person until the interview is resumed; a change ends here."""
    if person.expects == people.REVIEW:
        person.revisiting = None
    person.expects = people.NOBODY


SORTS: tuple[Sort, ...] = ("strong", "missing", "question", "example")


def self_check(sheet: Sheet, rules: tuple[Rule, ...], part: str) -> list[tuple[Sort, Text]]:
    """Four lines at most on a criterion: the first rule of each sort that holds."""
    lines: list[tuple[Sort, Text]] = []
    for sort in SORTS:
        for rule in rules:
            if (rule.part, rule.sort) == (part, sort) and all(map(sheet.holds, rule.when)):
                lines.append((sort, rule.text))
                break
    return lines
