"""The interview as it is met: each way to answer a question, and what is shown after it.

A button whose question is not the present one is of an old screen: it changes nothing, and the
present screen is drawn anew.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import wraps

from db.types import Json
from handlers import question as screens
from handlers import review
from handlers.buttons import Button, data
from handlers.turn import Screen, Turn
from school import answering, interview, people
from school.neighbourhoods import Neighbourhood
from school.phrases import Phrase, bold, lines, t
from school.questionnaire import Question
from school.reading import Value, as_digits, in_range
from school.sheet import ANSWERED, CHOOSING, SKIPPED, UNKNOWN

Tap = Callable[..., None]


def resume(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask the present question; where all are answered, show the idea."""
    question = interview.present(turn.person, turn.sheet)
    if question is None:
        interview.pause(turn.person)
        review.overview(turn, notes)
        return
    interview.resume(turn.person)
    ask(turn, question, notes)


def begin(turn: Turn) -> None:
    """Begin an idea, or go on with it."""
    turn.the_idea()
    resume(turn)


def ask(
    turn: Turn,
    question: Question,
    notes: Sequence[Phrase] = (),
    found: list[Neighbourhood] | None = None,
    typed: int | None = None,
) -> None:
    """Show a question. After a typed text, `typed` is its message: it may belong elsewhere."""
    screen = screens.screen(turn, question, found)
    if typed is not None:
        screen.keyboard.insert(-1, [belongs_before(typed)])
    turn.show(screen, notes)


def belongs_before(message_id: int) -> Button:
    """The way out for whoever writes one answer in three messages."""
    return t("It belongs to the answer before"), data("join", message_id)


def answered(
    turn: Turn,
    question: Question,
    value: Value,
    status: str = ANSWERED,
    typed: int | None = None,
) -> None:
    """Keep an answer and go on: to the next question, or to the review it was changed from."""
    notes: list[Phrase] = []
    staged = turn.sheet.stage
    complete = question.part is not None and turn.sheet.is_complete(question.part)
    interview.keep(turn.session, turn.sheet, turn.the_idea(), question.key, value, turn.now, status)
    if question.key == "stage" and staged != turn.sheet.stage:
        notes += _already(turn)
    if question.part and not complete and turn.sheet.is_complete(question.part):
        notes += review.self_check(turn, question.part)
    go_on(turn, question, notes, typed)


def go_on(
    turn: Turn, question: Question, notes: Sequence[Phrase] = (), typed: int | None = None
) -> None:
    """Leave a question: for the review if it was changed from there, else for the next."""
    if interview.go_on(turn.person) == people.REVIEW:
        review.page(turn, question.part or "", notes)
        return
    following = interview.present(turn.person, turn.sheet)
    if following is None or typed is None or not joinable(turn, question):
        resume(turn, notes)
        return
    ask(turn, following, notes, typed=typed)


def joinable(turn: Turn, question: Question) -> bool:
    """Whether what was typed to a question may belong to the answer before it."""
    before = turn.sheet.before(question.key)
    given = before and turn.sheet.given(before.key)
    return bool(before and before.kind == "text" and given and given.status == ANSWERED)


def _already(turn: Turn) -> list[Phrase]:
    done, total = turn.sheet.progress()
    said = t("%(done)s of %(total)s questions already have your answer.", done=done, total=total)
    return [said] if done > 1 else []


def at_present(function: Tap) -> Tap:
    """A tap on the present question; on any other it only draws the present screen anew."""

    @wraps(function)
    def tap(turn: Turn, key: str, *rest: str) -> None:
        question = interview.present(turn.person, turn.sheet)
        if question is None or question.key != key:
            resume(turn)
        else:
            interview.resume(turn.person)
            function(turn, question, *rest)

    return tap


@at_present
def pick(turn: Turn, question: Question, option: str) -> None:
    """One choice."""
    if option in question.options and question.kind == "choice":
        answered(turn, question, {"choice": option})
    else:
        ask(turn, question)


@at_present
def ready(turn: Turn, question: Question, option: str) -> None:
    """A ready answer to a text question."""
    if option in question.ready:
        answered(turn, question, {"ready": option})
    else:
        ask(turn, question)


@at_present
def tick(turn: Turn, question: Question, option: str) -> None:
    """Set one of several."""
    _tick(turn, question, option, on=True)


@at_present
def untick(turn: Turn, question: Question, option: str) -> None:
    """Take one of several away."""
    _tick(turn, question, option, on=False)


def _tick(turn: Turn, question: Question, option: str, *, on: bool) -> None:
    known = {*question.options, "other"}
    if question.kind == "places":
        known |= {place.id for place in turn.school.neighbourhoods}
    if option in known and question.kind in answering.ADDING:
        value = answering.with_option(question, chosen(turn, question), option, on=on)
        choose(turn, question, value)
    ask(turn, question)


def chosen(turn: Turn, question: Question) -> Value:
    """What is chosen of several until now."""
    answer = turn.sheet.answers.get(question.key)
    return answer.value if answer else {}


def choose(turn: Turn, question: Question, value: Value) -> None:
    """Keep a choice of several; it is an answer once the person goes on."""
    finished = turn.sheet.given(question.key) and not answering.is_empty(value)
    status = ANSWERED if finished else CHOOSING
    interview.keep(turn.session, turn.sheet, turn.the_idea(), question.key, value, turn.now, status)


@at_present
def done(turn: Turn, question: Question) -> None:
    """Go on with what is chosen, or with the answer there was."""
    answer = turn.sheet.answers.get(question.key)
    if answer is None:
        ask(turn, question)
    elif answer.status != CHOOSING:
        go_on(turn, question)
    elif not answering.is_empty(answer.value):
        answered(turn, question, answer.value)
    else:
        ask(turn, question)


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
        answered(turn, question, {"number": as_digits(value)})
    else:
        ask(turn, question)


@at_present
def unknown(turn: Turn, question: Question) -> None:
    """The answer "I don't know yet" is an answer."""
    if question.dont_know:
        answered(turn, question, {}, UNKNOWN)
    else:
        ask(turn, question)


@at_present
def skip(turn: Turn, question: Question) -> None:
    """Leave a question out that may be left out."""
    if question.optional:
        answered(turn, question, {}, SKIPPED)
    else:
        ask(turn, question)


@at_present
def back(turn: Turn, question: Question) -> None:
    """The question before, with its answer."""
    before = turn.sheet.before(question.key)
    if before:
        interview.revisit(turn.person, before, turn.person.expects)
    ask(turn, before or question)


@at_present
def own_words(turn: Turn, question: Question) -> None:
    """Own words, to be typed."""
    ask(turn, question, [t("Write it in a message.")])


@at_present
def example(turn: Turn, question: Question) -> None:
    """A good and a weak example."""
    if question.good:
        turn.show(screens.example(turn, question))
    else:
        ask(turn, question)


@at_present
def again(turn: Turn, question: Question) -> None:
    """Back to the question."""
    ask(turn, question)


@at_present
def districts(turn: Turn, question: Question) -> None:
    """Find a neighbourhood by its district."""
    turn.show(screens.districts(turn, question))


@at_present
def district(turn: Turn, question: Question, name: str) -> None:
    """The neighbourhoods of one district."""
    turn.show(screens.district(turn, question, name))


def doubt(turn: Turn, question: Question, amounts: list[Decimal]) -> None:
    """Ask which number was meant."""
    picks: list[list[Button]] = [
        [
            (
                screens.describe.number(turn, question, amount),
                data("num", question.key, as_digits(amount)),
            )
        ]
        for amount in amounts[:4]
    ]
    again_button: Button = (t("Back to the question"), data("ask", question.key))
    text = lines(bold(t("Which number do you mean?")), t("Tap it, or write it again."))
    turn.show(Screen(text, [*picks, [again_button]]))


def chosen_files(turn: Turn, question: Question) -> list[Json]:
    """The files that answer a question until now."""
    files = chosen(turn, question).get("files", [])
    return list(files) if isinstance(files, list) else []


def change(turn: Turn, key: str) -> None:
    """Change an answer from the review."""
    question = turn.sheet.question(key)
    if question is None:
        review.overview(turn)
        return
    interview.revisit(turn.person, question, people.REVIEW)
    ask(turn, question)
