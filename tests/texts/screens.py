"""Every screen of the conversation, as a resident would meet it, without Telegram in between."""

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from bot.rendering import render
from db.base import Base
from db.tables import Answer, Outgoing, Person
from db.types import Json
from emulator.entities.html import parse_html
from handlers.turn import Turn
from locales.translator import Words
from locales.translator import words as in_language
from school import bubbles, people
from school.bubbles import Bubble
from school.loading import School
from school.questionnaire import Question
from school.sheet import ANSWERED, SKIPPED, UNKNOWN

NOW = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
LONG = "In my street many people ask for exactly this, and nobody has ever tried it. " * 20
QUESTION, OTHER, LABEL, DATA = 300, 600, 24, 64  # the most letters of each, and bytes of data
# These two keep the words that the design gave them.
LONG_LABELS = {"It belongs to the answer before", "Write me when there is one"}
Work = Callable[[Turn], object]
Given = dict[str, tuple[str, dict[str, Json]]]


class Message(NamedTuple):
    """One message with its buttons, as they are seen."""

    text: str
    labels: tuple[str, ...]
    data: tuple[str, ...]


@contextmanager
def turn_of(school: School, language: str, given: Given | None = None) -> Generator[Turn]:
    """The turn of a known person who has given these answers, if any."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        person = people.add(session, 1001, language, NOW)
        person.notice_read, person.old_enough_at = school.notice.version, NOW
        person.expects = people.INTERVIEW
        turn = Turn(session, school, person, NOW)
        for key, (status, value) in (given or {}).items():
            answer = Answer(idea_id=turn.the_idea().id, question=key, status=status, value=value)
            answer.changed_at = NOW
            session.add(answer)
        session.flush()
        yield turn
    engine.dispose()


def said(turn: Turn, words: Words, work: Work) -> list[Message]:
    """The messages of one step."""
    before = set(turn.session.scalars(select(Outgoing.id)))
    work(turn)
    turn.session.flush()
    rows = turn.session.scalars(select(Outgoing).order_by(Outgoing.id)).all()
    return [
        _message(render(row.body, words))
        for row in rows
        if row.id not in before and "text" in row.body
    ]


def scenes(school: School, language: str, works: Sequence[Work]) -> list[Message]:
    """All that is said in each of these, which begin anew."""
    found: list[Message] = []
    for work in works:
        with turn_of(school, language) as turn:
            found += said(turn, in_language(language), work)
    return found


def too_long(found: Sequence[Message]) -> list[str]:
    """What of these messages is too long: texts, labels of buttons, what buttons carry."""
    labels = {label for message in found for label in message.labels}
    carried = {data for message in found for data in message.data}
    return [
        *(message.text for message in found if len(message.text) > OTHER),
        *sorted({label for label in labels if len(label) > LABEL} - LONG_LABELS),
        *sorted(data for data in carried if len(data.encode()) > DATA),
    ]


def _message(parameters: dict[str, Any]) -> Message:
    keyboard = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in keyboard for button in row]
    return Message(
        _seen(parse_html(parameters["text"])[0]),
        tuple(_seen(button["text"]) for button in buttons),
        tuple(button["callback_data"] for button in buttons),
    )


def _seen(text: str) -> str:
    return text.translate(ISOLATES)


def stranger(turn: Turn) -> Person:
    """The person of a turn before anything was read."""
    turn.person.notice_read = turn.person.old_enough_at = None
    turn.person.expects = people.NOBODY
    return turn.person


def written(turn: Turn, words: str, message_id: int = 7) -> Bubble:
    """A message that the person wrote."""
    bubble = Bubble(turn.person.id, message_id, words, NOW)
    bubbles.save(turn.session, bubble)
    return bubble


def questions(school: School, stage: str) -> list[Question]:
    """All questions of a path, as it asks them."""
    path = school.questionnaire.stages[stage].questions
    return [school.questionnaire.questions[key].at_stage(stage) for key in path]


def talkative(school: School, stage: str) -> Given:
    """The longest answer to each question of a path."""
    asked = questions(school, stage)
    given: Given = {question.key: (ANSWERED, _longest(school, question)) for question in asked}
    given["stage"] = ANSWERED, {"choice": stage}
    return given


def unsure(school: School, stage: str) -> Given:
    """Wherever it is an answer that one does not know yet, else left out where that may be."""
    given = talkative(school, stage)
    for question in questions(school, stage):
        if question.dont_know or question.optional:
            given[question.key] = UNKNOWN if question.dont_know else SKIPPED, {}
    return given


def _longest(school: School, question: Question) -> dict[str, Json]:
    most = question.most or 0
    values: dict[str, dict[str, Json]] = {
        "choice": {"choice": next(iter(question.options), "")},
        "choices": {
            "choices": [key for key in question.options if key not in question.alone],
            "other": LONG[:100] if question.other else "",
        },
        "places": {"places": [place.id for place in school.neighbourhoods[:8]]},
        "text": {"text": LONG[:most], "voices": [1]},
        "files": {"files": [1, 2, 3]},
    }
    return values.get(question.kind, {"number": str(most)})
