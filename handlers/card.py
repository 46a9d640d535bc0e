"""Making a card: the neighbourhood, the topic, one sentence, one after the other; then it is looked
at, and shown only by a tap that comes after. What was given stands in the row of who makes it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers import company, name
from handlers.buttons import Button, Keyboard, data, in_rows, row_number
from handlers.describe import shortened, too_long
from handlers.event_asked import cut
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import answering, bubbles, interview, neighbourhoods, people
from school import company as cards
from school.bubbles import Bubble
from school.neighbourhoods import Neighbourhood
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.questionnaire import Question
from school.reading import Found, Read, match_option
from school.sheet import chosen_of

_WHERE, _FIELD = "where", "field"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is given of a card; `message` is the one with the sentence."""

    place: str = ""
    field: str = ""
    message: str = ""


def _draft(turn: Turn) -> Draft | None:
    """The card that is being made; None where none is."""
    whose, *given = [*turn.person.expects.split(":"), "", "", ""][:4]
    return Draft(*given) if whose == people.CARD else None


def _keep(turn: Turn, draft: Draft) -> None:
    turn.person.expects = f"{people.CARD}:{draft.place}:{draft.field}:{draft.message}"


def _go_on(turn: Turn, draft: Draft, notes: Sequence[Phrase] = ()) -> None:
    """Ask what is not given yet, or show the whole."""
    _keep(turn, draft)
    missing = next((what for what in _ASKING if not getattr(draft, what)), None)
    if missing is not None:
        _ASKING[missing](turn, notes)
    else:
        _look(turn, draft, notes)


def make(turn: Turn) -> None:
    """Begin a card, or one that takes the place of the own one."""
    if cards.is_alone(turn.session, turn.person):
        _go_on(turn, Draft())
    else:
        company.start(turn)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What is open is asked once more."""
    _go_on(turn, _draft(turn) or Draft(), notes)


def _question(turn: Turn, key: str) -> Question:
    return turn.school.questionnaire.questions[key]


def _hint(turn: Turn, key: str) -> Phrase | None:
    """How one answers, as the interview says it."""
    hint = _question(turn, key).hint
    return turn.text(hint) if hint is not None else None


def _cancel() -> Button:
    return t("Cancel"), data("company")


def _ask_place(
    turn: Turn, notes: Sequence[Phrase] = (), found: Sequence[Neighbourhood] = ()
) -> None:
    """Those of the own sheet come first: they are chosen, not taken."""
    known = neighbourhoods.by_id(turn.school.neighbourhoods)
    labels = {place.id: place.label for place in found} or {
        key: known[key].label for key in _of_sheet(turn) if key in known
    }
    options = _question(turn, _WHERE).options
    ours = {key: turn.text(label) for key, label in options.items()} if not found else {}
    rows = in_rows([(label, data("cardplace", key)) for key, label in (labels | ours).items()])
    asked = lines(
        bold(t("In which neighbourhood do you look for company?")),
        _hint(turn, _WHERE),
    )
    turn.show(Screen(asked, [*rows, [_cancel()]]), notes)


def _of_sheet(turn: Turn) -> Sequence[str]:
    """The neighbourhoods of the own idea."""
    given = turn.own_sheet.given(_WHERE)
    return chosen_of(given.value) if given is not None else []


def _ask_field(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    options = _question(turn, _FIELD).options.items()
    buttons = [(cut(turn.text(label)), data("cardfield", key)) for key, label in options]
    other: Button = (t("Another topic"), data("cardfield", cards.OTHER))
    asked = lines(bold(t("What do you want to do together?")), _hint(turn, _FIELD))
    turn.show(Screen(asked, [*in_rows(buttons), [other], [_cancel()]]), notes)


def _ask_words(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    asked = lines(
        bold(t("What shall others read? Write one sentence.")),
        t("For example: I can sew, and look for people who repair clothes with me."),
        t("Please leave out names, phone numbers and addresses."),
        t("A few words, %(most)s characters at most.", most=cards.MOST),
    )
    turn.show(Screen(asked, [[_cancel()]]), notes)


# In this order.
_ASKING: Mapping[str, Callable[[Turn, Sequence[Phrase]], None]] = {
    "place": _ask_place,
    "field": _ask_field,
    "message": _ask_words,
}


def place(turn: Turn, key: str) -> None:
    """A neighbourhood was tapped."""
    draft, known = _draft(turn), neighbourhoods.by_id(turn.school.neighbourhoods)
    if draft is None:
        company.start(turn)
    elif key in known or key in _question(turn, _WHERE).options:
        _go_on(turn, replace(draft, place=key))
    else:
        again(turn)


def field(turn: Turn, key: str) -> None:
    """A topic was tapped."""
    draft = _draft(turn)
    if draft is None:
        company.start(turn)
    elif key == cards.OTHER or key in _question(turn, _FIELD).options:
        _go_on(turn, replace(draft, field=key))
    else:
        again(turn)


def given(turn: Turn, bubble: Bubble) -> None:
    """Something was typed: the name of a neighbourhood, a topic, or the sentence."""
    draft = _draft(turn) or Draft()
    if not draft.place:
        _place_named(turn, draft, bubble.words)
    elif not draft.field:
        _field_named(turn, draft, bubble.words)
    else:
        _sentence(turn, draft, bubble)


def _place_named(turn: Turn, draft: Draft, words: str) -> None:
    reading = answering.read(_question(turn, _WHERE), {}, words, turn.school.neighbourhoods)
    if isinstance(reading, Read):
        _go_on(turn, replace(draft, place=chosen_of(reading.value)[0]))
    elif isinstance(reading, Found):
        one = t("Is it one of these? If not, write the name in another way.")
        _ask_place(turn, [one], reading.places)
    else:
        _ask_place(turn, [_not_read(words)])


def _field_named(turn: Turn, draft: Draft, words: str) -> None:
    key = match_option(_question(turn, _FIELD), words)
    if key is not None:
        _go_on(turn, replace(draft, field=key))
    else:
        _ask_field(turn, [_not_read(words)])


def _not_read(words: str) -> Phrase:
    short = str(shortened(words, 40))
    return t("I read “%(words)s”. Here I need one of the buttons below.", words=short)


def position(turn: Turn, message: Incoming) -> bool:
    """A shared position finds the nearest neighbourhoods, where these are asked for."""
    draft = _draft(turn)
    if draft is None or draft.place or message.position is None:
        return False
    found = neighbourhoods.nearest(turn.school.neighbourhoods, *message.position)
    note = t("These are the three nearest. I do not keep your position.")
    _ask_place(turn, [note], found)
    return True


def _sentence(turn: Turn, draft: Draft, bubble: Bubble) -> None:
    """A sentence that does not fit stays with its message, where it can be edited."""
    bubble.question = people.CARD
    bubbles.save(turn.session, bubble)
    why = _why_not(bubble.words)
    if why is not None:
        note = lines(why, t("Edit your message, or write it anew."))
        _go_on(turn, replace(draft, message=""), [note])
    else:
        _go_on(turn, replace(draft, message=str(bubble.message_id)))


def _why_not(words: str) -> Phrase | None:
    words = " ".join(words.split())
    if len(words) > cards.MOST:
        return too_long(len(words), cards.MOST)
    if cards.names_an_address(words):
        return t("There is a number, a link or an account in it. That comes once you both say yes.")
    return None


def _words(turn: Turn, draft: Draft) -> str | None:
    """The sentence, as its message has it."""
    number = row_number(draft.message)
    bubble = bubbles.find(turn.session, turn.person, number) if number is not None else None
    return " ".join(bubble.words.split()) if bubble is not None else None


def _look(turn: Turn, draft: Draft, notes: Sequence[Phrase] = ()) -> None:
    words = _words(turn, draft)
    if words is None:
        _go_on(turn, replace(draft, message=""), notes)
        return
    text = paragraphs(
        bold(t("This is your card. Shall others see it?")),
        company.shown(turn, draft.place, draft.field, words),
        company.who_reads(),
    )
    rows: Keyboard = [
        [(t("Show my card"), data("cardshow"))],
        [(t("Begin anew"), data("card"))],
        [(t("Don't show it"), data("cardaway"))],
    ]
    turn.show(Screen(text, rows), notes)


def show(turn: Turn) -> None:
    """It was looked at: others see it from now on."""
    draft = _draft(turn)
    words = _words(turn, draft) if draft is not None else None
    if draft is None or words is None or not (draft.place and draft.field):
        company.start(turn)
    elif _why_not(words) is not None or not cards.is_alone(turn.session, turn.person):
        again(turn)
    else:
        cards.show(turn.session, turn.person, draft.place, draft.field, words, turn.now)
        bubbles.drop_all(turn.session, turn.person, people.CARD, int(draft.message))
        company.start(turn, [t("Others see your card now. I write to you if somebody answers.")])


def away(turn: Turn) -> None:
    """It was looked at, and is not to be shown; a card that is shown stays as it is."""
    draft = _draft(turn)
    number = row_number(draft.message) if draft is not None else None
    bubble = bubbles.find(turn.session, turn.person, number) if number is not None else None
    if bubble is not None:
        bubbles.drop(turn.session, bubble)
    interview.pause(turn.person)
    company.start(turn)


def edited(turn: Turn, bubble: Bubble, words: str) -> None:
    """The message with the sentence has other words: so has the card."""
    draft = _draft(turn)
    if draft is not None and _is_of(draft, bubble):
        bubble.words = words
        _sentence(turn, draft, bubble)
        return
    note = _changed(turn, bubble, words)
    if draft is not None:
        again(turn, [note])
    else:
        company.start(turn, [note])


def _is_of(draft: Draft, bubble: Bubble) -> bool:
    """Whether a message is the one of the card that is being made, or what may become it."""
    missing = bool(draft.place and draft.field and not draft.message)
    return missing or draft.message == str(bubble.message_id)


def _changed(turn: Turn, bubble: Bubble, words: str) -> Phrase:
    card, why = company.own(turn), _why_not(words)
    if card is None:
        return t("That message is not an answer, so nothing changed.")
    if why is not None:
        return lines(why, t("Your card stays as it was."))
    bubble.words, card.words = words, " ".join(words.split())
    bubbles.save(turn.session, bubble)
    return t("I changed your card.")


def ask_name(turn: Turn) -> None:
    """The name by which the person is introduced."""
    name.ask(turn, then=data("company"))
