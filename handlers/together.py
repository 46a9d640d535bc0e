"""Several people at one sheet, as they meet each other there: who else is at a question, who gave
an answer, and what somebody else answered meanwhile. Of people alone nothing in here asks the rows.
"""

from collections.abc import Collection, Sequence

from db.tables import Attachment, Person
from handlers import describe
from handlers.buttons import Keyboard, data
from handlers.files import sending
from handlers.turn import Screen, Turn
from school import bubbles, groups, interview, people, together, wording
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.questionnaire import Question
from school.reading import Value
from school.sheet import ANSWERED, CHOOSING, Given, chosen_of
from school.together import Author

_NAME, _WORDS = 20, 150  # letters of a name, and of an answer, inside a sentence
_SIGNED = 14  # letters of a name below an answer


def present(turn: Turn) -> Question | None:
    """The question that stands for the person: in a shared sheet the one that was shown last, as
    others answer meanwhile. None where that is asked no more.
    """
    if turn.shared and interview.is_open(turn.person) and turn.stand.question is not None:
        return turn.sheet.question(turn.stand.question)
    return interview.present(turn.person, turn.sheet)


def shown(turn: Turn, question: Question) -> list[Phrase]:
    """A question is shown: what there is to say of the others."""
    if not turn.shared or turn.first is not None:
        return []
    session, idea, me = turn.session, turn.the_idea(), people.writer(turn.person)
    notes = _went_on(turn, question)
    near = together.near(session, idea, me, question.key, turn.now)
    notes += [t("%(name)s is at this question too.", name=who(name)) for name in near]
    turn.stand = together.shown(session, me, question.key, turn.now)
    return notes


def _went_on(turn: Turn, question: Question) -> list[Phrase]:
    """Why another question stands now than before."""
    before = turn.sheet.question(turn.stand.question or "")
    if before is None or before.key == question.key or turn.stand.fresh:
        return []
    author = _another(turn, before.key)
    if author is None:
        return []
    name = turn.text(before.name)
    return [t("%(name)s answered “%(question)s” meanwhile.", name=who(author.name), question=name)]


def who(name: str | None) -> Phrase:
    """Somebody of the group, in a sentence."""
    return describe.shortened(name, _NAME) if name else t("Somebody")


def author(turn: Turn, key: str) -> Author | None:
    """Who gave the answer to a question of a shared sheet."""
    return turn.authors.get(key) if turn.shared else None


def _another(turn: Turn, key: str) -> Author | None:
    """As `author`, where that is not the person."""
    found = author(turn, key)
    return found if found and found.person_id != people.writer(turn.person) else None


def is_own(turn: Turn, key: str) -> bool:
    """Whether an answer is the person's own."""
    return _another(turn, key) is None


def given(turn: Turn, question: Question, answer: Given) -> Phrase:
    """The answer that there is, on the screen of its question."""
    other, there = _another(turn, question.key), describe.answer(turn, question, answer)
    if other is None:
        return t("Your answer: %(answer)s", answer=describe.shortened(there, 50))
    shown = describe.shortened(there, 35)
    return t("%(name)s answered: %(answer)s", name=who(other.name), answer=shown)


def signed(turn: Turn, key: str) -> Phrase | None:
    """Who gave an answer of a shared sheet, and on which day."""
    found = author(turn, key)
    if found is None:
        return None
    gone: Phrase = t("somebody who left") if found.person_id is None else t("without a name")
    name = describe.shortened(found.name, _SIGNED) if found.name else gone
    day = wording.short_day(found.at.astimezone(turn.school.zone), turn.person.language)
    return t("%(name)s, %(day)s", name=name, day=day)


def unseen(turn: Turn, key: str) -> bool:
    """Whether somebody else gave the answer that there is, and the person was not shown it last."""
    there = turn.shared and key in turn.sheet.answers and not is_own(turn, key)
    return there and not (turn.stand.question == key and turn.stand.fresh)


def in_the_way(turn: Turn, question: Question, answer: Given) -> bool:
    """Whether an answer would take the place of one that the person has not seen."""
    return unseen(turn, question.key) and turn.sheet.answers[question.key] != answer


def drops(turn: Turn, question: Question, value: Value) -> bool:
    """As `in_the_way`, of choices: they are made together, so what only adds or only takes away is
    in nobody's way.
    """
    if not unseen(turn, question.key):
        return False
    old, new = {*chosen_of(turn.sheet.answers[question.key].value)}, {*chosen_of(value)}
    return bool(old - new and new - old)


def meanwhile(turn: Turn, question: Question, mine: Phrase | None = None) -> list[Phrase]:
    """What somebody else answered, and what the person was about to."""
    other, there = _another(turn, question.key), turn.sheet.answers.get(question.key)
    if other is None or there is None:
        return []
    answer = describe.shortened(describe.answer(turn, question, there), _WORDS)
    said = t("%(name)s answered this meanwhile: %(answer)s", name=who(other.name), answer=answer)
    own = t("You answered: %(answer)s", answer=describe.shortened(mine, _WORDS)) if mine else None
    how = t("To change the answer, give yours again.") if mine else None
    return [lines(said, own, how)]


def meanwhile_of(turn: Turn, question: Question, answer: Given) -> list[Phrase]:
    """As `meanwhile`, of an answer in hand."""
    return meanwhile(turn, question, describe.answer(turn, question, answer))


def changed(turn: Turn, key: str, before: Given | None, concerned: Collection[int | None]) -> None:
    """The person changed an answer. Those concerned, who gave it before or whose words went, hear
    of it; on the screens of all others it is another one now.
    """
    me, idea = people.writer(turn.person), turn.the_idea()
    together.changed(turn.session, idea, me, key)
    name = turn.session.get_one(Person, me).name
    turn.authors[key] = Author(me, name, turn.now)
    if before is None or before.status == CHOOSING:
        return
    for person in groups.people_of(turn.session, idea):
        if person.id in concerned and person.id != me:
            _tell_of_change(turn.of(person), who(name), key, before, turn.sheet.answers[key])


def _tell_of_change(turn: Turn, name: Phrase, key: str, before: Given, now: Given) -> None:
    question = turn.school.questionnaire.questions[key]
    old, new = (
        describe.shortened(describe.answer(turn, question, one), _WORDS) for one in (before, now)
    )
    said = t(
        "%(name)s changed the answer to “%(question)s”.",
        name=name,
        question=turn.text(question.name),
    )
    facts = lines(t("Before: %(answer)s", answer=old), t("Now: %(answer)s", answer=new))
    turn.send_beside("sendMessage", {"text": lines(said, facts)})


def file_gone(turn: Turn, file: Attachment, keys: Collection[str]) -> None:
    """The person took a file off the sheet: the others get it once more, with who that was. The
    questions that it was an answer to are other ones now.
    """
    me = people.writer(turn.person)
    for key in keys:
        together.changed(turn.session, turn.the_idea(), me, key)
    name = who(turn.session.get_one(Person, me).name)
    method, body = sending(file.kind, file.file_id)
    said = t("%(name)s has taken this file off your sheet.", name=name)
    for other in _others(turn):
        other.send_beside(method, {**body, "caption": said})


def tell_others(turn: Turn, phrase: Phrase) -> None:
    """Say something to the others whose sheet it is."""
    for other in _others(turn):
        other.send_beside("sendMessage", {"text": phrase})


def _others(turn: Turn) -> list[Turn]:
    own = (turn.person.id, people.writer(turn.person))
    found = groups.people_of(turn.session, turn.the_idea())
    return [turn.of(person) for person in found if person.id not in own]


def waiting(turn: Turn, key: str) -> list[Bubble]:
    """The person's texts that wait beside somebody else's answer."""
    if not turn.shared:
        return []
    parts = bubbles.of_question(turn.session, turn.the_idea(), together.beside(key))
    return [part for part in parts if part.person_id == turn.person.id]


def undecided(turn: Turn) -> Question | None:
    """A question of which such a text waits."""
    if not turn.shared:
        return None
    key = together.undecided(turn.session, turn.the_idea(), turn.person.id)
    return turn.school.questionnaire.questions.get(key or "")


def keep_beside(turn: Turn, question: Question, bubble: Bubble) -> None:
    """Somebody else answered meanwhile: a text is kept, and what becomes of it is asked."""
    bubbles.append(turn.session, bubble, turn.the_idea(), together.beside(question.key))
    decide(turn, question)


def decide(turn: Turn, question: Question, notes: Sequence[Phrase] = ()) -> None:
    """Ask what becomes of the texts that wait beside an answer."""
    key, own = question.key, describe.shortened(_own_words(waiting(turn, question.key)), _WORDS)
    rows: Keyboard = [[(t("Use mine instead"), data("usemine", key))]]
    if can_add(turn, key):
        rows.append([(t("Add mine to it"), data("addmine", key))])
    rows.append([(t("Keep that answer"), data("theirs", key))])
    rows.append([(t("Later"), data("later", key))])
    text = paragraphs(
        bold(turn.text(question.name)),
        *meanwhile(turn, question),
        t("You wrote: %(words)s", words=own),
        bold(t("What shall the answer be?")),
    )
    turn.show(Screen(text, rows), [*notes, *shown(turn, question)])


def _own_words(parts: list[Bubble]) -> Phrase:
    words = "\n".join(part.words for part in parts if part.words)
    return words or t("a voice message")


def can_add(turn: Turn, key: str) -> bool:
    """Whether words can be added to an answer."""
    there = turn.sheet.given(key)
    return there is not None and there.status == ANSWERED and "text" in there.value
