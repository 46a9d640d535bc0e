"""Others' cards, one at a time, and how two people get to know each other: one asks, the other says
yes, and each sees the other's profile, which both were told before they tapped. Nobody hears of a
no, and nobody is written to in the night.
"""

from collections.abc import Sequence

from db.groups import Card, Introduction
from db.tables import Person
from db.types import Json
from handlers import company
from handlers.buttons import Button, Keyboard, as_json, data, paging, row_number
from handlers.turn import Screen, Turn
from school import company as cards
from school import interview, introductions, reminders
from school.introductions import AGREED
from school.phrases import Phrase, bold, lines, linked, paragraphs, t


def show(turn: Turn, page: str, notes: Sequence[Phrase] = ()) -> None:
    """One of the others' cards, counted from 0; only who has a card reads them."""
    own = company.own(turn)
    found: Sequence[Card] = _others(turn, own) if own is not None else ()
    if not found or not _looks(turn):
        company.start(turn, notes)
        return
    interview.pause(turn.person)
    at = min(row_number(page) or 0, len(found) - 1)
    card = found[at]
    head = t("Card %(number)s of %(total)s", number=at + 1, total=len(found))
    mine = introductions.find(turn.session, turn.person.id, card.person_id)
    waits = introductions.is_open(mine, turn.now)
    no_answer = t("You asked this person. There is no answer yet.") if waits else None
    text = paragraphs(bold(head), company.said(turn, card), no_answer)
    steps = paging(at, "cards", more=at + 1 < len(found))
    turn.show(Screen(text, [*_doors(card, asked=waits), *steps, [_my_card()]]), notes)


def _others(turn: Turn, own: Card) -> Sequence[Card]:
    return cards.others(turn.session, own, turn.school.neighbourhoods, turn.now)


def _doors(card: Card, *, asked: bool) -> Keyboard:
    meet: Keyboard = [[(t("Get to know"), data("meet", card.person_id))]]
    return [
        *([] if asked else meet),
        [_never(card.person_id)],
        [(t("Report this card"), data("reporting", card.person_id))],
    ]


def _never(number: int) -> Button:
    return t("Never show this person"), data("never", number)


def _my_card() -> Button:
    return t("My card"), data("company")


def card_of(turn: Turn, number: str) -> Card | None:
    """A card that the person can read, by a number that came back from a button."""
    own = company.own(turn)
    if own is None or not _looks(turn):
        return None
    return cards.other(turn.session, own, row_number(number) or 0, turn.now)


def _looks(turn: Turn) -> bool:
    """Whether the person looks for company."""
    return company.own(turn) is not None and cards.is_alone(turn.session, turn.person)


def meet(turn: Turn, number: str) -> None:
    """Say what it means before the other is asked."""
    card = card_of(turn, number)
    if card is None:
        show(turn, "0")
        return
    text = paragraphs(
        bold(t("Do you want to get to know this person?")),
        company.said(turn, card),
        lines(t("I show your card to this person and ask."), *_what_is_shown()),
    )
    yes: Button = (t("Yes, ask this person"), data("meetask", card.person_id))
    turn.show(Screen(text, [[yes], [(t("Back"), data("cards", 0))]]))


def _what_is_shown() -> Sequence[Phrase]:
    """What both agree to with their yes."""
    return (
        t("If you both say yes, I show your Telegram profile to this person, and theirs to you."),
        t("Each of you also sees the name that the other chose here."),
    )


def ask(turn: Turn, number: str) -> None:
    """The person wants to meet another: that one is asked, or has asked already."""
    card = card_of(turn, number)
    if card is None:
        show(turn, "0")
        return
    row = introductions.ask(turn.session, turn.person, card.person_id, turn.now)
    if row.state == AGREED:
        _agreed(turn, row)
        return
    _tell_by_day(turn, row)
    show(turn, "0", [t("All right, I ask. I write to you if this person says yes.")])


def _tell_by_day(turn: Turn, row: Introduction) -> None:
    """Now, or by the sweep when the night is over."""
    if not reminders.is_quiet(turn.school.quiet, turn.now):
        tell(turn, row)


def tell(turn: Turn, row: Introduction) -> None:
    """Tell whom a question or an answer is for."""
    agreed = row.state == AGREED
    if introductions.told(turn.session, row):
        if agreed:
            _introduce(turn, row)
        else:
            _put_question(turn, row)


def _slot(asking: int) -> str:
    return f"meet:{asking}"


def _put_question(turn: Turn, row: Introduction) -> None:
    card = turn.session.get(Card, row.person_id)
    if card is None:
        return
    other = turn.of(turn.session.get_one(Person, row.other_id))
    text = paragraphs(
        bold(t("Somebody would like to get to know you. This is the card:")),
        company.said(other, card),
        lines(t("This person does not know who you are."), *_what_is_shown()),
    )
    rows: Keyboard = [
        [_yes(row.person_id)],
        [(t("No, thank you"), data("meetno", row.person_id))],
        [_never(row.person_id)],
    ]
    other.send_beside("sendMessage", {"text": text, "buttons": as_json(rows)}, _slot(row.person_id))


def _yes(number: int) -> Button:
    return t("Yes, introduce us"), data("meetyes", number)


def _question(turn: Turn, number: str) -> Introduction | None:
    """A question that was put to the person and that somebody still waits for."""
    asking = row_number(number) or 0
    card = cards.of_number(turn.session, asking, turn.now)
    if card is None or not _looks(turn):
        return None
    return introductions.to_answer(turn.session, turn.person, asking, turn.now)


def yes(turn: Turn, number: str) -> None:
    """Both said yes."""
    row = _question(turn, number)
    if row is None:
        _over(turn)
        return
    introductions.agree(turn.session, row)
    turn.session.flush()
    _agreed(turn, row)


def _agreed(turn: Turn, row: Introduction) -> None:
    """Who said yes last sees the other at once, the other by day."""
    _tell_by_day(turn, row)
    other = turn.session.get_one(Person, row.person_id)
    _answer(turn, row.person_id, _this_is(turn, other), [[_my_card()]])


def _introduce(turn: Turn, row: Introduction) -> None:
    """Who asked sees the other."""
    asking, other = (
        turn.of(turn.session.get_one(Person, row.person_id)),
        turn.session.get_one(Person, row.other_id),
    )
    asking.send_beside("sendMessage", {"text": _this_is(asking, other)})


def _this_is(turn: Turn, other: Person) -> Phrase:
    card = turn.session.get(Card, other.id)
    name = other.name or t("the Telegram profile")
    profile = linked(name, f"tg://user?id={other.telegram_id}")
    return paragraphs(
        bold(t("You both said yes.")),
        company.said(turn, card) if card is not None else None,
        t("Tap to write: %(who)s", who=profile),
        t("Meet in a public place first, for example at a meeting of the school."),
    )


def no(turn: Turn, number: str) -> None:
    """Nobody hears of it; it can still become a yes."""
    row = _question(turn, number)
    if row is None:
        _over(turn)
        return
    introductions.refuse(row)
    said = t("All right. I say nothing to this person. You can still change your mind.")
    asking = row.person_id
    _answer(turn, asking, said, [[_yes(asking)], [_never(asking)], [_my_card()]])


def never(turn: Turn, number: str) -> None:
    """The person does not want to see another any more: from a card, or from a question."""
    row = _question(turn, number)
    card = card_of(turn, number) if row is None else None
    other = row.person_id if row is not None else card.person_id if card is not None else None
    if other is None:
        _over(turn)
        return
    introductions.hide(turn.session, turn.person, other, turn.now)
    said = t("You do not see each other any more. I say nothing to this person.")
    _answer(turn, other, said, [[_my_card()]])


def _over(turn: Turn) -> None:
    show(turn, "0", [t("This is over: nobody waits for an answer.")])


def _answer(turn: Turn, asking: int, said: Phrase, rows: Keyboard) -> None:
    """Where the question stands, else on the screen."""
    if turn.tapped is None or turn.tapped != turn.standing(_slot(asking)):
        turn.show(Screen(said, rows))
        return
    body: dict[str, Json] = {"message_id": turn.tapped, "text": said, "buttons": as_json(rows)}
    turn.do("editMessageText", body)
