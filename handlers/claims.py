"""Somebody opens a link by which what is kept of them comes to their account: first they see what
it is, then what follows, then it is theirs. A link that is used, too old, or somebody else's by now
says so kindly; what cannot be made one stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.groups import Claim
from db.tables import Person
from handlers import home, leaving, offers, review
from handlers.buttons import Button, data
from handlers.describe import shortened
from handlers.turn import Screen, Turn
from school import claims, delivery, merging, people, staff
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.refusal import Refusal
from school.sheet import of_idea

_SHOWN = 150
_USED = t("This link is used or too old. Please ask the school for a new one.")
_OBSTACLES: Mapping[str, Phrase] = {
    merging.WORKS: t("You work with the school here. This link is for the person it is about."),
    merging.SHEETS: t("You have written an idea of your own here. I cannot make two ideas one."),
    merging.GROUPS: t("You are in another group here. Nobody can be in two groups."),
}


def opened(turn: Turn, secret: str) -> None:
    """A link was opened: what it is about."""
    person = _found(turn, secret)
    if person is None:
        return
    mine: Button = (t("It is mine"), data("claiming", secret))
    other: Button = (t("It is not mine"), data("resume"))
    text = _written(turn, person) if person.telegram_id is None else _kept(person)
    turn.show(Screen(text, [[mine], [other]]))


def _found(turn: Turn, secret: str) -> Person | None:
    """Whom a link is about; why nothing comes of it is said."""
    claim = claims.find(turn.session, secret, turn.now)
    person = turn.session.get(Person, claim.person_id) if claim is not None else None
    if person is None:
        home.again(turn, [_USED])
        return None
    if person.id == turn.person.id:
        home.again(turn, [t("This is yours already.")])
        return None
    obstacle = merging.obstacle(turn.session, person, turn.person)
    if obstacle is not None:
        home.again(turn, [_why_not(turn, obstacle)])
        return None
    return person


def _why_not(turn: Turn, obstacle: str) -> Phrase:
    human = turn.school.settings.human
    return lines(
        _OBSTACLES[obstacle],
        t("So I change nothing, and all stays where it is."),
        t("Ask us: %(name)s, phone %(phone)s", name=turn.text(human.name), phone=human.phone),
    )


def _written(turn: Turn, person: Person) -> Phrase:
    """What was written down for somebody, so that they know it again."""
    sheet = of_idea(turn.session, turn.school.questionnaire, people.idea_of(turn.session, person))
    done, total = sheet.progress()
    given = sheet.given("sentence")
    sentence = str(given.value.get("text") or "") if given else ""
    return paragraphs(
        bold(t("The school wrote this down for you:")),
        lines(person.name, shortened(sentence, _SHOWN) if sentence else None),
        t("%(done)s of %(total)s questions have an answer.", done=done, total=total),
    )


def _kept(person: Person) -> Phrase:
    name = person.name or t("without a name")
    return lines(
        bold(t("Move everything of %(name)s to this account?", name=name)),
        t("Idea, group, seats and hours come here."),
    )


def asked(turn: Turn, secret: str) -> None:
    """Say what follows before anything is moved."""
    person = _found(turn, secret)
    if person is None:
        return
    follows = [t("From now on you write it yourself, and nobody else for you.")]
    if person.telegram_id is not None:
        follows = [
            t("The account that had it loses it, and is told so."),
            t("Roles at the school do not come along."),
        ]
    text = lines(bold(t("Shall all this be yours from now on?")), *follows)
    yes: Button = (t("Yes, take it over"), data("claim", secret))
    turn.show(Screen(text, [[yes], [(t("It is not mine"), data("resume"))]]))


def take(turn: Turn, secret: str) -> None:
    """It is the account's from now on."""
    if _found(turn, secret) is None:
        return
    taken = claims.take(turn.session, secret, turn.now)
    if taken is None:
        home.again(turn, [_USED])
        return
    claim, person = taken
    obstacle = merging.obstacle(turn.session, person, turn.person)
    if obstacle is not None:
        raise Refusal(_why_not(turn, obstacle))
    moved = person.telegram_id is not None
    if moved:
        _leave(turn.of(person))
    writing = people.let_go(turn.session, person)
    offered = claims.take_over(turn.session, person, turn.person, turn.now, turn.school.quiet)
    staff.note(turn.session, person, "moved" if moved else "took_over", turn.now)
    here = replace(turn, person=person)
    for event, seats in offered:
        offers.send(here, event, seats)
    _tell(here, claim, writing)
    _yours(here)


def _leave(turn: Turn) -> None:
    """The account that had it is told in its chat, after which no row names the chat."""
    if claims.end_roles(turn.session, turn.person):
        leaving.left(turn, turn.person)
    delivery.drop_queued(turn.session, turn.chat_id)
    human, screen = turn.school.settings.human, turn.standing()
    if screen is not None:
        turn.do("editMessageReplyMarkup", {"message_id": screen})
    turn.set_menu()
    turn.farewell(
        lines(
            t("Everything of yours here was moved to another Telegram account."),
            t("If that was not you, tell us at once:"),
            t("%(name)s, phone %(phone)s", name=turn.text(human.name), phone=human.phone),
        )
    )


def _tell(turn: Turn, claim: Claim, writing: Sequence[Person]) -> None:
    """Who made the link hears that it was used, and who wrote for the person that it is over."""
    name = turn.person.name or t("without a name")
    numbers = {claim.by_id, *(person.id for person in writing)} - {turn.person.id, None}
    for number in sorted(number for number in numbers if number is not None):
        person = turn.session.get(Person, number)
        if person is not None:
            said = t("%(name)s has taken over what the school kept. The link is used.", name=name)
            turn.of(person).send_beside("sendMessage", {"text": said})


def _yours(turn: Turn) -> None:
    note = t("All of it is yours now.")
    if turn.idea is not None:
        review.overview(turn, [note])
    else:
        home.home(turn, [note])
