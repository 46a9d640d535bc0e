"""The screens of a group are short too, in every language: with long names, and in company."""

from functools import cache

import pytest

from db.groups import Group
from handlers import group_links, group_members, groups, home, interview, own_data, review, title
from handlers.arrivals import in_sight
from handlers.incoming import Incoming
from handlers.messages import text
from handlers.taps import change
from handlers.turn import Turn
from handlers.welcome import welcome
from locales.translator import words
from school import group_links as made
from school import groups as company
from school import links, people
from school.bubbles import Bubble
from school.loading import load
from school.together import Stand
from tests.texts.screens import (
    LONG,
    NOW,
    QUESTION,
    Message,
    Work,
    said,
    stranger,
    talkative,
    too_long,
    turn_of,
)

SCHOOL = load()
LANGUAGES = SCHOOL.languages
NAME = "Quelli della bottega di via Baldinucci 8"
MEMBERS = ("Maria Antonietta della Santissima Trinit", "Abdul Rahman", None)


def another(turn: Turn, number: int, name: str | None) -> Turn:
    """Somebody else who is in the group, and speaks the same language."""
    person = people.add(turn.session, 3000 + number, turn.person.language, NOW)
    person.name, person.notice_read, person.old_enough_at = name, SCHOOL.notice.version, NOW
    group = company.of(turn.session, turn.person)
    turn.session.flush()
    assert group is not None
    assert company.join(turn.session, person, group, NOW)
    return Turn(turn.session, SCHOOL, person, NOW, bot_name="quartieri_bot")


def founded(turn: Turn) -> list[Turn]:
    """A group with a long name, in which there are ten others."""
    turn.bot_name = "quartieri_bot"
    turn.person.name = MEMBERS[0]
    company.found(turn.session, turn.person, NAME, NOW)
    turn.look_up()
    return [another(turn, number, MEMBERS[number % 3]) for number in range(10)]


def alone(turn: Turn) -> None:
    """Until there is somebody else."""
    groups.start(turn)
    groups.new(turn)
    groups.given(turn, typed(turn, LONG))
    groups.given(turn, typed(turn, NAME))
    groups.start(turn)
    group_members.leaving(turn)
    own_data.forget(turn)


def typed(turn: Turn, what: str) -> Bubble:
    return Bubble(turn.person.id, 77, what, NOW)


def in_company(turn: Turn) -> None:
    """All screens of the lead, with others."""
    others = founded(turn)
    groups.start(turn)
    home.home(turn)
    review.overview(turn)
    group_members.members(turn)
    groups.my_name(turn)
    groups.rename(turn)
    groups.given(turn, typed(turn, NAME))
    for _ in range(made.MOST + 1):
        group_links.make(turn, made.ONCE)
    group_links.listed(turn)
    code = made.of(turn.session, group_of(turn))[0].code
    group_links.show(turn, code)
    group_links.picture(turn, code)
    group_links.opened(turn, code)
    coming(turn, code)
    group_links.revoke(turn, code)
    group_links.opened(turn, code)
    for verb in (group_members.remove, group_members.hand):
        verb(turn)
    number = str(others[0].person.id)
    group_members.removing(turn, number)
    group_members.handing(turn, number)
    group_members.removed(turn, number)
    group_members.handed(turn, str(others[1].person.id))
    group_members.leaving(turn)
    own_data.forget(turn)
    group_members.leave(turn)


def group_of(turn: Turn) -> Group:
    found = company.of(turn.session, turn.person)
    assert found is not None
    return found


def coming(turn: Turn, code: str) -> None:
    """Somebody comes by a link: new, then known, with an own sheet, without a name."""
    person = people.add(turn.session, 4000, turn.person.language, NOW)
    other = Turn(turn.session, SCHOOL, person, NOW, bot_name="quartieri_bot")
    person.came_for = links.about(links.GROUP, code)
    stranger(other)
    welcome(other)
    assert in_sight(other)
    person.notice_read, person.old_enough_at = SCHOOL.notice.version, NOW
    other.the_idea()
    group_links.opened(other, code)
    group_links.join(other, code)
    group_links.come(other, code)
    group_links.opened(other, code)
    group_members.leaving(other)
    group_members.leave(other)


def of_questions(turn: Turn) -> None:
    """Each question with an answer of somebody else."""
    writes(turn)
    for question in turn.sheet.asked():
        change(turn, question.key)


def writes(turn: Turn) -> None:
    """All answers are somebody else's, who has a long name."""
    others = founded(turn)
    for question in turn.sheet.asked():
        given = turn.sheet.answers[question.key]
        others[0].look_up()
        interview.write(others[0], question.key, {**given.value, "changed": True})
    turn.look_up()


def in_each_others_way(turn: Turn) -> None:
    """The pages, and what is said to two at the same question."""
    writes(turn)
    for part in turn.sheet.parts():
        review.page(turn, part)
    title.ask(turn)
    title.given(turn, typed(turn, "A workshop"))
    for number, question in enumerate(turn.sheet.asked(), start=500):
        turn.person.revisiting, turn.person.expects = question.key, people.INTERVIEW
        turn.stand = Stand(question.key, fresh=False)
        text(turn, Incoming(number, "12" if question.kind in ("number", "money") else LONG[:90]))


@cache
def shown(language: str, *works: Work) -> list[Message]:
    found: list[Message] = []
    for work in works:
        with turn_of(SCHOOL, language, talkative(SCHOOL, "project")) as turn:
            found += said(turn, words(language), work)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_with_another_ones_answer_has_300_characters_at_most(language: str) -> None:
    found = shown(language, of_questions)
    assert [one.text for one in found if len(one.text) > QUESTION and "\n" in one.text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(shown(language, alone, in_company, in_each_others_way)) == []
