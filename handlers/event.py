"""A coordinator makes an event: five things are asked one by one, or read from one message, then it
is looked at as residents see it, and published. Until then it is a draft that any coordinator can
go on with.
"""

from collections.abc import Callable, Mapping, Sequence

from db.events import Event, Place
from handlers import change_shown, event_more, event_when, events_shown, pictures, staff
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.event_asked import QUESTIONS, TAKING, cut, lines_of
from handlers.events_shown import title
from handlers.incoming import File, Incoming
from handlers.turn import Screen, Turn
from school import changes, events, interview, people
from school import staff as rules
from school.bubbles import Bubble
from school.events import KIND, PICTURE, SEATS, TEXT, TITLE, WHEN, WHERE
from school.phrases import Phrase, bold, lines, paragraphs, t, tn


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Begin a new one, go on with a draft, or copy one."""
    interview.pause(turn.person)
    drafts = events.drafts(turn.session)
    rows: Keyboard = [[(_draft_label(turn, event), data("event", event.id))] for event in drafts]
    copy: Keyboard = [[(t("Copy one"), data("copies"))]] if events.latest(turn.session) else []
    said = paragraphs(
        bold(t("A new event")),
        t("Events that are not announced yet are below: tap one to go on.") if drafts else None,
    )
    new: Button = (t("New event"), data("newevent"))
    out = change_shown.announced(turn)
    turn.show(Screen(said, [[new], *copy, *rows, *out, [(t("Back"), data("staff"))]]), notes)


def _draft_label(turn: Turn, event: Event) -> Phrase:
    return cut(title(turn, event)) if event.title else t("Event %(number)s", number=event.id)


def new(turn: Turn) -> None:
    """A new draft."""
    ask(turn, events.begin(turn.session, turn.now))


def copies(turn: Turn) -> None:
    """Which one to copy."""
    rows: Keyboard = [
        [(cut(title(turn, event)), data("copyof", event.id))]
        for event in events.latest(turn.session)
    ]
    asked = lines(bold(t("Which event is it like?")), t("All is taken over but when it is."))
    turn.show(Screen(asked, [*rows, [(t("Back"), data("events"))]]))


def copy(turn: Turn, number: str) -> None:
    """A draft like another event."""
    event = _event(turn, number)
    if event is None:
        start(turn)
    else:
        ask(turn, events.copy(turn.session, event, turn.now))


def _event(turn: Turn, number: str) -> Event | None:
    """An event by a number that came back from a button."""
    found = row_number(number)
    return events.find(turn.session, found) if found is not None else None


def draft(turn: Turn, number: str) -> Event | None:
    """An event that is not announced yet, by a number that came back from a button."""
    event = _event(turn, number)
    return event if event is not None and event.state == events.DRAFT else None


def _asked(turn: Turn, number: str, what: str = "") -> Event | None:
    """What one thing is asked about: a draft, a change of an event, or an event that is announced,
    of which only what it may have besides, and its words in one more language.
    """
    event = _event(turn, number)
    if event is None or event.state in (events.DRAFT, events.CHANGE):
        return event
    name, _, language = what.partition(".")
    return _announced(turn, event) if name in event_more.OPTIONS or language else None


def _announced(turn: Turn, event: Event) -> Event | None:
    """As it is now, until this transaction ends: its options also say what people asked for."""
    found = changes.locked(turn.session, event.id)
    can = found is not None and changes.can_change(turn.session, found, turn.now)
    return found if can else None


def go_on(turn: Turn, number: str) -> None:
    """Go on with a draft, or a change."""
    event = _asked(turn, number)
    if event is None:
        start(turn)
    else:
        ask(turn, event)


def ask(turn: Turn, event: Event, notes: Sequence[Phrase] = (), what: str | None = None) -> None:
    """Ask for the first thing that a draft lacks, or for one that is to change; else look at it."""
    asked = what or events.lacks(turn.session, event)
    if asked is None:
        _preview(turn, event, notes)
        return
    turn.person.expects = f"{people.EVENT}:{event.id}:{asked}"
    name = asked.partition(".")[0]
    text, keyboard = QUESTIONS[name](turn, event)
    out = event_more.back(event, name) if name in event_more.OPTIONS else [_later(event)]
    turn.show(Screen(text, [*keyboard, out]), notes)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """What was asked is asked again."""
    _, number, what = turn.person.expects.split(":")
    event = _asked(turn, number, what)
    if event is None:
        staff.home(turn, notes)
    else:
        ask(turn, event, notes, what)


def given(turn: Turn, bubble: Bubble) -> None:
    """Something was typed for a draft."""
    _, number, what = turn.person.expects.split(":")
    event = _asked(turn, number, what)
    rows = [row.strip() for row in bubble.words.splitlines() if row.strip()]
    if event is None:
        again(turn)
    elif what in (KIND, TITLE) and len(rows) > 1 and event.state == events.DRAFT:
        _at_once(turn, event, rows)
    else:
        _take(turn, event, what, bubble.words)


def _take(turn: Turn, event: Event, what: str, words: str) -> None:
    """Take what was typed for one thing, or say why not; then ask for the next."""
    why = TAKING[what.partition(".")[0]](turn, event, words)
    turn.session.flush()
    if isinstance(why, Screen):
        turn.show(why)
    elif why is not None:
        ask(turn, event, [why], what)
    elif (then := _then(what)) is not None:
        ask(turn, event, what=then)
    else:
        _set(turn, event, what)


def _set(turn: Turn, event: Event, what: str, notes: Sequence[Phrase] = ()) -> None:
    """One thing is set: its page is shown of what is announced, else what comes next is asked."""
    if event.state != events.PUBLISHED:
        ask(turn, event, notes)
        return
    interview.pause(turn.person)
    rules.note(turn.session, turn.person, "changed", turn.now, event=title(turn, event))
    event_more.show(turn, event, event_more.page_of(what.partition(".")[0]), notes)


def _then(what: str) -> str | None:
    """After a title in another language comes the text; where several fit, the next of them."""
    name, _, language = what.partition(".")
    option = event_more.OPTIONS.get(name)
    if option is not None and option.several:
        return what
    return f"{TEXT}.{language}" if name == TITLE and language else None


def _at_once(turn: Turn, event: Event, rows: Sequence[str]) -> None:
    """One message with a line for each thing; what cannot be read is asked as usual."""
    said = lines_of(turn, rows)
    for what in (KIND, TITLE, WHERE, SEATS):
        if what in said:
            TAKING[what](turn, event, said[what])
    turn.session.flush()
    if WHEN in said:
        _take(turn, event, WHEN, said[WHEN])
    else:
        ask(turn, event)


def position(turn: Turn, message: Incoming) -> bool:
    """Whether a shared position was for the place that is asked for; then it is on the map."""
    _, number, what = turn.person.expects.split(":")
    event = _asked(turn, number)
    if event is None or what != WHERE or message.position is None:
        return False
    place = events.place(turn.session, event)
    if place is None:
        ask(turn, event, [t("Write the name first, then share the position.")], WHERE)
        return True
    place.latitude, place.longitude = message.position
    ask(turn, event, [t("The place is on the map now.")])
    return True


def photo(turn: Turn, sent: File) -> bool:
    """Whether a file was for the picture that is asked for."""
    _, number, what = turn.person.expects.split(":")
    event = _asked(turn, number, what)
    if event is None or what != PICTURE:
        return False
    if sent.kind != "photo":
        ask(turn, event, [pictures.NEEDED], PICTURE)
        return True
    event.options = {**event.options, PICTURE: sent.file_id}
    _set(turn, event, what, [t("It has a picture now.")])
    return True


def picture(turn: Turn, number: str) -> None:
    """A draft's picture, with the draft below it."""
    event = draft(turn, number)
    if event is not None:
        pictures.send(turn, event)
    go_on(turn, number)


def kind(turn: Turn, number: str, key: str) -> None:
    """A kind was tapped."""
    event = _asked(turn, number)
    if event is not None and key in turn.school.events.kinds:
        event.kind = key
    go_on(turn, number)


def place(turn: Turn, number: str, place_number: str) -> None:
    """A remembered place was tapped."""
    event = _asked(turn, number)
    known = turn.session.get(Place, row_number(place_number) or 0)
    if event is not None and known is not None:
        event.place_id = known.id
    go_on(turn, number)


def seats(turn: Turn, number: str, count: str) -> None:
    """A number of seats was tapped."""
    event = _asked(turn, number)
    if event is not None:
        TAKING[SEATS](turn, event, count if count.isdecimal() else "")
    go_on(turn, number)


def date(turn: Turn, number: str, choice: str) -> None:
    """One of the dates that a text can mean was tapped."""
    event = _asked(turn, number)
    words = event_when.chosen(turn, event, choice) if event is not None else None
    if event is not None and words is not None:
        _take(turn, event, WHEN, words)
    else:
        go_on(turn, number)


def change(turn: Turn, number: str, what: str) -> None:
    """One thing is to be another."""
    event = _asked(turn, number, what)
    name, _, language = what.partition(".")
    known = name in QUESTIONS and language in ("", *turn.school.languages)
    if event is None or not known:
        go_on(turn, number)
    else:
        ask(turn, event, what=what)


def more(turn: Turn, number: str) -> None:
    """What an event may have besides."""
    _with(turn, number, event_more.show)


def page(turn: Turn, number: str, name: str) -> None:
    """A page of what it may have."""
    _with(turn, number, lambda turn, event: event_more.show(turn, event, name))


def put(turn: Turn, number: str, key: str, choice: str) -> None:
    """A choice of an option was tapped: on its page, or where it was asked."""
    event = _asked(turn, number, key)
    if event is None or not event_more.put(turn, event, key, choice):
        go_on(turn, number)
    elif key in QUESTIONS or event.state == events.PUBLISHED:
        _set(turn, event, key)
    else:
        page(turn, number, event_more.page_of(key))


def tick(turn: Turn, number: str, key: str, choice: str) -> None:
    """One of an option's choices that can hold together was ticked."""
    _tick(turn, number, key, choice, on=True)


def untick(turn: Turn, number: str, key: str, choice: str) -> None:
    """One of them was unticked."""
    _tick(turn, number, key, choice, on=False)


def _tick(turn: Turn, number: str, key: str, choice: str, *, on: bool) -> None:
    event = _asked(turn, number, key)
    if event is not None and event_more.tick(turn, event, key, choice, on=on):
        ask(turn, event, what=key)
    else:
        go_on(turn, number)


def _with(turn: Turn, number: str, show: Callable[[Turn, Event], None]) -> None:
    event = _asked(turn, number, TEXT)
    if event is None or event.state == events.CHANGE:
        start(turn)
    else:
        interview.pause(turn.person)
        show(turn, event)


def _preview(turn: Turn, event: Event, notes: Sequence[Phrase] = ()) -> None:
    interview.pause(turn.person)
    if event.state == events.CHANGE:
        change_shown.preview(turn, event, notes)
        return
    if event.state == events.PUBLISHED:
        event_more.show(turn, event, notes=notes)
        return
    count = event.seats or 0
    seats = tn("%(count)s seat", "%(count)s seats", count)
    card = events_shown.card(turn, event, seats)
    hidden = t("Only coordinators see this until you announce it.")
    out: Button = (t("Announce it"), data("publish", event.id))
    changes: list[Button] = [
        (label, data("evchange", event.id, what)) for what, label in _NAMES.items()
    ]
    rows: Keyboard = [[out], changes[:2], changes[2:4], changes[4:]]
    away: Button = (t("Delete it"), data("undraft", event.id))
    besides: Button = (t("More"), data("evmore", event.id))
    seen = pictures.door(event, "evpicture")
    below: Keyboard = [*seen, [besides], [away], [_later(event)]]
    turn.show(Screen(paragraphs(card, hidden), [*rows, *below]), notes)


def _later(event: Event) -> Button:
    if event.state == events.CHANGE:
        return t("Back"), data("manage", changes.number_of(event))
    return t("Later"), data("events")


_NAMES: Mapping[str, Phrase] = {
    KIND: t("Kind"),
    TITLE: t("Title"),
    WHEN: t("When"),
    WHERE: t("Where"),
    SEATS: t("Seats"),
}
