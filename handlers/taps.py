"""The buttons of a question. One whose question is not the present one is of an old screen: it
changes nothing, and the present screen is drawn anew. Its other arguments are checked as forged.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import wraps

from handlers import interview as talk
from handlers import question as screens
from handlers import review, together
from handlers.turn import Turn
from school import answering, interview, people
from school.phrases import Phrase, t
from school.questionnaire import Question
from school.reading import as_digits, in_range
from school.sheet import CHOOSING, SKIPPED, UNKNOWN

Tap = Callable[..., None]


def _stale(turn: Turn) -> None:
    """Draw what stands now. After a double tap that left the interview, it stands there already."""
    if interview.is_open(turn.person) or not turn.taps_screen:
        talk.resume(turn)


def at_present(function: Tap) -> Tap:
    """A tap on the present question; on any other it only draws the present screen anew."""

    @wraps(function)
    def tap(turn: Turn, key: str, *rest: str) -> None:
        question = together.present(turn)
        if question is None or question.key != key:
            _stale(turn)
        else:
            interview.resume(turn.person)
            function(turn, question, *rest)

    return tap


@at_present
def pick(turn: Turn, question: Question, option: str) -> None:
    """One choice."""
    if option in question.options and question.kind == "choice":
        talk.answered(turn, question, {"choice": option})
    else:
        talk.ask(turn, question)


@at_present
def ready(turn: Turn, question: Question, option: str) -> None:
    """A ready answer to a text question."""
    if option in question.ready:
        talk.answered(turn, question, {"ready": option})
    else:
        talk.ask(turn, question)


@at_present
def tick(turn: Turn, question: Question, option: str) -> None:
    """Set one of several."""
    _tick(turn, question, option, on=True)


@at_present
def untick(turn: Turn, question: Question, option: str) -> None:
    """Take one of several away."""
    _tick(turn, question, option, on=False)


def _tick(turn: Turn, question: Question, option: str, *, on: bool) -> None:
    known, notes = {*question.options, "other"}, list[Phrase]()
    if question.kind == "places":
        known |= {place.id for place in turn.school.neighbourhoods}
    if option in known and question.kind in answering.ADDING:
        value = answering.with_option(question, talk.chosen(turn, question), option, on=on)
        notes = talk.choose(turn, question, value)
    talk.ask(turn, question, notes)


@at_present
def done(turn: Turn, question: Question) -> None:
    """Go on with what is chosen, or with the answer there was."""
    answer = turn.sheet.answers.get(question.key)
    if answer is None or together.unseen(turn, question.key):
        talk.ask(turn, question, together.meanwhile(turn, question))
    elif answer.status != CHOOSING:
        talk.go_on(turn, question)
    elif not answering.is_empty(answer.value):
        talk.answered(turn, question, answer.value)
    else:
        talk.ask(turn, question)


@at_present
def number(turn: Turn, question: Question, figures: str) -> None:
    """A quick number, or the one that was meant."""
    try:
        value = Decimal(figures)
    except InvalidOperation:
        value = Decimal("NaN")
    if (
        value.is_finite()
        and question.kind in ("number", "money", "percent")
        and in_range(question, value)
    ):
        talk.answered(turn, question, {"number": as_digits(value)})
    else:
        talk.ask(turn, question)


@at_present
def unknown(turn: Turn, question: Question) -> None:
    """The answer "I don't know yet" is an answer."""
    if question.dont_know:
        talk.answered(turn, question, {}, UNKNOWN)
    else:
        talk.ask(turn, question)


@at_present
def skip(turn: Turn, question: Question) -> None:
    """Leave a question out that may be left out."""
    if question.optional:
        talk.answered(turn, question, {}, SKIPPED)
    else:
        talk.ask(turn, question)


@at_present
def back(turn: Turn, question: Question) -> None:
    """The question before, with its answer."""
    before = turn.sheet.before(question.key)
    if before:
        interview.revisit(turn.person, before, turn.person.expects)
    talk.ask(turn, before or question)


@at_present
def own_words(turn: Turn, question: Question) -> None:
    """Own words, to be typed."""
    talk.ask(turn, question, [t("Write it in a message.")])


@at_present
def example(turn: Turn, question: Question) -> None:
    """A good and a weak example."""
    if question.good:
        turn.show(screens.example(turn, question))
    else:
        talk.ask(turn, question)


@at_present
def again(turn: Turn, question: Question) -> None:
    """Back to the question."""
    talk.ask(turn, question)


@at_present
def districts(turn: Turn, question: Question) -> None:
    """Find a neighbourhood by its district."""
    turn.show(screens.districts(turn, question))


@at_present
def district(turn: Turn, question: Question, name: str) -> None:
    """The neighbourhoods of one district."""
    turn.show(screens.district(turn, question, name))


def change(turn: Turn, key: str) -> None:
    """Change an answer from the review."""
    question = turn.sheet.question(key)
    if question is None:
        review.overview(turn)
        return
    interview.revisit(turn.person, question, people.REVIEW)
    talk.ask(turn, question)
