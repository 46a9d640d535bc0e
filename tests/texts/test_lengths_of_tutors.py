"""The screens of tutors, and what the people of their sheets hear, are short in every language."""

import datetime as dt
from functools import cache

import pytest

from bot import tutoring
from bot.sweeps import Sweep
from db.dossiers import Dossier, Version
from db.tables import Answer, Person
from handlers import away, handing_on, leaving, mediators, queue, tutor_profile
from handlers.process import Context
from handlers.turn import Turn
from locales.translator import words
from school import dossiers, people, profiles, staff
from school import queue as lists
from school.bubbles import Bubble
from school.dossiers import BACK, TAKEN, WAITING
from school.loading import load
from tests.texts.screens import NOW, QUESTION, Message, Work, said, too_long, turn_of

SCHOOL = load()
LANGUAGES = SCHOOL.languages
TITLE = "Un'officina di quartiere dove si ripara tutto insieme, dalle biciclette ai computer"
DAY = dt.timedelta(days=1)


def _somebody(turn: Turn, number: int, language: str, *roles: str) -> Person:
    """Somebody else, with a long name."""
    person = people.add(turn.session, 2000 + number, language, NOW)
    person.name = f"Maria Antonietta della Santissima {number}"
    turn.session.flush()
    for role in roles:
        staff.give(turn.session, person, role, NOW)
    return person


def _sheet(turn: Turn, number: int, state: str, language: str, **more: object) -> Dossier:
    """A sheet that has waited for long."""
    whose = _somebody(turn, 100 + number, language)
    idea = people.begin_idea(turn.session, whose, NOW)
    choice = {"choice": "environment"}
    answer = Answer(idea_id=idea.id, question="field", status="answered", value=choice)
    answer.changed_at = NOW
    begun = NOW - 30 * DAY
    made = Dossier(idea_id=idea.id, state=state, since=begun, round=12, handed_at=begun)
    for key, value in more.items():
        setattr(made, key, value)
    turn.session.add_all([answer, made])
    turn.session.flush()
    row = Version(dossier_id=made.id, number=12, at=begun, content={"title": TITLE, "answers": {}})
    turn.session.add(row)
    turn.session.flush()
    return made


def _swept(turn: Turn, sweep: Sweep, now: dt.datetime) -> None:
    sweep(turn.session, Context(SCHOOL, 42, now))


def of_a_tutor(turn: Turn) -> None:
    """The profile at its fullest, days away, a long list, a sheet, and what comes by the clock."""
    language = turn.person.language
    staff.give(turn.session, turn.person, staff.TUTOR, NOW)
    tutor_profile.start(turn)
    for key, part in tutor_profile.PARTS.items():
        for choice in part.choices(turn):
            tutor_profile.tick(turn, key, choice.key)
    tutor_profile.start(turn)
    for number, state in enumerate((TAKEN, TAKEN, BACK, WAITING, WAITING, TAKEN, TAKEN, TAKEN)):
        whose = None if state == WAITING else turn.person.id
        _sheet(turn, number, state, language, tutor_id=whose)
    queue.start(turn)
    for entry in lists.listed(turn.session, turn.person, turn.roles):
        queue.sheet(turn, str(entry.dossier.id))
    away.start(turn)
    away.given(turn, Bubble(turn.person.id, 7, "x" * 900, NOW))
    for sweep in (tutoring.wait_no_longer, tutoring.tell_daily, tutoring.remind_people):
        for days in (0, 2, 9, 16, 30):
            _swept(turn, sweep, NOW + days * DAY)
    away.usual(turn, "weeks")
    away.start(turn)
    away.back(turn)


def of_who_coordinates(turn: Turn) -> None:
    """All sheets, whom they can be given to, who mediates, and who leaves."""
    language = turn.person.language
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    others = [_somebody(turn, number, "it", staff.TUTOR) for number in range(10)]
    for number, state in enumerate((WAITING, TAKEN, BACK, WAITING, TAKEN, BACK, TAKEN, BACK)):
        whose = None if state == WAITING else others[number].id
        answered = NOW - 20 * DAY if number == 2 else None
        _sheet(turn, number, state, language, tutor_id=whose, answered_at=answered)
    queue.start(turn)
    for number in ("1", "2", "3"):
        queue.sheet(turn, number)
        handing_on.ask(turn, number)
        mediators.ask(turn, number)
    found = dossiers.find(turn.session, 1)
    assert found is not None
    mediators.seek(turn, found)
    mediators.name(turn, "1", str(others[9].id), "0")
    handing_on.to(turn, "1", str(others[8].id), "0")
    handing_on.to(turn, "2", "0", str(others[1].id))
    handing_on.to(turn, "99", "0", "0")
    handing_on.leave(turn, "3")
    for days in (0, 2, 9, 16, 30):
        _swept(turn, tutoring.wait_no_longer, NOW + days * DAY)
    for other in others:
        profiles.say(turn.session, other, profiles.LANGUAGES, ["zh"])
        staff.take(turn.session, other, staff.TUTOR)
        leaving.left(turn, other)


STEPS: tuple[Work, ...] = (of_a_tutor, of_who_coordinates)


@cache
def everything(language: str) -> list[Message]:
    found: list[Message] = []
    for step in STEPS:
        with turn_of(SCHOOL, language) as turn:
            turn.person.name = "Maria Antonietta della Santissima"
            found += said(turn, words(language), step)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(everything(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_has_300_characters_at_most(language: str) -> None:
    """What is asked ends its first line with a question mark."""
    asked = [one.text for one in everything(language) if one.text.split("\n")[0][-1:] in "?؟？"]
    assert len(asked) > len(tutor_profile.PARTS)
    assert [text for text in asked if len(text) > QUESTION] == []
