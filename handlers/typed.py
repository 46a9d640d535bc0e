"""A typed answer: it is read by the question's kind, or the reason why not is said.

Whatever is typed is kept with its message, so that editing it in Telegram changes the answer.
"""

from handlers import interview as talk
from handlers import together
from handlers.buttons import Button, data, row_number
from handlers.describe import number as show_number
from handlers.describe import shortened, too_long
from handlers.turn import Screen, Turn
from school import answering, bubbles
from school.bubbles import Bubble
from school.phrases import Phrase, lines, t
from school.questionnaire import Question
from school.reading import Doubt, Found, OutOfRange, Read, Reading, TooLong, Value
from school.sheet import ANSWERED, Given


def own_bubble(turn: Turn, message_id: str) -> Bubble | None:
    """One of the person's own messages, by a number that came back from a button; none that is in
    another sheet.
    """
    number = row_number(message_id)
    found = None if number is None else bubbles.find(turn.session, turn.person, number)
    return None if found is None or is_of_another(turn, found) else found


def is_of_another(turn: Turn, bubble: Bubble) -> bool:
    """Whether a message is a part of another sheet than the one in hand."""
    in_hand = turn.idea.id if turn.idea is not None else None
    return bubble.idea_id is not None and bubble.idea_id != in_hand


def typed(turn: Turn, question: Question, bubble: Bubble) -> None:
    """A typed answer to the present question."""
    before, idea = talk.chosen(turn, question), turn.the_idea()
    reading = read(turn, question, bubble, before, [bubble])
    if not isinstance(reading, Read):
        if question.kind != "text" or not turn.sheet.given(question.key):
            bubbles.append(turn.session, bubble, idea, question.key)
        else:
            bubbles.save(turn.session, bubble)
        _not_read(turn, question, bubble, reading)
    elif question.kind in answering.ADDING:
        bubbles.append(turn.session, bubble, idea, question.key)
        notes = talk.choose(turn, question, reading.value)
        talk.ask(turn, question, notes, typed=_if_joinable(turn, question, bubble))
    else:
        answer(turn, question, bubble, reading.value)


def answer(turn: Turn, question: Question, bubble: Bubble, value: Value) -> None:
    """A bubble is the answer, unless somebody else answered meanwhile: then it is kept, and nothing
    else is changed before the person has seen that. Who answers the same goes on.
    """
    mine, key = Given(ANSWERED, value), question.key
    if turn.shared and turn.sheet.answers.get(key) == mine and not together.is_own(turn, key):
        bubbles.save(turn.session, bubble)
        talk.go_on(turn, question)
    elif question.kind == "text" and (together.unseen(turn, key) or together.waiting(turn, key)):
        together.keep_beside(turn, question, bubble)
    elif together.in_the_way(turn, question, mine):
        bubbles.save(turn.session, bubble)
        talk.ask(turn, question, together.meanwhile_of(turn, question, mine))
    else:
        talk.answered(turn, question, value, typed=bubble)


def read(
    turn: Turn, question: Question, bubble: Bubble, before: Value, parts: list[Bubble]
) -> Reading:
    """What a bubble means to its question; `before` is what was chosen until now, `parts` are
    all bubbles that make a text together.
    """
    reading = answering.read(question, before, bubble.words, turn.school.neighbourhoods)
    if question.kind == "text" and isinstance(reading, Read) and "text" in reading.value:
        return _composed(question, parts)
    return reading


def _composed(question: Question, parts: list[Bubble]) -> Reading:
    value = bubbles.composed(parts)
    length, most = len(str(value["text"])), question.most or 0
    return TooLong(length, most) if length > most else Read(value)


def _if_joinable(turn: Turn, question: Question, bubble: Bubble) -> Bubble | None:
    return bubble if talk.joinable(turn, question) else None


def _not_read(turn: Turn, question: Question, bubble: Bubble, reading: Reading) -> None:
    """Say what was read and what is needed; the words stay with their message."""
    if isinstance(reading, Doubt):
        talk.doubt(turn, question, reading.numbers)
    elif isinstance(reading, TooLong):
        _too_long(turn, question, bubble, reading)
    else:
        found = reading.places if isinstance(reading, Found) else None
        note = _why_not(turn, question, bubble, reading)
        talk.ask(turn, question, [note], found, _if_joinable(turn, question, bubble))


def _why_not(turn: Turn, question: Question, bubble: Bubble, reading: Reading) -> Phrase:
    words = str(shortened(bubble.words, 40))
    if isinstance(reading, Found):
        return t("Is it one of these? If not, write the name in another way.")
    if isinstance(reading, OutOfRange):
        return _out_of_range(turn, question, reading)
    if question.kind == "places":
        known = turn.school.neighbourhoods[0].label if turn.school.neighbourhoods else ""
        return lines(
            t("I read “%(words)s” and found no such neighbourhood.", words=words),
            t("Write a name like “%(name)s”, or look by district.", name=known),
        )
    if question.kind in ("choice", "choices"):
        return t("I read “%(words)s”. Here I need one of the buttons below.", words=words)
    if question.kind == "files":
        return t("Here I need a photo or a document.")
    return t("I read “%(words)s”. Here I need a number, for example 12.", words=words)


def _out_of_range(turn: Turn, question: Question, reading: OutOfRange) -> Phrase:
    read = show_number(turn, question, reading.number)
    low = show_number(turn, question, reading.least)
    most = 100 if question.kind == "percent" and reading.most is None else reading.most
    if most is None:
        return t("I read %(number)s. It cannot be less than %(least)s.", number=read, least=low)
    high = show_number(turn, question, most)
    return t(
        "I read %(number)s. I need a number from %(least)s to %(most)s.",
        number=read,
        least=low,
        most=high,
    )


def _too_long(turn: Turn, question: Question, bubble: Bubble, reading: TooLong) -> None:
    """Nothing is lost: the message can be edited, or its beginning taken."""
    why = too_long(reading.length, reading.most)
    how = t("Edit your message, write a shorter one, or use its beginning.")
    cut: Button = (t("Use the beginning"), data("cut", question.key, bubble.message_id))
    back: Button = (t("Back to the question"), data("ask", question.key))
    turn.show(Screen(lines(why, how), [[cut], [back]]))


def cut(turn: Turn, key: str, message_id: str) -> None:
    """Take as much of a text as fits, whole words only."""
    bubble = own_bubble(turn, message_id)
    question = turn.sheet.question(key) or turn.school.questionnaire.questions.get(key)
    if bubble is None or question is None or bubble.question not in (None, key):
        talk.resume(turn)
        return
    most = question.most if question.kind == "text" else answering.OWN_WORDS
    bubble.words = _beginning(bubble.words, most or 0)
    typed(turn, question, bubble)


def _beginning(words: str, most: int) -> str:
    head = words[:most]
    return head.rpartition(" ")[0] or head
