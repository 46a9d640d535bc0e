"""A question to a human. It goes to a topic of the tutors' supergroup, or to the operator's chat,
under a code, without a name; a reply to it there, by who works here or may write in that chat,
comes back as the person's screen.

What a person adds in more messages belongs to the same question, until the person goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.tables import Inquiry
from db.types import Json
from handlers.buttons import Button, Keyboard, data
from handlers.describe import own_name
from handlers.files import sending
from handlers.incoming import File, Incoming
from handlers.turn import HelpDesk, Screen, Turn
from school import inquiries, interview, people
from school.bubbles import Bubble
from school.phrases import Phrase, bold, lines, paragraphs, t


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply where a human answers to a message with a code."""

    chat: int
    code: str
    message: Incoming
    edited: bool = False


def door(turn: Turn) -> Keyboard:
    """The button that leads here, where somebody answers."""
    return [[(t("Ask a person"), data("person"))]] if turn.desk.answers else []


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the question, or for what is added to it."""
    human = turn.school.settings.human
    heading = t("What would you like to write?")
    if turn.person.expects != people.ADDS:
        turn.person.expects, heading = people.ASKS, t("What would you like to ask?")
    asked = paragraphs(
        bold(heading),
        lines(
            t("%(name)s reads it and answers here.", name=turn.text(human.name)),
            turn.text(human.hours),
        ),
        t("They see your words and your language, not your name."),
        t("Write it, or send a voice message, a photo or a document."),
    )
    turn.show(Screen(asked, [[(t("Cancel"), data("resume"))]]), notes)


def person(turn: Turn) -> None:
    """Somebody wants to ask."""
    turn.person.expects = people.ASKS
    ask(turn)


def add(turn: Turn) -> None:
    """Somebody wants to write back: it belongs to the newest question."""
    turn.person.expects = people.ADDS
    ask(turn)


def given(turn: Turn, message: Incoming) -> None:
    """A question, or what is added to it: it is on its way at once."""
    inquiry = _inquiry(turn)
    turn.in_place = message.album is not None and turn.person.expects == people.ADDS
    turn.person.expects = people.ADDS
    _pass_on(turn, inquiry, message)
    _passed_on(turn, inquiry)


def _inquiry(turn: Turn) -> Inquiry:
    before = None
    if turn.person.expects == people.ADDS:
        before = inquiries.latest(turn.session, turn.person)
    inquiry = before or inquiries.begin(turn.session, turn.person, turn.now)
    inquiry.answered_at = None
    return inquiry


def _passed_on(turn: Turn, inquiry: Inquiry) -> None:
    name = turn.text(turn.school.settings.human.name)
    said = lines(
        t("I sent it to %(name)s. The answer comes here.", name=name),
        t("The code of your question: %(code)s", code=inquiry.code),
    )
    more = t("If you want to add something, write it now.")
    turn.show(Screen(paragraphs(said, more), [[(t("Go on"), data("resume"))]]))


def _pass_on(turn: Turn, inquiry: Inquiry, message: Incoming, stands: int | None = None) -> None:
    """Send a message on to whoever answers: a file first, then the words. What stands in a chat is
    changed there.
    """
    if message.file is not None:
        method, body = sending(message.file.kind, message.file.file_id)
        slot = inquiries.slot(inquiry.code, message.message_id) + ".file"
        turn.desk.send(method, {**body, "caption": _heading(turn, inquiry)}, slot, stands)
        if not message.text:
            return
    pieces = inquiries.pieces(message.text)
    in_place = stands is not None and len(pieces) == 1
    for number, piece in enumerate(pieces):
        slot = inquiries.slot(inquiry.code, message.message_id) + (f".{number}" if number else "")
        text = lines(_heading(turn, inquiry), piece)
        turn.desk.send("sendMessage", {"text": text, "in_place": in_place}, slot, stands)


def _heading(turn: Turn, inquiry: Inquiry) -> str:
    return inquiries.heading(inquiry.code, own_name(turn.person.language))


def passed_on(turn: Turn, bubble: Bubble, file: File | None) -> None:
    """A text that was nobody's is for a human."""
    turn.person.expects = people.ASKS
    given(turn, Incoming(bubble.message_id, bubble.words, file))


def edited(turn: Turn, message: Incoming) -> bool:
    """Whether an edited message was a question's: then it is changed there too."""
    inquiry = inquiries.latest(turn.session, turn.person)
    if inquiry is None or not turn.desk.answers:
        return False
    chat = inquiries.stands(turn.session, inquiry.code, message.message_id)
    if chat is None:
        return False
    _pass_on(turn, inquiry, message, chat)
    turn.person.expects = people.ADDS
    _passed_on(turn, inquiry)
    return True


def answered(turn: Turn, inquiry: Inquiry, reply: Reply) -> Phrase:
    """A human's answer: it is the screen from now on, and the next free text is nobody's. Returns
    what whoever answered is told.
    """
    message = reply.message
    if turn.person.unreachable_at is not None:
        return t("I cannot reach this person now. Please try again later.")
    if message.file is None and not message.text:
        return t("I can pass on a text, a voice message, a photo or a document.")
    inquiry.answered_at = turn.now
    interview.pause(turn.person)
    _show_answer(turn, message, edited=reply.edited)
    return t("Your answer is on its way.")


def _show_answer(turn: Turn, message: Incoming, *, edited: bool) -> None:
    name = turn.text(turn.school.settings.human.name)
    who = t("%(name)s answers you:", name=name)
    if edited:
        who = t("%(name)s has changed the answer:", name=name)
    if message.file is not None:
        turn.send(*sending(message.file.kind, message.file.file_id))
    *before, last = inquiries.pieces(message.text)
    for piece in before:
        turn.say(paragraphs(bold(who), piece))
    back: Button = (t("Write back"), data("add"))
    text = paragraphs(bold(who), last or t("The answer is in the file above."))
    turn.show(Screen(text, [[back], [(t("Go on"), data("resume"))]]))


def tell(desk: HelpDesk, reply: Reply, said: Phrase) -> None:
    """Tell whoever answers what becomes of the answer, where it was written."""
    to: Json = {"message_id": reply.message.message_id, "allow_sending_without_reply": True}
    desk.send("sendMessage", {"text": said, "reply_parameters": to}, chat=reply.chat)


def withdrawn(turn: Turn) -> None:
    """Somebody who asked wants to be forgotten: those who have the words are told."""
    codes = inquiries.codes(turn.session, turn.person)
    if codes:
        named = ", ".join(f"#{code}" for code in codes)
        said = t("Whoever asked this has deleted everything: %(codes)s", codes=named)
        please = t("Please delete these messages too.")
        turn.desk.send("sendMessage", {"text": lines(said, please)})
