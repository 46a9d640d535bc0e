"""A sheet's topic in the tutors' supergroup: what it is called, and what stands in it when it is
made, at first or again. Where there is no supergroup, the same stands in private chats.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from db.dossiers import Dossier
from db.tables import Idea, Outgoing
from handlers import desk, dossier_card, dossier_papers, relay_history
from handlers.describe import shortened
from handlers.turn import Speaker
from school import desk as desks
from school import dossiers, outbox, relays, sheet, topics, wording
from school.desk import Place
from school.phrases import Phrase, joined, t
from school.sheet import ANSWERED, Sheet

Content: TypeAlias = Callable[[Speaker, Dossier, Place], None]

# What stands in a new topic, in this order: each puts its rows with `desk.put` in the place that it
# is given, and names each of them by its `what`, so that none stands there twice.
CONTENT: Sequence[Content] = (
    dossier_card.card,
    dossier_papers.papers,
    relay_history.history,
)
_LONGEST = 70  # letters of a sentence in a topic's name
_QUESTIONS = t("Questions to a person")


def open_topic(turn: Speaker, dossier: Dossier) -> None:
    """Put a dossier where it is to be seen, in a topic of its own where there is a supergroup. What
    stands there already is drawn in its place, or left.
    """
    for place in desk.places(turn, dossier):
        _fill(turn, dossier, place)


def open_all(turn: Speaker) -> None:
    """As `open_topic`, for all that are with tutors; in private chats only their cards."""
    for dossier in dossiers.with_tutors(turn.session):
        for place in desk.places(turn, dossier):
            _fill(turn, dossier, place, whole=place.topic is not None)


def _fill(turn: Speaker, dossier: Dossier, place: Place, *, whole: bool = True) -> None:
    before = desks.standing(turn.session, place.chat_id, dossier)
    if place.topic is not None and not topics.stands(turn.session, place.chat_id, place.topic):
        _make(turn, place.chat_id, place.topic, name_of(turn, dossier))
    for content in CONTENT:
        content(turn, dossier, replace(place, opening=True))
    topics.drop_openings(turn.session, place.chat_id, before if whole else None)


def _make(turn: Speaker, chat: int, topic: str, name: Phrase) -> None:
    """Queue the making of a topic, unless it is queued."""
    if topics.is_made(turn.session, chat, topic):
        return
    language = turn.school.languages[0]
    outbox.put(
        turn.session,
        chat,
        topics.MAKE,
        {"name": name},
        language=language,
        now=turn.now,
        lane=outbox.NOTICE,
        slot=topic,
    )


def name_of(turn: Speaker, dossier: Dossier) -> Phrase:
    """What a sheet's topic is called: the idea's title or its sentence, and the neighbourhood."""
    idea = turn.session.get_one(Idea, dossier.idea_id)
    found = sheet.of_idea(turn.session, turn.school.questionnaire, idea)
    words = " ".join((idea.title or _sentence(found)).split())
    name = shortened(words, _LONGEST) if words else t("A sheet without a title")
    where = _where(turn, found)
    return joined(" · ", name, where) if where else name


def _sentence(found: Sheet) -> str:
    given = found.given("sentence")
    return str(given.value.get("text", "")) if given is not None else ""


def _where(turn: Speaker, found: Sheet) -> Phrase | None:
    given, question = found.given("where"), turn.school.questionnaire.questions.get("where")
    if given is None or question is None or given.status != ANSWERED:
        return None
    said = wording.answer(turn.school, turn.school.languages[0], question, given)
    return shortened(said, topics.MOST - _LONGEST - 3)


def again(turn: Speaker, row: Outgoing) -> None:
    """The topic that a row names is not there: it is made again with what stands in it, and all
    that waited for it follows in its order, this row first.
    """
    session, chat, topic = turn.session, row.chat_id, str(row.body[topics.TOPIC])
    waited = [row, *topics.of_topic(topics.waiting(session, chat), topic)]
    number = topics.dossier_of(topic)
    dossier = dossiers.find(session, number) if number is not None else None
    topics.drop(session, waited)
    if number is not None and (dossier is None or _is_over(dossier, waited)):
        return  # There is nobody any more whom it concerns.
    waited = [one for one in waited if not one.body.get(topics.OPENING)]
    topics.forget(session, chat, topic)
    if dossier is None:
        _make(turn, chat, topic, _QUESTIONS)
    else:
        open_topic(turn, dossier)
    topics.put_behind(session, topics.unsaid(session, chat, topic, waited))


def _is_over(dossier: Dossier, waited: Sequence[Outgoing]) -> bool:
    """Whether a sheet is put away, and no words of its people wait to be read."""
    found = [desks.of_slot(row.slot) for row in waited if row.slot]
    words = [one for one in found if one is not None and relays.number_in(one[1]) is not None]
    return dossier.state == dossiers.CLOSED and not words
