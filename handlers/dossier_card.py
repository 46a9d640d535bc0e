"""The card by which tutors know a sheet: what it is about, who has it, since when it waits, and
what can be done with it. It is drawn in place at every change, wherever it stands.
"""

from collections.abc import Callable, Mapping, Sequence

from babel import Locale

from db.dossiers import Dossier, Version
from db.groups import Group
from db.tables import Idea, Person
from db.types import Json
from handlers import desk, dossier_keys, expected, named
from handlers.buttons import as_json
from handlers.describe import shortened
from handlers.dossier_keys import MAIN
from handlers.turn import Speaker, Turn
from school import cards, dossiers, moments, tutors, versions, wording
from school.desk import Place
from school.dossiers import BACK, CLOSED, READY, TAKEN, WAITING
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn
from school.sheet import Sheet
from school.texts import in_language

_SENTENCE, _ANSWER, _GROUP, _NAME = 80, 36, 30, 20
_FEW, _FITS = 3, 10  # tutors whom a sheet fits best, and letters of each
_FACTS = ("where", "stage", "help")


def card(turn: Speaker, dossier: Dossier, place: Place) -> None:
    """The card, in one place."""
    put(turn, dossier, place, MAIN)


def put(
    turn: Speaker,
    dossier: Dossier,
    place: Place,
    page: str,
    asked: Phrase | None = None,
    *,
    anew: bool = False,
) -> None:
    """The card with a page of its buttons, and what it asks: where it stands, or below all else."""
    rows = dossier_keys.rows(turn, dossier, place, page)
    others = [bold(asked)] if asked else _who_else(turn, dossier, place)
    text = paragraphs(_text(turn, dossier, place), lines(*others) if others else None)
    body: dict[str, Json] = {"text": text, "buttons": as_json(rows), "in_place": not anew}
    desk.put(turn, dossier, place, "sendMessage", body, what=desk.CARD)


def anew(turn: Speaker, dossier: Dossier) -> None:
    """The card of a new version in private chats, where an older one is out of sight by now."""
    for place in desk.places(turn, dossier):
        if place.topic is None:
            put(turn, dossier, place, MAIN, anew=True)
    draw_elsewhere(turn, dossier)


def draw(turn: Speaker, dossier: Dossier) -> None:
    """The card as it is now, wherever it stands; where it is to be seen it stands from now on."""
    stands = {handle.chat_id for handle in cards.all_of(turn.session, dossier, desk.CARD)}
    for place in desk.places(turn, dossier):
        if dossier.state in dossiers.WITH_TUTORS or place.chat_id in stands:
            card(turn, dossier, place)
    draw_elsewhere(turn, dossier)


def draw_elsewhere(turn: Speaker, dossier: Dossier) -> None:
    """The card where it stands and is not to be seen otherwise: others may not take it now."""
    for place in cards.elsewhere(turn.session, dossier, desk.places(turn, dossier)):
        card(turn, dossier, place)


def here(turn: Turn, dossier: Dossier) -> Place:
    """The place where a tutor tapped: the desk, or the own chat."""
    at_desk = (place for place in desk.places(turn, dossier) if place.chat_id == turn.chat)
    return next(at_desk, Place(turn.person.telegram_id or 0, turn.person.language))


def is_tapped(turn: Turn, dossier: Dossier, what: str) -> bool:
    """Whether the button was on what stands there; else that may be out of sight."""
    chat, stands = turn.chat or turn.chat_id, cards.all_of(turn.session, dossier, what)
    return any((one.chat_id, one.message_id) == (chat, turn.tapped) for one in stands)


def open_page(turn: Turn, dossier: Dossier, page: str, asked: Phrase | None = None) -> None:
    """A page of the card's buttons: on the card, or on a new one below what was tapped, which has
    no buttons any more.
    """
    place, on_card = here(turn, dossier), is_tapped(turn, dossier, desk.CARD)
    put(turn, dossier, place, page, asked, anew=not on_card)
    if not on_card and turn.tapped is not None:
        desk.put(turn, dossier, place, "editMessageReplyMarkup", {"message_id": turn.tapped})


def _text(turn: Speaker, dossier: Dossier, place: Place) -> Phrase:
    version = versions.find(turn.session, dossier, dossier.round)
    idea = turn.session.get_one(Idea, dossier.idea_id)
    head = bold(title(version))
    if version is None or dossier.state not in _STATES:
        return lines(head, t("Its people have taken this sheet back."))
    sheet = versions.sheet(version, turn.school.questionnaire)
    group = turn.session.get(Group, idea.group_id) if idea.group_id is not None else None
    called = shortened(group.name, _GROUP) if group is not None else None
    facts = [_fact(turn, sheet, place.language, key) for key in _FACTS]
    return paragraphs(
        lines(head, t("Group: %(name)s", name=called) if called else None, _sentence(sheet)),
        lines(*facts, _criteria(turn, sheet, place.language), *_people(turn, dossier, place)),
        lines(*_state(turn, dossier, place)),
    )


def title(version: Version | None) -> Phrase:
    """What the idea was called in a version."""
    said = versions.title(version) if version is not None else None
    return said or t("An idea without a title")


def _sentence(sheet: Sheet) -> Phrase | None:
    given = sheet.given("sentence")
    words = str(given.value.get("text") or "") if given is not None else ""
    return shortened(words, _SENTENCE) or None


def _fact(turn: Speaker, sheet: Sheet, language: str, key: str) -> Phrase | None:
    """An answer by the name of its question, if it was asked and is there."""
    question, given = sheet.question(key), sheet.given(key)
    if question is None or given is None:
        return None
    said = shortened(wording.answer(turn.school, language, question, given), _ANSWER)
    return t("%(name)s: %(answer)s", name=in_language(question.name, language), answer=said)


def _criteria(turn: Speaker, sheet: Sheet, language: str) -> Phrase:
    """How much of each criterion is there."""
    parts = turn.school.questionnaire.parts
    return lines(
        *(
            t(
                "%(part)s: %(done)s of %(total)s answered",
                part=in_language(parts[key].label, language),
                done=sum(sheet.given(question.key) is not None for question in asked),
                total=len(asked),
            )
            for key in sheet.parts()
            if parts[key].criterion and (asked := sheet.of_part(key))
        )
    )


def _people(turn: Speaker, dossier: Dossier, place: Place) -> list[Phrase]:
    """In which languages they wrote, and how many they are."""
    them = dossiers.people(turn.session, dossier)
    spoken = dossiers.languages(dossier, them, turn.school.languages)
    names = [Locale.parse(code).get_language_name(place.language) or code for code in spoken]
    listed = wording.listed(names, place.language)
    return [
        t("The answers are in: %(languages)s", languages=listed),
        tn("%(count)s person", "%(count)s people", len(them)),
    ]


def _state(turn: Speaker, dossier: Dossier, place: Place) -> Sequence[Phrase]:
    at = moments.in_words(place.language, turn.school.zone, dossier.since, turn.now)
    number = t("Version %(number)s", number=dossier.round)
    name = shortened(named.tutor(dossiers.tutor(turn.session, dossier)), _NAME)
    return [number, _STATES[dossier.state](name, at)]


def _who_else(turn: Speaker, dossier: Dossier, place: Place) -> list[Phrase]:
    """By when an answer is expected, who mediates, and whom it fits while nobody has it: where the
    card asks nothing.
    """
    mediator = dossier.mediator_id
    by = expected.line(turn, dossier, place.language)
    said: list[Phrase] = [by] if by is not None else []
    if mediator is not None:
        person = turn.session.get_one(Person, mediator)
        name = shortened(named.or_without(person), _NAME)
        said.append(t("Mediator: %(name)s", name=name))
    if dossier.state == WAITING:
        found = tutors.fitting(turn.session, turn.school, dossier, turn.now)[:_FEW]
        names = joined(", ", *(shortened(named.or_without(one), _FITS) for one in found))
        said += [t("Fits: %(names)s", names=names)] if found else []
    return said


_STATES: Mapping[str, Callable[[Phrase, str], Phrase]] = {
    WAITING: lambda _name, at: t("Nobody has it. It waits since: %(when)s", when=at),
    TAKEN: lambda name, at: joined(
        "\n", t("It is with %(name)s.", name=name), t("It waits since: %(when)s", when=at)
    ),
    BACK: lambda name, at: joined(
        "\n",
        t("Changes were asked for by %(name)s.", name=name),
        t("It waits for its people since: %(when)s", when=at),
    ),
    READY: lambda name, at: joined(
        "\n", t("Ready to send, says %(name)s.", name=name), t("Since: %(when)s", when=at)
    ),
    CLOSED: lambda name, at: joined(
        "\n", t("Closed by %(name)s.", name=name), t("Since: %(when)s", when=at)
    ),
}
