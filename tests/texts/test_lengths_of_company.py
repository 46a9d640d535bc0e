"""The screens of who looks for company, of who is helped, and of who takes something over are short
too, in every language.
"""

import pytest
from sqlalchemy.orm import Session

from bot import sweeps
from db.dossiers import Dossier
from db.groups import Card
from db.tables import Person
from handlers import (
    assisted,
    card,
    card_reports,
    claim_links,
    claims,
    company,
    introductions,
    messages,
    review,
    staff,
)
from handlers.incoming import Incoming
from handlers.process import Context
from handlers.turn import Turn
from locales.translator import words
from school import claims as links
from school import company as cards
from school import dossiers, people
from school import introductions as asked
from school import staff as works
from school.loading import load
from tests.texts.screens import (
    NOW,
    QUESTION,
    Message,
    Work,
    said,
    talkative,
    too_long,
    turn_of,
    unsure,
)

SCHOOL = load()
LANGUAGES = SCHOOL.languages
NAME = "Maria Antonietta della Santissima Trinit"
SENTENCE = ("So cucire e cerco chi ripara vestiti con me, il sabato mattina. " * 4)[: cards.MOST]
LONGEST = max(SCHOOL.neighbourhoods, key=lambda place: len(place.label)).id


def another(session: Session, number: int, language: str) -> Person:
    """Somebody else who looks for company, with a long name."""
    person = people.add(session, 3000 + number, language, NOW)
    person.name, person.notice_read, person.old_enough_at = NAME, SCHOOL.notice.version, NOW
    session.flush()
    cards.show(session, person, LONGEST, "environment", SENTENCE, NOW)
    return person


def asking(turn: Turn) -> None:
    """Each question on the way to a card: these are questions, and shorter than the rest."""
    company.start(turn)
    card.make(turn)
    messages.text(turn, Incoming(1, "x" * 4000))
    card.place(turn, LONGEST)
    messages.text(turn, Incoming(2, "x" * 4000))
    card.field(turn, "environment")
    messages.text(turn, Incoming(3, "x" * 4000))
    messages.text(turn, Incoming(4, "@ada"))


def looking(turn: Turn) -> None:
    """A card that is shown, and the cards of others."""
    language = turn.person.language
    turn.person.name = NAME
    asking(turn)
    messages.text(turn, Incoming(5, SENTENCE))
    card.show(turn)
    others = [another(turn.session, number, language) for number in range(3)]
    company.start(turn)
    introductions.show(turn, "1")
    first = str(others[0].id)
    introductions.meet(turn, first)
    introductions.ask(turn, first)
    introductions.show(turn, "0")
    introductions.no(turn.of(others[0]), str(turn.person.id))
    introductions.yes(turn.of(others[0]), str(turn.person.id))
    introductions.never(turn, str(others[1].id))
    introductions.never(turn, first)
    company.keep(turn)
    found = turn.session.get_one(Card, turn.person.id)
    found.at = NOW - (cards.until(found) - found.at) + (cards.until(found) - found.at) / 60
    turn.session.flush()
    sweeps.look_for_company(turn.session, Context(SCHOOL, 42, NOW))
    company.take_down(turn)


def reporting(turn: Turn) -> None:
    """A card is reported, looked at, and taken down."""
    cards.show(turn.session, turn.person, LONGEST, "environment", SENTENCE, NOW)
    works.give(turn.session, turn.person, works.COORDINATOR, NOW)
    other = another(turn.session, 1, turn.person.language)
    number = str(other.id)
    card_reports.reporting(turn, number)
    card_reports.report(turn, number)
    card_reports.look(turn, number)
    card_reports.leave(turn, number)
    asked.report(turn.session, turn.person, other.id, NOW)
    card_reports.remove(turn, number)
    card_reports.remove(turn, number)


def helping(turn: Turn) -> None:
    """Somebody's idea is written down, and everything that can be done with it."""
    works.give(turn.session, turn.person, works.COORDINATOR, NOW)
    turn.person.name = NAME
    staff.home(turn)
    assisted.start(turn, "0")
    assisted.ask(turn)
    messages.text(turn, Incoming(1, NAME))
    assisted.begin(turn, "0")
    staff.home(turn)
    review.overview(turn)
    turn.session.add(Dossier(idea_id=turn.the_idea().id, state=dossiers.ASKING, since=NOW))
    turn.session.flush()
    number = str(turn.person.acting_for)
    assisted.stop(turn)
    for screen in (assisted.sheet, assisted.agrees, assisted.agreed, assisted.erasing):
        screen(turn, number)
    assisted.ask(turn)
    messages.text(turn, Incoming(2, NAME))
    claim_links.link(turn, number)
    assisted.erase(turn, number)


def moving(turn: Turn) -> None:
    """An account that is lost: looked for, checked, opened and taken over."""
    works.give(turn.session, turn.person, works.COORDINATOR, NOW)
    lost = [another(turn.session, number, turn.person.language) for number in range(4)]
    works.give(turn.session, lost[3], works.COORDINATOR, NOW)
    works.give(turn.session, lost[3], works.TUTOR, NOW)
    claim_links.ask(turn)
    messages.text(turn, Incoming(1, "x" * 4000))
    messages.text(turn, Incoming(2, NAME))
    claim_links.one(turn, str(lost[3].id))
    claim_links.link(turn, str(lost[3].id))
    claims.opened(turn, "forged")
    turn.session.flush()
    secret = links.make(turn.session, lost[3], turn.person, NOW)
    claims.opened(turn, secret)
    new = turn.of(another(turn.session, 9, turn.person.language))
    for screen in (claims.opened, claims.asked, claims.take):
        screen(new, secret)


SCENES: list[Work] = [looking, reporting, helping, moving]


def everything(language: str) -> list[Message]:
    """All that the scenes say in a language, with no sheet, a short one and a long one."""
    found: list[Message] = []
    for scene in SCENES:
        for given in (None, talkative(SCHOOL, "project"), unsure(SCHOOL, "none")):
            with turn_of(SCHOOL, language, given) as turn:
                found += said(turn, words(language), scene)
    return found


def questions(turn: Turn) -> None:
    """What is asked on the way to a card, of whom one writes for, and whose account is lost."""
    card.make(turn)
    card.place(turn, LONGEST)
    card.field(turn, "environment")
    assisted.ask(turn)
    claim_links.ask(turn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_has_300_characters_at_most(language: str) -> None:
    with turn_of(SCHOOL, language, talkative(SCHOOL, "project")) as turn:
        found = said(turn, words(language), questions)
    assert [len(message.text) <= QUESTION for message in found] == [True] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(everything(language)) == []
