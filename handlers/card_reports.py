"""A card that somebody reports is out of sight for them at once; those who coordinate read it and
can take it down. Nothing says who reported it, nor, to those who report or read it, whose it is.
"""

from db.groups import Card
from db.tables import Person
from db.types import Json
from handlers import company, introductions, staff
from handlers.buttons import Button, as_json, data, row_number
from handlers.turn import Screen, Turn
from school import bubbles, people, reminders
from school import company as cards
from school import introductions as rules
from school import staff as works
from school.phrases import Phrase, bold, lines, paragraphs, t


def reporting(turn: Turn, number: str) -> None:
    """Ask before a card is reported."""
    card = introductions.card_of(turn, number)
    if card is None:
        introductions.show(turn, "0")
        return
    text = paragraphs(
        bold(t("Report this card?")),
        company.said(turn, card),
        lines(
            t("Those who coordinate read it, and can take it down."),
            t("You do not see this person any more. Nobody is told that it was you."),
        ),
    )
    yes: Button = (t("Report this card"), data("report", card.person_id))
    turn.show(Screen(text, [[yes], [(t("Back"), data("cards", 0))]]))


def report(turn: Turn, number: str) -> None:
    """Those who coordinate get the card."""
    card = introductions.card_of(turn, number)
    if card is None:
        introductions.show(turn, "0")
        return
    rules.report(turn.session, turn.person, card.person_id, turn.now)
    for person, roles in works.people(turn.session):
        if works.COORDINATOR in roles and person.id != card.person_id:
            _tell(turn.of(person), card)
    introductions.show(turn, "0", [t("Thank you. Those who coordinate look at it.")])


def _tell(turn: Turn, card: Card) -> None:
    """In the night without a sound."""
    text = paragraphs(bold(t("A card was reported.")), company.said(turn, card))
    look: Button = (t("Look at the card"), data("reported", card.person_id))
    quiet = reminders.is_quiet(turn.school.quiet, turn.now)
    body: dict[str, Json] = {
        "text": text,
        "buttons": as_json([[look]]),
        "disable_notification": quiet,
    }
    turn.send_beside("sendMessage", body, f"reported:{card.person_id}")


def _reported(turn: Turn, number: str) -> Card | None:
    """A card that somebody reported, as it is now."""
    found = row_number(number) or 0
    card = turn.session.get(Card, found)
    reported = rules.is_reported(turn.session, found) and found != turn.person.id
    return card if reported and cards.is_shown(card, turn.now) else None


def look(turn: Turn, number: str) -> None:
    """What can be done with a card that was reported."""
    card = _reported(turn, number)
    if card is None:
        staff.home(turn, [_settled()])
        return
    text = paragraphs(bold(t("A card was reported.")), company.said(turn, card))
    down: Button = (t("Take it down"), data("unlist", card.person_id))
    leave: Button = (t("Leave it as it is"), data("leavecard", card.person_id))
    turn.show(Screen(text, [[down], [leave]]))


def _settled() -> Phrase:
    return t("This card is gone, or somebody has looked at it.")


def remove(turn: Turn, number: str) -> None:
    """Take a card down; its person is told, and where to ask why."""
    card = _reported(turn, number)
    person = turn.session.get(Person, card.person_id) if card is not None else None
    if person is None:
        staff.home(turn, [_settled()])
        return
    rules.settle(turn.session, person.id)
    cards.take_down(turn.session, person)
    bubbles.drop_all(turn.session, person, people.CARD)
    works.note(turn.session, turn.person, "card_down", turn.now)
    human = turn.school.settings.human
    other = turn.of(person)
    said = lines(
        t("The school has taken your card down: somebody did not feel well with it."),
        t("Ask us: %(name)s, phone %(phone)s", name=other.text(human.name), phone=human.phone),
    )
    by_day = turn.school.quiet.awake(turn.now)
    other.send_beside("sendMessage", {"text": said}, at=by_day)
    staff.home(turn, [t("The card is down.")])


def leave(turn: Turn, number: str) -> None:
    """The card is as it should be."""
    card = _reported(turn, number)
    if card is None:
        staff.home(turn, [_settled()])
        return
    rules.settle(turn.session, card.person_id)
    works.note(turn.session, turn.person, "card_left", turn.now)
    staff.home(turn, [t("The card stays.")])
