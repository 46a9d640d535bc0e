"""What was handed in, and when: each time the sheet goes to a tutor it is kept as it is then. A
version never changes, whatever becomes of the sheet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Version
from db.tables import Attachment, Idea, Person
from db.types import Json
from school import agreement, bubbles, dossiers, groups
from school.questionnaire import Question, Questionnaire
from school.sheet import Given, Sheet


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that is another one than in the version before; None where there was or is none."""

    question: Question
    before: Given | None
    now: Given | None


def send(
    session: Session,
    dossier: Dossier,
    sheet: Sheet,
    by: Person,
    now: dt.datetime,
    silent: Sequence[Person] = (),
) -> Version | None:
    """Hand the sheet in as it is now; None where its state does not allow that, or where anybody
    did not agree but those who are silent.
    """
    idea = session.get_one(Idea, dossier.idea_id)
    them = agreement.of(session, dossier, groups.people_of(session, idea))
    missing = [*them.waiting, *them.unasked, *(one for one in them.silent if one not in silent)]
    if missing or not dossiers.is_sendable(sheet) or not dossiers.act(dossier, dossiers.SEND, now):
        return None
    agreement.end_silent(session, dossier)
    dossier.round += 1
    dossier.handed_at, dossier.read_at = now, None
    version = Version(
        dossier_id=dossier.id,
        number=dossier.round,
        person_id=by.id,
        at=now,
        content=_content(idea, sheet),
    )
    session.add(version)
    session.flush()
    return version


def _content(idea: Idea, sheet: Sheet) -> dict[str, Json]:
    given = {question.key: sheet.given(question.key) for question in sheet.asked()}
    answers = {
        key: cast("Json", {"status": answer.status, "value": answer.value})
        for key, answer in given.items()
        if answer is not None
    }
    return {"title": idea.title, "answers": answers}


def find(session: Session, dossier: Dossier, number: int) -> Version | None:
    """A version by its number."""
    return session.get(Version, (dossier.id, number))


def every(session: Session, dossier: Dossier) -> Sequence[Version]:
    """All versions, the newest first."""
    query = select(Version).where(Version.dossier_id == dossier.id)
    return list(session.scalars(query.order_by(Version.number.desc())))


def title(version: Version) -> str | None:
    """What the idea was called."""
    said = version.content["title"]
    return str(said) if said else None


def sheet(version: Version, questionnaire: Questionnaire) -> Sheet:
    """The sheet as it was."""
    kept = cast("dict[str, dict[str, Json]]", version.content["answers"])
    given = {
        key: Given(str(one["status"]), cast("dict[str, Json]", one["value"]))
        for key, one in kept.items()
    }
    return Sheet(questionnaire, given)


def differences(before: Sheet, now: Sheet) -> list[Difference]:
    """The answers that are other ones, in the order of their questions."""
    keys = {question.key for question in now.asked()}
    gone = [question for question in before.asked() if question.key not in keys]
    both = (
        Difference(question, before.given(question.key), now.given(question.key))
        for question in [*now.asked(), *gone]
    )
    return [one for one in both if one.before != one.now]


def files(session: Session, idea: Idea, since: dt.datetime | None) -> list[Attachment]:
    """The files and voices that came after a time, or all, in the order in which they came."""
    query = select(Attachment).where(Attachment.idea_id == idea.id).order_by(Attachment.id)
    return [one for one in session.scalars(query) if since is None or one.at > since]


def beside(session: Session, idea: Idea, version: Version) -> tuple[list[Attachment], ...]:
    """The files that were there with a version, and still are: those beside the answers, and the
    voices that are answers.
    """
    there = [one for one in files(session, idea, None) if one.at <= version.at]
    loose = {one.id for one in bubbles.attachments(session, idea)}
    return [one for one in there if one.id in loose], [one for one in there if one.id not in loose]
