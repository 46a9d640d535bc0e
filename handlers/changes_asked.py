"""A tutor asks for changes: a criterion, a question, and a comment by a Telegram reply. Comments
are collected until all are sent; its people get each with the answer and a button that opens it.
"""

from collections.abc import Sequence

from db.dossiers import Comment, Dossier
from db.types import Json
from handlers import desk, dossier_acts, dossier_card, dossier_papers, handoff
from handlers.buttons import Keyboard, as_json, data
from handlers.describe import shortened, too_long
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import comments, dossiers, staff, versions, wording
from school.comments import MOST
from school.dossiers import CHANGE
from school.phrases import Phrase, bold, lines, paragraphs, t, tn
from school.questionnaire import Question
from school.sheet import Sheet
from school.texts import in_language

_ASK, _WORK = "ask", "work"
_ANSWER, _LISTED, _LINES, _TOLD, _ROOM = 250, 60, 5, 60, 480


def _sheet(turn: Turn, dossier: Dossier) -> Sheet:
    """The newest version, which comments are about."""
    version = versions.find(turn.session, dossier, dossier.round)
    if version is None:
        raise LookupError(f"dossier {dossier.id} has no version {dossier.round}")
    return versions.sheet(version, turn.school.questionnaire)


def start(turn: Turn, number: str) -> None:
    """Which part of the sheet?"""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    if dossier is not None:
        dossier_acts.looked(turn, dossier)
        _parts(turn, dossier)


def _parts(turn: Turn, dossier: Dossier) -> None:
    language = dossier_card.here(turn, dossier).language
    known, sheet = turn.school.questionnaire.parts, _sheet(turn, dossier)
    rows: Keyboard = [
        [(in_language(known[part].label, language), data("askpart", dossier.id, part))]
        for part in sheet.parts()
    ]
    if comments.collected(turn.session, dossier, sheet):
        rows.append([(t("See my comments"), data("asklist", dossier.id))])
    asked = lines(bold(t("What is your comment about?")), _title(turn, dossier))
    _work(turn, dossier, Screen(asked, rows))


def _title(turn: Turn, dossier: Dossier) -> Phrase:
    return dossier_card.title(versions.find(turn.session, dossier, dossier.round))


def _work(turn: Turn, dossier: Dossier, screen: Screen) -> None:
    """Draw what is being collected: in its place where that was tapped, else below all."""
    body: dict[str, Json] = {"text": screen.text, "buttons": as_json(screen.keyboard)}
    body["in_place"] = dossier_card.is_tapped(turn, dossier, _WORK)
    desk.put(turn, dossier, dossier_card.here(turn, dossier), "sendMessage", body, what=_WORK)


def part(turn: Turn, number: str, key: str) -> None:
    """Which question of a part?"""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    if dossier is None:
        return
    sheet = _sheet(turn, dossier)
    questions = sheet.of_part(key)
    if not questions:
        _parts(turn, dossier)
        return
    language = dossier_card.here(turn, dossier).language
    rows: Keyboard = [
        [(in_language(one.name, language), data("askon", dossier.id, one.key))] for one in questions
    ]
    label = in_language(turn.school.questionnaire.parts[key].label, language)
    asked = lines(bold(t("Which question is your comment about?")), label)
    back: Keyboard = [[(t("Back"), data("askchanges", dossier.id))]]
    _work(turn, dossier, Screen(asked, [*rows, *back]))


def question(turn: Turn, number: str, key: str) -> None:
    """Ask for the comment on an answer, which is shown: it is the reply to this message."""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    asked = _sheet(turn, dossier).question(key) if dossier is not None else None
    if dossier is None or asked is None:
        return
    place = dossier_card.here(turn, dossier)
    said = _answer(turn, _sheet(turn, dossier), asked, place.language, _ANSWER)
    text = paragraphs(
        lines(bold(in_language(asked.name, place.language)), said),
        lines(
            bold(t("Reply to this message with your comment.")),
            t("Its people get it in your words, %(most)s characters at most.", most=MOST),
        ),
    )
    what = f"{_ASK}:{key}:{dossier.round}"
    for there, message in dossier_papers.standing(turn, dossier, what):
        if there.chat_id == place.chat_id:  # nobody would hear a reply to it any more
            desk.put(turn, dossier, there, "deleteMessage", {"message_id": message})
    desk.put(turn, dossier, place, "sendMessage", {"text": text}, what=what)


def _answer(turn: Turn, sheet: Sheet, asked: Question, language: str, most: int) -> Phrase:
    given = sheet.given(asked.key)
    if given is None:
        return t("not answered yet")
    return shortened(wording.answer(turn.school, language, asked, given), most)


def comment(
    turn: Turn,
    stands: tuple[int, str],
    message: Incoming,
    *,
    edited: bool,  # noqa: ARG001 - one that was edited is taken as a new one is
) -> None:
    """A reply to what asks for a comment: it is collected, and takes the place of an older one. An
    edited one too, until all were sent.
    """
    dossier = dossiers.find(turn.session, stands[0])
    if dossier is None:
        return
    _, key, number = [*stands[1].split(":"), "", ""][:3]
    words, why = message.text.strip(), None
    if number != str(dossier.round) or not _may_comment(turn, dossier):
        why = t("Comments on this sheet can't be collected now, so I do not keep this one.")
    elif message.file is not None or not words:
        why = t("Please write your comment: a reply with words only.")
    elif len(words) > MOST:
        why = lines(too_long(len(words), MOST), t("Edit your message, or write a shorter one."))
    if why is not None:
        place = dossier_card.here(turn, dossier)
        desk.put(turn, dossier, place, "sendMessage", {"text": why})
        return
    comments.write(turn.session, dossier, key, words, turn.person)
    _list(turn, dossier)


def too_early(
    turn: Turn,
    stands: tuple[int, str],
    _message: Incoming,
    *,
    edited: bool,
) -> bool:
    """A reply to the screen on which a question is chosen: it is said what to reply to. False for
    who collects no comments.
    """
    dossier = dossiers.find(turn.session, stands[0])
    if edited or dossier is None or not _may_comment(turn, dossier):
        return False
    said = t("Choose the question first. Then reply to the message that shows its answer.")
    desk.put(turn, dossier, dossier_card.here(turn, dossier), "sendMessage", {"text": said})
    return True


def _may_comment(turn: Turn, dossier: Dossier) -> bool:
    charge = dossiers.has_charge(dossier, turn.person, turn.roles)
    return charge and dossiers.can(dossier, CHANGE)


def listed(turn: Turn, number: str) -> None:
    """What was collected until now."""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    if dossier is not None:
        _list(turn, dossier)


def _list(turn: Turn, dossier: Dossier) -> None:
    sheet, place = _sheet(turn, dossier), dossier_card.here(turn, dossier)
    collected = comments.collected(turn.session, dossier, sheet)
    if not collected:
        _parts(turn, dossier)
        return
    names = {one.question: _name(turn, one.question, place.language) for one in collected}
    said = [
        t("%(name)s: %(answer)s", name=names[one.question], answer=shortened(one.words, _LISTED))
        for one in collected[:_LINES]
    ]
    rest = len(collected) - _LINES
    more = [tn("and %(count)s more", "and %(count)s more", rest)] if rest > 0 else []
    drop: Keyboard = [
        [(t("Remove: %(name)s", name=name), data("askdrop", dossier.id, key))]
        for key, name in names.items()
    ]
    rows: Keyboard = [
        [(t("Send all"), data("asksend", dossier.id))],
        [(t("Another question"), data("askchanges", dossier.id))],
        *drop,
    ]
    text = paragraphs(lines(bold(t("Your comments")), _title(turn, dossier)), lines(*said, *more))
    _work(turn, dossier, Screen(text, rows))


def _name(turn: Turn, key: str, language: str) -> str:
    return in_language(turn.school.questionnaire.questions[key].name, language)


def drop(turn: Turn, number: str, key: str) -> None:
    """Take a comment out."""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    if dossier is not None:
        comments.remove(turn.session, dossier, key)
        _list(turn, dossier)


def send(turn: Turn, number: str) -> None:
    """All go to its people at once, and the sheet is with them."""
    dossier = dossier_acts.in_charge(turn, number, CHANGE)
    if dossier is None:
        return
    sheet = _sheet(turn, dossier)
    collected = comments.collected(turn.session, dossier, sheet)
    if not collected:
        _parts(turn, dossier)
        return
    comments.send(collected, turn.now)
    dossiers.act(dossier, CHANGE, turn.now)
    dossier.answered_at = turn.now
    staff.note(turn.session, turn.person, "asked", turn.now)
    sent = tn("%(count)s comment is sent.", "%(count)s comments are sent.", len(collected))
    _work(turn, dossier, Screen(lines(sent, t("Now it is with its people.")), []))
    dossier_card.draw(turn, dossier)
    for person in dossiers.people(turn.session, dossier):
        _tell(turn.of(person), dossier, sheet, collected)


def _tell(turn: Turn, dossier: Dossier, sheet: Sheet, collected: Sequence[Comment]) -> None:
    """Each question with its answer, the comment and a button; as many messages as that takes."""
    name = handoff.tutor_name(turn, dossier, begins=True)
    head: Phrase = bold(t("%(name)s asks you to change something:", name=name))
    *before, last = _in_messages(collected)
    for some in before:
        screen = Screen(paragraphs(head, *_asked(turn, sheet, some)), _changes(turn, some))
        handoff.notice(turn, dossier, screen)
        head = bold(t("And this:"))
    rows = [*_changes(turn, last), [(t("Send it again"), data("askall"))], [handoff.write()]]
    screen = Screen(paragraphs(head, *_asked(turn, sheet, last)), rows)
    handoff.notice(turn, dossier, screen)


def _in_messages(collected: Sequence[Comment]) -> list[list[Comment]]:
    """As many comments in each message as can be read on a phone."""
    found: list[list[Comment]] = [[]]
    room = _ROOM
    for one in collected:
        needs = len(one.words) + 2 * _TOLD
        if found[-1] and needs > room:
            found.append([])
            room = _ROOM
        found[-1].append(one)
        room -= needs
    return found


def _asked(turn: Turn, sheet: Sheet, some: Sequence[Comment]) -> list[Phrase]:
    said: list[Phrase] = []
    for one in some:
        asked = turn.school.questionnaire.questions[one.question]
        answer = _answer(turn, sheet, asked, turn.person.language, _TOLD)
        name = bold(_name(turn, one.question, turn.person.language))
        yours = t("Your answer: %(answer)s", answer=answer)
        said.append(lines(name, yours, t("Comment: %(words)s", words=one.words)))
    return said


def _changes(turn: Turn, some: Sequence[Comment]) -> Keyboard:
    return [[handoff.change(turn, one.question)] for one in some]
