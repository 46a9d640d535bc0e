"""The sheet on paper: what it says, as plain data; a template lays it out (bot/sheet.typ).

Answers stand in full, as they were typed. What is open is said kindly and judged by nobody.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

from babel.dates import format_time
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Attachment, Idea, Person
from db.types import Json
from locales.translator import Words
from school import bubbles, codes, flyers, groups, interview, wording
from school.loading import School
from school.phrases import Phrase, as_text, t
from school.questionnaire import Question
from school.sheet import SKIPPED, UNKNOWN, Given, Sheet, of_idea
from school.texts import Text, in_language

KINDS: dict[str, Phrase] = {
    "photo": t("photo"),
    "document": t("document"),
    "voice": t("voice message"),
    "audio": t("sound"),
    "video": t("video"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A question by its name, and what is said beside it; `given` where it is an own answer."""

    name: str
    words: str
    given: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that is with the idea; the length is of what one hears or sees."""

    kind: str
    name: str
    length: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet; its self-check once all of it is answered."""

    label: str
    answers: list[Row]
    check: list[Check]


@dataclass(frozen=True, slots=True)
class Open:
    """What has no answer yet, or "I don't know yet": the questions themselves."""

    label: str
    said: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Files:
    """What is beside the answers."""

    label: str
    rows: list[File]


@dataclass(frozen=True, slots=True)
class Code:
    """A link that a camera reads, with what becomes of it."""

    picture: str
    address: str
    how: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the sheet says, in one language."""

    school: str
    kind: str
    title: str
    facts: list[str]
    parts: list[Part]
    open: Open
    files: Files
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is made of."""

    title: str | None
    sheet: Sheet
    files: Sequence[Attachment]
    spoken: Sequence[Attachment]
    group: str | None = None
    members: Sequence[str | None] = ()
    owner: str | None = None  # of somebody without Telegram, to whom the paper is given


def subject(session: Session, school: School, idea_id: int) -> Subject | None:
    """An idea with its answers and files; None where it is gone."""
    idea = session.get(Idea, idea_id)
    if idea is None:
        return None
    beside = bubbles.attachments(session, idea)
    kept = session.scalars(select(Attachment).where(Attachment.idea_id == idea.id))
    spoken = [attachment for attachment in kept if attachment not in beside]
    sheet = of_idea(session, school.questionnaire, idea)
    group = groups.whose(session, idea)
    if group is None:
        return Subject(idea.title, sheet, beside, spoken, owner=_owner(session, idea))
    names = [person.name for person in groups.members(session, group)]
    return Subject(idea.title, sheet, beside, spoken, group.name, names)


def _owner(session: Session, idea: Idea) -> str | None:
    person = session.get(Person, idea.person_id) if idea.person_id is not None else None
    return person.name if person is not None and person.telegram_id is None else None


@dataclass(frozen=True, slots=True)
class Printer:
    """Says a subject in the words of a language."""

    school: School
    words: Words

    def page(self, subject: Subject, now: dt.datetime, link: str | None = None) -> dict[str, Json]:
        """The whole sheet, as data; with a link by which its person takes it over."""
        sheet = subject.sheet
        page = Page(
            school=self.text(self.school.settings.name),
            kind=self.say(t("Sheet of an idea")),
            title=subject.title or self.say(t("Your idea")),
            facts=[
                *self.group(subject),
                *self.owner(subject),
                self.made(now),
                self.progress(sheet),
            ],
            parts=[self.part(subject, part) for part in sheet.parts()],
            open=self.open(subject),
            files=self.files(subject),
            code=self.code(link) if link is not None else None,
        )
        return cast("dict[str, Json]", asdict(page))

    def owner(self, subject: Subject) -> list[str]:
        """Whose it is, where that is to be said."""
        return [self.say(t("Sheet of: %(name)s", name=subject.owner))] if subject.owner else []

    def code(self, link: str) -> Code:
        """How somebody takes it over."""
        how = [t("With Telegram this sheet is yours in the chat, too."), flyers.HOW]
        shown = [self.say(line) for line in (*how, t("It works once, within a week."))]
        return Code(codes.svg(link), link.removeprefix("https://"), shown)

    def file_name(self, now: dt.datetime) -> str:
        """A plain name for the file."""
        word = self.say(t("sheet"))
        return f"{word}-{now.astimezone(self.school.zone).date()}.pdf"

    def say(self, phrase: Phrase) -> str:
        """The program's words."""
        return as_text(phrase, self.words)

    def text(self, text: Text) -> str:
        """The school's words."""
        return in_language(text, self.words.language)

    def made(self, now: dt.datetime) -> str:
        """When it was made, on the school's clock."""
        here = now.astimezone(self.school.zone)
        language = self.words.language
        return self.say(
            t(
                "Made on %(date)s, %(time)s",
                date=wording.day(here, language),
                time=format_time(here, "HH:mm", locale=language),
            )
        )

    def group(self, subject: Subject) -> list[str]:
        """Whose sheet it is, if a group's: by the names that its people chose."""
        if subject.group is None:
            return []
        nameless = self.say(t("without a name"))
        names = wording.listed([name or nameless for name in subject.members], self.words.language)
        return [
            self.say(t("Group: %(name)s", name=subject.group)),
            self.say(t("Members: %(names)s", names=names)),
        ]

    def progress(self, sheet: Sheet) -> str:
        """How many questions have an answer."""
        done, total = sheet.progress()
        said = t("%(done)s of %(total)s questions have your answer.", done=done, total=total)
        return self.say(said)

    def part(self, subject: Subject, part: str) -> Part:
        """The answers of a part; what stands before all parts is in the first."""
        sheet = subject.sheet
        first = part == sheet.parts()[0]
        questions = [
            question
            for question in sheet.asked()
            if question.part == part or (first and question.part is None)
        ]
        known = self.school.questionnaire.parts[part]
        checked = known.criterion and sheet.is_complete(part)
        return Part(
            self.text(known.label),
            [self.row(subject, question) for question in questions],
            self.check(sheet, part) if checked else [],
        )

    def check(self, sheet: Sheet, part: str) -> list[Check]:
        """The self-check of a criterion."""
        said = interview.self_check(sheet, self.school.selfcheck, part)
        return [Check(self.say(wording.CHECKS[sort]), self.text(text)) for sort, text in said]

    def row(self, subject: Subject, question: Question) -> Row:
        """A question with its answer in full; a voice is named with its length."""
        given = subject.sheet.given(question.key)
        return Row(
            self.text(question.name),
            self.answer(subject, question, given) if given else self.say(t("not answered yet")),
            given=given is not None and given.status not in (UNKNOWN, SKIPPED),
        )

    def answer(self, subject: Subject, question: Question, given: Given) -> str:
        """An answer in full."""
        voices = given.value.get("voices")
        if not voices:
            return self.say(wording.answer(self.school, self.words.language, question, given))
        ids = cast("list[int]", voices)
        spoken = [self.voice(voice) for voice in subject.spoken if voice.id in ids]
        return "\n".join([*filter(None, [str(given.value.get("text", ""))]), *spoken])

    def voice(self, voice: Attachment) -> str:
        """A voice message with its length, where that is known."""
        if voice.seconds is None:
            return self.say(KINDS["voice"])
        return self.say(t("voice message, %(length)s", length=_length(voice.seconds)))

    def files(self, subject: Subject) -> Files:
        """The files beside the answers, numbered as the chat numbers them."""
        rows = [self.file(number, file) for number, file in enumerate(subject.files, start=1)]
        return Files(self.say(t("Files with the idea")), rows)

    def file(self, number: int, file: Attachment) -> File:
        """A file in the list."""
        name = file.name or self.say(t("File %(number)s", number=number))
        length = "" if file.seconds is None else _length(file.seconds)
        return File(self.say(KINDS[file.kind]), name, length)

    def open(self, subject: Subject) -> Open:
        """What is open, kindly."""
        sheet = subject.sheet
        rows = [
            Row(self.text(question.name), self.text(question.ask), given=False)
            for question in sheet.asked()
            if _is_open(sheet.given(question.key))
        ]
        going_on = t("You can go on in the chat when you like. There is no hurry.")
        if subject.owner is not None:
            going_on = t("You can go on with us when you like. There is no hurry.")
        said = going_on if rows else t("All questions about your idea have an answer.")
        return Open(self.say(t("Still open")), self.say(said), rows)


def _is_open(given: Given | None) -> bool:
    return given is None or given.status == UNKNOWN


def _length(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
