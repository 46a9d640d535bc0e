"""For whom an announcement is: who gets it, who is left out, and what it is about. Nothing goes by
what is chosen here.
"""

from collections.abc import Mapping, Sequence

from db.announcements import Announcement
from handlers import announce, announce_confirm, announce_labels
from handlers.buttons import Button, Keyboard, data, in_rows, paging, row_number
from handlers.describe import shortened
from handlers.event_asked import cut
from handlers.events_shown import title
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import addressing, composing, confirming, events, interview, neighbourhoods, people
from school.addressing import EVENT, PLACE
from school.audiences import NOT, TO
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

_PAGE, _MOST, _ROW = 8, 10, 3
_APART = " "  # in the place of a criterion's ":", as buttons have their own
_OWN = "own"
_KINDS: Mapping[str, Phrase] = {
    "all": t("Everybody"),
    "stage": t("By how far ideas are"),
    PLACE: t("By neighbourhood"),
    "municipio": t("By district"),
    "language": t("By language"),
    EVENT: t("People of an event"),
    "groups": t("By their sheets"),
    "tutors": t("Tutors"),
    "coordinators": t("Who coordinates"),
    "company": t("Who looks for company"),
}
_WHICH: Mapping[str, Phrase] = {
    TO: t("Who shall get it?"),
    NOT: t("Who shall not get it?"),
}


def start(turn: Turn, number: str) -> None:
    """Who is chosen, and how to choose others."""
    one = announce.changing(turn, number)
    if one is not None:
        _show(turn, one)


def _show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    interview.pause(turn.person)
    chosen = announce_labels.whom(turn, one, _MOST)
    some = bool(confirming.listed(one, TO))
    there = announce_labels.reached(turn, one, announce_labels.count(turn, one)) if some else None
    nobody = t("Nobody is chosen yet.") if there is None else None
    text = paragraphs(bold(t("For whom is it?")), lines(*chosen, nobody), there)
    rows: Keyboard = [
        [(t("Add people"), data("annadd", one.id, TO))],
        [(t("Leave people out"), data("annadd", one.id, NOT))],
    ]
    less: Keyboard = [[(t("Remove one"), data("annless", one.id))]] if chosen else []
    turn.show(Screen(text, [*rows, *less, [_back(one)]]), notes)


def _back(one: Announcement, verb: str = "ann", *more: object) -> Button:
    return t("Back"), data(verb, one.id, *more)


def add(turn: Turn, number: str, key: str) -> None:
    """What kind of people?"""
    one = announce.changing(turn, number)
    if one is None:
        return
    if key not in _WHICH or _count(one) >= _MOST:
        most = t("%(most)s choices fit here. Remove one first.", most=_MOST)
        _show(turn, one, [most] if _count(one) >= _MOST else [])
        return
    interview.pause(turn.person)
    kinds = {kind: name for kind, name in _KINDS.items() if kind != "all" or key == TO}
    buttons = [(name, _kind(one, key, kind)) for kind, name in kinds.items()]
    rows = in_rows(buttons)
    turn.show(Screen(bold(_WHICH[key]), [*rows, [_back(one, "annwho")]]))


def _count(one: Announcement) -> int:
    return len(confirming.listed(one, TO)) + len(confirming.listed(one, NOT))


def _kind(one: Announcement, key: str, kind: str) -> str:
    if kind in addressing.ALONE:
        return data("annput", one.id, key, kind)
    return data("annkind", one.id, key, kind, 0)


def kind(turn: Turn, number: str, key: str, kind: str, page: str) -> None:
    """Which of a kind?"""
    one, at = announce.changing(turn, number), min(row_number(page) or 0, 1000)
    if one is None:
        return
    if key not in _WHICH:
        _show(turn, one)
    elif kind == PLACE:
        _ask_place(turn, one, key)
    elif kind == EVENT:
        _events(turn, one, key, at)
    else:
        _choose(turn, one, key, kind, at)


def _choose(turn: Turn, one: Announcement, key: str, kind: str, page: int) -> None:
    found = addressing.choices(turn.school, kind)
    here = found[page * _PAGE : (page + 1) * _PAGE]
    rows = in_rows([_choice(turn, one, key, criterion) for criterion in here])
    pages = paging(page, "annkind", one.id, key, kind, more=len(found) > (page + 1) * _PAGE)
    _which(turn, one, key, [*rows, *pages])


def _choice(turn: Turn, one: Announcement, key: str, criterion: str) -> Button:
    said = announce_labels.short(turn, criterion)
    return said, data("annput", one.id, key, criterion.replace(":", _APART))


def _which(turn: Turn, one: Announcement, key: str, rows: Keyboard, *more: Phrase) -> None:
    asked = lines(bold(_WHICH[key]), *more)
    turn.show(Screen(asked, [*rows, [_back(one, "annadd", key)]]))


def _events(turn: Turn, one: Announcement, key: str, page: int) -> None:
    found = events.out(turn.session, _PAGE + 1, page * _PAGE)
    rows: Keyboard = [
        [(cut(title(turn, event)), data("annpeople", one.id, key, event.id))]
        for event in found[:_PAGE]
    ]
    pages = paging(page, "annkind", one.id, key, EVENT, more=len(found) > _PAGE)
    _which(turn, one, key, [*rows, *pages], t("Which event?"))


def event(turn: Turn, number: str, key: str, event: str) -> None:
    """Which people of an event?"""
    one = announce.changing(turn, number)
    found = events.find(turn.session, row_number(event) or 0)
    if one is None:
        return
    if key not in _WHICH or found is None:
        _show(turn, one)
        return
    buttons = [
        (announce_labels.state(each), data("annput", one.id, key, each.replace(":", _APART)))
        for each in addressing.of_event(found.id)
    ]
    _which(turn, one, key, in_rows(buttons), title(turn, found))


def _ask_place(
    turn: Turn,
    one: Announcement,
    key: str,
    notes: Sequence[Phrase] = (),
    found: Sequence[str] = (),
) -> None:
    """Neighbourhoods are many: one writes the name."""
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{PLACE}:{key}"
    where = turn.school.questionnaire.questions["where"].options
    shown = found or [f"{PLACE}:{option}" for option in where]
    rows = in_rows([_choice(turn, one, key, criterion) for criterion in shown])
    asked = lines(bold(_WHICH[key]), t("Write the name of a neighbourhood."))
    turn.show(Screen(asked, [*rows, [_back(one, "annadd", key)]]), notes)


def place_given(turn: Turn, one: Announcement, message: Incoming, key: str) -> None:
    """The name of a neighbourhood was written, or a position shared."""
    if not composing.can_change(one):
        announce.show(turn, one, [announce.WENT])
        return
    key = key if key in _WHICH else TO
    known = turn.school.neighbourhoods
    found = (
        neighbourhoods.nearest(known, *message.position)
        if message.position is not None
        else neighbourhoods.search(known, message.text)
    )
    if found:
        _ask_place(turn, one, key, found=[f"{PLACE}:{place.id}" for place in found])
        return
    short = str(shortened(message.text, 40))
    _ask_place(turn, one, key, [t("I know no neighbourhood called “%(words)s”.", words=short)])


def put(turn: Turn, number: str, key: str, criterion: str) -> None:
    """Somebody is chosen, or left out."""
    one, criterion = announce.changing(turn, number), criterion.replace(_APART, ":")
    if one is None:
        return
    known = addressing.is_one(turn.session, turn.school, criterion)
    fits = key in _WHICH and (key, criterion) != (NOT, "all") and _count(one) < _MOST
    if not known or not fits:
        _show(turn, one)
        return
    confirming.put(one, key, criterion)
    _show(turn, one, announce_confirm.changed(one))


def less(turn: Turn, number: str) -> None:
    """Which one is to go?"""
    one = announce.changing(turn, number)
    if one is None:
        return
    interview.pause(turn.person)
    chosen = [(key, each) for key in _WHICH for each in confirming.listed(one, key)]
    said = [
        joined(". ", str(at), _line(turn, key, each)) for at, (key, each) in enumerate(chosen, 1)
    ]
    buttons: list[Button] = [
        (
            t("Remove %(number)s", number=at),
            data("annoff", one.id, key, each.replace(":", _APART)),
        )
        for at, (key, each) in enumerate(chosen, 1)
    ]
    rows = [buttons[first : first + _ROW] for first in range(0, len(buttons), _ROW)]
    text = lines(bold(t("Which one do you remove?")), *said)
    turn.show(Screen(text, [*rows, [_back(one, "annwho")]]))


def _line(turn: Turn, key: str, criterion: str) -> Phrase:
    said = announce_labels.label(turn, criterion)
    return t("Without: %(whom)s", whom=said) if key == NOT else said


def drop(turn: Turn, number: str, key: str, criterion: str) -> None:
    """One of them is not chosen any more."""
    one, criterion = announce.changing(turn, number), criterion.replace(_APART, ":")
    if one is None:
        return
    there = key in _WHICH and criterion in confirming.listed(one, key)
    if there:
        confirming.drop(one, key, criterion)
    _show(turn, one, announce_confirm.changed(one) if there else [])


def about(turn: Turn, number: str) -> None:
    """What is it about? Each person can switch a subject off."""
    one = announce.changing(turn, number)
    if one is None:
        return
    interview.pause(turn.person)
    rows: Keyboard = [
        [(turn.text(subject.name), data("annsubject", one.id, subject.key))]
        for subject in turn.school.settings.announcing.subjects
    ]
    if confirming.is_own(one):
        rows.append([(announce_labels.OWN, data("annsubject", one.id, _OWN))])
    text = lines(
        bold(t("What is it about?")),
        t("Each person can switch a subject off: who did does not get it."),
        t("What is about the own seat or sheet comes to all.") if confirming.is_own(one) else None,
    )
    turn.show(Screen(text, [*rows, [_back(one)]]))


def subject(turn: Turn, number: str, key: str) -> None:
    """The subject was tapped."""
    one = announce.changing(turn, number)
    if one is None:
        return
    known = [each.key for each in turn.school.settings.announcing.subjects]
    own = key == _OWN and confirming.is_own(one)
    notes: Sequence[Phrase] = []
    if own or key in known:
        one.subject = None if own else key
        notes = announce_confirm.changed(one)
    announce.show(turn, one, notes)


def urgent(turn: Turn, number: str, choice: str) -> None:
    """It goes at night too, or not: only to those whose meeting changed."""
    one = announce.changing(turn, number)
    if one is None:
        return
    on = choice == "on" and confirming.may_be_urgent(turn.session, one)
    notes: Sequence[Phrase] = []
    if on or choice == "off":
        confirming.set_urgent(one, on=on)
        notes = announce_confirm.changed(one)
    announce.show(turn, one, notes)
