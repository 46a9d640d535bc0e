"""What stands beside a sheet's card: the answers of each version as a PDF, the files and voices,
and what has changed since the version before. In private chats only whoever has the sheet gets
them, and whoever asks for a version.
"""

from collections.abc import Sequence

from db.dossiers import Comment, Dossier, Version
from db.tables import Idea
from db.types import Json
from handlers import desk, dossier_card, dossier_keys
from handlers.buttons import as_json
from handlers.describe import shortened
from handlers.dossier_keys import MAIN
from handlers.files import sending
from handlers.turn import Speaker
from locales import translator
from school import cards, comments, dossiers, versions, wording
from school.desk import Place
from school.dossiers import WAITING
from school.phrases import Phrase, as_text, bold, lines, paragraphs, t
from school.sheet import Given
from school.texts import in_language
from school.versions import Difference

# What stands beside a card, by the first word of what it is.
_PAPERS = ("pdf:", "file:", "changed:", "ask:", "why:", "work")
_WORDS_OF_PEOPLE = "r:"
_MOST_FILES = 10
_ASKED, _BEFORE, _NOW, _ROOM = 60, 100, 180, 500  # letters: of a change, and of all in a message


def received(turn: Speaker, dossier: Dossier, version: Version) -> None:
    """Beside the card of a new version: its papers where they are not yet, and what has changed."""
    in_private(turn, dossier)
    changed(turn, dossier, version)


def in_private(turn: Speaker, dossier: Dossier) -> None:
    """What is beside the card, for who has the sheet in a private chat: a topic has it already."""
    for place in desk.places(turn, dossier):
        if place.topic is None:
            papers(turn, dossier, place)


def papers(turn: Speaker, dossier: Dossier, place: Place) -> None:
    """The PDF of the newest version, and the newest files; each stands there once."""
    version = versions.find(turn.session, dossier, dossier.round)
    if version is None or (place.topic is None and dossier.state == WAITING):
        return
    pdf(turn, dossier, place, version, what=f"pdf:{version.number}")
    idea = turn.session.get_one(Idea, dossier.idea_id)
    loose, spoken = versions.beside(turn.session, idea, version)
    for file in [*loose, *spoken][-_MOST_FILES:]:
        method, body = sending(file.kind, file.file_id)
        desk.put(turn, dossier, place, method, body, what=f"file:{file.id}")


def pdf(
    turn: Speaker, dossier: Dossier, place: Place, version: Version, what: str | None = None
) -> None:
    """A version as a PDF, in one place."""
    document: Json = {"dossier": [dossier.id, version.number]}
    number = t("Version %(number)s", number=version.number)
    caption = lines(bold(dossier_card.title(version)), number)
    body: dict[str, Json] = {"document": document, "caption": caption}
    desk.put(turn, dossier, place, "sendDocument", body, what=what)


def standing(turn: Speaker, dossier: Dossier, what: str) -> list[tuple[Place, int]]:
    """Where something of it stands in chats of others than its own people, and as which message."""
    known, own = turn.school.languages, dossiers.people(turn.session, dossier)
    chats = {person.telegram_id for person in own}
    return [
        (Place(one.chat_id, cards.language(turn.session, one.chat_id, known)), one.message_id)
        for one in cards.all_of(turn.session, dossier, what)
        if one.chat_id not in chats
    ]


def take_away(turn: Speaker, dossier: Dossier, *, words: bool = False) -> None:
    """What stands beside the card goes from the tutors' chats, and with `words` what was passed on
    as well: its people do not want it there.
    """
    whats = (*_PAPERS, _WORDS_OF_PEOPLE) if words else _PAPERS
    for what in whats:
        for place, message in standing(turn, dossier, what):
            desk.put(turn, dossier, place, "deleteMessage", {"message_id": message})
    cards.drop(turn.session, dossier, whats)


def changed(turn: Speaker, dossier: Dossier, version: Version) -> None:
    """What is otherwise than in the version before, old and new; it rings for whoever has it."""
    before = versions.find(turn.session, dossier, version.number - 1)
    if before is None:
        return
    known = turn.school.questionnaire
    old, new = versions.sheet(before, known), versions.sheet(version, known)
    found = versions.differences(old, new)
    asked = comments.sent(turn.session, dossier, before.number, old)
    head = bold(t("Version %(number)s: what has changed", number=version.number))
    for place in desk.places(turn, dossier):
        if place.topic is not None or dossier.state != WAITING:
            said = [_difference(turn, place.language, one, asked) for one in found]
            _say(turn, dossier, place, head, said or [t("No answer has changed.")])


def _say(
    turn: Speaker, dossier: Dossier, place: Place, head: Phrase, said: Sequence[Phrase]
) -> None:
    """Some changes in each message; in a topic the last one has the card's buttons."""
    own, messages = place.topic is None, _in_messages(said, place.language)
    for number, some in enumerate(messages, start=1):
        text = paragraphs(head if number == 1 else None, *some)
        ends = number == len(messages) and not own
        rows = dossier_keys.rows(turn, dossier, place, MAIN) if ends else []
        body: dict[str, Json] = {"text": text, "buttons": as_json(rows)}
        what = f"changed:{dossier.round}:{number}"
        desk.put(turn, dossier, place, "sendMessage", body, what=what, rings=own)


def _in_messages(said: Sequence[Phrase], language: str) -> list[list[Phrase]]:
    """As many changes in each message as can be read on a phone."""
    found, room = list[list[Phrase]](), 0
    for one in said:
        needs = len(as_text(one, translator.words(language)))
        if needs > room:
            found.append([])
            room = _ROOM
        found[-1].append(one)
        room -= needs
    return found


def _difference(turn: Speaker, language: str, one: Difference, asked: Sequence[Comment]) -> Phrase:
    """A question with its old and its new answer, and what was asked about it."""
    comment = next((each for each in asked if each.question == one.question.key), None)
    return lines(
        bold(in_language(one.question.name, language)),
        t("You asked: %(words)s", words=shortened(comment.words, _ASKED)) if comment else None,
        t("Before: %(answer)s", answer=_answer(turn, language, one, one.before, _BEFORE)),
        t("Now: %(answer)s", answer=_answer(turn, language, one, one.now, _NOW)),
    )


def _answer(
    turn: Speaker, language: str, one: Difference, given: Given | None, most: int
) -> Phrase:
    if given is None:
        return t("no answer")
    return shortened(wording.answer(turn.school, language, one.question, given), most)
