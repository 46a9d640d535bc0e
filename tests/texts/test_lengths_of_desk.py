"""What the tutors' desk says is short too, in every language: in the group, to coordinators, and in
the words that answer a tap.
"""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Dossier
from handlers import desk_bound, desk_lost, desk_topics
from handlers.desk_bound import Asked
from handlers.turn import Turn
from locales.translator import words
from school import desk, people, staff
from school.loading import load
from school.phrases import Phrase, as_text, t
from tests.texts.screens import LONG, NOW, Message, said, talkative, too_long, turn_of

SCHOOL = load()
LANGUAGES = SCHOOL.languages
GROUP, TITLE = -1007001, "I tutor della Scuola dei Quartieri di Milano, sede di via Baldinucci"
TOAST = 200
TOASTS: tuple[Phrase, ...] = (
    t("This button does nothing here any more."),
    t("The tutors' desk is not in this group."),
    t("This is for those who work here."),
)


def in_the_group(turn: Turn) -> None:
    """Every answer to the command."""
    kinds = ((True, False, True), (False, True, False), (False, False, True), (False, False, False))
    for hidden, forum, manages in (*kinds, (False, True, True), (False, True, True)):
        for text in ("", "off"):
            known = {"forum": forum, "manages_topics": manages, "hidden": hidden}
            asked = Asked(GROUP, TITLE, 7, text, turn.person.language, **known)
            for by in (None, turn.person):
                desk_bound.asked(turn.desk, asked, by)


def in_private(turn: Turn) -> None:
    """What a coordinator sees of it."""
    desk_bound.screen(turn)
    desk.bind(turn.session, GROUP, TITLE, turn.person, NOW)
    desk_bound.screen(turn)
    desk_bound.ending(turn)
    desk_lost.rights(turn, GROUP, able=False)
    desk_bound.screen(turn)
    desk_lost.rights(turn, GROUP, able=True)
    desk_bound.end(turn)


def _of_staff(language: str, scene: Callable[[Turn], None]) -> list[Message]:
    with turn_of(SCHOOL, language) as turn:
        staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
        return said(turn, words(language), scene)


def everything(language: str) -> list[Message]:
    """All of it in a language."""
    return [*_of_staff(language, in_the_group), *_of_staff(language, in_private)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(everything(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_tap_have_200_characters_at_most(language: str) -> None:
    shown = [as_text(phrase, words(language)) for phrase in TOASTS]
    assert [text for text in shown if len(text) > TOAST] == []


@pytest.mark.parametrize("stage", SCHOOL.questionnaire.stages)
def test_the_name_of_a_topic_has_128_letters_at_most(stage: str) -> None:
    with turn_of(SCHOOL, "it", talkative(SCHOOL, stage)) as turn:
        for title in (None, LONG[:60]):
            name = as_text(desk_topics.name_of(turn, _handed_in(turn, title)), words("it"))
            assert len(name) <= 128


def _handed_in(turn: Turn, title: str | None) -> Dossier:
    session: Session = turn.session
    idea = people.begin_idea(session, turn.person, NOW)
    idea.title = title
    session.flush()
    return Dossier(idea_id=idea.id, state="waiting", since=NOW)
