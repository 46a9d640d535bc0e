"""A link by which somebody takes over what is kept of them: who coordinates makes it, for a person
whose idea was written down, or, once it is checked who they are, for one whose account is lost.
"""

from collections.abc import Sequence

from db.tables import Person
from db.types import Json
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.event_asked import cut
from handlers.staff import ROLES
from handlers.turn import Screen, Turn
from school import assisted, claims, interview, links, moments, outbox, people, staff, wording
from school.bubbles import Bubble
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

PICTURE, SHEET = "claimpicture", "claimsheet"
_SHORT, _SHOWN = 18, 20  # letters of a name on a button, and in a text
_MOST = 60  # letters of what is looked for


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask whose account is lost."""
    turn.person.expects = f"{people.MOVES}:"
    asked = lines(
        bold(t("Whose account is lost?")),
        t("Write the name that the person chose here, or the code of a ticket."),
    )
    turn.show(Screen(asked, [[_back()]]), notes)


def _back() -> Button:
    return t("Back"), data("staff")


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask once more."""
    ask(turn, notes)


def given(turn: Turn, bubble: Bubble) -> None:
    """A name or a code was written."""
    words = " ".join(bubble.words.split())[:_MOST]
    turn.person.expects = f"{people.MOVES}:{words}"
    found = _known(turn)
    if not found:
        ask(turn, [t("Nobody here has this name or this code: %(words)s", words=words)])
        return
    said = [_fact(turn, at, one) for at, one in enumerate(found, start=1)]
    rows: Keyboard = [
        [(f"{at}. {cut(one.name or '…', _SHORT)}", data("moveone", one.id))]
        for at, one in enumerate(found, start=1)
    ]
    turn.show(Screen(lines(bold(t("Who of these is it?")), *said), [*rows, [_back()]]))


def _known(turn: Turn) -> Sequence[Person]:
    """Who is meant by what was written, but not who looks for them."""
    words = turn.person.expects.partition(":")[2] if turn.expecting == people.MOVES else ""
    found = claims.known(turn.session, words)
    return [one for one in found if one.id != turn.person.id]


def _fact(turn: Turn, at: int, person: Person) -> Phrase:
    since = moments.day(turn.person.language, turn.school.zone, person.created_at, turn.now)
    name = cut(person.name or "…", _SHOWN)
    without = t("without Telegram") if person.telegram_id is None else None
    said = t("%(number)s. %(name)s, here since %(when)s", number=at, name=name, when=since)
    return joined(", ", said, without)


def one(turn: Turn, number: str) -> None:
    """Nothing is moved before it is checked who it is."""
    person = _of_known(turn, number)
    if person is None:
        ask(turn)
        return
    roles = staff.roles_of(turn.session, person)
    named = joined(", ", *(ROLES[role] for role in roles))
    text = paragraphs(
        bold(t("Have you checked that this is %(name)s?", name=cut(person.name or "…", _SHOWN))),
        lines(
            t("Whoever opens the link gets all that is kept of this person."),
            t("The account that had it loses it, and is told so."),
            t("These roles end: %(roles)s", roles=named) if roles else None,
        ),
    )
    yes: Button = (t("I checked it: the link"), data("claimlink", person.id))
    turn.show(Screen(text, [[yes], [(t("Back"), data("moving"))]]))


def _of_known(turn: Turn, number: str) -> Person | None:
    return next((one for one in _known(turn) if str(one.id) == number), None)


def link(turn: Turn, number: str) -> None:
    """Make the link, as a message to be forwarded."""
    helped = assisted.find(turn.session, row_number(number) or 0)
    person = helped or _of_known(turn, number)
    if person is None:
        ask(turn)
        return
    interview.pause(turn.person)
    secret = claims.make(turn.session, person, turn.person, turn.now)
    staff.note(turn.session, turn.person, "linked", turn.now, whom=person)
    turn.say(
        lines(
            t("Here %(name)s takes over what the school keeps.", name=person.name or "…"),
            t("Tap the link, then Start. It works once, until %(day)s.", day=_until(turn)),
            turn.link(links.CLAIM, secret),
        )
    )
    _forms(turn, person, secret)


def _until(turn: Turn) -> str:
    last = (turn.now + claims.VALID).astimezone(turn.school.zone)
    return wording.day(last.date(), turn.person.language)


def _forms(turn: Turn, person: Person, secret: str, notes: Sequence[Phrase] = ()) -> None:
    """In which other form the link can be had."""
    paper: Keyboard = [[(t("Sheet with the code"), data(SHEET, secret))]]
    is_helped = assisted.of(turn.session, person) is not None and person.telegram_id is None
    idea = people.idea_of(turn.session, person)
    rows: Keyboard = [
        [(t("Picture with a code"), data(PICTURE, secret))],
        *(paper if is_helped and idea is not None else []),
        [(t("Back"), data("helpone", person.id) if is_helped else data("staff"))],
    ]
    said = t("Forward the message above to the person. Nobody else should get it.")
    turn.show(Screen(said, rows), notes)


def picture(turn: Turn, secret: str) -> None:
    """The link as a picture, for the camera of who stands at the desk."""
    _send(turn, secret, "sendPhoto", {PICTURE: secret})


def sheet(turn: Turn, secret: str) -> None:
    """The sheet on paper, with the link on it."""
    _send(turn, secret, "sendDocument", {SHEET: secret})


def _send(turn: Turn, secret: str, method: str, document: dict[str, Json]) -> None:
    claim = claims.find(turn.session, secret, turn.now)
    person = turn.session.get(Person, claim.person_id) if claim is not None else None
    if person is None:
        turn.show(Screen(t("This link is used or too old."), [[_back()]]))
        return
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        turn.send_beside(method, {"document": document, "caption": bold(person.name or "…")})
    _forms(turn, person, secret, [t("It comes in a moment.")])
