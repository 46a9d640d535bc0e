"""Whose is a text? What nobody asked for is kept and asked about; what went to the wrong question
moves to the answer before. Either way not a word is lost.
"""

import datetime as dt

from db.tables import Attachment
from handlers import inquiries, relay_written, together, typed
from handlers import interview as talk
from handlers.buttons import Button, Keyboard, data
from handlers.describe import shortened
from handlers.incoming import File, Incoming
from handlers.turn import Screen, Turn
from handlers.typed import own_bubble
from school import answering, bubbles, interview, people
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, t
from school.questionnaire import Question
from school.reading import Read, Value

_BREATH = dt.timedelta(minutes=1)


def whose(turn: Turn, bubble: Bubble) -> None:
    """Keep a text that nobody asked for, and ask what it is."""
    bubbles.save(turn.session, bubble)
    interview.pause(turn.person)
    target = first_owner(turn)
    asked = t("Does it answer “%(name)s”?", name=turn.text(target.name))
    turn.show(Screen(lines(_quoted(bubble), bold(asked)), _owners(turn, bubble, target)))


def _quoted(bubble: Bubble) -> Phrase:
    if not bubble.words:
        return t("I have your voice message.")
    return t("I read: “%(words)s”", words=shortened(bubble.words, 150))


def _owners(turn: Turn, bubble: Bubble, target: Question) -> Keyboard:
    message = bubble.message_id
    rows: Keyboard = [[(t("Yes, it answers that"), data("answers", message, target.key))]]
    if any(turn.sheet.given(question.key) for question in _texts(turn)):
        rows.append([(t("Add it to an answer"), data("which", message))])
    if turn.desk.answers:
        rows.append([(t("Send it to a person"), data("send", message))])
    if relay_written.door(turn):
        rows.append([(t("Send it to my tutor"), data("totutor", message))])
    return [*rows, [(t("Neither"), data("neither", message))]]


def first_owner(turn: Turn) -> Question:
    """The question that a text most likely answers: the open one, else the idea in a sentence."""
    questions = turn.school.questionnaire.questions
    texts = [question for question in questions.values() if question.kind == "text"]
    open_one = turn.sheet.next_open() if turn.sheet.stage else None
    return open_one or next(question for question in texts)


def _texts(turn: Turn) -> list[Question]:
    return [question for question in turn.sheet.asked() if question.kind == "text"]


def which(turn: Turn, message_id: str) -> None:
    """The answers that a text can be added to."""
    bubble = own_bubble(turn, message_id)
    if bubble is None or bubble.question is not None:
        talk.resume(turn)
        return
    rows: Keyboard = [
        [(turn.text(question.name), data("answers", bubble.message_id, question.key))]
        for question in _texts(turn)
        if turn.sheet.given(question.key)
    ]
    neither: Button = (t("Neither"), data("neither", bubble.message_id))
    turn.show(
        Screen(
            lines(_quoted(bubble), bold(t("Which answer does it belong to?"))), [*rows, [neither]]
        )
    )


def answers(turn: Turn, message_id: str, key: str) -> None:
    """A kept text becomes an answer, or is added to one."""
    bubble = own_bubble(turn, message_id)
    question = turn.school.questionnaire.questions.get(key)
    if bubble is None or bubble.question is not None or question is None:
        talk.resume(turn)
        return
    if turn.sheet.given(key) and question.kind == "text":
        _add_kept(turn, question, bubble)
        return
    turn.person.expects, turn.person.revisiting = people.INTERVIEW, key
    typed.typed(turn, turn.sheet.question(key) or question, bubble)


def _add_kept(turn: Turn, question: Question, bubble: Bubble) -> None:
    if _append(turn, question, bubble):
        bubbles.append(turn.session, bubble, turn.the_idea(), question.key)
        talk.resume(turn, [t("Added to: %(name)s", name=turn.text(question.name))])
    else:
        talk.resume(turn, [t("Together they are too long, so I left the answer as it was.")])


def send(turn: Turn, message_id: str) -> None:
    """A kept text is for a human; it is not kept here any longer."""
    bubble = own_bubble(turn, message_id)
    if bubble is None or bubble.question is not None or not turn.desk.answers:
        talk.resume(turn)
        return
    inquiries.passed_on(turn, bubble, _voice(turn, bubble))
    _drop(turn, bubble)


def to_tutor(turn: Turn, message_id: str) -> None:
    """A kept text is for the tutor; it is not kept here any longer, once it is on its way."""
    bubble = own_bubble(turn, message_id)
    if bubble is None or bubble.question is not None:
        talk.resume(turn)
    elif relay_written.given(turn, Incoming(bubble.message_id, bubble.words, _voice(turn, bubble))):
        _drop(turn, bubble)


def _voice(turn: Turn, bubble: Bubble) -> File | None:
    """The voice message that a bubble is, if it is one."""
    kept = turn.session.get(Attachment, bubble.attachment_id) if bubble.attachment_id else None
    return File(kept.kind, kept.file_id) if kept else None


def _drop(turn: Turn, bubble: Bubble) -> None:
    bubbles.drop(turn.session, bubble)
    voice = turn.session.get(Attachment, bubble.attachment_id) if bubble.attachment_id else None
    if voice is not None:
        turn.session.delete(voice)


def neither(turn: Turn, message_id: str) -> None:
    """A kept text is nobody's: it is not kept any longer."""
    bubble = own_bubble(turn, message_id)
    if bubble is not None and bubble.question is None:
        bubbles.drop(turn.session, bubble)
    talk.resume(turn, [t("All right. I do not keep it.")])


def join(turn: Turn, message_id: str, key: str) -> None:
    """It belongs to the answer before: move it there and ask again."""
    bubble = own_bubble(turn, message_id)
    question = turn.sheet.question(key)
    before = turn.sheet.before(key) if question and talk.joinable(turn, question) else None
    if bubble is None or bubble.question != key or question is None or before is None:
        talk.resume(turn)
    elif _append(turn, before, bubble):
        _take_back(turn, question, bubble, before)
        _ask_again(turn, question, bubble, before)
    else:
        talk.resume(turn, [t("Together they are too long, so I left both as they were.")])


def _append(turn: Turn, target: Question, bubble: Bubble) -> bool:
    """Add a bubble to a text answer, unless the two are too long together."""
    idea = turn.the_idea()
    parts = [*bubbles.of_question(turn.session, idea, target.key), bubble]
    value = bubbles.composed(bubbles.in_order(parts))
    if len(str(value["text"])) > (target.most or 0):
        return False
    talk.write(turn, target.key, value)
    return True


def _take_back(turn: Turn, question: Question, bubble: Bubble, before: Question) -> None:
    """Undo what a bubble did to its question, and give it to the one before."""
    idea = turn.the_idea()
    bubbles.append(turn.session, bubble, idea, before.key)
    answer, places = turn.sheet.answers.get(question.key), turn.school.neighbourhoods
    rest = bubbles.of_question(turn.session, idea, question.key)
    if question.kind in answering.ADDING:
        value = answering.without(question, talk.chosen(turn, question), bubble.words, places)
        talk.write(turn, question.key, value, talk.finished(turn, question, value))
    elif question.kind == "text" and rest:
        talk.write(turn, question.key, bubbles.composed(rest))
    elif answer and (question.kind == "text" or _came_of(turn, question, bubble, answer.value)):
        interview.undo(turn.session, turn.sheet, idea, question.key)


def _came_of(turn: Turn, question: Question, bubble: Bubble, value: Value) -> bool:
    reading = answering.read(question, {}, bubble.words, turn.school.neighbourhoods)
    same = isinstance(reading, Read) and reading.value == value
    return same and together.is_own(turn, question.key)


def _ask_again(turn: Turn, question: Question, bubble: Bubble, before: Question) -> None:
    """Ask the present question; more bubbles of the same breath may follow the first."""
    notes = [t("Added to: %(name)s", name=turn.text(before.name))]
    present = interview.present(turn.person, turn.sheet)
    follower = _follower(turn, question) or _in_one_breath(turn, bubble, before)
    if present is None or follower is None:
        talk.resume(turn, notes)
    else:
        talk.ask(turn, present, notes, typed=follower)


def _follower(turn: Turn, question: Question) -> Bubble | None:
    """The last bubble still at this question that may belong to the answer before too."""
    left = [
        part
        for part in _own_of(turn, question)
        if question.kind == "text" or not _says_something(turn, question, part)
    ]
    return left[-1] if left and talk.joinable(turn, question) else None


def _own_of(turn: Turn, question: Question) -> list[Bubble]:
    """The person's own bubbles of an answer."""
    parts = bubbles.of_question(turn.session, turn.the_idea(), question.key)
    return [part for part in parts if part.person_id == turn.person.id]


def _says_something(turn: Turn, question: Question, bubble: Bubble) -> bool:
    places = turn.school.neighbourhoods
    return isinstance(answering.read(question, {}, bubble.words, places), Read)


def _in_one_breath(turn: Turn, bubble: Bubble, question: Question) -> Bubble | None:
    """The bubble again, where the answer that it joined was written right after the one before."""
    before = turn.sheet.before(question.key)
    if before is None or not talk.joinable(turn, question):
        return None
    parts = _own_of(turn, before)
    return bubble if parts and bubble.at - parts[-1].at < _BREATH else None
