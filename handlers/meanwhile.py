"""What becomes of a text that somebody wrote while another member answered: it takes the place of
that answer, is added to it, or is let go. The buttons name the question; the texts are in the rows.
"""

from collections.abc import Callable
from functools import wraps

from handlers import interview as talk
from handlers import together
from handlers.describe import too_long
from handlers.turn import Turn
from school import bubbles
from school.bubbles import Bubble
from school.phrases import t
from school.questionnaire import Question

Decision = Callable[[Turn, Question, list[Bubble]], None]


def _decided(function: Decision) -> Callable[[Turn, str], None]:
    """Only with texts that wait, and once the answer beside them was seen as it is."""

    @wraps(function)
    def tap(turn: Turn, key: str) -> None:
        question, parts = turn.school.questionnaire.questions.get(key), together.waiting(turn, key)
        question = turn.sheet.question(key) or question
        if question is None or not parts:
            talk.resume(turn)
        elif together.unseen(turn, key):
            together.decide(turn, question)
        else:
            function(turn, question, parts)

    return tap


@_decided
def mine(turn: Turn, question: Question, parts: list[Bubble]) -> None:
    """The person's texts take the place of the answer."""
    before = bubbles.of_question(turn.session, turn.the_idea(), question.key)
    if _fits(turn, question, parts):
        bubbles.release(turn.session, turn.the_idea(), question.key)
        _write(turn, question, parts, [], lost=before)


@_decided
def add(turn: Turn, question: Question, parts: list[Bubble]) -> None:
    """The person's texts are added to the answer."""
    before = bubbles.of_question(turn.session, turn.the_idea(), question.key)
    if not together.can_add(turn, question.key):
        together.decide(turn, question)
    elif _fits(turn, question, [*before, *parts]):
        _write(turn, question, parts, before, lost=[])


@_decided
def theirs(turn: Turn, question: Question, parts: list[Bubble]) -> None:
    """The answer stays as it is."""
    for part in parts:
        bubbles.drop(turn.session, part)
    talk.go_on(turn, question, [t("All right. That answer stays, and I do not keep yours.")])


def _fits(turn: Turn, question: Question, parts: list[Bubble]) -> bool:
    """Whether texts are short enough together; if not, that is said."""
    length, most = len(str(bubbles.composed(parts)["text"])), question.most or 0
    if length > most:
        together.decide(turn, question, [too_long(length, most)])
    return length <= most


def _write(
    turn: Turn, question: Question, parts: list[Bubble], before: list[Bubble], lost: list[Bubble]
) -> None:
    for part in parts:
        bubbles.append(turn.session, part, turn.the_idea(), question.key)
    value = bubbles.composed(bubbles.in_order([*before, *parts]))
    talk.write(turn, question.key, value, lost=[part.person_id for part in lost])
    talk.go_on(turn, question)
