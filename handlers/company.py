"""Looking for company: the own card, as others see it, for how long they see it, and how it goes.
What it says of its person is chosen anew by that person: nothing comes from the sheet by itself.
"""

from collections.abc import Sequence

from db.groups import Card
from handlers.buttons import Button, Keyboard, as_json, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import bubbles, company, interview, introductions, moments, people, wording
from school.outbox import Once, Row
from school.phrases import Phrase, bold, lines, paragraphs, t, tn

_SLOT = "card"
_SHORT = 60  # letters of a name that a city may make long


def door(turn: Turn) -> Keyboard:
    """The way here, for who is in no group; while somebody writes for another there is none."""
    alone = turn.person.acting_for is None and not turn.in_group
    return [[(t("Look for company"), data("company"))]] if alone else []


def own(turn: Turn) -> Card | None:
    """The person's card, while others see it."""
    card = company.of(turn.session, turn.person)
    return card if company.is_shown(card, turn.now) else None


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The own card, or how one gets one."""
    interview.pause(turn.person)
    if not company.is_alone(turn.session, turn.person):
        turn.show(Screen(t("You are in a group now: you have company."), [[home()]]), notes)
        return
    card = own(turn)
    screen = _how(turn) if card is None else _own(turn, card)
    turn.show(screen, notes)


def home() -> Button:
    """The way out."""
    return t("Home"), data("home")


def _how(turn: Turn) -> Screen:
    text = paragraphs(
        bold(t("Look for company")),
        t("An idea belongs to two people at least. Here you can find somebody."),
        lines(
            t("You make a card: a neighbourhood, a topic, one sentence."),
            *_who_reads(),
            t("You get to know each other only if both of you say yes."),
        ),
    )
    make: Button = (t("Make my card"), data("card"))
    return Screen(text, [[make], *_name(turn), [home()]])


def _who_reads() -> Sequence[Phrase]:
    return (
        t("Only people who look for company too read it."),
        t("Your name and your account are not on it."),
        t("If somebody reports it, those who coordinate read it too."),
    )


def who_reads() -> Phrase:
    """Who sees a card, before it is shown."""
    return lines(*_who_reads())


def _name(turn: Turn) -> Keyboard:
    """Who is introduced is called by a name that they chose."""
    return [[(t("Choose my name"), data("cardname"))]] if turn.person.name is None else []


def _own(turn: Turn, card: Card) -> Screen:
    language, zone = turn.person.language, turn.school.zone
    day = moments.day(language, zone, company.until(card), turn.now)
    asked = introductions.waiting(turn.session, turn.person, turn.now)
    count = len(company.others(turn.session, card, turn.school.neighbourhoods, turn.now))
    text = paragraphs(
        bold(t("Your card")),
        said(turn, card),
        lines(
            t("Others see it until %(day)s.", day=day),
            tn(
                "You asked %(count)s person. There is no answer yet.",
                "You asked %(count)s people. There is no answer yet.",
                asked,
            )
            if asked
            else None,
            None if count else t("At present nobody else has a card."),
        ),
    )
    read: Keyboard = [[(t("Read others' cards"), data("cards", 0))]] if count else []
    change: Button = (t("Change my card"), data("card"))
    return Screen(text, [*read, [change], [_down()], *_name(turn), [home()]])


def _down() -> Button:
    return t("Take it down"), data("carddown")


def said(turn: Turn, card: Card) -> Phrase:
    """A card as it is read: where, about what, and the sentence."""
    return shown(turn, card.place, card.field, card.words)


def shown(turn: Turn, place: str, field: str, words: str) -> Phrase:
    """As `said`, of a card that is not made yet."""
    questions, language = turn.school.questionnaire.questions, turn.person.language
    where = wording.option(turn.school, language, questions["where"], place)
    topic: Phrase = t("Another topic")
    if field != company.OTHER:
        topic = cut(wording.option(turn.school, language, questions["field"], field), _SHORT)
    return lines(bold(cut(where, _SHORT)), topic, words)


def take_down(turn: Turn) -> None:
    """Take the own card down."""
    bubbles.drop_all(turn.session, turn.person, people.CARD)
    gone = company.take_down(turn.session, turn.person)
    start(turn, [t("Your card is down. Nobody sees it any more.")] if gone else [])


def keep(turn: Turn) -> None:
    """The own card stays for some weeks more."""
    card = own(turn)
    if card is not None:
        company.keep(card, turn.now)
    start(turn, [t("All right: your card stays.")] if card is not None else [])


def shall_it_stay(turn: Turn, card: Card) -> Row | None:
    """What asks whether a card shall stay, unless that was asked."""
    language, zone = turn.person.language, turn.school.zone
    day = moments.day(language, zone, company.until(card), turn.now)
    text = paragraphs(
        bold(t("Do you still look for company?")),
        said(turn, card),
        t("Others see your card until %(day)s. Then it goes by itself.", day=day),
    )
    rows: Keyboard = [[(t("Keep it"), data("cardkeep"))], [_down()]]
    once = Once(company.key(card), company.until(card))
    return turn.once({"text": text, "buttons": as_json(rows)}, _SLOT, once)
