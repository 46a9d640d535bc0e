"""Every screen is short enough to be read on a cheap phone, in every language."""

from functools import cache, partial

import pytest

from handlers import (
    home,
    inquiries,
    interview,
    messages,
    own_data,
    ownership,
    review,
    taps,
    title,
    welcome,
)
from handlers.incoming import File, Incoming
from handlers.inquiries import Reply
from handlers.turn import Operator, Turn
from locales.translator import words
from school import inquiries as asked_of
from school import people
from school.loading import load
from school.questionnaire import Question
from tests.texts.screens import (
    LONG,
    QUESTION,
    Given,
    Message,
    Work,
    questions,
    said,
    stranger,
    talkative,
    too_long,
    turn_of,
    unsure,
    written,
)

SCHOOL = load()
LANGUAGES = SCHOOL.languages
STAGES = list(SCHOOL.questionnaire.stages)


def shown(language: str, given: Given | None, *work: Work) -> list[Message]:
    """What somebody with these answers is told, step by step."""
    with turn_of(SCHOOL, language, given) as turn:
        return [message for step in work for message in said(turn, words(language), step)]


def asked(question: Question, turn: Turn) -> None:
    bubble = written(turn, LONG, message_id=10**15)
    bubble.question = question.key
    interview.ask(turn, turn.sheet.question(question.key) or question, typed=bubble)


def changed(question: Question, turn: Turn) -> None:
    taps.change(turn, question.key)


@cache
def of_questions(language: str, stage: str) -> list[Message]:
    """Each question of a path: new, answered at length, and changed from the review."""
    full = talkative(SCHOOL, stage)
    found: list[Message] = []
    for question in questions(SCHOOL, stage):
        new = {key: answer for key, answer in full.items() if key != question.key}
        found += shown(language, new if question.key != "stage" else None, partial(asked, question))
        found += shown(language, full, partial(asked, question), partial(changed, question))
    return found


def districts(turn: Turn) -> None:
    taps.change(turn, "where")
    taps.districts(turn, "where")
    for number in {name for place in SCHOOL.neighbourhoods for name in place.municipi}:
        taps.district(turn, "where", number)


def examples(turn: Turn) -> None:
    for question in turn.sheet.asked():
        turn.person.revisiting, turn.person.expects = question.key, people.INTERVIEW
        taps.example(turn, question.key)


def pages(turn: Turn) -> None:
    for part in turn.sheet.parts():
        review.page(turn, part)


def typed(text: str, turn: Turn) -> None:
    """The same text as the answer to each question."""
    for number, question in enumerate(turn.sheet.asked(), start=100):
        turn.person.revisiting, turn.person.expects = question.key, people.INTERVIEW
        messages.text(turn, Incoming(number, text))


def unasked(turn: Turn) -> None:
    turn.person.expects = people.NOBODY
    bubble = written(turn, LONG)
    ownership.whose(turn, bubble)
    ownership.which(turn, str(bubble.message_id))


def on_the_way_in(turn: Turn) -> None:
    stranger(turn)
    welcome.welcome(turn)
    welcome.help_(turn)
    welcome.read(turn, SCHOOL.notice.version)
    welcome.age(turn, "no")


def of_own_data(turn: Turn) -> None:
    """All that is said of what is kept, where copies are kept and a human answers."""
    turn.operator = Operator(-1005001, 7)
    own_data.privacy(turn)
    for key in SCHOOL.own_data.kinds:
        own_data.kind(turn, key)
    own_data.mydata(turn)
    own_data.copy(turn)
    own_data.forget(turn)
    own_data.stay(turn)
    own_data.warn(turn)
    turn.person.notice_read = "of another time"
    turn.first = welcome.new_notice(turn)
    home.home(turn)
    turn.person.notice_read, turn.first = SCHOOL.notice.version, None


def asking(turn: Turn) -> None:
    """A question to a human, and the answer."""
    turn.operator = Operator(-1005001, 7)
    home.home(turn)
    unasked(turn)
    inquiries.person(turn)
    inquiries.given(turn, Incoming(9000, "Where?"))
    inquiry = asked_of.latest(turn.session, turn.person)
    assert inquiry is not None
    for edited in (False, True):
        reply = Reply(-1, inquiry.code, Incoming(9001, "Here.", File("photo", "x")), edited)
        inquiries.answered(turn, inquiry, reply)


STEPS: list[Work] = [
    home.home,
    home.help_,
    home.languages,
    partial(home.later, _key=""),
    home.cancel,
    review.files,
    title.ask,
    messages.other,
    messages.other_command,
    unasked,
    of_own_data,
    asking,
]
OF_AN_IDEA: list[Work] = [review.overview, pages, examples, districts, home.wish, review.overview]


@cache
def of_the_rest(language: str) -> list[Message]:
    """Every screen that is no question, for a newcomer and on every path."""
    found = shown(language, None, *STEPS, partial(home.language, code=language))
    found += shown(language, None, on_the_way_in)
    for stage in STAGES:
        for given in (talkative(SCHOOL, stage), unsure(SCHOOL, stage)):
            found += shown(language, given, *STEPS, *OF_AN_IDEA)
            found += shown(language, given, partial(typed, LONG), partial(typed, "-1"))
    return found


def everything(language: str) -> list[Message]:
    return [*of_the_rest(language), *(m for stage in STAGES for m in of_questions(language, stage))]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_has_300_characters_at_most(language: str, stage: str) -> None:
    found = of_questions(language, stage)
    assert [message.text for message in found if len(message.text) > QUESTION] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(everything(language)) == []
