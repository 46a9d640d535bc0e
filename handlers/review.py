"""The idea on one screen after the other: an overview, then a page for each part of the sheet.

Nothing is judged: the self-check speaks of what is there and what is not, never of the words.
"""

from collections.abc import Sequence
from typing import cast

from db.tables import Attachment
from handlers import company, describe, events_shown, handoff, helping, together
from handlers.buttons import Button, Keyboard, data
from handlers.files import sending
from handlers.turn import Screen, Turn
from school import bubbles, groups, interview, people, wishes, wording
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.questionnaire import Question
from school.settings import Sort
from school.sheet import UNKNOWN

_SHORT = 50  # letters of an answer
_SHARED = 28  # the same, where who gave it stands beside


def overview(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The idea in a few lines, and what can be done with it; nothing is asked."""
    interview.pause(turn.person)
    turn.show(Screen(_summary(turn), _doors(turn)), notes)


def _summary(turn: Turn) -> Phrase:
    sheet, idea = turn.sheet, turn.the_idea()
    done, total = sheet.progress()
    given = sheet.given("sentence")
    sentence = None
    if given and given.value.get("text"):
        sentence = describe.shortened(str(given.value["text"]), 150)
    unknown = sum(answer.status == UNKNOWN for answer in map(sheet.given, _keys(turn)) if answer)
    files = len(bubbles.attachments(turn.session, idea))
    facts = lines(
        t("%(done)s of %(total)s questions have your answer.", done=done, total=total),
        tn(
            "%(count)s answer is “I don't know yet”.",
            "%(count)s answers are “I don't know yet”.",
            unknown,
        )
        if unknown
        else None,
        tn("%(count)s file is with your idea.", "%(count)s files are with your idea.", files)
        if files
        else None,
    )
    named = bold(idea.title) if idea.title else bold(t("Your idea"))
    whose = t("The sheet of the group %(group)s", group=_group(turn)) if turn.shared else None
    return paragraphs(
        lines(named, whose, sentence),
        facts,
        events_shown.next_step(turn) if done == total else None,
    )


def _group(turn: Turn) -> str:
    group = groups.whose(turn.session, turn.the_idea())
    return group.name if group is not None else ""


def _keys(turn: Turn) -> list[str]:
    return [question.key for question in turn.sheet.asked()]


def _doors(turn: Turn) -> Keyboard:
    rows: Keyboard = []
    if turn.sheet.next_open():
        rows.append([(t("Continue my idea"), data("idea"))])
    elif turn.coming:
        rows.append([(t("The next meetings"), data("forme"))])
    elif turn.helped is None and not wishes.of(turn.session, turn.person):
        rows.append([(t("Write me when there is one"), data("wish"))])
    parts = turn.sheet.parts()
    if parts:
        rows.append([(t("Read my answers"), data("review", parts[0]))])
        rows.append([(t("Get my sheet"), data("sheet"))])
    rows += handoff.doors(turn)
    named = turn.idea is not None and turn.idea.title is not None
    title: Phrase = t("Change the title") if named else t("Give it a title")
    rows.append([(title, data("title")), (t("Add a file"), data("files"))])
    group: Phrase = t("My group") if turn.in_group else t("Make a group")
    if turn.helped is None:
        rows.append([(group, data("group"))])
    rows += [*company.door(turn), *helping.way_out(turn)]
    rows.append([(t("Home"), data("home"))])
    return rows


def self_check(turn: Turn, part: str) -> list[Phrase]:
    """What is strong, what is missing, what a tutor will ask: four lines at most, or none."""
    if not turn.school.questionnaire.parts[part].criterion:
        return []
    said = interview.self_check(turn.sheet, turn.school.selfcheck, part)
    return [lines(*(_check_line(sort, turn.text(text)) for sort, text in said))] if said else []


def _check_line(sort: Sort, words: str) -> Phrase:
    return t("%(name)s: %(answer)s", name=bold(wording.CHECKS[sort]), answer=words)


def page(turn: Turn, part: str, notes: Sequence[Phrase] = ()) -> None:
    """The answers of one part, each with a button to change it."""
    turn.person.revisiting = None
    turn.person.expects = people.NOBODY
    parts = turn.sheet.parts()
    if not parts:
        overview(turn, notes)
        return
    current = part if part in parts else parts[0]
    questions = turn.sheet.of_part(current)
    if current == parts[0]:
        questions = [
            *(question for question in turn.sheet.asked() if question.part is None),
            *questions,
        ]
    label = turn.text(turn.school.questionnaire.parts[current].label)
    number = parts.index(current) + 1
    head = t("%(part)s · page %(number)s of %(total)s", part=label, number=number, total=len(parts))
    answers = [_line(turn, question) for question in questions]
    check = self_check(turn, current) if turn.sheet.is_complete(current) else []
    text = paragraphs(bold(head), lines(*answers), *check)
    turn.show(Screen(text, _page_buttons(turn, questions, parts, number - 1)), notes)


def _line(turn: Turn, question: Question) -> Phrase:
    given = turn.sheet.given(question.key)
    shown: Phrase = describe.answer(turn, question, given) if given else t("not answered yet")
    name, most = turn.text(question.name), _SHARED if turn.shared else _SHORT
    said = t("%(name)s: %(answer)s", name=bold(name), answer=describe.shortened(shown, most))
    return joined(" · ", said, together.signed(turn, question.key) if given else None)


def _page_buttons(turn: Turn, questions: list[Question], parts: list[str], at: int) -> Keyboard:
    changes: list[Button] = [
        (t("Change: %(name)s", name=turn.text(question.name)), data("change", question.key))
        for question in questions
    ]
    voices: list[Button] = [
        (t("Hear: %(name)s", name=turn.text(question.name)), data("hear", question.key))
        for question in questions
        if _has_voice(turn, question)
    ]
    before: list[Button] = [(t("Previous page"), data("review", parts[at - 1]))] if at else []
    after: list[Button] = (
        [(t("Next page"), data("review", parts[at + 1]))] if at + 1 < len(parts) else []
    )
    rows = [*([button] for button in changes), *([button] for button in voices), [*before, *after]]
    open_ones: Keyboard = (
        [[(t("Continue my idea"), data("idea"))]] if turn.sheet.next_open() else []
    )
    ways = [
        *open_ones,
        *handoff.again(turn, [one.key for one in questions]),
        [(t("My idea"), data("overview"))],
    ]
    return [*(row for row in rows if row), *ways]


def _has_voice(turn: Turn, question: Question) -> bool:
    given = turn.sheet.given(question.key)
    return bool(given and given.value.get("voices"))


def voices(turn: Turn, key: str) -> list[int]:
    """The attachments that are the spoken part of an answer."""
    given = turn.sheet.given(key)
    return cast("list[int]", given.value.get("voices", [])) if given else []


def hear(turn: Turn, key: str) -> None:
    """Play the spoken part of an answer again."""
    for number in voices(turn, key):
        attachment = _own_file(turn, str(number))
        if attachment is not None:
            _send(turn, attachment)
    question = turn.sheet.question(key)
    page(turn, question.part or "" if question else "")


def _own_file(turn: Turn, number: str) -> Attachment | None:
    """One of the idea's files, by a number that came back from a button."""
    if not number.isdecimal() or len(number) > 18 or turn.idea is None:
        return None
    attachment = turn.session.get(Attachment, int(number))
    return attachment if attachment and attachment.idea_id == turn.idea.id else None


def _send(turn: Turn, attachment: Attachment) -> None:
    turn.send(*sending(attachment.kind, attachment.file_id))


def open_file(turn: Turn, number: str) -> None:
    """Open a file that is with the idea."""
    attachment = _own_file(turn, number)
    if attachment is not None:
        _send(turn, attachment)
    files(turn)


def delete_file(turn: Turn, number: str) -> None:
    """Take a file away from the idea and its answers; a voice that is an answer stays."""
    attachment = _own_file(turn, number)
    idea = turn.the_idea()
    if attachment is not None and attachment in bubbles.attachments(turn.session, idea):
        session, writer = turn.session, people.writer(turn.person)
        keys = interview.forget_file(session, turn.sheet, idea, attachment.id, turn.now, writer)
        if turn.shared:
            together.file_gone(turn, attachment, keys)
        turn.session.delete(attachment)
        turn.session.flush()
    files(turn)


def files(turn: Turn) -> None:
    """The files beside the answers: each can be opened or taken away."""
    rows: Keyboard = []
    for number, attachment in enumerate(
        bubbles.attachments(turn.session, turn.the_idea()), start=1
    ):
        name: Phrase = t("File %(number)s", number=number)
        if attachment.name:
            name = describe.shortened(attachment.name, 24)
        rows.append(
            [(name, data("open", attachment.id)), (t("Delete"), data("unfile", attachment.id))]
        )
    how = t("Send photos, documents or voice messages: I keep them with your idea.")
    turn.show(Screen(lines(bold(t("Files")), how), [*rows, [(t("My idea"), data("overview"))]]))
