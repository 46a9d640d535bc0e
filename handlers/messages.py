"""Every message of a person, by its kind: nothing is silent, nothing is a dead end."""

from collections.abc import Callable, Mapping

from db.tables import Attachment
from handlers import (
    announce_given,
    assisted,
    attendance,
    away,
    by_name,
    card,
    claim_links,
    door_code,
    event,
    feedback,
    groups,
    home,
    inquiries,
    name,
    ownership,
    review,
    title,
    together,
)
from handlers import interview as talk
from handlers.incoming import File, Incoming
from handlers.turn import Turn
from handlers.typed import answer, is_of_another, read, typed
from school import answering, bubbles, interview, neighbourhoods, people
from school.bubbles import Bubble
from school.groups import MINE
from school.phrases import Phrase, bold, t, tn
from school.questionnaire import Question
from school.reading import Read, Reading, TooLong


def text(turn: Turn, message: Incoming) -> None:
    """A typed message: a title, an answer to the present question, or nobody's."""
    if door_code.read(turn, message.text):
        return
    question = _expected(turn)
    bubble = _bubble(turn, message)
    asked = _ASKED.get(turn.expecting)
    if asked is not None:
        asked(turn, bubble)
    elif question is None:
        ownership.whose(turn, bubble)
    else:
        typed(turn, question, bubble)


def _said_afterwards(turn: Turn, bubble: Bubble) -> None:
    notes = feedback.given(turn, bubble)
    if notes is not None:
        home.again(turn, notes)


# Who takes a text that is no answer of the interview.
_ASKED: Mapping[str, Callable[[Turn, Bubble], None]] = {
    people.TITLE: title.given,
    people.NAME: name.given,
    people.EVENT: event.given,
    people.CODE: attendance.given,
    people.FEEDBACK: _said_afterwards,
    people.GUEST: by_name.given,
    people.GROUP: groups.given,
    people.AWAY: away.given,
    people.CARD: card.given,
    people.HELPS: assisted.given,
    people.MOVES: claim_links.given,
}
# What is written, never spoken.
_NO_VOICE: Mapping[str, Phrase] = {
    people.FEEDBACK: t("Please write it: with these answers I keep no voice messages."),
    people.CARD: t("Please write it: a card has no voice messages."),
}


def _bubble(turn: Turn, message: Incoming) -> Bubble:
    return Bubble(turn.person.id, message.message_id, message.text, turn.now)


def _expected(turn: Turn) -> Question | None:
    """The question that a text answers; none where the sheet is gone that was asked about."""
    if turn.idea is None or not interview.is_open(turn.person):
        return None
    return together.present(turn)


def voice(turn: Turn, message: Incoming, file: File) -> None:
    """A voice message answers a text question; elsewhere it is kept with the idea."""
    if turn.expecting in _NO_VOICE:
        home.again(turn, [_NO_VOICE[turn.expecting]])
        return
    question = _expected(turn)
    if question is not None and question.kind != "text":
        _keep_file(turn, message, file, question)
        return
    attachment = _attach(turn, message, file)
    bubble = _bubble(turn, message)
    bubble.attachment_id = attachment.id
    if question is None:
        ownership.whose(turn, bubble)
        return
    answer(turn, question, bubble, bubbles.composed([bubble]))


def file(turn: Turn, message: Incoming, sent: File) -> None:
    """A photo or a document is kept with the idea; a caption is a text like any other."""
    if turn.expecting == people.EVENT and event.photo(turn, sent):
        return
    question = _expected(turn)
    if question is not None and question.kind == "files":
        attachment = _attach(turn, message, sent)
        files = [*talk.chosen_files(turn, question), attachment.id]
        talk.ask(turn, question, talk.choose(turn, question, {"files": files}))
    elif message.text and (question is None or question.kind == "text"):
        _attach(turn, message, sent)
        text(turn, message)
    else:
        _keep_file(turn, message, sent, question)


def _attach(turn: Turn, message: Incoming, file: File) -> Attachment:
    turn.in_place = message.album is not None and _is_next_of_album(turn, message.album)
    attachment = Attachment(
        kind=file.kind,
        file_id=file.file_id,
        name=file.name,
        seconds=file.seconds,
        album=message.album,
        at=turn.now,
    )
    return bubbles.attach(turn.session, turn.the_idea(), attachment)


def _is_next_of_album(turn: Turn, album: str) -> bool:
    """An album comes as one message a picture: one screen answers them all."""
    last = bubbles.attachments(turn.session, turn.the_idea())[-1:]
    return bool(last and last[0].album == album)


def _keep_file(turn: Turn, message: Incoming, sent: File, question: Question | None) -> None:
    _attach(turn, message, sent)
    count = len(bubbles.attachments(turn.session, turn.the_idea()))
    note = tn(
        "I keep it. %(count)s file is with your idea.",
        "I keep it. %(count)s files are with your idea.",
        count,
    )
    if question is None:
        review.overview(turn, [note])
    else:
        talk.ask(turn, question, [note])


def position(turn: Turn, message: Incoming) -> None:
    """A shared position finds the three nearest neighbourhoods, and is not kept."""
    if turn.expecting == people.EVENT and event.position(turn, message):
        return
    if turn.expecting == people.CARD and card.position(turn, message):
        return
    question = _expected(turn)
    if question is None or question.kind != "places" or message.position is None:
        other(turn)
        return
    found = neighbourhoods.nearest(turn.school.neighbourhoods, *message.position)
    talk.ask(
        turn, question, [t("These are the three nearest. I do not keep your position.")], found
    )


def other(turn: Turn) -> None:
    """A sticker, a poll, something forwarded: a friendly word, and where we were."""
    note = t(
        "Thank you. I cannot use this here: write to me, tap a button or send a voice message."
    )
    home.again(turn, [note])


def edited(turn: Turn, message: Incoming) -> None:
    """A person edited an own message: the answer that it is changes with it."""
    bubble = bubbles.find(turn.session, turn.person, message.message_id)
    if bubble is None and (inquiries.edited(turn, message) or announce_given.edited(turn, message)):
        return
    if bubble is None:
        note = t("That message is not an answer, so nothing changed.")
        home.again(turn, [note])
    elif is_of_another(turn, bubble):
        home.again(turn, [t("That message belongs to another sheet, so nothing changed here.")])
    elif bubble.question == people.TITLE:
        bubble.words = message.text
        title.given(turn, bubble)
    elif (bubble.question or "").startswith(f"{people.FEEDBACK}:"):
        home.again(turn, [feedback.edited(turn, bubble, message.text)])
    elif bubble.question == people.CARD:
        card.edited(turn, bubble, message.text)
    elif bubble.question is None:
        bubble.words = message.text
        ownership.whose(turn, bubble)
    elif bubble.question.startswith(MINE):
        _edited_beside(turn, bubble, message.text)
    else:
        _edited_answer(turn, bubble, message.text)


def _edited_beside(turn: Turn, bubble: Bubble, words: str) -> None:
    """It waits beside somebody else's answer, and goes on waiting."""
    bubble.words = words
    bubbles.save(turn.session, bubble)
    talk.resume(turn)


def _edited_answer(turn: Turn, bubble: Bubble, words: str) -> None:
    key = bubble.question or ""
    question = turn.sheet.question(key) or turn.school.questionnaire.questions.get(key)
    if question is None:
        talk.resume(turn)
        return
    present = _expected(turn)
    if not turn.sheet.given(key) and present is not None and present.key == key:
        bubble.words = words
        typed(turn, question, bubble)
        return
    _change(turn, question, bubble, words)


def _change(turn: Turn, question: Question, bubble: Bubble, words: str) -> None:
    name, before = turn.text(question.name), talk.chosen(turn, question)
    if question.kind in answering.ADDING:
        before = answering.without(question, before, bubble.words, turn.school.neighbourhoods)
    old, bubble.words = bubble.words, words
    bubbles.save(turn.session, bubble)
    parts = bubbles.of_question(turn.session, turn.the_idea(), question.key)
    reading = read(turn, question, bubble, before, parts)
    if isinstance(reading, Read) and _is_part(turn, question):
        talk.write(turn, question.key, reading.value)
        note = t("I changed your answer: %(name)s", name=name)
    else:
        bubble.words = old
        bubbles.save(turn.session, bubble)
        note = t("%(name)s stays as it was: %(reason)s.", name=bold(name), reason=_why(reading))
    _after_edit(turn, [note])


def _is_part(turn: Turn, question: Question) -> bool:
    """Whether an edited message changes only its part of an answer: a number, or one choice, that
    somebody else gave since is another answer.
    """
    return question.kind in ("text", *answering.ADDING) or together.is_own(turn, question.key)


def _why(reading: Reading) -> Phrase:
    if isinstance(reading, TooLong):
        return t("it is too long")
    if isinstance(reading, Read):
        return t("somebody else answered it since")
    return t("I could not read it")


def _after_edit(turn: Turn, notes: list[Phrase]) -> None:
    if interview.is_open(turn.person):
        talk.resume(turn, notes)
    else:
        review.overview(turn, notes)


def other_command(turn: Turn) -> None:
    """A command that we lack."""
    home.again(turn, [t("I do not know this command. The menu beside the text field shows all.")])
