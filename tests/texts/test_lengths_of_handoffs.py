"""The way of a sheet to a tutor and back is short to read too: for its people, and for tutors, in
every language.
"""

import datetime as dt
from functools import cache

import pytest

from db.dossiers import Dossier
from db.groups import Group, Member
from db.tables import Answer, Idea, Person
from handlers import (
    agreeing,
    changes_asked,
    closing,
    dossier_acts,
    dossier_card,
    handing_in,
    handoff,
    home,
    question,
    review,
)
from handlers.dossier_keys import CLOSING, MORE, REASONS, VERSIONS
from handlers.incoming import Incoming
from handlers.turn import Turn
from locales.translator import words
from school import comments, dossiers, interview, people, staff
from school.loading import load
from tests.texts.screens import (
    LONG,
    NOW,
    QUESTION,
    Message,
    Work,
    said,
    scenes,
    talkative,
    too_long,
    turn_of,
)

SCHOOL = load()
LANGUAGES = SCHOOL.languages
DAY = dt.timedelta(days=1)
NAME = "Maria Antonietta della Santissima Trini"
TUTOR = 2000


def another(turn: Turn, number: int) -> Person:
    """Somebody else, with a long name, who speaks the same language."""
    person = people.add(turn.session, TUTOR + number, turn.person.language, NOW)
    person.notice_read, person.old_enough_at = SCHOOL.notice.version, NOW
    person.name = f"{NAME}{number}"
    turn.session.flush()
    return person


def grouped(turn: Turn) -> list[Person]:
    """The person leads a group of six with a long name, and a sheet with the longest answers."""
    others = [another(turn, number) for number in range(1, 6)]
    turn.person.name = f"{NAME}0"
    group = Group(name=NAME, lead_id=turn.person.id, created_at=NOW)
    turn.session.add(group)
    turn.session.flush()
    for one in (turn.person, *others):
        turn.session.add(Member(person_id=one.id, group_id=group.id, joined_at=NOW))
    idea = Idea(group_id=group.id, created_at=NOW, title=(LONG * 2)[:60])
    turn.session.add(idea)
    turn.session.flush()
    for key, (status, value) in talkative(SCHOOL, "project").items():
        row = Answer(idea_id=idea.id, question=key, status=status, value=value)
        row.changed_at = NOW
        turn.session.add(row)
    turn.session.flush()
    turn.idea = idea
    return others


def a_tutor(turn: Turn) -> Turn:
    """Somebody who works at the school, with a long name."""
    person = another(turn, 9)
    staff.give(turn.session, person, staff.TUTOR, NOW)
    return turn.of(person)


def the_row(turn: Turn) -> Dossier:
    row = dossiers.find(turn.session, 1)
    assert row is not None
    return row


def asked(turn: Turn) -> None:
    """Everybody of a group is asked; some agree, one does not, one is silent."""
    others = grouped(turn)
    review.overview(turn)
    agreeing.start(turn)
    agreeing.languages(turn)
    agreeing.language(turn, "zh", "on")
    agreeing.ask_all(turn)
    for one in others[:2]:
        agreeing.not_yet(turn.of(one), "1")
    handoff.status(turn)
    agreeing.remind(turn, str(others[3].id))
    agreeing.remind(turn, str(others[3].id))
    for one in others[:3]:
        agreeing.agree(turn.of(one), "1")
    handing_in.taking_back(turn)
    turn.now = NOW + 4 * DAY
    handoff.status(turn)
    agreeing.going_without(turn)
    agreeing.go_without(turn)
    handoff.status(turn)
    handing_in.taking_back(turn)
    handing_in.take_back(turn)


def answered(turn: Turn) -> None:
    """A tutor takes it, asks for changes of everything, gets it again, says it is ready."""
    tutor, others = a_tutor(turn), grouped(turn)
    agreeing.ask_all(turn)
    the_row(turn).languages = ["it", "fr", "zh"]
    for one in others:
        agreeing.agree(turn.of(one), "1")
    dossier_acts.take(tutor, "1")
    handoff.status(turn)
    home.home(turn)
    for name in (MORE, CLOSING, VERSIONS):
        dossier_acts.page(tutor, "1", name)
    keys = [one.key for one in turn.sheet.asked()]
    changes_asked.start(tutor, "1")
    for part in turn.sheet.parts():
        changes_asked.part(tutor, "1", part)
    for key in keys:
        changes_asked.question(tutor, "1", key)
        for text in (LONG, LONG[: comments.MOST]):
            message = Incoming(7, text.strip())
            changes_asked.comment(tutor, (1, f"ask:{key}:1"), message, edited=False)
    changes_asked.send(tutor, "1")
    handoff.status(turn)
    turn.session.get_one(Answer, (1, "need")).value = {"text": LONG[100:700], "voices": [1]}
    turn.session.flush()
    del turn.sheet
    review.page(turn, "useful")
    agreeing.ask_all(turn)
    dossier_acts.readying(tutor, "1")
    dossier_acts.ready(tutor, "1")
    handoff.status(turn)


def closed(turn: Turn) -> None:
    """A tutor closes it, for each reason, then for one in words."""
    tutor, others = a_tutor(turn), grouped(turn)
    for why in (*REASONS, None):
        agreeing.ask_all(turn)
        for one in others:
            agreeing.agree(turn.of(one), "1")
        dossier_acts.take(tutor, "1")
        if why is not None:
            closing.tapped(tutor, "1", why)
        else:
            in_words(tutor, the_row(turn))
        handoff.status(turn)
    handing_in.gone(turn, the_row(turn))
    dossier_card.draw(turn, the_row(turn))


def in_words(tutor: Turn, row: Dossier) -> None:
    """What is no reason, the longest one, and one too late."""
    closing.ask(tutor, "1")
    for text in ("", LONG, LONG[: closing.MOST], "Once more"):
        prompt = (row.id, f"{closing.WHY}:{row.round}")
        closing.written(tutor, prompt, Incoming(7, text), edited=False)


SCENES: list[Work] = [asked, answered, closed]


def changing(turn: Turn) -> None:
    """Each question with a comment on it."""
    tutor, others = a_tutor(turn), grouped(turn)
    agreeing.ask_all(turn)
    for one in others:
        agreeing.agree(turn.of(one), "1")
    dossier_acts.take(tutor, "1")
    for one in turn.sheet.asked():
        comments.write(turn.session, the_row(turn), one.key, LONG[: comments.MOST], tutor.person)
    changes_asked.send(tutor, "1")


@cache
def questions(language: str) -> list[Message]:
    """The screens of all questions while changes are asked for."""
    with turn_of(SCHOOL, language) as turn:
        said(turn, words(language), changing)
        found: list[Message] = []
        for one in turn.sheet.asked():
            interview.revisit(turn.person, one, people.REVIEW)
            found += said(
                turn,
                words(language),
                lambda turn, one=one: turn.show(question.screen(turn, one)),
            )
        return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_with_a_comment_has_300_characters_at_most(language: str) -> None:
    found = [message.text for message in questions(language)]
    assert len(found) == len(SCHOOL.questionnaire.paths["project"])
    assert [text for text in found if len(text) > QUESTION] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(scenes(SCHOOL, language, SCENES)) == []
