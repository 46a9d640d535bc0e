"""What is under an announcement: the buttons that its writer gave it, and a way to get fewer of
these, or to what it is about. What a button does is counted, and nobody is noted for it.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from db.announcements import Announcement
from db.types import Json
from handlers import home, interview, mutes, workshops
from handlers.buttons import Button, data, row_number
from handlers.event_asked import cut
from handlers.turn import Turn
from school import composing
from school.announcements import URGENT
from school.composing import CHOICE, EVENT, IDEA, URL
from school.ledger import Words
from school.loading import School
from school.phrases import Phrase, joined, t
from school.texts import in_language

TAP, FEWER = "tap", "fewer"  # verbs
_SHORT, _TOAST = 20, 120  # letters of a choice, and of all that a phone shows for a moment


def buttons(number: int, said: Words, language: str) -> Sequence[tuple[Phrase, dict[str, str]]]:
    """The buttons, one below the other: a label, and what Telegram is told it does."""
    found = [(_label(one, language), _does(number, one)) for one in composing.buttons(said.content)]
    if said.subject is not None and said.options.get(URGENT) is not True:
        fewer = {"callback_data": data(FEWER, number)}
        return [*found, (t("Fewer of these"), fewer)]
    own = _own(said.audience)
    return [*found, *([(own[0], {"callback_data": own[1]})] if own else [])]


def _label(given: composing.Button, language: str) -> Phrase:
    labels: dict[str, str] = given["label"]
    return in_language(labels, language) if labels else composing.LABELS[given["kind"]]


def _does(number: int, given: composing.Button) -> dict[str, str]:
    if given["kind"] == URL:
        return {"url": str(given["to"])}
    return {"callback_data": data(TAP, number, given["key"])}


def _own(audience: Mapping[str, Json]) -> Button | None:
    """The way to one's own seat or sheet: what is about these is no matter of a subject."""
    to = [str(one).split(":") for one in cast("Sequence[Json]", audience.get("to") or [])]
    numbers = {about[0] for name, *about in to if name == "event"}
    if to and all(name == "event" for name, *_ in to):
        verb = data("meeting", *numbers) if len(numbers) == 1 else data("mine")
        return t("About your seat"), verb
    if to and all(name == "groups" for name, *_ in to):
        return t("About your sheet"), data("way")
    return None


def heading(said: Words, school: School, language: str) -> str:
    """What stands above buttons that cannot be under the message itself."""
    subjects = {one.key: one.name for one in school.settings.announcing.subjects}
    return in_language(subjects.get(said.subject or "", school.settings.name), language)


def tap(turn: Turn, number: str, key: str) -> None:
    """A button of an announcement: of one that came here, or is shown to who writes it."""
    one = turn.session.get(Announcement, row_number(number) or 0)
    button = composing.button(one.content, key) if one is not None else None
    here = one is not None and composing.got(turn.session, one, turn.person)
    if one is None or button is None or not (here or turn.may("announce")):
        home.again(turn, [t("This button does nothing any more.")])
        return
    if here:
        composing.tapped(turn.session, one, key)
    _follow(turn, one, button)


def _follow(turn: Turn, one: Announcement, button: composing.Button) -> None:
    kind = button["kind"]
    if kind == CHOICE:
        turn.toast(_counted(turn, one))
    elif kind == EVENT:
        workshops.show(turn, str(button["to"]))
    elif kind == IDEA:
        interview.begin(turn)
    else:
        home.again(turn)


def _counted(turn: Turn, one: Announcement) -> Phrase:
    """How often each choice was tapped so far, as far as there is room."""
    taps, shown, room = composing.taps(turn.session, one), list[Phrase](), _TOAST
    for choice in composing.choices(one.content):
        label = cut(turn.text(choice["label"]), _SHORT)
        count = str(taps.get(choice["key"], 0))
        room -= len(label) + len(count) + 3
        if room >= 0:
            shown.append(joined(": ", label, count))
    return t("Thank you. So far: %(counts)s", counts=joined(" · ", *shown))


def fewer(turn: Turn, number: str) -> None:
    """The person wants nothing more of its subject."""
    one = turn.session.get(Announcement, row_number(number) or 0)
    subject = one.subject if one is not None else None
    if one is not None and subject and composing.got(turn.session, one, turn.person):
        mutes.without_subject(turn, subject)
    elif one is not None and subject and turn.may("announce"):
        turn.toast(t("You only look at it: nothing has changed."))
    else:
        home.again(turn, [t("This button does nothing any more.")])
