"""The interview as it is met: what is asked, what an answer changes, and what is shown after it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from db.types import Json
from handlers import describe, review, together
from handlers import question as screens
from handlers.buttons import Button, data
from handlers.turn import Screen, Turn
from school import answering, bubbles, interview, people
from school.bubbles import Bubble
from school.neighbourhoods import Neighbourhood
from school.phrases import Phrase, bold, lines, t
from school.questionnaire import Question
from school.reading import Value, as_digits
from school.sheet import ANSWERED, CHOOSING, Given


def resume(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask the present question; where all are answered, show the idea."""
    undecided = together.undecided(turn)
    question = undecided or interview.present(turn.person, turn.sheet)
    if question is None:
        interview.pause(turn.person)
        review.overview(turn, notes)
        return
    interview.resume(turn.person)
    if undecided is not None:
        together.decide(turn, question, notes)
    else:
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
    typed: Bubble | None = None,
) -> None:
    """Show a question. After a typed text, `typed` is what may belong to the answer before."""
    screen = screens.screen(turn, question, found)
    if typed is not None:
        screen.keyboard.insert(-1, [belongs_before(typed)])
    turn.show(screen, [*notes, *together.shown(turn, question)])


def belongs_before(bubble: Bubble) -> Button:
    """The way out for whoever writes one answer in three messages. It names the answer that the
    bubble is in, so that a double tap moves it once.
    """
    return t("It belongs to the answer before"), data("join", bubble.message_id, bubble.question)


def answered(
    turn: Turn,
    question: Question,
    value: Value,
    status: str = ANSWERED,
    typed: Bubble | None = None,
) -> None:
    """Keep an answer and go on: to the next question, or to the review it was changed from. One
    that somebody else gave meanwhile is shown first.
    """
    if typed is None and together.in_the_way(turn, question, Given(status, value)):
        ask(turn, question, together.meanwhile_of(turn, question, Given(status, value)))
        return
    notes: list[Phrase] = []
    staged = turn.sheet.stage
    complete = question.part is not None and turn.sheet.is_complete(question.part)
    write(turn, question.key, value, status, lost=_replaced(turn, question, typed))
    if question.key == "stage" and staged != turn.sheet.stage:
        notes += _already(turn)
    if question.part and not complete and turn.sheet.is_complete(question.part):
        notes += review.self_check(turn, question.part)
    go_on(turn, question, notes, typed)


def _replaced(turn: Turn, question: Question, typed: Bubble | None) -> list[int | None]:
    """A text answer is made of new bubbles, or of none: whose it was made of before."""
    if typed is None and question.kind != "text":
        return []
    idea, key = turn.the_idea(), question.key
    parts = bubbles.of_question(turn.session, idea, key) if turn.shared else []
    if typed is None:
        bubbles.release(turn.session, idea, key)
    else:
        bubbles.assign(turn.session, typed, idea, key)
    return [part.person_id for part in parts]


def write(
    turn: Turn, key: str, value: Value, status: str = ANSWERED, lost: Iterable[int | None] = ()
) -> None:
    """Keep an answer as the person's; `lost` are those of whose words it was made before."""
    before, author = turn.sheet.answers.get(key), together.author(turn, key)
    if turn.shared and before == Given(status, value):
        return
    idea, me = turn.the_idea(), people.writer(turn.person)
    interview.keep(turn.session, turn.sheet, idea, key, value, turn.now, me, status)
    if turn.shared:
        concerned = [*lost, author.person_id if author is not None else None]
        together.changed(turn, key, before, concerned)


def go_on(
    turn: Turn, question: Question, notes: Sequence[Phrase] = (), typed: Bubble | None = None
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
    joins = before and before.kind == "text" and given and given.status == ANSWERED
    return bool(joins and before and together.is_own(turn, before.key))


def _already(turn: Turn) -> list[Phrase]:
    done, total = turn.sheet.progress()
    said = t("%(done)s of %(total)s questions already have your answer.", done=done, total=total)
    return [said] if done > 1 else []


def chosen(turn: Turn, question: Question) -> Value:
    """What is chosen of several until now."""
    answer = turn.sheet.answers.get(question.key)
    return answer.value if answer else {}


def choose(turn: Turn, question: Question, value: Value) -> list[Phrase]:
    """Keep a choice of several; it is an answer once the person goes on. What there is to say of
    another one who chose meanwhile.
    """
    if together.drops(turn, question, value):
        return together.meanwhile_of(turn, question, Given(CHOOSING, value))
    notes = together.meanwhile(turn, question) if together.unseen(turn, question.key) else []
    write(turn, question.key, value, finished(turn, question, value))
    return notes


def finished(turn: Turn, question: Question, value: Value) -> str:
    """The status of a choice: an answer that was finished stays so, unless nothing is left."""
    stays = turn.sheet.given(question.key) and not answering.is_empty(value)
    return ANSWERED if stays else CHOOSING


def doubt(turn: Turn, question: Question, amounts: list[Decimal]) -> None:
    """Ask which number was meant."""
    picks: list[list[Button]] = [
        [
            (
                describe.number(turn, question, amount),
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
