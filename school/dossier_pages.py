"""A version of a sheet on paper, as a tutor gets it: the answers in full, what is open, and what is
otherwise than in the version before. Labels are in the tutor's language, answers as typed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

from babel import Locale
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Version
from db.tables import Idea
from db.types import Json
from school import comments, dossiers, moments, versions, wording
from school.phrases import as_text, t
from school.printed import Printer, Subject
from school.questionnaire import Question
from school.sheet import Given, Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a change: before, now, or what a tutor asked."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is another one, or about which something was asked."""

    name: str
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Handed:
    """A version with all that its page needs; `before` is the one before."""

    dossier: Dossier
    version: Version
    before: Version | None
    subject: Subject


def handed(session: Session, printer: Printer, number: int, which: int) -> Handed | None:
    """A version of a dossier; None where it is gone."""
    dossier = session.get(Dossier, number)
    version = versions.find(session, dossier, which) if dossier is not None else None
    if dossier is None or version is None:
        return None
    loose, spoken = versions.beside(session, session.get_one(Idea, dossier.idea_id), version)
    sheet = versions.sheet(version, printer.school.questionnaire)
    subject = Subject(versions.title(version), sheet, loose, spoken)
    return Handed(dossier, version, versions.find(session, dossier, which - 1), subject)


def page(session: Session, printer: Printer, given: Handed, now: dt.datetime) -> dict[str, Json]:
    """All that the page says, as data."""
    rows = printer.open(given.subject).rows
    said = t("All questions have an answer.")
    if rows:
        said = t("These wait for an answer, or it is “I don't know yet”.")
    changed = _changes(session, printer, given)
    return {
        **printer.page(given.subject, now),
        "title": given.subject.title or printer.say(t("An idea without a title")),
        "facts": cast("Json", _facts(session, printer, given)),
        "changes": {
            "label": printer.say(t("What has changed")) if given.before is not None else "",
            "said": "" if changed else printer.say(t("No answer has changed.")),
            "rows": cast("Json", [asdict(one) for one in changed]),
        },
        "open": {
            "label": printer.say(t("Still open")),
            "said": printer.say(said),
            "rows": cast("Json", [asdict(one) for one in rows]),
        },
    }


def _facts(session: Session, printer: Printer, given: Handed) -> list[str]:
    """Which version it is and of when, whose, and how much of it there is."""
    language, zone = printer.words.language, printer.school.zone
    them = dossiers.people(session, given.dossier)
    spoken = dossiers.languages(given.dossier, them, printer.school.languages)
    names = [Locale.parse(code).get_language_name(language) or code for code in spoken]
    when = moments.in_words(language, zone, given.version.at, given.version.at)
    done, total = given.subject.sheet.progress()
    own = [person.name or as_text(t("without a name"), printer.words) for person in them]
    facts = (
        t("Version %(number)s", number=given.version.number),
        t("Sent: %(when)s", when=when),
        t("From: %(names)s", names=wording.listed(own, language)),
        t("The answers are in: %(languages)s", languages=wording.listed(names, language)),
        t("%(done)s of %(total)s questions have an answer.", done=done, total=total),
    )
    return [printer.say(fact) for fact in facts]


def _changes(session: Session, printer: Printer, given: Handed) -> list[Change]:
    if given.before is None:
        return []
    before = versions.sheet(given.before, printer.school.questionnaire)
    found = {one.question.key for one in versions.differences(before, given.subject.sheet)}
    asked = {
        one.question: one.words
        for one in comments.sent(session, given.dossier, given.before.number, before)
    }
    return [
        _change(printer, given, question, before, asked.get(question.key))
        for question in _questions(before, given.subject.sheet)
        if question.key in found or question.key in asked
    ]


def _questions(before: Sheet, now: Sheet) -> Sequence[Question]:
    keys = {question.key for question in now.asked()}
    return [*now.asked(), *(one for one in before.asked() if one.key not in keys)]


def _change(
    printer: Printer, given: Handed, question: Question, before: Sheet, asked: str | None
) -> Change:
    old, new = before.given(question.key), given.subject.sheet.given(question.key)
    lines = [Said(printer.say(t("You asked")), asked)] if asked is not None else []
    if old == new:
        lines.append(Said(printer.say(t("As before")), _said(printer, given, question, new)))
    else:
        lines.append(Said(printer.say(t("Before")), _said(printer, given, question, old)))
        lines.append(Said(printer.say(t("Now")), _said(printer, given, question, new)))
    return Change(printer.text(question.name), lines)


def _said(printer: Printer, handed_in: Handed, question: Question, given: Given | None) -> str:
    if given is None:
        return printer.say(t("no answer"))
    return printer.answer(handed_in.subject, question, given)
