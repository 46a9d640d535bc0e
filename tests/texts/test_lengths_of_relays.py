"""What is said around words that pass between a sheet's people and a tutor is short in every
language, also with long names.
"""

import pytest

from db.dossiers import Dossier
from db.groups import Group, Member
from db.tables import Idea, Person
from handlers import ownership, relay, relay_sent, relay_withdrawn, relay_written
from handlers.incoming import Incoming
from handlers.turn import Turn
from school import dossiers, people, relays, staff
from school.loading import load
from tests.texts.screens import LONG, NOW, Work, scenes, too_long, written

SCHOOL = load()
LANGUAGES = SCHOOL.languages
CARD = "card"


def somebody(turn: Turn, number: int | None) -> Person:
    """Somebody else, with a name as long as may be; without a number one without Telegram."""
    if number is None:
        person = Person(telegram_id=None, language="it", created_at=NOW)
        turn.session.add(person)
    else:
        person = people.add(turn.session, number, "it", NOW)
    person.name = f"Maria Antonietta della Santissima T {number or 'x'}"[:40]
    turn.session.flush()
    return person


def a_sheet(turn: Turn, state: str = dossiers.TAKEN) -> tuple[Dossier, Person]:
    """The sheet of a group of many, and the tutor who has it."""
    tutor = somebody(turn, 3001)
    staff.give(turn.session, tutor, staff.TUTOR, NOW)
    group = Group(name="The lamps", lead_id=turn.person.id, created_at=NOW)
    turn.session.add(group)
    turn.session.flush()
    others = [somebody(turn, number) for number in (2001, None, None, None, None)]
    for person in (turn.person, *others):
        turn.session.add(Member(person_id=person.id, group_id=group.id, joined_at=NOW))
    idea = Idea(group_id=group.id, created_at=NOW)
    turn.session.add(idea)
    turn.session.flush()
    dossier = Dossier(idea_id=idea.id, state=state, since=NOW)
    dossier.tutor_id = tutor.id if state == dossiers.TAKEN else None
    turn.session.add(dossier)
    turn.session.flush()
    turn.idea = idea
    return dossier, tutor


def of_a_member(turn: Turn) -> None:
    """From the button to what was sent, with a text that was nobody's, and changed afterwards."""
    a_sheet(turn)
    relay_written.ask(turn)
    relay_written.given(turn, Incoming(9, "Where do I find a room?"))
    relay.edited(turn, Incoming(9, "Where is a room?"))
    ownership.whose(turn, written(turn, LONG))
    relay_withdrawn.withdrawn(turn)


def while_it_waits(turn: Turn) -> None:
    """Nobody has the sheet; then nobody is to be reached; then it is put away."""
    dossier, tutor = a_sheet(turn, dossiers.WAITING)
    relay_written.ask(turn)
    relay_written.given(turn, Incoming(9, "Where do I find a room?"))
    tutor.unreachable_at = NOW
    turn.session.flush()
    relay_written.given(turn, Incoming(10, "Where do I find a room?"))
    dossier.state = dossiers.CLOSED
    turn.session.flush()
    relay_written.ask(turn)


def of_a_tutor(turn: Turn) -> None:
    """A word to the group, in pieces, taken back too late and in time; and what does not leave."""
    dossier, tutor = a_sheet(turn)
    at_work, card = turn.of(tutor), (dossier.id, CARD)
    relay.from_desk(at_work, card, Incoming(20, "Which room?"), edited=False)
    for number, words_ in enumerate(("", "/queue"), start=21):
        relay.from_desk(at_work, card, Incoming(number, words_), edited=False)
    found = relays.of_source(turn.session, tutor.telegram_id or 0, 20)
    assert found is not None
    found.at = NOW - relays.DELETABLE
    relay_sent.take_back(at_work, str(found.id))
    found.at = NOW
    relay_sent.take_back(at_work, str(found.id))
    other = somebody(turn, 3002)
    staff.give(turn.session, other, staff.TUTOR, NOW)
    relay.from_desk(turn.of(other), card, Incoming(20, "Which room?"), edited=False)
    for state in (dossiers.WAITING, dossiers.CLOSED):
        dossier.state, dossier.tutor_id = state, None
        relay.from_desk(at_work, card, Incoming(30, "Which room?"), edited=False)


SCENES: list[Work] = [of_a_member, while_it_waits, of_a_tutor]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(scenes(SCHOOL, language, SCENES)) == []
